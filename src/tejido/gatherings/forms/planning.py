"""The form that plans or changes a gathering: one page, times in the community's own time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Organisation, School
from tejido.directory.selectors import schools_for, search_form
from tejido.gatherings.kinds import host_missing, usual
from tejido.gatherings.models import Gathering, Series
from tejido.gatherings.times import moment_in
from tejido.gatherings.values import GatheringFields
from tejido.gatherings.wording import local

MOST_PLACES = 10


def places_like(actor: User, words: str) -> list[tuple[str, str]]:
    """Schools and organisations whose name has all the words (or whose code it is), for a choice. Two queries."""
    if not words.strip():
        return []
    by_code = School.objects.filter(code=words.strip()).select_related("territory")[:MOST_PLACES]
    schools = list(by_code) or list(schools_for(actor, search=words)[:MOST_PLACES])
    organisations = Organisation.objects.all()
    for word in search_form(words).split():
        organisations = organisations.filter(name__icontains=word)
    found = [(f"school:{s.pk}", f"{s.name} · {s.territory}" if s.territory else s.name) for s in schools]
    return found + [(f"organisation:{o.pk}", o.name) for o in organisations[:MOST_PLACES]]


class DateBox(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeBox(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PlanForm(forms.Form):
    """Fields of a gathering as people say them. `place` appears once a search has found something to choose."""

    title = forms.CharField(label=_("What it is called"), max_length=200)
    kind = forms.ChoiceField(label=_("What it is"), choices=Gathering.Kind.choices)
    modality = forms.ChoiceField(
        label=_("How people meet"), choices=Gathering.Modality.choices, widget=forms.RadioSelect
    )
    day = forms.DateField(label=_("Day"), widget=DateBox)
    starts = forms.TimeField(label=_("From"), widget=TimeBox)
    ends = forms.TimeField(
        label=_("Until"),
        widget=TimeBox,
        required=False,
        help_text=_("Empty: as long as is usual for what it is."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        widget=DateBox,
        required=False,
        help_text=_("Only where it goes on for more than one day."),
    )
    search = forms.CharField(
        label=_("School or organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Write part of its name or its official code, then choose it below."),
    )
    place = forms.ChoiceField(label=_("Which one?"), required=False, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=300,
        help_text=_("Where it is not the place above, or to say how to find the door."),
    )
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    online_link = forms.URLField(
        label=_("Link to join online"), required=False, assume_scheme="https", max_length=200
    )
    description = forms.CharField(
        label=_("What it is about"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )

    series = forms.ModelChoiceField(
        label=pgettext_lazy("one", "Series"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Gatherings that belong together: the workshops of a year, the meetings of a term."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, community: Community, actor: User, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.community = community
        self._offer_series(initial)
        self.found = self._places(actor)
        self.fields["place"].choices = [*self.found, ("", _("None of these"))]  # type: ignore[attr-defined]
        if not self.found:
            self.fields["place"].widget = forms.HiddenInput()

    def _offer_series(self, initial: Any) -> None:
        """Those that go on, and the one in which it is; without any, nothing is asked."""
        kept = str((initial or {}).get("series") or "")
        rows = Series.objects.filter(community=self.community)
        offered = rows.filter(Q(ended_on=None) | Q(pk=int(kept) if kept.isdecimal() else 0)).order_by("name")
        self.fields["series"].queryset = offered  # type: ignore[attr-defined]
        self.has_series = offered.exists()

    def _places(self, actor: User) -> list[tuple[str, str]]:
        """What the search finds, and what is chosen already."""
        chosen = str(self["place"].value() or "")
        found = places_like(actor, str(self["search"].value() or "")) if self.is_bound else []
        if chosen and chosen not in dict(found) and (host := _host(chosen)) is not None:
            found = [(chosen, str(host)), *found]
        return found

    @classmethod
    def initial_of(cls, gathering: Gathering) -> dict[str, Any]:
        """The form's fields as `gathering` has them."""
        start, end = local(gathering, gathering.starts_at), local(gathering, gathering.ends_at)
        place = f"school:{gathering.school_id}" if gathering.school_id else ""
        place = f"organisation:{gathering.organisation_id}" if gathering.organisation_id else place
        same = ("title", "kind", "modality", "address", "latitude", "longitude", "online_link", "description")
        return {
            **{name: getattr(gathering, name) for name in same},
            "day": start.date(),
            "starts": start.time(),
            "ends": end.time(),
            "last_day": end.date() if end.date() != start.date() else None,
            "place": place,
            "series": gathering.series_id,
        }

    @classmethod
    def initial_again(cls, gathering: Gathering) -> dict[str, Any]:
        """The fields of one more of its kind: the same but for the days, which are still to be chosen."""
        said = {**cls.initial_of(gathering), "day": None, "last_day": None}
        if gathering.series is not None and gathering.series.ended_on is not None:
            said["series"] = None
        return said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._clean_times(said)
        if (said.get("latitude") is None) != (said.get("longitude") is None):
            self.add_error("longitude", _("Coordinates come in pairs: latitude and longitude."))
        unfinished = bool(said.get("search") and not said.get("place") and "place" not in self.data)
        missing = "" if unfinished else _host_missing(said)
        if missing:
            self.add_error("search", missing)
        if unfinished:
            words = (
                _("Choose the place below, or “None of these”.")
                if self.found
                else _("Nothing of that name is in the directory. Write the address instead.")
            )
            self.add_error("search", words)
        return said

    def _clean_times(self, said: dict[str, Any]) -> None:
        day, starts, ends = said.get("day"), said.get("starts"), said.get("ends")
        if day is None or starts is None or "ends" in self.errors:
            return
        if ends is None:
            self._as_usual(said, day, starts)
            return
        said["starts_at"] = self._moment(day, starts, "starts")
        said["ends_at"] = self._moment(said.get("last_day") or day, ends, "ends")
        both = said["starts_at"], said["ends_at"]
        if None not in both and both[0] >= both[1]:
            self.add_error("ends", _("A gathering ends after it starts. Check the two times and the day."))

    def _as_usual(self, said: dict[str, Any], day: date, starts: time) -> None:
        said["starts_at"] = self._moment(day, starts, "starts")
        if said["starts_at"] is not None:
            said["ends_at"] = said["starts_at"] + usual(said.get("kind", "")).length

    def _moment(self, day: date, clock: time, field: str) -> datetime | None:
        moment = moment_in(self.community.time_zone, day, clock)
        if moment is None:
            self.add_error(
                field, _("Clocks are put forward that night, so this time does not exist. Choose another.")
            )
        return moment

    def gathering_fields(self) -> GatheringFields:
        """What the services take. Only of a valid form."""
        said = self.cleaned_data
        host = _host(said["place"]) if said["place"] else None
        return {
            "title": said["title"],
            "kind": said["kind"],
            "modality": said["modality"],
            "description": said["description"],
            "starts_at": said["starts_at"],
            "ends_at": said["ends_at"],
            "school": host if isinstance(host, School) else None,
            "organisation": host if isinstance(host, Organisation) else None,
            "address": said["address"],
            "latitude": said["latitude"],
            "longitude": said["longitude"],
            "online_link": said["online_link"],
            "series": said["series"],
        }


def _host_missing(said: Mapping[str, Any]) -> str:
    """The sentence that asks for a host, where people meet with one and none is said."""
    kind, modality, address = (said.get(name) or "" for name in ("kind", "modality", "address"))
    return host_missing(kind, modality, host=bool(said.get("place")), address=address)


def _host(choice: str) -> School | Organisation | None:
    """The row behind "school:12" or "organisation:3"; None where there is none."""
    kind, _colon, number = choice.partition(":")
    if not number.isdecimal() or kind not in {"school", "organisation"}:
        return None
    rows: Any = School if kind == "school" else Organisation
    host: School | Organisation | None = rows.objects.filter(pk=int(number)).first()
    return host


def next_free_day(today: date) -> date:
    """A day to begin with in an empty form: a week from `today`."""
    return today + timedelta(days=7)

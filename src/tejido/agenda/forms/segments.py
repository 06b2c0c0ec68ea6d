"""The form of one segment. Works without script: the search of people is a button of the same form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.accounts.models import User
from tejido.agenda.models import MOST_MINUTES, Activity, Kind, Segment
from tejido.agenda.selectors import activities_for
from tejido.agenda.values import SegmentFields
from tejido.directory.models import Organisation, Person
from tejido.directory.policies import people_for as seen_by
from tejido.directory.selectors import search_form
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import people_to_add

MOST_FOUND = 10


class SegmentForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What people do"), choices=Kind.choices)
    title = forms.CharField(label=pgettext_lazy("segment", "What it is called"), max_length=200)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=20
    )
    took = forms.IntegerField(
        label=gettext_lazy("Minutes it really took"), min_value=1, max_value=MOST_MINUTES, required=False,
        help_text=gettext_lazy("Only where nobody pressed the buttons while it ran, or they say something else."),
    )  # fmt: skip
    prompt = forms.CharField(
        label=gettext_lazy("Question or task"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip
    material = forms.CharField(label=gettext_lazy("Material"), max_length=500, required=False)
    search = forms.CharField(
        label=gettext_lazy("Find somebody who leads it"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=gettext_lazy("Write part of the name of a person or an organisation, then tick it below."),
    )  # fmt: skip
    led_by = forms.MultipleChoiceField(
        label=gettext_lazy("People and organisations"), required=False, widget=forms.CheckboxSelectMultiple
    )
    guest = forms.CharField(
        label=gettext_lazy("Somebody from outside"), max_length=200, required=False,
        help_text=gettext_lazy("The name of a guest who is not in the directory."),
    )  # fmt: skip
    activity = forms.ModelChoiceField(
        label=gettext_lazy("Activity"), queryset=Activity.objects.none(), required=False,
        empty_label=pgettext_lazy("activity", "None of these"),
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None, *, gathering: Gathering, actor: User, segment: Segment | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={**(initial_of(segment) if segment else {}), **(initial or {})})
        self.gathering, self.actor = gathering, actor
        kept = segment.activity_id if segment else None  # of another language, perhaps
        offered = activities_for(gathering.community, also=kept)
        self.fields["activity"].queryset = offered  # type: ignore[attr-defined]
        if segment is None:
            del self.fields["took"]
        self.fields["led_by"].choices = self._to_tick()  # type: ignore[attr-defined]
        if not self.fields["led_by"].choices:  # type: ignore[attr-defined]
            self.fields["led_by"].widget = forms.MultipleHiddenInput()

    def _to_tick(self) -> list[tuple[str, str]]:
        """Who is ticked already, who leads something else here, the reader, and whom the search finds."""
        ticked = [str(value) for value in self["led_by"].value() or []]
        here = Person.objects.filter(segments_led__gathering=self.gathering).values_list("pk", flat=True)
        own = Person.objects.filter(user=self.actor).values_list("pk", flat=True)
        people = {*_ids(ticked, "person"), *here, *own}
        words = str(self["search"].value() or "").strip() if self.is_bound else ""
        found = people_to_add(self.actor, words, people, most=MOST_FOUND)
        known = Person.objects.filter(pk__in=people).filter(seen_by(self.actor, "see"))
        rows = [*known.order_by("search_name"), *found]
        organisations = Organisation.objects.filter(pk__in=_ids(ticked, "organisation"))
        named = (
            Organisation.objects.exclude(pk__in=organisations.values("pk"))
            if words
            else Organisation.objects.none()
        )
        for word in search_form(words).split():
            named = named.filter(name__icontains=word)
        both = [*organisations, *named[:MOST_FOUND]]
        return [(f"person:{row.pk}", row.name) for row in rows] + [
            (f"organisation:{o.pk}", o.name) for o in both
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if len(_ids(said.get("led_by", []), "organisation")) > 1:
            self.add_error("led_by", _("One organisation leads a segment. Untick the others."))
        return said

    def segment_fields(self) -> SegmentFields:
        """What the services take. Only of a valid form."""
        said = self.cleaned_data
        organisations = _ids(said["led_by"], "organisation")
        fields: SegmentFields = {
            "kind": said["kind"],
            "title": said["title"],
            "minutes": said["minutes"],
            "prompt": said["prompt"],
            "material": said["material"],
            "guest": said["guest"],
            "activity": said["activity"],
            "organisation": Organisation.objects.filter(pk__in=organisations).first(),
            "leaders": _ids(said["led_by"], "person"),
        }
        if "took" in said:
            fields["took"] = said["took"]
        return fields


def initial_of(segment: Segment) -> dict[str, Any]:
    """The form's fields as `segment` has them. One query."""
    same = ("kind", "title", "minutes", "took", "prompt", "material", "guest")
    led_by = [f"person:{pk}" for pk in segment.leadings.values_list("person_id", flat=True)]
    if segment.organisation_id:
        led_by.append(f"organisation:{segment.organisation_id}")
    return {
        **{name: getattr(segment, name) for name in same},
        "activity": segment.activity_id,
        "led_by": led_by,
    }


def initial_from(activity: Activity) -> dict[str, Any]:
    """A segment that begins as an activity says. With `.minutes` of `activities_for`."""
    return {
        "kind": activity.kind,
        "title": activity.name,
        "minutes": getattr(activity, "minutes", None) or 20,
        "material": activity.material,
        "activity": activity.pk,
    }


def _ids(values: Iterable[str], kind: str) -> list[int]:
    """The ids of "person:12" among the values.

    >>> _ids(["person:12", "organisation:3", "person:x"], "person")
    [12]
    """
    pairs = (value.partition(":") for value in values)
    return [int(number) for name, _colon, number in pairs if name == kind and number.isdecimal()]

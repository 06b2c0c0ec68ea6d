"""A whole term at once: first on which days, then which of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.gatherings.forms.planning import DateBox, TimeBox
from tejido.gatherings.models import Gathering, Series
from tejido.gatherings.repeating import days_written, every_month, every_weeks, without
from tejido.gatherings.selectors import open_series
from tejido.gatherings.times import moment_in
from tejido.gatherings.wording import local

WAYS = [
    ("weeks", gettext_lazy("Every so many weeks")),
    ("months", gettext_lazy("Every month, the same weekday (the second Tuesday …)")),
    ("days", gettext_lazy("On days of our own")),
]


class RepeatForm(forms.Form):
    """Which days come into question. Sent by GET: the address shows the same preview again."""

    needed_sometimes = ("first", "until", "weeks", "days")
    way = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=WAYS, initial="weeks", widget=forms.RadioSelect
    )
    first = forms.DateField(label=gettext_lazy("From"), widget=DateBox, required=False)
    until = forms.DateField(label=pgettext_lazy("day", "Until"), widget=DateBox, required=False)
    weeks = forms.IntegerField(
        label=gettext_lazy("Weeks from one to the next"), min_value=1, max_value=26, initial=2, required=False,
        help_text=gettext_lazy("For “every so many weeks”."),
    )  # fmt: skip
    days = forms.CharField(
        label=gettext_lazy("Days of our own"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("For “on days of our own”: one a line."),
    )  # fmt: skip
    skip = forms.CharField(
        label=gettext_lazy("Days on which nobody meets"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Holidays and vacations: a day a line, or the first and the last with a dash between them."),
    )  # fmt: skip
    starts = forms.TimeField(label=pgettext_lazy("clock", "From"), widget=TimeBox)
    ends = forms.TimeField(label=pgettext_lazy("clock", "Until"), widget=TimeBox)

    def clean_days(self) -> list[date]:
        return self._written("days")

    def clean_skip(self) -> list[date]:
        return self._written("skip")

    def _written(self, name: str) -> list[date]:
        try:
            return days_written(self.cleaned_data[name], read_day)
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(words)s” is no day. Write it as in %(example)s.")
                % {
                    "words": error.args[0],
                    "example": date(2026, 7, 31).strftime(get_format("DATE_INPUT_FORMATS")[0]),
                }
            ) from error

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        way = said.get("way")
        for name in {
            "weeks": ("first", "until", "weeks"),
            "months": ("first", "until"),
            "days": ("days",),
        }.get(way or "", ()):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for what is chosen above."))
        if said.get("first") and said.get("until") and said["until"] < said["first"]:
            self.add_error("until", _("The last day comes after the first."))
        return said

    def chosen_days(self) -> list[date]:
        """The days that come into question, in order. Only of a valid form."""
        said = self.cleaned_data
        if said["way"] == "weeks":
            days = every_weeks(said["first"], said["until"], said["weeks"])
        elif said["way"] == "months":
            days = every_month(said["first"], said["until"])
        else:
            days = said["days"]
        return without(days, said["skip"])


def read_day(words: str) -> date:
    """A day as the reader's language writes it, or as 2026-07-31. Raises ValueError."""
    for form in ["%Y-%m-%d", *get_format("DATE_INPUT_FORMATS")]:
        try:
            return datetime.strptime(words, str(form)).date()  # noqa: DTZ007 - a day of the calendar, no moment
        except ValueError:
            continue
    raise ValueError(words)


class ChosenDaysForm(forms.Form):
    """The days that were ticked in the preview, the hours, and the series they go into."""

    starts = forms.TimeField()
    ends = forms.TimeField()
    day = forms.TypedMultipleChoiceField(coerce=date.fromisoformat, required=False)
    series = forms.ModelChoiceField(
        label=pgettext_lazy("one", "Series"), queryset=Series.objects.none(), required=False,
        empty_label=gettext_lazy("None, or a new one"),
    )  # fmt: skip
    new_series = forms.CharField(label=gettext_lazy("A new series, called"), max_length=120, required=False)

    def __init__(self, data: Any, *, source: Gathering, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"series": source.series_id, **(initial or {})})
        self.source = source
        self.fields["series"].queryset = open_series(source.community)  # type: ignore[attr-defined]
        sent = data.getlist("day") if data else []
        self.fields["day"].choices = [(value, value) for value in sent if _is_day(value)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("series") and said.get("new_series"):
            self.add_error("new_series", _("Choose one of the series, or name a new one."))
        if said.get("starts") and said.get("ends"):
            said["times"] = self._times(said)
        return said

    def _times(self, said: Mapping[str, Any]) -> list[tuple[datetime, datetime]]:
        found = []
        for day in sorted(set(said.get("day", []))):
            pair = times_on(self.source, day, said["starts"], said["ends"])
            if pair is None:
                self.add_error(None, _("On %(day)s the clocks skip this hour.") % {"day": day.isoformat()})
            else:
                found.append(pair)
        return found


def times_on(source: Gathering, day: date, starts: Any, ends: Any) -> tuple[datetime, datetime] | None:
    """From when to when it would be on `day`, as many days long as `source`; None where the clocks skip one of the hours."""
    zone = source.community.time_zone
    nights = local(source, source.ends_at).date() - local(source, source.starts_at).date()
    first, last = moment_in(zone, day, starts), moment_in(zone, day + nights, ends)
    return None if first is None or last is None else (first, last)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the preview. taken: what takes place that day already; possible: the clocks show those hours."""

    day: date
    taken: list[str]
    possible: bool

    @property
    def ticked(self) -> bool:
        return self.possible and not self.taken


def preview(form: RepeatForm, source: Gathering) -> list[DayShown]:
    """The days of a valid form, with what is in the way. One query."""
    days = form.chosen_days()
    rows = Gathering.objects.filter(community=source.community, day__in=days)
    taken: dict[date, list[str]] = {}
    for day, title in rows.exclude(state=Gathering.State.CANCELLED).values_list("day", "title"):
        taken.setdefault(day, []).append(title)
    said = form.cleaned_data
    return [
        DayShown(day, taken.get(day, []), times_on(source, day, said["starts"], said["ends"]) is not None)
        for day in days
    ]


def begin_with(source: Gathering, today: date) -> dict[str, Any]:
    """How the form begins: the hours of the source, two weeks after it or from today, for ten months."""
    start, end = local(source, source.starts_at), local(source, source.ends_at)
    first = max(start.date() + timedelta(weeks=2), today)
    while first.weekday() != start.weekday():
        first += timedelta(days=1)
    return {
        "way": "weeks",
        "weeks": 2,
        "first": first,
        "until": first + timedelta(days=300),
        "starts": start.time(),
        "ends": end.time(),
    }


__all__ = ["ChosenDaysForm", "DayShown", "RepeatForm", "begin_with", "preview"]

"""What a reader chooses on the insight page, and what the team says of an attention item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.insights import periods
from tejido.insights.models import AttentionItem
from tejido.insights.selectors import GROUPINGS, Knot
from tejido_analytics.tables import Period

GROUPING_WORDS = {
    "district": _("District"),
    "sector": _("Sector"),
    "school": _("School"),
    "subject": _("Subject"),
    "circle": _("Circle found in the ties"),
}
TIMES = [
    ("1", _("once or more")),
    ("2", _("twice or more")),
    ("3", _("three times or more")),
    ("5", _("five times or more")),
]


def period_name(choice: periods.Choice) -> str:
    """The name of a period; its days where it has none."""
    return choice.name or in_days(choice.period)


def in_days(period: Period) -> str:
    """First and last day, as the reader's language writes them."""
    return (
        f"{date_format(period.start, 'SHORT_DATE_FORMAT')} – {date_format(period.end, 'SHORT_DATE_FORMAT')}"
    )


class DatesForm(forms.Form):
    """Any two dates."""

    first = forms.DateField(
        label=pgettext_lazy("first day", "From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    last = forms.DateField(
        label=pgettext_lazy("last day", "To"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class ViewForm(forms.Form):
    """What the address of the insight page asks for; what makes no sense there falls back to the default.

    choice, by, least are what was asked for; `offer_people` settles the person.
    """

    use_required_attribute = False
    period = forms.ChoiceField(label=_("Period"))
    ties = forms.ChoiceField(
        label=pgettext_lazy("kind of ties", "Ties"),
        choices=[("met", _("Who has met whom")), ("told", _("Who names whom"))],
    )
    group = forms.ChoiceField(label=_("Colour by"))
    times = forms.TypedChoiceField(label=_("Ties of people who met"), choices=TIMES, coerce=int)
    person = forms.ChoiceField(label=_("Ties of one person"))

    def __init__(self, asked: QueryDict, known: Sequence[periods.Choice]) -> None:
        key = asked.get("period") or f"{asked.get('first', '')}:{asked.get('last', '')}"
        self.choice = periods.chosen(key, known)
        group, times = asked.get("group", ""), asked.get("times", "")
        self.by = group if group in GROUPING_WORDS else GROUPINGS[0]
        self.least = int(times) if times in dict(TIMES) else 1
        self.asked_person = asked.get("person", "")
        self.told = asked.get("ties", "") == "told"
        super().__init__(initial=self.address(person=self.asked_person))
        listed = known if self.choice in known else [*known, self.choice]
        self._offer("period", [(choice.key, period_name(choice)) for choice in listed])
        self._offer("group", list(GROUPING_WORDS.items()))

    def _offer(self, field: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def address(self, **other: str) -> dict[str, str]:
        """What to put into an address to come back to this view, the person apart."""
        view = {"period": self.choice.key, "group": self.by, "times": str(self.least), **other}
        return {**view, "ties": "told"} if self.told else view

    def offer_ties(self, are_told: bool) -> bool:
        """Let the reader choose between who met whom and who names whom, where there is both; whether the latter is chosen."""
        if not are_told:
            del self.fields["ties"]
            self.told = False
        return self.told

    def offer_people(self, people: Iterable[Knot]) -> int | None:
        """Let the reader choose among those whose names they may read; the id of the one chosen."""
        named = sorted((knot for knot in people if knot.named), key=lambda knot: knot.name)
        if not named:
            del self.fields["person"]
            return None
        self._offer("person", [("", _("Everybody")), *((str(knot.id), knot.name) for knot in named)])
        return int(self.asked_person) if self.asked_person in {str(knot.id) for knot in named} else None

    def dates(self) -> DatesForm:
        """The form of two dates, filled with those of the period."""
        return DatesForm(initial={"first": self.choice.period.start, "last": self.choice.period.end})


class CompareForm(forms.Form):
    """Two periods to lay side by side."""

    use_required_attribute = False
    a = forms.ChoiceField(label=pgettext_lazy("period", "Earlier"))
    b = forms.ChoiceField(label=pgettext_lazy("period", "Later"))

    def __init__(self, asked: QueryDict, known: Sequence[periods.Choice]) -> None:
        self.earlier = periods.chosen(asked.get("a", known[1].key), known)
        self.later = periods.chosen(asked.get("b", known[0].key), known)
        super().__init__(initial={"a": self.earlier.key, "b": self.later.key})
        listed = {choice.key: period_name(choice) for choice in (*known, self.earlier, self.later)}
        for field in ("a", "b"):
            self.fields[field].choices = list(listed.items())  # type: ignore[attr-defined]


class SnoozeForm(forms.Form):
    days = forms.TypedChoiceField(
        label=_("Remind me"),
        coerce=int,
        choices=[(7, _("in a week")), (30, _("in a month")), (90, _("in three months"))],
    )


class DismissForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=AttentionItem.Reason.choices)
    note = forms.CharField(label=_("Note for the team"), required=False, max_length=300)

"""Choosing, part by part, whose word stands where two entries become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from tejido.directory.models import Person, School
from tejido.directory.selectors import MergeLine, place_label

PARTS = {
    "name": gettext_lazy("Name"),
    "list_code": gettext_lazy("Number in the network's lists"),
    "language": gettext_lazy("Language for messages"),
    "teaching_since": gettext_lazy("Teaching since"),
    "account": pgettext_lazy("to sign in with", "Account"),
    "code": gettext_lazy("Official code"),
    "territory": gettext_lazy("Territory"),
    "group": gettext_lazy("Belongs to"),
    "address": gettext_lazy("Address"),
    "point": gettext_lazy("Point on the map"),
    "rural": gettext_lazy("Rural or urban"),
    "sector": gettext_lazy("Sector"),
    "closed_on": gettext_lazy("Closed on"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part as the page shows it: its words, what each of the two says, and the choice where they differ."""

    label: str
    kept: str
    gone: str
    field: Any  # a bound field, or None where both say the same


class MergeForm(forms.Form):
    """A choice for every part in which the two differ; the fuller one is suggested."""

    def __init__(self, data: Any = None, *, kept: Any, gone: Any, lines: Sequence[MergeLine]) -> None:
        super().__init__(data)
        self.kept, self.gone, self.lines = kept, gone, lines
        for line in lines:
            if line.differs:
                choices = [("kept", said(kept, line.part)), ("gone", said(gone, line.part))]
                self.fields[line.part] = forms.ChoiceField(
                    label=PARTS[line.part], choices=choices, initial=line.suggested, widget=forms.RadioSelect
                )

    def rows(self) -> list[Row]:
        return [
            Row(
                str(PARTS[line.part]),
                said(self.kept, line.part),
                said(self.gone, line.part),
                self[line.part] if line.differs else None,
            )
            for line in self.lines
        ]

    def two_accounts(self) -> bool:
        """Whether both can sign in, so that one account will open nobody."""
        return all(getattr(row, "user_id", None) for row in (self.kept, self.gone))


def said(row: Any, part: str) -> str:
    """What the row says of the part, in words; a dash where it says nothing."""
    return (_of_person(row, part) if isinstance(row, Person) else _of_school(row, part)) or "–"


def _of_person(person: Person, part: str) -> str:
    if part == "account":
        return person.user.email if person.user else ""
    if part == "language":
        return dict(settings.LANGUAGES).get(person.language, "")
    return str(getattr(person, part) or "")


def _of_school(school: School, part: str) -> str:
    if part == "code":
        return " ".join(filter(None, [school.code, f"({school.register})" if school.register else ""]))
    if part == "territory":
        return place_label(school.territory) if school.territory else ""
    if part == "point":
        return "" if school.latitude is None else f"{school.latitude}, {school.longitude}"
    if part == "rural":
        words = {True: pgettext("school", "Rural"), False: pgettext("school", "Urban"), None: _("Not known")}
        return words[school.rural]
    if part == "closed_on":
        return date_format(school.closed_on) if school.closed_on else ""
    return str(getattr(school, part) or "")

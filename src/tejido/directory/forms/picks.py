"""Choosing one of thousands by typing: a school, an organisation, a territory, a person.

Whoever types a name that fits one row has chosen it. Where several fit, the form comes back with those
few to choose from; where none does, it says so. With script, suggestions appear while typing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.names import search_form
from tejido.directory.selectors import (
    organisations_named,
    people_to_merge,
    place_label,
    schools_named,
    territories_named,
)

FEW = 8  # offered where several fit
Finder = Callable[[str], QuerySet[Any]]
FINDERS: dict[str, Callable[[User], Finder]] = {
    "territories": lambda actor: territories_named,
    "schools": lambda actor: lambda text: schools_named(actor, text),
    "organisations": lambda actor: lambda text: organisations_named(actor, text),
    "people": lambda actor: lambda text: people_to_merge(actor, search=text),
}


class PickWidget(forms.Widget):
    """A text box with suggestions, and the few that fit where what was typed fits several."""

    template_name = "directory/partials/pick.html"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.fitting: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text, picked = value if isinstance(value, tuple) else (value or "", "")
        suggest = reverse("directory:suggest", args=[self.kind])
        return {**context, "text": text, "picked": picked, "fitting": self.fitting, "suggest": suggest}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(name, ""), data.get(f"{name}_pick", "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class PickField(forms.Field):
    """One row of `kind` (FINDERS), by what is typed. Say who is asking with `asked_by` before validating."""

    widget: PickWidget

    def __init__(self, kind: str, **options: Any) -> None:
        super().__init__(widget=PickWidget(kind), **options)
        self.kind = kind
        self.find: Finder | None = None

    def asked_by(self, actor: User) -> None:
        self.find = FINDERS[self.kind](actor)

    def prepare_value(self, value: Any) -> Any:
        return str(place_label(value)) if hasattr(value, "pk") else value

    def clean(self, value: tuple[str, str]) -> Any:
        text, picked = value[0].strip(), value[1]
        if not text:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        assert self.find is not None, "call asked_by(actor) first"
        return self._the_one(text, picked, list(self.find(text)[:100]))

    def _the_one(self, text: str, picked: str, rows: list[Any]) -> Any:
        tests: list[Callable[[Any], bool]] = [
            lambda row: str(row.pk) == picked,
            lambda row: place_label(row) == text,
            lambda row: bool(getattr(row, "code", "") == text),
            lambda row: bool(row.search_name == search_form(text)),
            lambda row: True,
        ]
        for fits in tests:
            fitting = [row for row in rows if fits(row)]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                break
        else:
            raise forms.ValidationError(
                _("Nothing here is called “%(text)s”. Check the spelling, or write only part of the name."),
                code="unknown",
                params={"text": text},
            )
        self.widget.fitting = [(str(row.pk), place_label(row)) for row in fitting[:FEW]]
        raise forms.ValidationError(
            _("Several fit. Choose one of them below, or write more of the name."), code="several"
        )


def ask(form: forms.BaseForm, actor: User) -> None:
    """Tell every PickField of the form who is asking."""
    for field in form.fields.values():
        if isinstance(field, PickField):
            field.asked_by(actor)


class OtherForm(forms.Form):
    """The other one of two that are the same: a person or a school, by what is typed."""

    def __init__(self, data: Any = None, *, kind: str, label: str, actor: User) -> None:
        super().__init__(data)
        self.fields["other"] = PickField(kind, label=label)
        ask(self, actor)

"""Choosing one of thousands by typing.

Whoever types a name that fits one row has chosen it. Where several fit, the form comes back with those
few to choose from; where none does, it says so. With script, suggestions appear while typing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

FEW = 8  # offered where several fit
Finder = Callable[[str], QuerySet[Any]]


class PickWidget(forms.Widget):
    """A text box with suggestions, and the few that fit where what was typed fits several."""

    template_name = "web/components/pick.html"

    def __init__(self, suggest: Any) -> None:
        super().__init__()
        self.suggest = suggest
        self.fitting: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text, picked = value if isinstance(value, tuple) else (value or "", "")
        more = {"fitting": self.fitting, "suggest": str(self.suggest)}
        return {**context, "text": text, "picked": picked, **more}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(name, ""), data.get(f"{name}_pick", "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class PickField(forms.Field):
    """One row, by what is typed. Say who is asking with `asked_by` before validating.

    finder: who asks -> what is typed -> the rows that fit. label: how a row is written so that it can be told from
    others. same: whether a row is called just as what was typed. suggest: the address (may be lazy) that answers with
    suggestions, given what is typed.
    """

    widget: PickWidget

    def __init__(
        self,
        finder: Callable[[Any], Finder],
        *,
        written: Callable[[Any], str],
        same: Callable[[Any, str], bool] = lambda row, text: str(row) == text,
        suggest: Any,
        **options: Any,
    ) -> None:
        super().__init__(widget=PickWidget(suggest), **options)
        self.finder, self.written, self.same = finder, written, same
        self.find: Finder | None = None

    def asked_by(self, actor: Any) -> None:
        self.find = self.finder(actor)

    def prepare_value(self, value: Any) -> Any:
        return str(self.written(value)) if hasattr(value, "pk") else value

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
            lambda row: self.written(row) == text,
            lambda row: bool(getattr(row, "code", "") == text),
            lambda row: self.same(row, text),
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
        self.widget.fitting = [(str(row.pk), self.written(row)) for row in fitting[:FEW]]
        raise forms.ValidationError(
            _("Several fit. Choose one of them below, or write more of the name."), code="several"
        )


def ask(form: forms.BaseForm, actor: Any) -> None:
    """Tell every PickField of the form who is asking."""
    for field in form.fields.values():
        if isinstance(field, PickField):
            field.asked_by(actor)

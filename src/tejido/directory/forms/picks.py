"""Choosing one of thousands by typing (`web.picks`): a school, an organisation, a territory, a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse_lazy

from tejido.accounts.models import User
from tejido.directory.names import search_form
from tejido.directory.selectors import (
    organisations_named,
    people_for,
    people_to_merge,
    place_label,
    schools_named,
    territories_named,
)
from tejido.web import picks
from tejido.web.picks import FEW, Finder, ask

__all__ = ["FEW", "FINDERS", "OtherForm", "PickField", "ask"]

FINDERS: dict[str, Callable[[User], Finder]] = {
    "territories": lambda actor: territories_named,
    "schools": lambda actor: lambda text: schools_named(actor, text),
    "organisations": lambda actor: lambda text: organisations_named(actor, text),
    "people": lambda actor: lambda text: people_to_merge(actor, search=text),
    "acquaintances": lambda actor: lambda text: people_for(actor, search=text.split(" · ")[0]),
}


class PickField(picks.PickField):
    """One row of `kind` (FINDERS), by what is typed. Say who is asking with `asked_by` before validating."""

    def __init__(self, kind: str, **options: Any) -> None:
        super().__init__(
            FINDERS[kind],
            written=place_label,
            same=lambda row, text: bool(row.search_name == search_form(text)),
            suggest=reverse_lazy("directory:suggest", args=[kind]),
            **options,
        )


class OtherForm(forms.Form):
    """The other one of two that are the same: a person or a school, by what is typed."""

    def __init__(self, data: Any = None, *, kind: str, label: str, actor: User) -> None:
        super().__init__(data)
        self.fields["other"] = PickField(kind, label=label)
        ask(self, actor)

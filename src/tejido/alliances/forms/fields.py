"""Fields that several forms of this domain share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy

from tejido.directory.selectors import organisations_named, people_for, place_label, search_form
from tejido.web.picks import PickField


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _same(row: Any, text: str) -> bool:
    return bool(row.search_name == search_form(text))


def organisation_field(**options: Any) -> PickField:
    """An organisation of the directory, by what is typed."""
    return PickField(
        lambda actor: lambda text: organisations_named(actor, text),
        written=place_label,
        same=_same,
        suggest=reverse_lazy("directory:suggest", args=["organisations"]),
        **options,
    )


def _person_label(person: Any) -> str:
    """A person of an agreement comes without posts; one who was searched for, with them."""
    return place_label(person) if hasattr(person, "current_posts") else str(person.name)


def person_field(**options: Any) -> PickField:
    """Somebody whom the reader sees in the directory, by what is typed."""
    return PickField(
        lambda actor: lambda text: people_for(actor, search=text.split(" · ")[0]),
        written=_person_label,
        same=_same,
        suggest=reverse_lazy("directory:suggest", args=["acquaintances"]),
        **options,
    )

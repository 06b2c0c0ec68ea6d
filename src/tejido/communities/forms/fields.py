"""Fields that several forms of this domain share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Role


class DayField(forms.DateField):
    """A day, by the browser's own calendar; typed days are read as the language writes them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def role_field(gives_roles: bool) -> forms.ChoiceField:
    """Which role: all of them for those who may give roles, member for the others."""
    choices = [(value, words) for value, words in Role.choices if gives_roles or value == Role.MEMBER]
    return forms.ChoiceField(label=_("Role"), choices=choices, initial=Role.MEMBER)

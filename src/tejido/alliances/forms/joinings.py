"""Forms between networks: where to join, and with which community."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Community


class AskForm(forms.Form):
    """Which network of networks a community asks to join."""

    upper = forms.ModelChoiceField(Community.objects.none(), label=_("Network of networks"))

    def __init__(self, data: Any = None, *, uppers: QuerySet[Community]) -> None:
        super().__init__(data)
        self.fields["upper"].queryset = uppers  # type: ignore[attr-defined]


class WhoForm(forms.Form):
    """Which community joins."""

    member = forms.ModelChoiceField(Community.objects.none(), label=_("Community that joins"))

    def __init__(self, data: Any = None, *, members: QuerySet[Community]) -> None:
        super().__init__(data)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]

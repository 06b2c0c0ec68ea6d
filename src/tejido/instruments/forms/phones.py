"""A code for a phone: what it is called and, for whoever runs the community, whose it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Community
from tejido.communities.selectors import members_on
from tejido.directory.models import Person


class PhoneForm(forms.Form):
    """`runs`: whether the reader may hand a member their code; then `person` is asked for, empty for the reader."""

    name = forms.CharField(
        label=_("What the phone is called"),
        help_text=_("To know it again, for example «the blue one»."),
        max_length=80,
    )
    person = forms.ModelChoiceField(
        label=_("Whose phone it is"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Mine"),
        help_text=_("Answers from it carry this name. Give the code to nobody else."),
    )

    def __init__(
        self, *args: Any, community: Community, reader: Person | None, runs: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.reader = reader
        if not runs:
            del self.fields["person"]
            return
        whose = self.fields["person"]
        assert isinstance(whose, forms.ModelChoiceField)
        whose.queryset = members_on(community)
        if reader is not None:
            whose.queryset = whose.queryset.exclude(pk=reader.pk)
        else:
            whose.required, whose.empty_label = True, _("Choose somebody")

    def owner(self) -> Person | None:
        """Whose phone it is."""
        return self.cleaned_data.get("person") or self.reader

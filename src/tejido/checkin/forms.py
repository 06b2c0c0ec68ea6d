"""What a participant types at the door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DigitsForm(forms.Form):
    """The six digits beside the picture on the wall."""

    digits = forms.RegexField(
        r"^\s*(\d\s*){6}$",
        label=_("The six digits on the wall"),
        max_length=20,
        error_messages={"invalid": _("Six digits, as they stand on the wall.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_digits(self) -> str:
        return "".join(str(self.cleaned_data["digits"]).split())

from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy


class SeriesForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("series", "What it is called"), max_length=120)

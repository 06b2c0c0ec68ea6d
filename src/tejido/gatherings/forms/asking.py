"""Asking those who came: which form, whom, with names or without. One tap where nothing is to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.instruments.models import Collection
from tejido.instruments.services import Terms

ATTENDED, LINK = Collection.Audience.ATTENDED.value, Collection.Audience.LINK.value


class AskForm(forms.Form):
    """form: (value, words) of what can be given; attended: how many came."""

    form = forms.ChoiceField(label=_("Which form"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("What people read"), max_length=200)
    audience = forms.ChoiceField(label=_("Who is asked"), widget=forms.RadioSelect)
    names = forms.ChoiceField(
        label=pgettext_lazy("with names or without", "Names"),
        choices=[
            ("named", _("Answers carry names, where people give them")),
            ("anonymous", _("Answers are anonymous")),
        ],
        widget=forms.RadioSelect,
        initial="named",
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], attended: int, **more: Any) -> None:
        super().__init__(*args, **more)
        form, audience = self.fields["form"], self.fields["audience"]
        assert isinstance(form, forms.ChoiceField)
        assert isinstance(audience, forms.ChoiceField)
        form.choices, form.initial = offered, offered[0][0]
        whom: list[tuple[str, object]] = [(LINK, _("Whoever has the link"))]
        if attended:
            whom.insert(0, (ATTENDED, _("Those who attended, and whoever else has the link")))
        audience.choices, audience.initial = whom, whom[0][0]

    def terms(self) -> Terms:
        """What was chosen, for `open_collection`. There is a link in any case: guests come without an account."""
        given = self.cleaned_data
        return Terms(
            title=given["title"],
            audience=given["audience"],
            anonymous=given["names"] == "anonymous",
            many=False,
            link=True,
        )

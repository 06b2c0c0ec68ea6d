"""Giving a form out at once: who, with names or without. Everything else has its usual answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.instruments.models import Collection
from tejido.instruments.values import Terms


class HandOutForm(forms.Form):
    """Ready to be sent as it stands: one tap opens it."""

    title = forms.CharField(label=_("What people read"), max_length=200)
    audience = forms.ChoiceField(
        label=_("Who is asked"),
        choices=[
            (Collection.Audience.LINK.value, _("Whoever has the link")),
            (
                Collection.Audience.COMMUNITY.value,
                _("Everybody in the community, and whoever else has the link"),
            ),
        ],
        widget=forms.RadioSelect,
        initial=Collection.Audience.LINK.value,
    )
    names = forms.ChoiceField(
        label=pgettext_lazy("with names or without", "Names"),
        choices=[
            ("named", _("Answers carry names, where people give them")),
            ("anonymous", _("Answers are anonymous")),
        ],
        widget=forms.RadioSelect,
        initial="named",
    )

    def terms(self) -> Terms:
        """What was chosen, for `services.open_collection`. There is a link in any case: it is there to be shared."""
        given = self.cleaned_data
        return Terms(
            title=given["title"],
            audience=given["audience"],
            anonymous=given["names"] == "anonymous",
            many=False,
            link=True,
        )

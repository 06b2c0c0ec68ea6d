"""What the coordination fills in: the rule, and why a certificate is revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.certificates.models import HoursKind, Rule
from tejido.certificates.values import Asked


class RuleForm(forms.Form):
    """What somebody has to have been present for, and what the certificate says."""

    share = forms.IntegerField(
        label=_("Share of the time, in percent"),
        min_value=1,
        max_value=100,
        initial=80,
        help_text=_(
            "Minutes count where they were measured; else whoever was there counts for the whole gathering."
        ),
    )
    gatherings_needed = forms.IntegerField(
        label=_("At least so many gatherings"), min_value=1, max_value=100, initial=1
    )
    signer_name = forms.CharField(label=_("Who signs"), max_length=120)
    signer_function = forms.CharField(
        label=_("In which function"),
        max_length=160,
        required=False,
        help_text=_("For example: coordinator of the network."),
    )
    hours_kind = forms.ChoiceField(label=_("What kind of hours"), choices=HoursKind.choices)
    hours = forms.DecimalField(
        label=_("Hours that it certifies"),
        required=False,
        min_value=0.5,
        max_value=1_000,
        decimal_places=1,
        help_text=_("Empty: as long as each person was there."),
    )
    text = forms.CharField(
        label=_("What else it says"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the language of the community, for example what was worked on."),
    )

    def __init__(self, *args: Any, rule: Rule | None = None, **kwargs: Any) -> None:
        if rule is not None:
            names = (
                "share", "gatherings_needed", "signer_name", "signer_function", "hours_kind", "text"
            )  # fmt: skip
            known = {name: getattr(rule, name) for name in names}
            known["hours"] = round(rule.minutes_counted / 60, 1) if rule.minutes_counted else None
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)

    def asked(self) -> Asked:
        said = dict(self.cleaned_data)
        hours = said.pop("hours")
        return Asked(minutes_counted=int(hours * 60) if hours else None, **said)


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The team and whoever holds it can read this. It is not shown to those who check it."),
    )

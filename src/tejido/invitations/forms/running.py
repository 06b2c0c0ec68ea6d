"""What the team fills in: places and reminders, whom to invite."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community, Role
from tejido.communities.selectors import below
from tejido.invitations.values import Wanted


class AskingForm(forms.Form):
    """How many places, when people are reminded."""

    places = forms.IntegerField(
        label=_("Places on site"),
        required=False,
        min_value=1,
        max_value=5_000,
        help_text=_("Empty: room for everybody. Whoever answers later waits and moves up by a letter."),
    )
    remind_days = forms.IntegerField(
        label=_("Remind so many days before"),
        min_value=0,
        max_value=30,
        help_text=_("0: no reminder. It goes to those who have not answered and to those who come."),
    )


class WhomForm(forms.Form):
    """Everybody, a node, a role in either, or a pasted list."""

    node = forms.ChoiceField(label=_("Of which community"), required=False)
    role = forms.ChoiceField(label=_("With which role"), required=False)
    pasted = forms.CharField(
        label=_("Or paste a list"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One name or e-mail on each line, of people whom you see here. The two fields above do not count then."
        ),
    )
    also = forms.BooleanField(
        label=_("Add them to those who are on the list already"), required=False, initial=True
    )

    def __init__(self, *args: Any, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        nodes = Community.objects.filter(pk__in=below(community)).exclude(pk=community.pk).order_by("name")
        node, role = self.fields["node"], self.fields["role"]
        assert isinstance(node, forms.ChoiceField)
        assert isinstance(role, forms.ChoiceField)
        node.choices = [
            ("", community.name),
            *((str(pk), name) for pk, name in nodes.values_list("pk", "name")),
        ]
        role.choices = [("", pgettext_lazy("role", "Any role")), *Role.choices]

    def wanted(self) -> Wanted:
        """What was filled in, for `services.choose_whom`."""
        data = self.cleaned_data
        return Wanted(data["role"], int(data["node"] or 0), data["pasted"], data["also"])

"""Forms on who belongs: adding somebody known, another role, leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.forms.fields import DayField, role_field
from tejido.communities.models import Community, Membership
from tejido.directory.models import Person
from tejido.directory.selectors import people_for

NOT_BY_HAND = {Membership.EndReason.CHANGED_ROLE, Membership.EndReason.COMMUNITY_CLOSED}


class AddForm(forms.Form):
    """Somebody whom the actor knows joins, in a role."""

    person = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: User, community: Community, gives_roles: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor, self.community = actor, community
        self.fields["role"] = role_field(gives_roles)

    def clean_person(self) -> Person:
        person: Person | None = people_for(self.actor).filter(pk=self.cleaned_data["person"]).first()
        if person is None:
            raise forms.ValidationError(_now("This person is not in the directory any more. Search again."))
        return person

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        held = Membership.objects.filter(
            community=self.community, person=data.get("person"), role=data.get("role"), ends_on=None
        )
        if data.get("person") and held.exists():
            words = {"person": data["person"].name, "community": self.community.name}
            self.add_error(None, _now("%(person)s is in %(community)s already, in this role.") % words)
        return data


class RoleForm(forms.Form):
    """Another role from a day on."""

    on = DayField(label=_("From which day"), initial=timezone.localdate)
    field_order = ["role", "on"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"] = role_field(gives_roles=True)
        self.order_fields(self.field_order)


class EndForm(forms.Form):
    """Leaving: when, and why. Why is read by those who run the community only."""

    on = DayField(label=_("Last day"), initial=timezone.localdate)
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[
            ("", _("Not said")),
            *[(value, words) for value, words in Membership.EndReason.choices if value not in NOT_BY_HAND],
        ],
        help_text=_("Only those who run the community read this. It helps to see why people leave."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

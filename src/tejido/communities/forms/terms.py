"""Forms on terms, pauses, the list to hand over and the seats of a steering node."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.forms.fields import DayField, organisation_field, person_field
from tejido.communities.forms.memberships import NOT_BY_HAND
from tejido.communities.models import Membership, MembershipPause, SteeringSeat
from tejido.directory.models import Person
from tejido.web.picks import ask


class TermForm(forms.Form):
    """Until when a role is held."""

    until = DayField(
        label=_("Last day of the term"),
        required=False,
        help_text=_(
            "Empty: without an end. The role does not end by itself; reminders go out 60 and 14 days before."
        ),
    )


class HandOverRoleForm(forms.Form):
    """One person's role goes to another."""

    person = person_field(label=_("Who takes it up"), help_text=_("Somebody whom you see in the directory."))
    on = DayField(label=_("From which day"), initial=timezone.localdate)
    term_ends_on = DayField(label=_("Last day of the new term"), required=False)
    reason = forms.ChoiceField(
        label=_("Why the role ends"),
        choices=[(key, words) for key, words in Membership.EndReason.choices if key not in NOT_BY_HAND],
        initial=Membership.EndReason.TERM_OVER,
        help_text=_("Only those who run the community read this. It helps to see why people leave."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, actor: User) -> None:
        super().__init__(data)
        ask(self, actor)


class PauseForm(forms.Form):
    """Somebody takes part in nothing for a while."""

    starts_on = DayField(label=_("Pauses from"), initial=timezone.localdate)
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The last day of the pause, if it is known already.")
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("Not said")), *MembershipPause.Reason.choices],
        help_text=_("Only those who run the community read this."),
    )


class HandOverItemForm(forms.Form):
    """What is noted about one thing that hangs on the holder of a role."""

    done = forms.BooleanField(label=_("It is handed over"), required=False)
    receiver = person_field(label=_("To whom"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, actor: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        ask(self, actor)


class OwnThingForm(forms.Form):
    """Something to hand over that no page of the house knows."""

    words = forms.CharField(
        label=_("Something else that hangs on this person"),
        max_length=200,
        help_text=_("A key, a list of contacts, a promise to the museum."),
    )


def _people_of(seat: SteeringSeat) -> list[tuple[int, str]]:
    """Who may sit for a node: those who belong to it today, by name. One query."""
    from tejido.communities.selectors import members_on

    assert seat.node is not None
    return [(one.pk, one.name) for one in members_on(seat.node)]


class NodeSeatForm(forms.Form):
    """Who sits for a node, and who stands in."""

    def __init__(self, data: Any = None, *, seat: SteeringSeat) -> None:
        super().__init__(data)
        people = _people_of(seat)
        self.fields["named"] = forms.ChoiceField(
            label=_("Who sits in it"),
            required=False,
            choices=[("", _("The leader of the node")), *people],
            initial=seat.named_id or "",
        )
        self.fields["substitute"] = forms.ChoiceField(
            label=_("Substitute"),
            required=False,
            choices=[("", _("Nobody yet")), *people],
            initial=seat.substitute_id or "",
        )

    def person(self, name: str) -> Person | None:
        key = self.cleaned_data.get(name)
        return Person.objects.get(pk=key) if key else None


class OutsideSeatForm(forms.Form):
    """Who sits for an organisation outside."""

    named = person_field(label=_("Who sits in it"), required=False)
    substitute = person_field(label=_("Substitute"), required=False)
    field_order = ["organisation", "named", "substitute"]

    def __init__(self, data: Any = None, *, actor: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        ask(self, actor)
        self.order_fields(self.field_order)

    def person(self, name: str) -> Person | None:
        found: Person | None = self.cleaned_data.get(name)
        return found


class NewOutsideSeatForm(OutsideSeatForm):
    """A seat for an organisation outside."""

    organisation = organisation_field(label=_("Organisation"), help_text=_("Write part of its name."))

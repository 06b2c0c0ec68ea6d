"""Forms on organisations that belong: adding one, who represents it, its leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.forms.fields import DayField, organisation_field, person_field
from tejido.communities.models import Membership, OrganisationMembership
from tejido.directory.models import Organisation, Post
from tejido.web.picks import ask


class AddOrganisationForm(forms.Form):
    """An organisation of the directory, or a new one, belongs from a day on."""

    organisation = organisation_field(
        label=_("Organisation of the directory"),
        required=False,
        help_text=_("Write part of its name."),
    )
    new_name = forms.CharField(
        label=_("Or the name of a new one"),
        max_length=200,
        required=False,
        help_text=_("Only if it is not in the directory yet."),
    )
    new_kind = forms.ChoiceField(
        label=_("Kind of the new one"), choices=Organisation.Kind.choices, initial=Organisation.Kind.OTHER
    )
    starts_on = DayField(label=_("Belongs since"), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, actor: User) -> None:
        super().__init__(data)
        ask(self, actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("organisation")) == bool(data.get("new_name")):
            raise forms.ValidationError(
                _now(
                    "Choose an organisation of the directory or write the name of a new one: one of the two."
                )
            )
        return data


class _InsteadOf(forms.Form):
    """Whom the new representative replaces, and from which day."""

    starts_on = DayField(label=_("Represents it from"), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, held: OrganisationMembership, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.present = {
            str(one.pk): one for one in held.representatives.filter(ends_on=None).select_related("person")
        }
        if self.present:
            self.fields["instead_of"] = forms.ChoiceField(
                label=_("In place of"),
                required=False,
                choices=[
                    ("", _("Nobody: there is one more")),
                    *[(key, one.person.name) for key, one in self.present.items()],
                ],
                initial=(initial or {}).get("instead_of") or next(iter(self.present)),
            )

    def instead_of(self) -> Membership | None:
        return self.present.get(self.cleaned_data.get("instead_of", ""))


class RepresentativeForm(_InsteadOf):
    """Somebody of the directory represents the organisation."""

    person = person_field(label=_("Person"), help_text=_("Somebody whom you see in the directory."))
    field_order = ["person", "instead_of", "starts_on"]

    def __init__(self, data: Any = None, *, actor: User, **more: Any) -> None:
        super().__init__(data, **more)
        ask(self, actor)
        self.order_fields(self.field_order)


class NewRepresentativeForm(_InsteadOf):
    """Somebody who is not in the directory yet comes in, with a post at the organisation, and represents it."""

    given_names = forms.CharField(label=_("Given names"), max_length=100)
    family_names = forms.CharField(label=_("Family names"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    function = forms.ChoiceField(label=_("Post"), choices=Post.Function.choices, initial=Post.Function.OTHER)
    field_order = ["given_names", "family_names", "email", "function", "instead_of", "starts_on"]

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.order_fields(self.field_order)


class EndOrganisationForm(forms.Form):
    """The organisation leaves. Why is read by those who run the community only."""

    on = DayField(label=_("Last day"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Only those who run the community read this."),
    )

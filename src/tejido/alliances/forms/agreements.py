"""Forms on agreements, their papers, and what is contributed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.accounts.models import User
from tejido.alliances.forms.fields import DayField, organisation_field, person_field
from tejido.alliances.models import Agreement, Contribution
from tejido.alliances.selectors import gatherings_to_choose
from tejido.alliances.values import Gift, Terms
from tejido.gatherings.models import Gathering
from tejido.web.picks import PickField, ask

CURRENCIES = ("COP", "CLP", "BRL", "ARS", "MXN", "PEN", "USD", "EUR", "GBP", "CAD")
TERMS = (
    "title",
    "about",
    "state",
    "starts_on",
    "ends_on",
    "renew_by",
    "contact_here",
    "contact_there",
    "link",
)


class AgreementForm(forms.Form):
    """What was agreed with an organisation. The organisation is asked for only when the agreement is new."""

    organisation = organisation_field(label=_("Organisation"), help_text=_("Write part of its name."))
    title = forms.CharField(label=_("Title"), max_length=200)
    about = forms.CharField(
        label=_("What was agreed"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    state = forms.ChoiceField(label=_("State"), choices=Agreement.State.choices)
    starts_on = DayField(label=pgettext_lazy("agreement", "From"), required=False)
    ends_on = DayField(label=pgettext_lazy("agreement", "To"), required=False)
    renew_by = DayField(
        label=_("To be renewed by"),
        required=False,
        help_text=_("A month before, whoever coordinates the community gets a letter."),
    )
    contact_here = person_field(label=_("Who looks after it here"), required=False)
    contact_there = person_field(label=_("Who looks after it there"), required=False)
    link = forms.URLField(
        label=_("Link to the document"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, data: Any = None, *, actor: User, agreement: Agreement | None = None) -> None:
        initial = {name: getattr(agreement, name) for name in TERMS} if agreement else {}
        super().__init__(data, initial=initial)
        if agreement is not None:
            del self.fields["organisation"]
        ask(self, actor)

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in TERMS})


class DocumentForm(forms.Form):
    """A paper of the agreement."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX, ODT, JPEG or PNG, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.odt,.jpg,.jpeg,.png"}),
    )


def _gathering_label(gathering: Gathering) -> str:
    return f"{gathering.title} · {date_format(gathering.day, 'SHORT_DATE_FORMAT')}"


class ContributionForm(forms.Form):
    """What the organisation gives: what, how much, when, to which gathering."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Contribution.Kind.choices)
    what = forms.CharField(
        label=_("What"), max_length=200, help_text=_("For example: auditorium for the assembly.")
    )
    quantity = forms.DecimalField(
        label=_("How many"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    unit = forms.CharField(
        label=_("Of what"), max_length=40, required=False, help_text=_("Kits, hours, rooms …")
    )
    value = forms.DecimalField(label=_("Worth"), required=False, min_value=0, max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "—"), *[(one, one) for one in CURRENCIES]]
    )
    day = DayField(label=pgettext_lazy("contribution", "Day"), required=False)
    delivered = forms.BooleanField(
        label=_("It was delivered"), required=False, help_text=_("Without the tick it is only said so far.")
    )

    def __init__(self, data: Any = None, *, about: Agreement, row: Contribution | None = None) -> None:
        names = ("kind", "what", "quantity", "unit", "value", "currency", "day", "delivered", "gathering")
        super().__init__(data, initial={name: getattr(row, name) for name in names} if row else {})
        self.fields["gathering"] = PickField(
            lambda _actor: lambda text: gatherings_to_choose(about.community, text.split(" · ")[0]),
            written=_gathering_label,
            same=lambda gathering, text: bool(gathering.title == text),
            suggest="",
            label=_("To which gathering it went"),
            help_text=_("Part of its title; empty if to none."),
            required=False,
        )

    def gift(self) -> Gift:
        return Gift(**self.cleaned_data)

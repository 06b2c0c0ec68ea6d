"""What is said of schools and organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.accounts.models import User
from tejido.directory.forms.people import day_box
from tejido.directory.forms.picks import PickField, ask
from tejido.directory.models import Organisation, School

KNOWN_OR_NOT = [
    ("", gettext_lazy("Not known")),
    ("yes", pgettext_lazy("school", "Rural")),
    ("no", pgettext_lazy("school", "Urban")),
]
TRUTH = {"yes": True, "no": False, "": None}


class SchoolForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    code = forms.CharField(
        label=gettext_lazy("Official code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("As the register writes it, with its zeros."),
    )
    register = forms.SlugField(
        label=gettext_lazy("Register of the code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Country and list: cl-rbd, co-dane, uk-urn …"),
    )
    territory = PickField(
        "territories",
        label=gettext_lazy("Territory"),
        required=False,
        help_text=gettext_lazy("Write the name of the municipality or district."),
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=gettext_lazy("In degrees, for example -33.4885."),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180
    )
    rural = forms.ChoiceField(label=gettext_lazy("Rural or urban"), required=False, choices=KNOWN_OR_NOT)
    sector = forms.CharField(
        label=gettext_lazy("Sector"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("In the register's own word: public, private …"),
    )
    group = PickField("organisations", label=gettext_lazy("Belongs to"), required=False)
    closed_on = forms.DateField(label=gettext_lazy("Closed on"), required=False, widget=day_box())

    def __init__(self, data: Any = None, *, actor: User, school: School | None = None) -> None:
        initial = {name: getattr(school, name) for name in self.base_fields} if school else {}
        if school:
            initial["rural"] = {True: "yes", False: "no", None: ""}[school.rural]
        super().__init__(data, initial=initial)
        ask(self, actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"latitude", "longitude"} & self.errors.keys():
            given = [data["latitude"] is not None, data["longitude"] is not None]
            if any(given) and not all(given):
                raise forms.ValidationError(_("A point needs both latitude and longitude."))
            if data["latitude"] == 0 == data["longitude"]:
                raise forms.ValidationError(
                    _("0, 0 lies in the sea. Leave both empty if they are not known.")
                )
        return data

    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "rural": TRUTH[self.cleaned_data["rural"]]}


class ProfileForm(forms.Form):
    """The numbers of a school on a day; an empty box means not known."""

    NUMBERS = {
        "enrolment": pgettext_lazy("school profile", "Students enrolled"),
        "staff": pgettext_lazy("school profile", "Staff"),
        "educators": pgettext_lazy("school profile", "Educators"),
        "technicians": pgettext_lazy("school profile", "Technicians"),
        "staff_on_leave": pgettext_lazy("school profile", "Staff on leave"),
    }
    on = forms.DateField(label=gettext_lazy("On which day"), widget=day_box())
    source = forms.CharField(
        label=gettext_lazy("Where the numbers come from"), max_length=200, required=False
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, label in self.NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=1_000_000
            )
        self.order_fields(["on", *self.NUMBERS, "source"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and all(data[name] is None for name in self.NUMBERS):
            raise forms.ValidationError(_("Write at least one number."))
        away, staff = data.get("staff_on_leave"), data.get("staff")
        if away is not None and staff is not None and away > staff:
            self.add_error(
                "staff_on_leave", _("More people on leave than there are on the staff. Check both.")
            )
        return data

    def numbers(self) -> dict[str, int]:
        """Only what was written: an empty box leaves a number of that day as it was."""
        return {name: self.cleaned_data[name] for name in self.NUMBERS if self.cleaned_data[name] is not None}


class OrganisationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Organisation.Kind.choices)
    territory = PickField("territories", label=gettext_lazy("Territory"), required=False)
    website = forms.URLField(
        label=gettext_lazy("Web page"), required=False, max_length=200, assume_scheme="https"
    )

    def __init__(self, data: Any = None, *, actor: User, organisation: Organisation | None = None) -> None:
        initial = {name: getattr(organisation, name) for name in self.base_fields} if organisation else {}
        super().__init__(data, initial=initial)
        ask(self, actor)

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

"""What a head fills in, or whoever writes down what she said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.directory.models import Person
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.values import Promise, Substitute

COMMITS, TALK, NOT_NOW = "commit", "talk", "not_now"


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class AnswerForm(forms.Form):
    """Yes, a talk first, or not now. What was promised is asked of a yes alone."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (COMMITS, _("Yes: my school supports its teachers")),
            (TALK, _("I would like to talk about it first")),
            (NOT_NOW, _("Not now")),
        ],
        widget=forms.RadioSelect,
    )
    amount = forms.IntegerField(
        label=_("Time released: how much"), required=False, min_value=1, max_value=400
    )
    unit = forms.ChoiceField(
        label=_("Counted as"), required=False, choices=SchoolCommitment.Unit.choices, widget=forms.RadioSelect
    )
    for_whom = forms.CharField(label=_("For whom"), required=False, max_length=200)
    substitute = forms.CharField(
        label=_("Who takes the lessons meanwhile"),
        required=False,
        max_length=200,
        help_text=_("A colleague, a substitute teacher, a changed timetable."),
    )
    room = forms.BooleanField(label=_("A room for gatherings"), required=False)
    transport = forms.BooleanField(label=_("Transport to gatherings"), required=False)
    support = forms.CharField(label=_("What else"), required=False, max_length=300)
    starts_on = DayField(label=_("From"), required=False, help_text=_("Today, if empty."))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Until further notice, if empty."))
    reason = forms.CharField(label=_("If not now: what stands in the way"), required=False, max_length=300)

    PROMISED = (
        "amount",
        "unit",
        "for_whom",
        "substitute",
        "room",
        "transport",
        "support",
        "starts_on",
        "ends_on",
    )

    def __init__(self, *args: Any, commitment: SchoolCommitment, **more: Any) -> None:
        more.setdefault("initial", said_of(commitment))
        super().__init__(*args, **more)

    def promised_fields(self) -> list[forms.BoundField]:
        """The fields that a yes fills in."""
        return [self[name] for name in self.PROMISED]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on") or timezone.localdate(), data.get("ends_on")
        if data.get("answer") != COMMITS:
            return data
        if ends and ends < starts:
            self.add_error("ends_on", _now("It ends before it starts. Check the two days."))
        if data.get("amount") and not data.get("unit"):
            self.add_error("unit", _now("Hours a month, or days in all?"))
        return data

    def promise(self) -> Promise:
        """What was filled in, for `services.give_commitment`."""
        data = self.cleaned_data
        amount = data["amount"] or None
        return Promise(
            starts_on=data["starts_on"] or timezone.localdate(),
            ends_on=data["ends_on"],
            unit=data["unit"] if amount else "",
            amount=amount,
            for_whom=data["for_whom"],
            substitute=data["substitute"],
            room=data["room"],
            transport=data["transport"],
            support=data["support"],
        )


def said_of(commitment: SchoolCommitment) -> dict[str, Any]:
    """How the form begins: with what stands, else with nothing chosen."""
    if commitment.state == SchoolCommitment.State.GIVEN:
        kept = {name: getattr(commitment, name) for name in AnswerForm.PROMISED}
        return {**kept, "answer": COMMITS}
    return {"answer": TALK if commitment.wants_talk else "", "unit": SchoolCommitment.Unit.HOURS_A_MONTH}


class SubstituteForm(forms.Form):
    """Who comes instead: one of those who may be named, or a typed name."""

    person = forms.ChoiceField(label=_("Somebody of your school"), required=False)
    name = forms.CharField(
        label=_("Or write the name"),
        required=False,
        max_length=200,
        help_text=_("Only those are listed who let you see that they take part."),
    )

    def __init__(self, *args: Any, colleagues: list[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.colleagues = {str(one.pk): one for one in colleagues}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _now("Nobody of this list")),
            *((key, one.name) for key, one in self.colleagues.items()),
        ]
        if not colleagues:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("person") and not str(data.get("name", "")).strip():
            self.add_error("name", _now("Choose somebody of your school, or write who comes."))
        return data

    def chosen(self) -> Substitute:
        """Who was chosen, for `services.send_substitute`."""
        picked = self.colleagues.get(str(self.cleaned_data.get("person") or ""))
        return picked or str(self.cleaned_data["name"])

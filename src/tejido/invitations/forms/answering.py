"""What somebody answers, on a phone or told to the team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models import Person
from tejido.directory.selectors import search_form
from tejido.gatherings.models import Gathering
from tejido.invitations.models import Reply
from tejido.invitations.values import Needs, Said, Substitute


class AnswerForm(forms.Form):
    """Yes, perhaps, no; how, with what needs, with or without a lift."""

    answer = forms.ChoiceField(
        label=_("Are you coming?"), choices=Reply.Answer.choices, widget=forms.RadioSelect
    )
    modality = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=Reply.Modality.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    wheelchair = forms.BooleanField(label=_("I use a wheelchair, or stairs are difficult"), required=False)
    interpreter = forms.BooleanField(label=_("I need a sign-language interpreter"), required=False)
    other_needs = forms.CharField(
        label=_("What else helps you to take part"),
        required=False,
        max_length=300,
        help_text=_("Food, large print, a place to nurse… Only the team of the community reads this."),
    )
    transport = forms.ChoiceField(
        label=_("Getting there"),
        required=False,
        choices=[("", pgettext_lazy("transport", "I get there by myself")), *Reply.Transport.choices],
        widget=forms.RadioSelect,
    )
    seats = forms.IntegerField(
        label=_("How many can you take along?"), required=False, min_value=1, max_value=60
    )
    note = forms.CharField(label=_("A word to the team"), required=False, max_length=300)

    def __init__(self, *args: Any, gathering: Gathering, reply: Reply | None, **more: Any) -> None:
        more.setdefault("initial", said_before(gathering, reply))
        super().__init__(*args, **more)
        self.gathering = gathering
        if gathering.modality != Gathering.Modality.HYBRID:
            del self.fields["modality"]
        if gathering.modality == Gathering.Modality.ONLINE:
            for name in ("wheelchair", "transport", "seats"):
                del self.fields[name]

    def said(self) -> Said:
        """What was filled in, for `services.answer`."""
        data = self.cleaned_data
        needs = Needs(data.get("wheelchair", False), data["interpreter"], data["other_needs"])
        return Said(
            data["answer"],
            data.get("modality", ""),
            needs,
            data.get("transport", ""),
            data.get("seats"),
            data["note"],
        )


def said_before(gathering: Gathering, reply: Reply | None) -> dict[str, Any]:
    """How the form begins: with what stands, else with nothing answered."""
    if reply is None:
        return {"transport": ""}
    names = ("answer", "modality", "wheelchair", "interpreter", "other_needs", "transport", "seats", "note")
    return {name: getattr(reply, name) for name in names}


class SubstituteForm(forms.Form):
    """Who comes instead: a name; where it fits colleagues, one of these."""

    name = forms.CharField(
        label=_("Name of the colleague"),
        max_length=200,
        help_text=_("Somebody of your own school. A part of the name is enough if we know the person."),
    )
    person = forms.ChoiceField(label=_("Do you mean one of these?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: list[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        words = search_form(str(self.data.get("name", ""))).split()
        self.alike = {
            str(one.pk): one
            for one in colleagues
            if words and all(f" {word}" in f" {one.search_name}" for word in words)
        }
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((key, one.name) for key, one in self.alike.items()),
            ("new", _("Somebody else who is called so")),
        ]
        exact = [one for one in self.alike.values() if one.search_name == " ".join(words)]
        self.asks = bool(self.alike) and len(exact) != 1
        if not self.asks:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.asks and not data.get("person"):
            self.add_error("person", _("Please say whom you mean."))
        return data

    def chosen(self) -> Substitute:
        """Who was chosen, for `services.name_substitute`."""
        picked = self.alike.get(str(self.cleaned_data.get("person") or ""))
        return picked or str(self.cleaned_data["name"])

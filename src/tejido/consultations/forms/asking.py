"""Putting a question, writing down proposals, opening the vote."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Role
from tejido.consultations.models import Consultation
from tejido.consultations.selectors.lists import DECIDING
from tejido.consultations.values import Asked, Note


class DayAndTime(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class AskForm(forms.ModelForm[Consultation]):
    """The question, who proposes, and how it will be counted: said before anybody votes."""

    secret = forms.TypedChoiceField(
        label=_("Who sees the votes"),
        help_text=_("Secret cannot be changed afterwards: no trace of who voted what is kept anywhere."),
        choices=[("True", _("The vote is secret")), ("False", _("Everybody sees who voted what"))],
        coerce=lambda value: value == "True",
        initial="True",
        widget=forms.RadioSelect,
    )
    wall = forms.CharField(
        label=_("Proposals that are there already"),
        help_text=_("One on each line. Whose it is may follow after a bar: Clean water | Marta Ruiz"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Consultation
        fields = [
            "question",
            "explanation",
            "members_propose",
            "method",
            "seats",
            "points",
            "secret",
            "tie_rule",
            "quorum",
        ]
        labels = {
            "question": _("Question"),
            "explanation": _("What people should know"),
            "members_propose": _("Members may propose, too"),
            "method": _("How it is decided"),
            "seats": _("How many proposals win"),
            "points": _("Points that each may share out"),
            "tie_rule": _("If two stand alike"),
            "quorum": _("Quorum, in per cent"),
        }
        help_texts = {
            "question": _("Which challenge do we take on together? What shall we be called?"),
            "points": _("Only where points are shared out."),
            "quorum": _("How many of those who may vote must do so for it to count. 0: no quorum."),
        }
        widgets = {
            "explanation": forms.Textarea(attrs={"rows": 3}),
            "method": forms.RadioSelect,
            "tie_rule": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("method", "tie_rule"):  # no empty choice beside the radio buttons
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [pair for pair in cast(Any, field.choices) if pair[0]]

    def asked(self) -> Asked:
        """What was filled in, for `services.ask`."""
        return cast(Asked, {name: self.cleaned_data[name] for name in self.Meta.fields})

    def clean_wall(self) -> str:
        return str(self.cleaned_data["wall"])


def notes_of(text: str) -> list[Note]:
    """One note for each line that says something; after a bar whose it is.

    >>> [(note.text, note.author) for note in notes_of("Water | Marta Ruiz\\n\\nReading")]
    [('Water', 'Marta Ruiz'), ('Reading', '')]
    """
    found = []
    for line in text.splitlines():
        said, _bar, name = line.partition("|")
        if said.strip():
            found.append(Note(said.strip(" \t•*–-"), author=name.strip()))
    return found


class WallForm(forms.Form):
    """What hung on the wall, typed in."""

    wall = forms.CharField(
        label=_("Notes from the wall"),
        help_text=_("One on each line. Whose it is may follow after a bar: Clean water | Marta Ruiz"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def notes(self) -> list[Note]:
        return notes_of(self.cleaned_data["wall"])


class ProposeForm(forms.Form):
    """One proposal."""

    text = forms.CharField(label=_("Proposal"), max_length=200)
    detail = forms.CharField(
        label=_("Why, or how"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class OpenForm(forms.Form):
    """Who votes, until when. Times are those of the community."""

    roles = forms.MultipleChoiceField(
        label=_("Who votes"),
        choices=[(value, words) for value, words in Role.choices],
        initial=list(DECIDING),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody who has one of these roles here, or in a node of it, today."),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), help_text=_("When you close it, if empty."), required=False, widget=DayAndTime
    )


class ExtendForm(forms.Form):
    """More time."""

    closes_at = forms.DateTimeField(
        label=_("Closes"), help_text=_("When you close it, if empty."), required=False, widget=DayAndTime
    )


class SurveyForm(forms.Form):
    """Whose answers become proposals: an open question of a form that was given out here."""

    question = forms.ChoiceField(label=_("Open question"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        cast(forms.ChoiceField, self.fields["question"]).choices = [("", _now("Choose…")), *choices]

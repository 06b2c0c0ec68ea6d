"""What the team asks, and what the room answers and asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.during.models import MOST_OPTIONS, SCALE, Poll, Room, Voice
from tejido.during.values import Asked, Said


class AskForm(forms.Form):
    """A quick question in own words."""

    text = forms.CharField(label=_("The question"), max_length=200)
    kind = forms.ChoiceField(
        label=_("How it is answered"),
        choices=Poll.Kind.choices,
        widget=forms.RadioSelect,
        initial=Poll.Kind.CHOICE,
    )
    options = forms.CharField(
        label=_("Answers to choose between"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, from two to six."),
    )
    most = forms.IntegerField(
        label=_("How many of them one may choose"),
        min_value=1,
        max_value=MOST_OPTIONS,
        initial=1,
        required=False,
    )
    low = forms.CharField(label=_("What 1 means"), required=False, max_length=60)
    high = forms.CharField(label=_("What 5 means"), required=False, max_length=60)
    hidden = forms.BooleanField(label=_("Show what comes out only when it is closed"), required=False)

    def asked(self) -> Asked:
        """For `services.ask`. Call when it is valid."""
        data = self.cleaned_data
        lines = data["options"].splitlines()
        return Asked(
            data["kind"], data["text"], lines, data["most"] or 1, data["low"], data["high"], data["hidden"]
        )


class RoomForm(forms.ModelForm[Room]):
    """How questions from the room are taken."""

    class Meta:
        model = Room
        fields = ("hears", "moderated", "nameless")
        labels = {
            "hears": _("People may ask questions"),
            "moderated": _("The team looks at texts before they stand on the wall"),
            "nameless": _("One may ask without a name"),
        }


class AnswerForm(forms.Form):
    """What somebody in the room answers to the quick question that is open."""

    def __init__(self, data: Any = None, *, poll: Poll, voice: Voice | None = None) -> None:
        super().__init__(data, auto_id="answer-%s")
        self.poll = poll
        self.fields["answer"] = _answer_field(poll)
        if voice is not None:
            self.initial["answer"] = _given(poll, voice)

    def said(self) -> Said:
        """For `services.answer_poll`. Call when it is valid."""
        given = self.cleaned_data["answer"]
        if self.poll.kind == Poll.Kind.WORDS:
            return Said(text=given)
        if self.poll.kind == Poll.Kind.SCALE:
            return Said(step=int(given))
        return Said(options=[int(one) for one in (given if isinstance(given, list) else [given])])


def _given(poll: Poll, voice: Voice) -> Any:
    if poll.kind == Poll.Kind.WORDS:
        return voice.text
    if poll.kind == Poll.Kind.SCALE:
        return str(voice.step)
    chosen = [str(one.option_id) for one in voice.choices.all()]
    return chosen if poll.most > 1 else "".join(chosen[:1])


def _answer_field(poll: Poll) -> forms.Field:
    if poll.kind == Poll.Kind.WORDS:
        missing = {"required": _("Write a word, or a few.")}
        return forms.CharField(label=poll.text, max_length=60, error_messages=missing)
    if poll.kind == Poll.Kind.SCALE:
        ends = {1: poll.low, SCALE: poll.high}
        steps = [(str(n), f"{n} · {ends[n]}" if ends.get(n) else str(n)) for n in range(1, SCALE + 1)]
        missing = {"required": _("Choose a number from 1 to 5.")}
        return forms.ChoiceField(
            label=poll.text, choices=steps, widget=forms.RadioSelect, error_messages=missing
        )
    options = [(str(one.pk), one.text) for one in poll.options.all()]
    missing = {"required": _("Choose one of the answers.")}
    if poll.most > 1:
        return forms.MultipleChoiceField(
            label=poll.text,
            choices=options,
            widget=forms.CheckboxSelectMultiple,
            error_messages=missing,
            help_text=_("Choose up to %(most)d.") % {"most": poll.most},
        )
    return forms.ChoiceField(
        label=poll.text, choices=options, widget=forms.RadioSelect, error_messages=missing
    )


class QuestionForm(forms.Form):
    """What somebody in the room asks."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question.")},
    )
    name = forms.CharField(label=pgettext_lazy("of who asks", "Your name"), required=False, max_length=80)

    def __init__(self, data: Any = None, *, nameless: bool) -> None:
        super().__init__(data, auto_id="question-%s")
        if not nameless:
            name = self.fields["name"]
            name.required = True
            name.error_messages["required"] = _("Write your name: at this gathering questions are signed.")

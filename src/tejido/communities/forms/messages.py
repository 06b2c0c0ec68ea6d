"""Writing to people, and wording what is written."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.communities.forms.fields import DayField
from tejido.communities.models import Community, Role
from tejido.communities.values import Note
from tejido.messages.selectors import channels

ROWS = {"rows": 8}
MORNING = time(8)


class WriteForm(forms.Form):
    """A message to people of the community: to whom, how, what, when."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    role = forms.ChoiceField(
        label=_("To whom"), required=False, choices=[("", _("Everybody, in any role")), *Role.choices]
    )
    node = forms.TypedChoiceField(label=_("Where"), required=False, coerce=int)
    channel = forms.ChoiceField(
        label=_("How"),
        help_text=_("A text to share goes to nobody by itself: it can be copied, or opened in WhatsApp."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("{name} becomes the name of whoever reads it, {community} the name of the community."),
    )
    answers_to_me = forms.BooleanField(label=_("Answers come to my own e-mail address"), required=False)
    day = DayField(label=_("Not before this day"), required=False, help_text=_("Empty: it goes out at once."))
    clock = forms.TimeField(
        label=_("Not before this time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the clock of the community; eight in the morning if empty."),
    )

    def __init__(
        self, data: Any, *, community: Community, parts: list[Community], words: tuple[str, str]
    ) -> None:
        super().__init__(data, initial={"subject": words[0], "text": words[1]})
        self.community = community
        cast(forms.ChoiceField, self.fields["channel"]).choices = channels()
        nodes = [("", _("Anywhere in it")), *[(one.pk, one.name) for one in parts]]
        cast(forms.ChoiceField, self.fields["node"]).choices = nodes
        if not parts:
            del self.fields["node"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        moment = self._moment(data)
        if moment is not None and moment < timezone.now():
            self.add_error("day", _now("This moment has passed. Leave it empty to send at once."))
        data["not_before"] = moment
        return data

    def _moment(self, data: dict[str, Any]) -> datetime | None:
        if not data.get("day"):
            return None
        clock = data.get("clock") or MORNING
        return datetime.combine(data["day"], clock, ZoneInfo(self.community.time_zone)).astimezone(UTC)

    def note(self) -> Note:
        """What was typed. Only of a form that is valid."""
        data = self.cleaned_data
        return Note(
            key=str(data["key"]),
            subject=data["subject"],
            text=data["text"],
            channel=data["channel"],
            role=data["role"],
            node=data.get("node") or 0,
            not_before=data["not_before"],
            answers_to_me=data["answers_to_me"],
        )


class WordsForm(forms.Form):
    """How the community words one kind of message in one language."""

    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text"), max_length=10_000, required=False, widget=forms.Textarea(attrs=ROWS)
    )

    def words(self) -> tuple[str, str]:
        return self.cleaned_data["subject"], self.cleaned_data["text"]

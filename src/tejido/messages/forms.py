"""What people type about the messages they get."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tejido.messages.models import Preferences
from tejido.messages.values import Wishes
from tejido.web.zones import zone_choices

NO_LIMIT = 1000
PER_WEEK = (0, 1, 2, 3, 5, 10, NO_LIMIT)
HOURS = [(hour, f"{hour}:00") for hour in range(24)]


def _how_many(count: int) -> str:
    if count == 0:
        return str(_("Only the weekly digest"))
    if count == NO_LIMIT:
        return str(_("As many as there are"))
    return ngettext("At most %(count)d a week", "At most %(count)d a week", count) % {"count": count}


class PreferencesForm(forms.Form):
    """How much, when, and in which language."""

    per_week = forms.TypedChoiceField(
        label=_("How many messages"),
        coerce=int,
        help_text=_("What is more waits for Monday morning and comes together in one message."),
    )
    quiet_from = forms.TypedChoiceField(label=_("Nothing from"), coerce=int, choices=HOURS)
    quiet_to = forms.TypedChoiceField(
        label=pgettext_lazy("hours of the day", "until"),
        coerce=int,
        choices=HOURS,
        help_text=_("The same hour twice: messages may come at any time."),
    )
    time_zone = forms.ChoiceField(label=_("The clock that counts"), required=False)
    language = forms.ChoiceField(
        label=_("Language for messages"),
        required=False,
        choices=[("", _("As the community writes")), *settings.LANGUAGES],
    )

    def __init__(self, data: Any, *, preferences: Preferences, language: str) -> None:
        names = ("per_week", "quiet_from", "quiet_to", "time_zone")
        initial = {name: getattr(preferences, name) for name in names} | {"language": language}
        super().__init__(data, initial=initial)
        offered = sorted({*PER_WEEK, preferences.per_week})
        zones = [("", pgettext_lazy("time zone", "That of the community")), *zone_choices()]
        cast(forms.ChoiceField, self.fields["per_week"]).choices = [(n, _how_many(n)) for n in offered]
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = zones

    def wishes(self) -> Wishes:
        return cast(Wishes, self.cleaned_data)

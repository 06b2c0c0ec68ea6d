"""The form of a community's own way of working. Its steps are lines: minutes, then words."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.agenda.models import MOST_MINUTES, Activity, Kind
from tejido.agenda.values import ActivityWords

MOST_STEPS = 20
LINE = re.compile(r"^\s*(\d{1,3})\s*[:.·|)\-–]?\s+(\S.*)$")


class ActivityForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("activity", "What it is called"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("What people do"), choices=Kind.choices)
    purpose = forms.CharField(label=gettext_lazy("What it is good for"), max_length=300, required=False)
    steps = forms.CharField(
        label=gettext_lazy("Steps"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One step a line, its minutes first: “10 Everybody writes alone”."),
    )
    material = forms.CharField(label=gettext_lazy("Material"), max_length=500, required=False)
    online = forms.CharField(
        label=gettext_lazy("How it is done online"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean_steps(self) -> list[tuple[int, str]]:
        """(minutes, words) of each line."""
        steps = []
        for number, line in enumerate(filter(str.strip, self.cleaned_data["steps"].splitlines()), start=1):
            found = LINE.match(line)
            if found is None or not 1 <= int(found[1]) <= MOST_MINUTES or len(found[2]) > 500:
                raise forms.ValidationError(
                    _(
                        "Line %(number)d: write the minutes first, then the words, as in “10 Everybody writes alone”."
                    )
                    % {"number": number}
                )
            steps.append((int(found[1]), found[2].strip()))
        if len(steps) > MOST_STEPS:
            raise forms.ValidationError(_("An activity has at most %(most)d steps.") % {"most": MOST_STEPS})
        return steps

    def words(self) -> ActivityWords:
        """What the services take. Only of a valid form."""
        return ActivityWords(**self.cleaned_data)


def initial_of(activity: Activity) -> dict[str, Any]:
    """The form's fields as `activity` has them; its steps as lines. One query where they are not joined."""
    same = ("name", "kind", "purpose", "material", "online")
    lines = [f"{step.minutes} {step.words}" for step in activity.steps.all()]
    return {**{name: getattr(activity, name) for name in same}, "steps": "\n".join(lines)}

"""What the team fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from tejido.directory.models import Topic
from tejido.seating.forms.texts import TableForm, TalksForm
from tejido.seating.models import MOST_AT_A_TABLE, MOST_ROUNDS, MOST_TABLES, SeatingPlan
from tejido.seating.values import Trait

__all__ = ["PlanForm", "RuleForm", "TableForm", "TalksForm"]


class _TopicField(forms.ModelChoiceField[Topic]):
    def label_from_instance(self, obj: Topic) -> str:
        return str(obj.name(get_language() or "es"))


class PlanForm(forms.ModelForm[SeatingPlan]):
    """Who, how many rounds, what tables, what counts."""

    rounds = forms.IntegerField(label=_("How many rounds"), min_value=1, max_value=MOST_ROUNDS)
    size = forms.IntegerField(
        label=_("People at a table, at most"),
        min_value=2,
        max_value=MOST_AT_A_TABLE,
        help_text=_("There are as few tables as can be, and they differ by one person at most."),
    )
    reachable = forms.IntegerField(
        label=_("The first tables that are easy to reach"),
        min_value=1,
        max_value=MOST_TABLES,
        required=False,
        help_text=_(
            "With 2, whoever answered that they come in a wheelchair sits at table 1 or 2. Empty: every table is easy to reach."
        ),
    )
    topic = _TopicField(
        label=_("Somebody at each table who can share"),
        queryset=Topic.objects.all(),
        required=False,
        empty_label=pgettext_lazy("topic", "No topic"),
    )

    class Meta:
        model = SeatingPlan
        fields = (
            "who",
            "rounds",
            "size",
            "reachable",
            "new_faces",
            "district",
            "school",
            "sector",
            "subject",
            "experience",
            "topic",
        )
        labels = {
            "who": _("Who is seated"),
            "new_faces": _("People who have not met yet"),
            "district": _("Districts mixed"),
            "school": _("Schools mixed"),
            "sector": _("Sectors mixed"),
            "subject": _("Subjects mixed"),
            "experience": _("Years of experience mixed"),
        }


class RuleForm(forms.Form):
    """Two people together or apart, or one who keeps a table."""

    kind = forms.ChoiceField(
        label=_("What must be"),
        choices=[
            ("together", _("These two always share a table")),
            ("apart", _("These two never share a table")),
            ("table", _("The first one keeps a table in every round")),
        ],
    )
    one = forms.TypedChoiceField(label=_("Person"), coerce=int)
    other = forms.TypedChoiceField(label=_("Second person"), coerce=int, required=False, empty_value=None)
    table = forms.IntegerField(label=_("Table"), required=False, min_value=1, max_value=MOST_TABLES)

    def __init__(self, *args: Any, traits: Mapping[int, Trait], **more: Any) -> None:
        super().__init__(*args, **more)
        people = [("", "—"), *((pk, f"{trait.name} · {trait.school}") for pk, trait in traits.items())]
        for name in ("one", "other"):
            self.fields[name].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == "table" and not data.get("table"):
            self.add_error("table", now("Say which table."))
        if data.get("kind") in {"together", "apart"} and not data.get("other"):
            self.add_error("other", now("Say which second person."))
        return data

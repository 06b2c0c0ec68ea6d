"""Scoring one application; deciding about many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.calls.models import Application, Criterion
from tejido.calls.selectors import Row
from tejido.calls.values import Choice

State = Application.State


class ScoreForm(forms.Form):
    """Points for each criterion, and a note."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        for one in criteria:
            self.fields[f"criterion_{one.pk}"] = forms.IntegerField(
                label=f"{one.name} (0–{one.most})", min_value=0, max_value=one.most, help_text=one.words
            )
        self.fields["note"] = forms.CharField(
            label=_("Note"), required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
        )

    def points(self) -> dict[int, int]:
        return {
            int(name.removeprefix("criterion_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("criterion_")
        }


class ConflictForm(forms.Form):
    """Why she should not judge it."""

    words = forms.CharField(
        label=_("Why, in a few words"),
        max_length=300,
        required=False,
        help_text=_("For example: we work at the same school. The coordination reads it."),
    )


class ChoiceForm(forms.Form):
    """What is decided about one application, as a line of the table. Empty: nothing yet."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[
            ("", "–"),
            *((state.value, state.label) for state in (State.ACCEPTED, State.WAITING, State.DECLINED)),
        ],
    )
    place = forms.IntegerField(label=_("Place in the line"), required=False, min_value=1)
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", "–"), *Application.Reason.choices]
    )
    words = forms.CharField(label=_("In own words"), required=False, max_length=2_000)

    @classmethod
    def of(cls, row: Row, data: Any = None, suggested: str = "") -> ChoiceForm:
        """The line of an application: as it was sent, else as it stands, else as it is suggested."""
        one = row.application
        chosen = one.state in Application.CHOSEN
        initial = {
            "outcome": one.state if chosen else suggested,
            "place": one.place_in_line,
            "reason": one.reason or (Application.Reason.POINTS if suggested and not chosen else ""),
            "words": one.reason_words,
        }
        return cls(data, prefix=str(one.pk), initial=initial)

    def changed_choice(self, row: Row) -> Choice | None:
        """For `services.choose`; None where nothing is decided, or the line says what stands."""
        data, one = self.cleaned_data, row.application
        if not data["outcome"]:
            return None
        choice = Choice(one.pk, data["outcome"], data["reason"], data["words"], data["place"] or 0)
        stands = Choice(one.pk, one.state, one.reason, one.reason_words, one.place_in_line or 0)
        return None if choice == stands else choice


class RestForm(forms.Form):
    """What is decided about all whose line says nothing: many are taken, or none of the others is."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[("", "–"), *((state.value, state.label) for state in (State.ACCEPTED, State.DECLINED))],
    )
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", "–"), *Application.Reason.choices]
    )

    def choices_for(self, lines: Iterable[tuple[Row, ChoiceForm]]) -> list[Choice]:
        """For `services.choose`: one for each line without a decision."""
        data = self.cleaned_data
        if not data["outcome"]:
            return []
        return [
            Choice(row.application.pk, data["outcome"], data["reason"], "", 0)
            for row, line in lines
            if not line.cleaned_data["outcome"]
        ]


def suggested(rows: Sequence[Row], places: int | None) -> dict[int, str]:
    """Application id -> what the points alone would say: the first ones have the places, the rest wait. Only a suggestion."""
    scored = [row for row in rows if row.mean is not None and not row.application.late]
    if places is None:
        return {}
    return {
        row.application.pk: State.ACCEPTED if at < places else State.WAITING for at, row in enumerate(scored)
    }

"""A ballot as a form: one control for each proposal, as the method asks. Works without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.consultations.models import Choice, Consultation, Proposal
from tejido.consultations.values import Chosen


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal on the ballot: its control, and who had the idea."""

    proposal: Proposal
    control: Any
    authors: str


class BallotForm(forms.Form):
    """Choose one, tick several, give places, or share out points.

    chosen: what stands on the voter's open ballot already, proposal id -> Choice.
    """

    blank = forms.BooleanField(label=_("Blank vote: none of these"), required=False)

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        proposals: Sequence[Proposal],
        chosen: dict[int, Choice] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.consultation, self.proposals = consultation, list(proposals)
        before = chosen or {}
        if consultation.method == Consultation.Method.PLURALITY:
            self.fields["one"] = forms.ChoiceField(
                choices=[(str(one.pk), one.text) for one in self.proposals],
                widget=forms.RadioSelect,
                required=False,
                initial=next((str(key) for key in before), None),
            )
        for one in self.proposals:
            field = self._field(one, before.get(one.pk))
            if field is not None:
                self.fields[_name(one)] = field

    def _field(self, proposal: Proposal, before: Choice | None) -> forms.Field | None:
        method = self.consultation.method
        if method == Consultation.Method.APPROVAL:
            return forms.BooleanField(label=proposal.text, required=False, initial=before is not None)
        if method == Consultation.Method.POINTS:
            most = self.consultation.points
            box = forms.NumberInput(attrs={"min": 0, "max": most, "inputmode": "numeric"})
            start = before.points if before else None
            return forms.IntegerField(
                label=proposal.text, required=False, min_value=0, max_value=most, widget=box, initial=start
            )
        if self.consultation.is_ranked:
            places = [("", "–"), *((str(at), str(at)) for at in range(1, len(self.proposals) + 1))]
            start = before.place if before else None
            return forms.ChoiceField(label=proposal.text, choices=places, required=False, initial=start)
        return None

    def lines(self, authors: dict[int, list[str]]) -> list[Line]:
        """The proposals with their controls, in order. authors: of `selectors.authors_of`."""
        names = {one.pk: ", ".join(authors.get(one.pk, [])) for one in self.proposals}
        if self.consultation.method == Consultation.Method.PLURALITY:
            radios = list(self["one"])
            return [
                Line(one, radio, names[one.pk]) for one, radio in zip(self.proposals, radios, strict=True)
            ]
        return [Line(one, self[_name(one)], names[one.pk]) for one in self.proposals]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            chosen = self.chosen()
            if chosen and self.cleaned_data["blank"]:
                raise forms.ValidationError(
                    _now("A blank vote names nothing. Take the tick away, or the choice.")
                )
            if not chosen and not self.cleaned_data["blank"]:
                raise forms.ValidationError(
                    _now("Nothing is chosen. Choose, or tick the blank vote at the end of the list.")
                )
        return self.cleaned_data

    def chosen(self) -> list[Chosen]:
        """What was chosen, for `services.vote`; places are closed up: 2, 5 and 7 are 1, 2 and 3."""
        given, method = self.cleaned_data, self.consultation.method
        if method == Consultation.Method.PLURALITY:
            return [Chosen(int(given["one"]))] if given.get("one") else []
        values = [(one.pk, given.get(_name(one))) for one in self.proposals]
        if method == Consultation.Method.POINTS:
            return [Chosen(key, points=number) for key, number in values if number]
        if method == Consultation.Method.APPROVAL:
            return [Chosen(key) for key, ticked in values if ticked]
        places = {key: int(place) for key, place in values if place}
        order = {place: at for at, place in enumerate(sorted(set(places.values())), start=1)}
        return [Chosen(key, place=order[place]) for key, place in places.items()]


def _name(proposal: Proposal) -> str:
    return f"p{proposal.pk}"

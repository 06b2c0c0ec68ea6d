"""Who will do what by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.closing.forms.pieces import DayField, organisation_field
from tejido.closing.models import Commitment
from tejido.closing.values import Promise
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Person
from tejido.directory.selectors import people_for, place_label, search_form
from tejido.gatherings.selectors import SheetLine
from tejido.web.picks import PickField, ask


def _same(row: Any, text: str) -> bool:
    return bool(row.search_name == search_form(text))


def _label(person: Any) -> str:
    return place_label(person) if hasattr(person, "current_posts") else str(person.name)


class CommitmentForm(forms.Form):
    """What, who, by when. lines: the attendance sheet; who was there stands in the list, others are found by name."""

    what = forms.CharField(label=_("What will be done"), max_length=300)
    people = forms.MultipleChoiceField(
        label=_("Who does it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = PickField(
        lambda actor: lambda text: people_for(actor, search=text.split(" · ")[0]),
        written=_label,
        same=_same,
        suggest=reverse_lazy("directory:suggest", args=["acquaintances"]),
        label=_("Somebody else"),
        help_text=_("Write part of the name."),
        required=False,
    )
    node = forms.ChoiceField(label=_("Or a whole node"), required=False)
    organisation = organisation_field(label=_("Or an organisation"), help_text=_("Write part of its name."))
    due_on = DayField(
        label=_("By when"),
        required=False,
        help_text=_("Three days before, and once after it, a letter asks those who do it."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(
        self,
        data: Any = None,
        *,
        community: Community,
        lines: Sequence[SheetLine],
        actor: User,
        commitment: Commitment | None = None,
    ) -> None:
        owners = [one.person for one in commitment.owners.select_related("person")] if commitment else []
        super().__init__(data, initial=_told(commitment, owners) if commitment else None)
        there = [line.person for line in lines if line.attended] or [line.person for line in lines]
        self.offered = {str(person.pk): person for person in [*owners, *there]}
        people, node = self.fields["people"], self.fields["node"]
        assert isinstance(people, forms.MultipleChoiceField)
        assert isinstance(node, forms.ChoiceField)
        people.choices = [(pk, person.name) for pk, person in self.offered.items()]
        self.nodes = {
            str(one.pk): one
            for one in Community.objects.filter(pk__in=below(community))
            .exclude(pk=community.pk)
            .order_by("name")
        }
        node.choices = [("", "–"), *((pk, one.name) for pk, one in self.nodes.items())]
        ask(self, actor)

    def promise(self) -> Promise:
        """What was filled in."""
        given = self.cleaned_data
        people: list[Person] = [self.offered[pk] for pk in given["people"]]
        if given["other"] is not None:
            people.append(given["other"])
        node = self.nodes.get(given["node"])
        return Promise(given["what"], people, given["organisation"], node, given["due_on"], given["note"])


def _told(commitment: Commitment, owners: list[Person]) -> dict[str, Any]:
    return {
        "what": commitment.what,
        "people": [str(person.pk) for person in owners],
        "organisation": commitment.organisation,
        "node": str(commitment.node_id or ""),
        "due_on": commitment.due_on,
        "note": commitment.note,
    }


class PostponeForm(forms.Form):
    """Another day."""

    due_on = DayField(label=_("It needs until"))

"""What changed between two collections of one form: a diagnostic and its closing, two waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from tejido.accounts.models import User
from tejido.instruments.models import Collection, Response
from tejido.instruments.policies import results_visible_to
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.groups import groups_by_person
from tejido.instruments.selectors.lists import HEAVY
from tejido.instruments.selectors.scales import measures_of_both

if TYPE_CHECKING:
    from tejido_analytics.effects import Change


@dataclass(frozen=True, slots=True)
class Changed:
    """A dimension of a scale, or a number, at both times."""

    label: str
    change: Change


def earlier_and_later(collection: Collection, actor: User) -> QuerySet[Collection]:
    """Other collections of the same form in the same community that the actor may see results of, the newest first. One query."""
    return (
        Collection.objects.filter(
            results_visible_to(actor),
            version__instrument=collection.version.instrument_id,
            community=collection.community_id,
        )
        .exclude(pk=collection.pk)
        .select_related("version__instrument", "community")
        .defer(*HEAVY)
        .order_by("-opens_at", "-pk")
    )


def in_order(one: Collection, other: Collection) -> tuple[Collection, Collection]:
    """(the earlier, the later)."""
    first, second = sorted((one, other), key=lambda row: (row.opens_at, row.pk))
    return first, second


def changes(before: Collection, after: Collection, language: str) -> list[Changed]:
    """Everything that has a mean in both, with its change by `tejido_analytics.effects`.

    Answers with names: of those who answered both times, grouped by school. Where either is anonymous: all answers of the one
    against all of the other. Below ten nothing is said. Seven queries at most.
    """
    forms = [(one, definition_of(one.version)) for one in (before, after)]
    earlier, last = measures_of_both(forms, language)
    later = {key: values for key, _label, values in last}
    both = [(label, values, later[key]) for key, label, values in earlier if key in later]
    if before.anonymous or after.anonymous:
        return [Changed(label, _of_strangers(first, second)) for label, first, second in both]
    people = _Linked.of(before, after)
    return [Changed(label, people.change(first, second)) for label, first, second in both]


def _of_strangers(first: Mapping[str, float], second: Mapping[str, float]) -> Change:
    import numpy as np

    from tejido_analytics.effects import change_of_groups  # slow to load

    return change_of_groups((np.array([*first.values()]), None), (np.array([*second.values()]), None))


@dataclass(frozen=True, slots=True)
class _Linked:
    """answer -> person for both collections, and person -> school."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    schools: Mapping[int, str]

    @classmethod
    def of(cls, before: Collection, after: Collection) -> _Linked:
        rows = Response.objects.filter(
            collection__in=[before, after], state__in=Response.COUNTED, person__isnull=False
        ).order_by("received_at", "pk")
        linked: dict[int | None, dict[str, int]] = {before.pk: {}, after.pk: {}}
        for pk, collection, person in rows.values_list("pk", "collection_id", "person_id"):
            if person is not None:
                linked[collection][str(pk)] = person
        people = {person for side in linked.values() for person in side.values()}
        return cls(linked[before.pk], linked[after.pk], groups_by_person(after, "@school", people))

    def change(self, first: Mapping[str, float], second: Mapping[str, float]) -> Change:
        """Of those who are known: whoever answered several times counts with the last answer."""
        import numpy as np

        from tejido_analytics.effects import change_of_people

        earlier = {self.before[who]: first[who] for who in self.before if who in first}
        later = {self.after[who]: second[who] for who in self.after if who in second}
        people = sorted({*earlier, *later})
        sides = [np.array([side.get(one, np.nan) for one in people]) for side in (earlier, later)]
        groups = [self.schools.get(one, "") for one in people]
        # Clusters help only where they are known of everybody: else nobody would be left.
        known = all(groups) and len(set(groups)) > 1
        return change_of_people(sides[0], sides[1], groups if known else None)

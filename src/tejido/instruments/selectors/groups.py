"""Groups beside each other. Groups of fewer than five are hidden, with what would give them away.

Groups come from a question of the form, or from what the directory and the community know of those who answered with their
name and agreed to appear in breakdowns (consent to analytics).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from collections.abc import Collection as Some
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.communities.models import Community, Lineage, Membership
from tejido.communities.selectors.standing import standing_on
from tejido.directory.models import Post, Purpose
from tejido.directory.selectors import who_consented
from tejido.instruments.models import Answer, Collection
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.lists import counted
from tejido.instruments.selectors.scales import measures_of
from tejido_analytics.privacy import protect
from tejido_forms.definition import FormDefinition

MOST_CHOICES: Final = 12
Groups = Mapping[str, str]  # answer -> name of its group


def groupings_of(collection: Collection, form: FormDefinition, language: str) -> list[tuple[str, str]]:
    """(key, label) of what answers can be compared by: where people are, for answers with names; questions with few choices."""
    asked = [
        (node.path, node.label.bare(language) or node.name)
        for node in form.questions
        if node.type == "select1" and 2 <= len(node.choices) <= MOST_CHOICES
    ]
    return asked if collection.anonymous else [*_known(), *asked]


def _known() -> list[tuple[str, str]]:
    return [
        ("@node", pgettext("by which people are compared", "Part of the community")),
        ("@school", pgettext("by which people are compared", "School")),
        ("@post", pgettext("by which people are compared", "Post")),
        ("@district", pgettext("by which people are compared", "District of the school")),
    ]


def compare(collection: Collection, by: str, language: str) -> list[dict[str, Any]]:
    """Means of scales and of numbers in each group; `by`: a key of `groupings_of`. Groups of fewer than five are always hidden.

    [{"label", "cells": [{"key", "people", "value", "because"}]}]. Whoever is in no group is one more cell at the end, so that
    nothing can be worked out from the total. Nine queries at most.
    """
    form = definition_of(collection.version)
    names, group_of = _groups(collection, form, by, language)
    return [
        {"label": label, "cells": _cells(values, group_of, names)}
        for _key, label, values in measures_of(collection, form, language, without=by)
        if values
    ]


def _groups(collection: Collection, form: FormDefinition, by: str, language: str) -> tuple[list[str], Groups]:
    """(names of the groups in order, answer -> name)."""
    if by.startswith("@"):
        found = groups_of_people(collection, by)
        return sorted(set(found.values())), found
    labels = {
        choice.value: choice.label.bare(language) or choice.value for choice in form.by_path[by].choices
    }
    rows = Answer.objects.filter(response__in=counted(collection), path=by)
    told = {str(pk): text for pk, text in rows.values_list("response_id", "text")}
    return list(labels.values()), {who: labels[text] for who, text in told.items() if text in labels}


def groups_of_people(collection: Collection, by: str) -> Groups:
    """answer -> the group of whoever gave it: @node, @school, @post or @district, today. Empty for anonymous answers.

    Who did not consent to analytics is in no group. Four queries at most.
    """
    if collection.anonymous:
        return {}
    answered = counted(collection).exclude(person=None).values_list("pk", "person_id")
    person_of = {str(pk): person for pk, person in answered if person is not None}
    found = groups_by_person(collection, by, set(person_of.values()))
    return {who: found[person] for who, person in person_of.items() if found.get(person)}


def groups_by_person(collection: Collection, by: str, people: set[int]) -> dict[int, str]:
    """person id -> group, of those who consented to analytics. Three queries at most."""
    return OF_PEOPLE[by](collection, who_consented(Purpose.ANALYTICS, people))


def _by_node(collection: Collection, people: Some[int]) -> dict[int, str]:
    """person id -> the part of the community directly below it to which they belonged first; itself, where to none."""
    home = collection.community
    parts = dict(Community.objects.filter(parent=home).values_list("pk", "name"))
    part_of = dict(Lineage.objects.filter(ancestor__in=parts).values_list("community_id", "ancestor_id"))
    day = (collection.closed_at or collection.opens_at).date()
    held = Membership.objects.filter(
        standing_on(day), person_id__in=people, community__lineage__ancestor=home
    ).order_by("-starts_on", "-pk")
    found: dict[int, str] = {}
    for person, community in held.values_list("person_id", "community_id"):
        if community in part_of:
            found[person] = parts[part_of[community]]
        else:
            found.setdefault(person, home.name)
    return found


def _by_post(column: str) -> Callable[[Collection, Some[int]], dict[int, str]]:
    def groups(_collection: Collection, people: Some[int]) -> dict[int, str]:
        posts = Post.objects.filter(person_id__in=people, ends_on=None).order_by("starts_on", "-pk")
        words: Mapping[str, Any] = dict(Post.Function.choices) if column == "function" else {}
        return {
            person: str(words.get(value, value))
            for person, value in posts.values_list("person_id", column)
            if value
        }

    return groups


OF_PEOPLE: Final[Mapping[str, Callable[[Collection, Some[int]], dict[int, str]]]] = {
    "@node": _by_node,
    "@school": _by_post("school__name"),
    "@post": _by_post("function"),
    "@district": _by_post("school__territory__name"),
}


def _cells(values: Mapping[str, float], group_of: Groups, names: Some[str]) -> list[dict[str, Any]]:
    by_group: dict[str, list[float]] = {name: [] for name in names}
    rest: list[float] = []
    for who, number in values.items():
        by_group.get(group_of.get(who, ""), rest).append(number)
    if rest:
        by_group[_("Not known, or not agreed to")] = rest
    cells = [
        {"key": name, "people": len(found), "value": math.fsum(found) / len(found) if found else None}
        for name, found in by_group.items()
    ]
    return protect(cells, suppress=True)

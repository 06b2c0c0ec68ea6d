"""Where the breadcrumbs begin: one rule for every page.

    Communities › what stands above › the community › the place › … what the page itself adds

Inside a community the steps are those; elsewhere the place of the menu alone (Schools › …). The page itself is never a
step, and neither is Home: the mark in the corner leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

PLACES_WITHOUT_A_STEP = {"home", "overview"}


@dataclass(frozen=True, slots=True)
class Step:
    words: Any
    url: str


def steps(context: Any) -> list[Step]:
    """The steps above the page, from the page's variables; nothing for a visitor outside every community.

    context: of web/base.html: `place`, `community` (pk, str(), and `parent` where it has one), `above` (all that stands
    above it, the highest first; else its parent stands for them), `places`, `community_places`, `request`.
    No query where the community came with its parent.
    """
    here = getattr(context.get("request"), "path", "")
    community = context.get("community")
    found = _inside(context, community) if community else _place(context, context.get("places"), ())
    return [step for step in found if step.url != here]


def _inside(context: Mapping[str, Any], community: Any) -> list[Step]:
    by_key = {place.key: place for place in context.get("places") or ()}
    within = {place.key: place for place in context.get("community_places") or ()}
    found = []
    if "communities" in by_key:
        found.append(Step(by_key["communities"].words, reverse(by_key["communities"].url)))
    parent = getattr(community, "parent", None)
    for one in context.get("above") or ([parent] if parent else []):
        found.append(Step(one, reverse(within["overview"].url, args=[one.pk])))
    found.append(Step(community, reverse(within["overview"].url, args=[community.pk])))
    return found + _place(context, within.values(), (community.pk,))


def _place(context: Mapping[str, Any], places: Iterable[Any] | None, args: tuple[int, ...]) -> list[Step]:
    key = context.get("place")
    return [
        Step(place.words, reverse(place.url, args=args))
        for place in places or ()
        if place.key == key and key not in PLACES_WITHOUT_A_STEP
    ]

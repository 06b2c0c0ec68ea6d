"""The list of topics that a community chooses from, and the words under which each is found."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from tejido.buddies.models import Suggestion
from tejido.communities.models import Community, Lineage
from tejido.directory.models import Topic
from tejido.directory.selectors import search_form

SYNONYMS = Path(__file__).parents[1] / "reference" / "synonyms.csv"
SMALL = frozenset(
    [
        "a",
        "al",
        "an",
        "and",
        "com",
        "como",
        "con",
        "da",
        "de",
        "del",
        "do",
        "dos",
        "e",
        "el",
        "em",
        "en",
        "for",
        "help",
        "i",
        "in",
        "la",
        "las",
        "los",
        "me",
        "my",
        "na",
        "no",
        "o",
        "of",
        "on",
        "os",
        "para",
        "por",
        "que",
        "quien",
        "the",
        "to",
        "um",
        "una",
        "uno",
        "with",
        "y",
    ]
)
STEM = 5  # letters by which two words are the same: program-ación, program-ming, program-ação


def topics_for(communities: QuerySet[Lineage] | list[int]) -> QuerySet[Topic]:
    """Topics that everybody shares, and those that one of these communities added. One query."""
    return Topic.objects.filter(Q(own_of=None) | Q(own_of__community_id__in=communities))


def topics_of(community: Community) -> list[Topic]:
    """What people of the community choose from, by name in the reader's language. One query."""
    near = Lineage.objects.filter(Q(community=community) | Q(ancestor=community))
    keys = Q(own_of__community_id__in=near.values("ancestor_id")) | Q(
        own_of__community_id__in=near.values("community_id")
    )
    return by_name(Topic.objects.filter(Q(own_of=None) | keys))


def by_name(topics: QuerySet[Topic]) -> list[Topic]:
    language = get_language() or "es"
    return sorted(topics, key=lambda topic: search_form(topic.name(language)))


@cache
def synonyms() -> dict[str, str]:
    """Code of a topic -> other words for it, in all three languages."""
    with SYNONYMS.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["words"] for row in csv.DictReader(stream)}


def words_of(text: str) -> list[str]:
    """The words of `text` that say something, without accents.

    >>> words_of("¿Quién me ayuda con la Programación?")
    ['ayuda', 'programacion']
    """
    plain = "".join(c if c.isalnum() else " " for c in search_form(text))
    return [word for word in plain.split() if word not in SMALL]


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) >= STEM and len(other) >= STEM and one[:STEM] == other[:STEM])


def found_by(words: str, topics: list[Topic]) -> list[Topic]:
    """Topics that these words mean, whatever their language and accents, the ones that fit best first. No query."""
    asked = words_of(words)
    scored: list[tuple[int, int, Topic]] = []
    for at, topic in enumerate(topics):
        here = words_of(f"{topic.name_es} {topic.name_en} {topic.name_pt} {synonyms().get(topic.code, '')}")
        score = sum(any(_alike(word, other) for other in here) for word in asked)
        if score:
            scored.append((-score, at, topic))
    best = min((score for score, _at, _topic in scored), default=0)
    return [topic for score, _at, topic in sorted(scored, key=lambda row: row[:2]) if score == best]


def waiting_suggestions(community: Community) -> QuerySet[Suggestion]:
    """What people missed on the list and nobody has decided on, the oldest first. One query."""
    found = community.suggested_topics.filter(state=Suggestion.State.WAITING)
    return found.select_related("person").order_by("pk")

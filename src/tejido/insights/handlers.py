"""What other domains' facts mean here: insights that no longer know everything. Handlers mark; they do not compute."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tejido.directory.models import Post, Purpose
from tejido.gatherings.models import FormGiven
from tejido.insights import services

OF_INTEREST = frozenset(
    {"attributes", "posts", "skills"}
)  # of what a person can change; names are read anew every time


def on_community_fact(community_id: int, **_rest: Any) -> None:
    """Something that indicators are made of happened in a community."""
    services.mark_stale([community_id])


def on_community_moved(community_id: int, before_id: int | None, parent_id: int | None) -> None:
    """Those above it now count it in, those above it before no longer do."""
    services.mark_stale([pk for pk in (community_id, before_id) if pk is not None])


def on_form_fact(community_id: int, collection_id: int, **_rest: Any) -> None:
    """An exit ticket was opened or closed, withdrawn, or one of its answers settled. Other forms change no number."""
    if FormGiven.objects.filter(collection_id=collection_id).exists():
        services.mark_stale([community_id])


def on_scale_fact(instrument_id: int, **_rest: Any) -> None:
    """A question of an exit ticket was said to mean the opposite, or no longer."""
    given = FormGiven.objects.filter(collection__version__instrument_id=instrument_id)
    services.mark_stale(set(given.values_list("gathering__community_id", flat=True)))


def on_piece_written(community_id: int, gathering_id: int, piece: str) -> None:
    """Of what a closing act holds only the organisations that helped are counted."""
    if piece == "organisations":
        services.mark_stale([community_id])


def on_person_fact(person_id: int, **_rest: Any) -> None:
    """Posts, merges: the person's communities count anew."""
    services.mark_stale_around(Q(pk=person_id))


def on_person_changed(person_id: int, fields: list[str]) -> None:
    if OF_INTEREST & set(fields):
        services.mark_stale_around(Q(pk=person_id))


def on_consent_answered(person_id: int, purpose: str, given: bool) -> None:
    """Ties and lists leave the person out, or take them in. (Pages do so at once; this makes the numbers follow.)"""
    if purpose == Purpose.ANALYTICS:
        services.mark_stale_around(Q(pk=person_id))


def on_school_fact(school_id: int, **_rest: Any) -> None:
    """A school moved, changed its sector, or turned out to be another's double."""
    services.mark_stale_around(Q(pk__in=Post.objects.filter(school_id=school_id).values("person_id")))


def on_import(community_id: int | None, **_rest: Any) -> None:
    """A list was brought or taken back: its people and schools may count in any community."""
    services.mark_all_stale([] if community_id is None else [community_id])


def on_merge_undone(merge_id: int, person_id: int | None, school_id: int | None, gone_id: int) -> None:
    """One became two again, people or schools: whoever is concerned."""
    if person_id is not None:
        services.mark_stale_around(Q(pk__in=[person_id, gone_id]))
    if school_id is not None:
        at_either = Post.objects.filter(school_id__in=[school_id, gone_id])
        services.mark_stale_around(Q(pk__in=at_either.values("person_id")))

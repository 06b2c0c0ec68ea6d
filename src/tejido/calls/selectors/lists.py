"""Calls, in which state they are, and what they say in which language."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from tejido.accounts.models import User
from tejido.calls.models import Application, OpenCall, Review
from tejido.calls.policies import calls_visible_to, reviewable_by
from tejido.communities.models import Community

SUFFIXES = ("es", "en", "pt")


class Said(NamedTuple):
    """A text and the language in which it stands, for its lang attribute; "" and "" where nothing is said."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def suffix_of(language: str) -> str:
    """The ending of the columns of a language.

    >>> suffix_of("pt-br"), suffix_of("fr")
    ('pt', 'es')
    """
    return language[:2] if language[:2] in SUFFIXES else "es"


def columns_of(language: str) -> tuple[str, str]:
    """The columns of title and text in this language."""
    suffix = suffix_of(language)
    return f"title_{suffix}", f"text_{suffix}"


def in_language(row: Any, what: str, first: str, reader: str = "") -> Said:
    """`what` ("title", "question") in the reader's language, else in that of the community (`first`), else in any. No query."""
    wanted = (suffix_of(reader or get_language() or "es"), suffix_of(first), *SUFFIXES)
    for suffix in dict.fromkeys(wanted):
        said = getattr(row, f"{what}_{suffix}", "").strip()
        if said:
            return Said(said, {"pt": "pt-BR"}.get(suffix, suffix))
    return Said("", "")


def languages_of(call: OpenCall) -> list[str]:
    """The endings of the languages in which the call has a title. No query."""
    return [suffix for suffix in SUFFIXES if getattr(call, f"title_{suffix}").strip()]


def is_published(call: OpenCall) -> bool:
    """Whether it was ever open to others. No query."""
    return call.state != OpenCall.State.DRAFT


def is_open(call: OpenCall) -> bool:
    """Whether applications are taken now. No query."""
    return call.state == OpenCall.State.OPEN and call.opens_at <= timezone.now() < call.closes_at


def is_over(call: OpenCall) -> bool:
    """Whether it took applications and takes none any more. No query."""
    if call.state in {OpenCall.State.CLOSED, OpenCall.State.DECIDED}:
        return True
    return call.state == OpenCall.State.OPEN and call.closes_at <= timezone.now()


def calls_for(actor: User) -> QuerySet[OpenCall]:
    """Calls the actor may see, with their community. One query."""
    return OpenCall.objects.filter(calls_visible_to(actor)).select_related("community__parent")


def calls_in(community: Community, actor: User) -> QuerySet[OpenCall]:
    """Those of the community that the actor may see, the newest first, with `.came` applications. One query."""
    came = Count("applications", filter=~Q(applications__state=Application.State.WITHDRAWN))
    return calls_for(actor).filter(community=community).annotate(came=came).order_by("-made_at", "-pk")


def open_now(community: Community) -> QuerySet[OpenCall]:
    """Calls of the community that take applications now. One query."""
    now = timezone.now()
    return OpenCall.objects.filter(
        community=community, state=OpenCall.State.OPEN, opens_at__lte=now, closes_at__gt=now
    )


def waiting_reviews(actor: User) -> QuerySet[Application]:
    """Applications that the actor was named to read and has not scored, of reviews that are not closed. One query."""
    mine = Review.objects.filter(application_id=OuterRef("pk"), reviewer__user_id=actor.pk)
    return Application.objects.filter(
        reviewable_by(actor), ~Exists(mine), call__review_closed_at=None, call__decided_at=None
    )


def by_token(token: str) -> OpenCall | None:
    """The call with this public address, with its community and form; None where there is none. One query."""
    found = OpenCall.objects.select_related(
        "community", "collection__version__instrument", "collection__community"
    )
    return found.filter(token=token).exclude(state=OpenCall.State.DRAFT).first() if token else None

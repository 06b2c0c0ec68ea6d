"""What a phone may fetch, and what an answer from it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage
from tejido.instruments.models import Collection, Phone
from tejido.instruments.policies import asked_of, phones_visible_to, recorded_by
from tejido.instruments.selectors.lists import HEAVY
from tejido.instruments.tokens import phone_address, phone_token, token_hash
from tejido_forms import openrosa

Standing = Literal["asked", "free", "uninvited"]
FOLDERS = {"/", "\\", "\0"}


def phone_at(token: str) -> Phone | None:
    """The phone with this token in its address, with person, account and community; None where its door is shut. One query."""
    found = (
        Phone.objects.select_related("person__user", "community")
        .filter(token_hash=token_hash(token), revoked_at=None)
        .first()
    )
    shut = found is None or (found.person.user is not None and not found.person.user.is_active)
    return None if shut else found


def phones_for(actor: User, community: Community | None = None) -> QuerySet[Phone]:
    """Phones that the actor may see (of one community), with person and community, the newest first. One query."""
    rows = Phone.objects.filter(phones_visible_to(actor)).select_related("person", "community__parent")
    return rows.filter(community=community) if community else rows


def settings_of(phone: Phone) -> dict[str, Any]:
    """What Collect is told by the QR code of this phone: address, name of the project, name of its owner. No query.

    Holds the token: for whoever may see the phone, and only until it was first used.
    """
    return openrosa.settings(
        phone_address(phone_token(phone.salt)), project=phone.community.name, user=phone.person.name
    )


# What it may fetch -------------------------------------------------------------------------------


def for_phone(phone: Phone) -> QuerySet[Collection]:
    """Collections that its owner is asked to answer, or records by a role, open or closed. One query.

    Of the phone's community, those above it and those below it; with version and instrument, without their bytes.
    """
    mine = asked_of(phone.person) | recorded_by(phone.person)
    return (
        Collection.objects.filter(mine, community__in=_near(phone.community))
        .exclude(state=Collection.State.WITHDRAWN)
        .select_related("version__instrument", "community")
        .defer(*HEAVY)
    )


def offered_to(phone: Phone) -> list[Collection]:
    """What the phone's list of forms holds: those that ask for answers now, the newest of each form id first. One query.

    A phone knows forms by their id and version only, so that each id stands there once.
    """
    now = timezone.now()
    opened = for_phone(phone).filter(
        Q(closes_at=None) | Q(closes_at__gt=now), state=Collection.State.OPEN, opens_at__lte=now
    )
    found: dict[str, Collection] = {}
    for one in opened.order_by("-opens_at", "-pk"):
        found.setdefault(one.version.instrument.form_id, one)
    return list(found.values())


def files_for(collection: Collection) -> dict[str, bytes]:
    """Lists and pictures that were brought with the form, by name. One query."""
    files = collection.version.files.all()
    return {one.name: bytes(one.content) for one in files if not FOLDERS & set(one.name)}


# What an answer belongs to -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """standing: asked; free: by a role, or where whoever has the link may answer; uninvited: neither."""

    collection: Collection | None
    standing: Standing


def place_of(phone: Phone, form_id: str, version: str) -> Place:
    """What an answer belongs to that names only its form. One query.

    First what its owner is asked; of that, what was given in exactly this version; of that, what is open; of that, the newest.
    What was withdrawn comes last, and `ingest` refuses it: an answer to it is not moved to where its author did not give it.
    """
    asked, records = asked_of(phone.person), recorded_by(phone.person)
    given = Collection.objects.filter(
        community__in=_near(phone.community), version__instrument__form_id=form_id
    ).annotate(
        stands=_rank((asked, 0), (records, 1), (Q(audience=Collection.Audience.LINK), 2)),
        other=_rank((Q(version__version=version), 0)),
        shut=_rank((Q(state=Collection.State.OPEN), 0), (Q(state=Collection.State.CLOSED), 1)),
    )
    found = given.select_related("community", "version").order_by(
        "stands", "other", "shut", "-opens_at", "-pk"
    )
    collection = found.first()
    if collection is None:
        return Place(None, "free")
    standings: dict[int, Standing] = {0: "asked", 1: "free", 2: "free"}
    return Place(collection, standings.get(collection.stands, "uninvited"))


def _rank(*cases: tuple[Q, int]) -> Case:
    """The number of the first case that holds, else 9."""
    whens = [When(condition, then=Value(number)) for condition, number in cases]
    return Case(*whens, default=Value(9), output_field=IntegerField())


def _near(community: Community) -> QuerySet[Community]:
    """The community, those above it and those below it, as a subquery."""
    above = Lineage.objects.filter(ancestor_id=OuterRef("pk"), community=community)
    below = Lineage.objects.filter(community_id=OuterRef("pk"), ancestor=community)
    return Community.objects.filter(Q(Exists(above)) | Q(Exists(below)))

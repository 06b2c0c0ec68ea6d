"""What this domain writes to people: what a gathering did and agreed, and what somebody promised. Each with the reader's own link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tejido.accounts.models import User
from tejido.closing.models import Closing, Commitment, Door, Key
from tejido.closing.tokens import door_address, key_address
from tejido.communities.models import Community
from tejido.communities.services import letter_of
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import day_words
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail
from tejido.messages.services import Kind, register, write

ABOUT, PROMISED = "closing.gathering:", "closing.commitment:"


def _door(message: Message) -> Door | None:
    pk = message.batch.about.removeprefix(ABOUT)
    rows = Door.objects.select_related("gathering")
    return rows.filter(gathering_id=int(pk), person_id=message.person_id or 0).first()


def _to_closing(message: Message) -> str:
    door = _door(message)
    return door_address(door.grain) if door else ""


def _is_open_again(message: Message) -> bool:
    """Whether the gathering was opened again before the letter left: a corrected one will come."""
    door = _door(message)
    return door is None or door.gathering.sealed_at is None


def _key(message: Message) -> Key | None:
    pk = message.batch.about.removeprefix(PROMISED)
    rows = Key.objects.select_related("commitment")
    return rows.filter(commitment_id=int(pk), person_id=message.person_id or 0).first()


def _to_commitment(message: Message) -> str:
    key = _key(message)
    return key_address(key.grain) if key else ""


def _is_settled(message: Message) -> bool:
    """Whether it was done, dropped or given another day before the letter left."""
    key = _key(message)
    if key is None or key.commitment.state != Commitment.State.OPEN:
        return True
    one = key.commitment
    return one.due_on not in (one.reminded_for, one.recalled_for)


DID = ("name", "gathering", "day", "community", "link")
THANKS = register(
    Kind(
        "closing.attended",
        _("What a gathering did and agreed, to those who were there"),
        subject=_("What we did and what we agreed: {gathering}"),
        text=_(
            "Hello {name},\n\nthank you for having been there: {gathering}, {day}.\n\nWhat we talked about, what was decided, and who does "
            "what by when is on one page, without signing in:\n\n{link}\n\nIf something is missing or not right, tell the team of {community}."
        ),
        placeholders=DID,
        needed=("link",),
        link=_to_closing,
        unwanted=_is_open_again,
    )
)
MISSED = register(
    Kind(
        "closing.missed",
        _("What a gathering did and agreed, to those who were invited and could not come"),
        subject=_("What happened while you were away: {gathering}"),
        text=_(
            "Hello {name},\n\nwe missed you: {gathering}, {day}. So that you can follow, what was talked about, what was decided, and who does "
            "what by when is on one page, without signing in:\n\n{link}\n\nWe look forward to seeing you next time."
        ),
        placeholders=DID,
        needed=("link",),
        link=_to_closing,
        unwanted=_is_open_again,
    )
)
AGAIN = register(
    Kind(
        "closing.again",
        _("What a gathering did and agreed was corrected"),
        subject=_("Corrected: what we did and what we agreed at {gathering}"),
        text=_(
            "Hello {name},\n\nsomething was corrected in what is written about {gathering}, {day}. This is how it stands now; the link is the one "
            "that you have already:\n\n{link}"
        ),
        placeholders=DID,
        needed=("link",),
        link=_to_closing,
        unwanted=_is_open_again,
    )
)
OWED = ("name", "what", "day", "gathering", "community", "link")
SOON = register(
    Kind(
        "closing.commitment_soon",
        _("Reminder of a commitment before its day"),
        subject=_("By {day}: {what}"),
        text=_(
            "Hello {name},\n\nat {gathering} this was agreed: {what}\n\nIt is meant to be done by {day}. Is it done already? One tap is enough:"
            "\n\n{link}\n\nIf it takes longer or nothing comes of it, you can say that there too."
        ),
        placeholders=OWED,
        needed=("link",),
        link=_to_commitment,
        unwanted=_is_settled,
    )
)
LATE = register(
    Kind(
        "closing.commitment_late",
        _("Question about a commitment after its day"),
        subject=_("How did it go? {what}"),
        text=_(
            "Hello {name},\n\nat {gathering} this was agreed, by {day}: {what}\n\nIs it done? One tap is enough. If it needs more time, give it "
            "another day; if nothing comes of it, that can be said too:\n\n{link}\n\nThis is the only time that we ask."
        ),
        placeholders=OWED,
        needed=("link",),
        link=_to_commitment,
        unwanted=_is_settled,
    )
)


def _by_language(people: Collection[Person], community: Community) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        own = person.language or (person.user.language if person.user else "")
        found[own or community.language].append(person)
    return dict(sorted(found.items()))


def write_of_closing(gathering: Gathering, kind: Kind, person_ids: Collection[int], *, actor: User) -> int:
    """One letter to each of these people who can be written to, in their language. For services. Returns to how many.

    `community` joined; everybody has a Door already.
    """
    people = reached_by_mail(Person.objects.filter(pk__in=person_ids))
    for language, readers in _by_language(people, gathering.community).items():
        with override(language):
            values = {"gathering": gathering.title, "day": day_words(gathering)}
        write(letter_of(gathering.community, kind, f"{ABOUT}{gathering.pk}", values), readers, actor=actor)
    return len(people)


def write_of_commitment(
    commitment: Commitment, kind: Kind, person_ids: Collection[int], *, actor: User
) -> int:
    """As `write_of_closing`, for those who owe a commitment with a day; everybody has a Key already."""
    assert commitment.due_on is not None
    people = reached_by_mail(Person.objects.filter(pk__in=person_ids))
    for language, readers in _by_language(people, commitment.community).items():
        with override(language):
            day = date_format(commitment.due_on, "DATE_FORMAT")
        values: Mapping[str, str] = {
            "what": commitment.what,
            "day": day,
            "gathering": commitment.gathering.title,
        }
        about = f"{PROMISED}{commitment.pk}"
        write(letter_of(commitment.community, kind, about, values), readers, actor=actor)
    return len(people)


def kinds_for(closing: Closing) -> tuple[Kind, Kind]:
    """The letters of this closing: to those who were there, to those who were not. No query."""
    return (THANKS, MISSED) if closing.told_at is None else (AGAIN, AGAIN)

"""What this domain writes to people about a gathering. Each letter carries the reader's own link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tejido.accounts.models import User
from tejido.communities.services import letter_of
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import clock_words, day_words, place_words
from tejido.invitations.models import Door, Reply
from tejido.invitations.policies import is_expected
from tejido.invitations.tokens import door_address
from tejido.invitations.values import Place
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail
from tejido.messages.services import Kind, register, write

ABOUT = "invitations.gathering:"


def _door(message: Message) -> Door | None:
    key = message.batch.about.removeprefix(ABOUT)
    doors = Door.objects.select_related("gathering__community", "person")
    return doors.filter(gathering_id=int(key), person_id=message.person_id or 0).first()


def _link(message: Message) -> str:
    door = _door(message)
    return door_address(door.grain) if door else ""


def _reply(door: Door) -> Reply | None:
    return Reply.objects.filter(gathering_id=door.gathering_id, person_id=door.person_id).first()


def _too_late(door: Door | None) -> bool:
    """Whether it has begun, was called off, or this person is not expected any more."""
    if door is None or door.gathering.starts_at <= timezone.now():
        return True
    if door.gathering.state == Gathering.State.CANCELLED:
        return True
    return not is_expected(Place(door.gathering, door.person))


def _answered(message: Message) -> bool:
    door = _door(message)
    return _too_late(door) or (door is not None and _reply(door) is not None)


def _not_coming(message: Message) -> bool:
    """Whether the reader has said no meanwhile, or it is too late."""
    door = _door(message)
    if _too_late(door) or door is None:
        return True
    reply = _reply(door)
    return reply is not None and reply.answer == Reply.Answer.NO


def _takes_place(message: Message) -> bool:
    """Whether what was called off takes place after all."""
    door = _door(message)
    return door is None or door.gathering.state != Gathering.State.CANCELLED


def _expected_again(message: Message) -> bool:
    door = _door(message)
    return door is None or not _too_late(door)


TOLD = ("name", "gathering", "when", "where", "community", "link")
INVITATION = register(
    Kind(
        "invitations.invitation",
        _("Invitation to a gathering"),
        subject=_("{gathering}: are you coming?"),
        text=_(
            "Hello {name},\n\n{community} invites you: {gathering}\n\nWhen: {when}\nWhere: {where}\n\nPlease say here whether you are "
            "coming, without signing in. There you can also put it into your calendar, say what you need to take part, or send a "
            "colleague of your school:\n\n{link}\n\nThe link is yours alone, and the answer can be changed until it "
            "begins. If you are coming, it also shows your code for the door."
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_answered,
    )
)
REMINDER = register(
    Kind(
        "invitations.reminder",
        _("Reminder: an answer to an invitation is missing"),
        subject=_("{gathering}: your answer is still missing"),
        text=_(
            "Hello {name},\n\n{community} meets soon and would like to know whether you are coming: {gathering}\n\nWhen: {when}\nWhere: "
            "{where}\n\nTwo taps are enough:\n\n{link}"
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_answered,
    )
)
SOON = register(
    Kind(
        "invitations.soon",
        _("Reminder of a gathering to those who come"),
        subject=_("See you soon: {gathering}"),
        text=_(
            "Hello {name},\n\nyou are expected: {gathering}\n\nWhen: {when}\nWhere: {where}\n\nIf something came up, please change your "
            "answer, so that the place does not stay empty:\n\n{link}"
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_not_coming,
    )
)
CHANGED = register(
    Kind(
        "invitations.changed",
        _("A gathering has changed"),
        subject=_("Something has changed: {gathering}"),
        text=_(
            "Hello {name},\n\nplease look at it again. This holds now: {gathering}\n\nWhen: {when}\nWhere: {where}\n\nHere you can change "
            "your answer and put the new date into your calendar; it replaces the old one:\n\n{link}"
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_not_coming,
    )
)
CANCELLED = register(
    Kind(
        "invitations.cancelled",
        _("A gathering is called off"),
        subject=_("Called off: {gathering}"),
        text=_(
            "Hello {name},\n\nthis gathering of {community} does not take place: {gathering}, {when}.\n\nIf it is in your calendar, this "
            "link takes it out:\n\n{link}"
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_takes_place,
    )
)
PLACE = register(
    Kind(
        "invitations.place",
        _("A place has become free"),
        subject=_("There is a place for you: {gathering}"),
        text=_(
            "Hello {name},\n\nyou were on the waiting list, and now there is a place for you: {gathering}\n\nWhen: {when}\nWhere: {where}"
            "\n\nIf you cannot come any more, please say so here, so that somebody else gets it:\n\n{link}"
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_not_coming,
    )
)
INSTEAD = register(
    Kind(
        "invitations.substitute",
        _("Somebody is asked to come in place of a colleague"),
        subject=_("{gathering}: you are expected in place of a colleague"),
        text=_(
            "Hello {name},\n\na colleague of your school cannot come and has named you: {gathering} of {community}\n\nWhen: {when}\nWhere: "
            "{where}\n\nHere you can say what you need to take part, or that you cannot come:\n\n{link}"
        ),
        placeholders=TOLD,
        needed=("link",),
        link=_link,
        unwanted=_not_coming,
    )
)
RELEASED = register(
    Kind(
        "invitations.released",
        _("A substitute is not needed any more"),
        subject=_("{gathering}: you need not come in place of your colleague"),
        text=_(
            "Hello {name},\n\nyour colleague comes after all, or somebody else does: {gathering} of {community}, {when}. Nothing needs to be "
            "done. Thank you for having been ready!"
        ),
        placeholders=TOLD[:-1],
        unwanted=_expected_again,
    )
)


def write_about(gathering: Gathering, kind: Kind, person_ids: Collection[int], *, actor: User) -> int:
    """One letter to each of these people who can be written to, in their language. For services. Returns to how many.

    The community, school and organisation of the gathering are joined.
    """
    people = reached_by_mail(Person.objects.filter(pk__in=person_ids))
    by_language: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        own = person.language or (person.user.language if person.user else "")
        by_language[own or gathering.community.language].append(person)
    for language, readers in sorted(by_language.items()):
        with override(language):
            values = {
                "gathering": gathering.title,
                "when": f"{day_words(gathering)}, {clock_words(gathering)}",
                "where": place_words(gathering) or gathering.online_link or "–",
            }
        write(letter_of(gathering.community, kind, f"{ABOUT}{gathering.pk}", values), readers, actor=actor)
    return len(people)

"""What this domain writes to people: what can you share, here is a buddy, did you talk."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.buddies.models import Asked, Pair, Partner, Profile
from tejido.buddies.tokens import buddy_address, buddy_token, skills_address, skills_token
from tejido.communities.models import Community
from tejido.communities.services import letter_of
from tejido.directory.models import Person
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail
from tejido.messages.services import Kind, register, write

SKILLS_ABOUT = "buddies.skills_round:"
ROUND_ABOUT = "buddies.round:"


def address_of_profile(profile: Profile) -> str:
    """Where somebody says what they can share. No query."""
    return skills_address(skills_token(profile.person_id, profile.turn))


def address_of(partner: Partner) -> str:
    """Where one of a pair answers. No query."""
    return buddy_address(buddy_token(partner.pair_id, partner.person_id))


def _skills_link(message: Message) -> str:
    profile = Profile.objects.filter(person_id=message.person_id or 0).first()
    return address_of_profile(profile) if profile else ""


def _said(message: Message) -> bool:
    key = int(message.batch.about.removeprefix(SKILLS_ABOUT))
    return not Asked.objects.filter(round_id=key, person_id=message.person_id or 0, answered_at=None).exists()


def _partner(message: Message) -> Partner | None:
    """The newest pair of the round in which she is."""
    key = int(message.batch.about.removeprefix(ROUND_ABOUT))
    found = Partner.objects.select_related("pair").filter(
        pair__round_id=key, person_id=message.person_id or 0
    )
    return found.order_by("-pk").first()


def _buddy_link(message: Message) -> str:
    partner = _partner(message)
    return address_of(partner) if partner else ""


def _answered(message: Message) -> bool:
    partner = _partner(message)
    waits = partner is not None and partner.answer == Partner.Answer.WAITING
    return not waits or partner is None or partner.pair.state != Pair.State.SENT


def _apart(message: Message) -> bool:
    partner = _partner(message)
    return partner is None or partner.pair.state != Pair.State.TOGETHER


SKILLS = register(
    Kind(
        "buddies.skills",
        _("What can you share?"),
        subject=_("{community}: what can you share, what would you like to learn?"),
        text=_(
            "Hello {name},\n\nsomebody in {community} may know just what you are looking for, and somebody else may look for what "
            "you know. Tick it here, it takes three minutes and needs no account:\n\n{link}\n\n"
            "You decide there whether others read your name, and whether you would like a buddy. Thank you!"
        ),
        placeholders=("name", "community", "link"),
        needed=("link",),
        link=_skills_link,
        unwanted=_said,
    )
)
PROPOSAL = register(
    Kind(
        "buddies.proposal",
        _("A buddy is proposed"),
        subject=_("{community}: somebody to learn with"),
        text=_(
            "Hello {name},\n\nwe found somebody in {community} with whom you could learn from each other. See who it is and why, "
            "and say yes or not this time:\n\n{link}\n\nEither is fine. Nobody is told a «not this time». The link is yours alone."
        ),
        placeholders=("name", "community", "link"),
        needed=("link",),
        link=_buddy_link,
        unwanted=_answered,
    )
)
TOGETHER = register(
    Kind(
        "buddies.together",
        _("You are buddies now"),
        subject=_("{community}: you are buddies now"),
        text=_(
            "Hello {name},\n\neverybody said yes. Here is who your buddy is and how to reach them, as far as they share it:\n\n{link}\n\n"
            "A first message of two lines is enough. Keep the link: later you can say there that you talked."
        ),
        placeholders=("name", "community", "link"),
        needed=("link",),
        link=_buddy_link,
        unwanted=_apart,
    )
)
NUDGE = register(
    Kind(
        "buddies.nudge",
        _("Did you talk with your buddy?"),
        subject=_("{community}: did you talk with your buddy?"),
        text=_(
            "Hello {name},\n\na short question: did you and your buddy talk? One tap is enough, and «not yet» is an answer, too:\n\n"
            "{link}\n\nIf it does not work out, ask there for somebody else."
        ),
        placeholders=("name", "community", "link"),
        needed=("link",),
        link=_buddy_link,
        unwanted=_apart,
    )
)
NOT_NOW = register(
    Kind(
        "buddies.not_now",
        _("Not this time"),
        subject=_("{community}: no buddy this time"),
        text=_(
            "Hello {name},\n\nthis time it did not work out with a buddy. You stay on the list, and among the first for whom we look "
            "again in {community}."
        ),
        placeholders=("name", "community"),
    )
)


def write_to(
    community: Community, kind: Kind, about: str, people: Iterable[Person | int], *, actor: User
) -> int:
    """One letter of this kind to each of these people who can be written to. To how many. For services."""
    keys = [one if isinstance(one, int) else one.pk for one in people]
    reached = reached_by_mail(Person.objects.filter(pk__in=keys))
    if reached:
        write(letter_of(community, kind, about, {}), reached, actor=actor)
    return len(reached)

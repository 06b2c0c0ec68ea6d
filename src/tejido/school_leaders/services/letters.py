"""What this domain writes to heads: that they are asked, and that a commitment is about to end."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.services import letter_of
from tejido.directory.models import Person
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail, written_just_now
from tejido.messages.services import Kind, register, write
from tejido.school_leaders.models import HeadInvitation, SchoolCommitment
from tejido.school_leaders.policies import still_leads
from tejido.school_leaders.tokens import head_address

ABOUT = "school_leaders.invitation:"


def _invitation(message: Message) -> HeadInvitation | None:
    key = message.batch.about.removeprefix(ABOUT)
    return HeadInvitation.objects.filter(still_leads(), pk=int(key)).first()


def _current(invitation: HeadInvitation) -> SchoolCommitment | None:
    return SchoolCommitment.objects.filter(
        community_id=invitation.community_id,
        school_id=invitation.school_id,
        head_id=invitation.head_id,
        is_current=True,
    ).first()


def _link(message: Message) -> str:
    invitation = _invitation(message)
    return head_address(invitation.grain) if invitation else ""


def _answered(message: Message) -> bool:
    """Whether nobody waits for an answer of this head any more."""
    invitation = _invitation(message)
    found = _current(invitation) if invitation else None
    return found is None or found.state != SchoolCommitment.State.ASKED


def _goes_on(message: Message) -> bool:
    """Whether the commitment that was about to end does so no more."""
    invitation = _invitation(message)
    found = _current(invitation) if invitation else None
    return found is None or found.state != SchoolCommitment.State.GIVEN or found.ends_on is None


INVITATION = register(
    Kind(
        "school_leaders.invitation",
        _("Invitation to the head of a school"),
        subject=_("{school} in {community}: what your support makes possible"),
        text=_(
            "Good day {name},\n\npeople of {school} take part in {community}. Schools keep what their teachers learn where the head "
            "stands behind it. What is asked of you and what your school gets is on one page; there you can also say yes, ask for "
            "a talk, or not now:\n\n{link}\n\nThe link is yours alone; no account is needed. Thank you!"
        ),
        placeholders=("name", "school", "community", "link"),
        needed=("link",),
        link=_link,
        unwanted=_answered,
    )
)
ENDS = register(
    Kind(
        "school_leaders.ends",
        _("Commitment of a school that ends soon"),
        subject=_("What {school} promised its teachers ends soon"),
        text=_(
            "Good day {name},\n\nwhat {school} promised its teachers in {community} ends on {day}. If it can go on, two taps are "
            "enough; if something has to change, change it there:\n\n{link}\n\nThank you for what it made possible."
        ),
        placeholders=("name", "school", "community", "day", "link"),
        needed=("link",),
        link=_link,
        unwanted=_goes_on,
    )
)


def write_to_head(kind: Kind, invitation: HeadInvitation, *, actor: User, **values: str) -> bool:
    """One letter to her, in her language; asked for again within ten minutes it is the same one. For services.

    Returns whether she can be written to: without an address the text to share is what remains.
    """
    about = f"{ABOUT}{invitation.pk}"
    if written_just_now(kind.key, about) is not None:
        return True
    people = reached_by_mail(Person.objects.filter(pk=invitation.head_id))
    if people:
        told: Mapping[str, str] = {"school": invitation.school.name, **values}
        write(letter_of(invitation.community, kind, about, told), people, actor=actor)
    return bool(people)

"""What this domain writes to people, carried by the queue of messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tejido.communities.services import letter_of
from tejido.instruments.models import Collection, Invitation
from tejido.instruments.selectors.doors import is_open
from tejido.instruments.services.links import address_of
from tejido.messages.models import Message
from tejido.messages.services import Kind, Writing, register

ABOUT = "instruments.collection:"


def reminder_of(collection: Collection) -> Writing:
    """A reminder of this collection, as the queue takes it."""
    return letter_of(
        collection.community,
        NAMELESS if collection.anonymous else REMINDER,
        f"{ABOUT}{collection.pk}",
        {"title": collection.title},
        discreet=collection.anonymous,
    )


def _invitation(message: Message) -> Invitation | None:
    """Who is asked, while they still may answer."""
    key = message.batch.about.removeprefix(ABOUT)
    found = Invitation.objects.select_related("collection")
    return found.filter(collection_id=int(key), person_id=message.person_id or 0, revoked=False).first()


def _link(message: Message) -> str:
    invitation = _invitation(message)
    return address_of(invitation) if invitation else ""


def _answered(message: Message) -> bool:
    """Whether nobody waits for this answer any more: it is there, or the form is closed."""
    invitation = _invitation(message)
    return invitation is None or invitation.has_answered or not is_open(invitation.collection)


REMINDER = register(
    Kind(
        "instruments.reminder",
        _("Reminder of a form"),
        subject=_("{title}: your answer is still missing"),
        text=_(
            "Hello {name},\n\n{community} asks you to answer «{title}». It is done here, without signing in:\n\n"
            "{link}\n\nThe link is yours alone; please do not pass it on. Thank you!"
        ),
        placeholders=("name", "title", "community", "link"),
        needed=("link",),
        link=_link,
        unwanted=_answered,
    )
)
NAMELESS = register(
    Kind(
        "instruments.anonymous_reminder",
        _("Reminder of an anonymous form"),
        subject=_("{title}: your answer is still missing"),
        text=_(
            "Hello {name},\n\n{community} asks you to answer «{title}». It is done here, without signing in:\n\n"
            "{link}\n\nThe link is yours alone; please do not pass it on. Answers are anonymous: nobody can see which one "
            "is yours. Thank you!"
        ),
        placeholders=("name", "title", "community", "link"),
        needed=("link",),
        link=_link,
        unwanted=_answered,
    )
)

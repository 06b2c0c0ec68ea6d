"""What this domain writes to people: the charter to read and accept, to everybody who has not yet."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.charters.events import AskedToAccept
from tejido.charters.models import Acceptance, CharterVersion
from tejido.charters.services.acceptances import address_of, check_in_force, rows_of
from tejido.communities.selectors import recipients_of
from tejido.communities.services import letter_of
from tejido.directory.models import Person
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail, written_just_now
from tejido.messages.services import Kind, register, write

ABOUT = "charters.version:"


def _acceptance(message: Message) -> Acceptance | None:
    key = message.batch.about.removeprefix(ABOUT)
    found = Acceptance.objects.select_related("version")
    return found.filter(version_id=int(key), person_id=message.person_id or 0).first()


def _link(message: Message) -> str:
    acceptance = _acceptance(message)
    return address_of(acceptance) if acceptance else ""


def _answered(message: Message) -> bool:
    """Whether nobody waits for this any more."""
    found = _acceptance(message)
    return (
        found is None or found.accepted_at is not None or found.version.state != CharterVersion.State.IN_FORCE
    )


REQUEST = register(
    Kind(
        "charters.accept",
        _("Request to accept the charter"),
        subject=_("The charter of {community}: to read and accept"),
        text=_(
            "Hello {name},\n\n{community} has a charter: what we are here for, what we hold to and how we decide.\n\n"
            "Read it and accept it here with one tap, without signing in:\n\n{link}\n\n"
            "The link is yours alone. Thank you!"
        ),
        placeholders=("name", "community", "link"),
        needed=("link",),
        link=_link,
        unwanted=_answered,
    )
)


@transaction.atomic
def ask_to_accept(version: CharterVersion, *, actor: User) -> int:
    """Write their own link to everybody who has not accepted and can be written to; again later, it is the reminder.

    Within ten minutes it is the same letter, and nothing more goes out. Returns to how many.
    Raises: NotAllowed; Refusal("not_in_force"). Announces AskedToAccept.
    """
    version = CharterVersion.objects.select_for_update().select_related("community").get(pk=version.pk)
    require(actor, "charters.write", version.community)
    check_in_force(version)
    about = f"{ABOUT}{version.pk}"
    known = written_just_now(REQUEST.key, about)
    if known is not None:
        return known.people
    rows = rows_of(version, recipients_of(version.community))
    waiting = [one.person_id for one in rows if one.accepted_at is None]
    people = reached_by_mail(Person.objects.filter(pk__in=waiting))
    if people:
        write(letter_of(version.community, REQUEST, about, {}), people, actor=actor)
        announce(AskedToAccept(version.community_id, version.pk, len(people)), actor=actor)
    return len(people)

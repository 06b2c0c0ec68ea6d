"""Links of people's own, and reminding those who have not answered."""

from __future__ import annotations

from collections.abc import Collection as Some

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.selectors import below, pausing_people
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.events import PeopleReminded
from tejido.instruments.models import Collection
from tejido.instruments.selectors.doors import is_open
from tejido.instruments.selectors.lists import audience_of
from tejido.instruments.services.letters import reminder_of
from tejido.instruments.services.links import address_of
from tejido.instruments.services.opening import add_invitations
from tejido.instruments.tokens import personal_token, token_hash
from tejido.messages.selectors import reached_by_mail, written_just_now
from tejido.messages.services import write


@transaction.atomic
def invite_people(collection: Collection, people: Some[Person], *, actor: User) -> int:
    """Ask these people too, each with a link of their own. Returns how many are new. Raises NotAllowed."""
    require(actor, "instruments.manage", collection)
    return add_invitations(collection, people)


@transaction.atomic
def personal_links(collection: Collection, *, actor: User) -> dict[int, str]:
    """person id -> the address of their own, for everybody who is asked; made where there was none. Raises NotAllowed.

    Whoever has such an address answers in that person's place: it is for them alone.
    """
    require(actor, "instruments.manage", collection)
    add_invitations(collection, list(audience_of(collection) or []))
    return {one.person_id: address_of(one) for one in collection.invitations.filter(revoked=False)}


@transaction.atomic
def link_of_my_own(collection: Collection, *, actor: User) -> str:
    """The address at which the actor, who is signed in, answers. Raises NotAllowed: not asked; Refusal("nobody_known")."""
    require(actor, "instruments.answer", collection)
    person = Person.objects.filter(user=actor).first()
    if person is None:
        raise Refusal(
            "nobody_known", _("This account belongs to nobody in the directory, so it cannot answer.")
        )
    add_invitations(collection, [person])
    return address_of(collection.invitations.get(person=person))


@transaction.atomic
def renew_link(collection: Collection, person: Person, *, actor: User) -> str:
    """Another address for one person: the old one stops. Raises NotAllowed; Invitation.DoesNotExist."""
    require(actor, "instruments.manage", collection)
    invitation = collection.invitations.select_for_update().get(person=person)
    invitation.turn += 1
    invitation.revoked = False
    invitation.token_hash = token_hash(personal_token(collection.pk, person.pk, invitation.turn))
    invitation.save(update_fields=["turn", "revoked", "token_hash"])
    return address_of(invitation)


@transaction.atomic
def revoke_link(collection: Collection, person: Person, *, actor: User) -> None:
    """The address of one person stops, and what comes by it is refused. Raises NotAllowed."""
    require(actor, "instruments.manage", collection)
    add_invitations(collection, [person])
    collection.invitations.filter(person=person).update(revoked=True)


@transaction.atomic
def remind(collection: Collection, *, actor: User) -> int:
    """Write a message with their own link to everybody who is asked, has not answered and has an address. Returns to how many.

    Asked for again within ten minutes it is the same reminder, and nothing more goes out. Of anonymous collections nobody
    learns to whom: only the number is told.
    Raises: NotAllowed; Refusal("not_open"). Announces PeopleReminded.
    """
    require(actor, "instruments.manage", collection)
    if not is_open(collection):
        raise Refusal("not_open", _("Nobody can answer now, so nobody is reminded. Open it first."))
    Collection.objects.select_for_update().get(
        pk=collection.pk
    )  # two taps at one moment, one after the other
    add_invitations(collection, list(audience_of(collection) or []))
    writing = reminder_of(collection)
    known = written_just_now(writing.kind, writing.about)
    if known is not None:
        return known.people
    people = _still_waited_for(collection)
    if not people:
        return 0
    if not collection.anonymous:
        asked = collection.invitations.filter(person__in=people)
        asked.update(reminded_at=timezone.now())
    write(writing, people, actor=actor)
    announce(PeopleReminded(collection.community_id, collection.pk, len(people)), actor=actor)
    return len(people)


def _still_waited_for(collection: Collection) -> list[Person]:
    """Who is asked, has not answered, takes no pause and can be written to. Four queries."""
    waiting = collection.invitations.filter(has_answered=False, revoked=False)
    pausing = pausing_people(below(collection.community), timezone.localdate())
    people = Person.objects.filter(pk__in=waiting.values("person_id"))
    return reached_by_mail(people.exclude(pk__in=pausing))

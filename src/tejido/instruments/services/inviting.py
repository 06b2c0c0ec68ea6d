"""Links of people's own, and reminding those who have not answered."""

from __future__ import annotations

from collections.abc import Collection as Some

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from tejido.accounts.models import User
from tejido.directory.models import ContactPoint, Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.events import PeopleReminded
from tejido.instruments.models import Collection, Invitation
from tejido.instruments.selectors.doors import is_open
from tejido.instruments.selectors.lists import audience_of
from tejido.instruments.services.opening import add_invitations
from tejido.instruments.tokens import answer_address, personal_token, token_hash


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
    return {one.person_id: _address(one) for one in collection.invitations.filter(revoked=False)}


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
    return _address(collection.invitations.get(person=person))


def _address(invitation: Invitation) -> str:
    token = personal_token(invitation.collection_id, invitation.person_id, invitation.turn)
    if invitation.token_hash != token_hash(token):  # the installation's secret key was changed since
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=token_hash(token))
    return answer_address(token)


@transaction.atomic
def renew_link(collection: Collection, person: Person, *, actor: User) -> str:
    """Another address for one person: the old one stops. Raises NotAllowed; Invitation.DoesNotExist."""
    require(actor, "instruments.manage", collection)
    invitation = collection.invitations.select_for_update().get(person=person)
    invitation.turn += 1
    invitation.revoked = False
    invitation.token_hash = token_hash(personal_token(collection.pk, person.pk, invitation.turn))
    invitation.save(update_fields=["turn", "revoked", "token_hash"])
    return _address(invitation)


@transaction.atomic
def revoke_link(collection: Collection, person: Person, *, actor: User) -> None:
    """The address of one person stops, and what comes by it is refused. Raises NotAllowed."""
    require(actor, "instruments.manage", collection)
    add_invitations(collection, [person])
    collection.invitations.filter(person=person).update(revoked=True)


@transaction.atomic
def remind(collection: Collection, *, actor: User) -> int:
    """Write an e-mail with their own link to everybody who is asked, has not answered and has an address. Returns to how many.

    Of anonymous collections nobody learns to whom: only the number is told.
    Raises: NotAllowed; Refusal("not_open"). Announces PeopleReminded.
    """
    require(actor, "instruments.manage", collection)
    if not is_open(collection):
        raise Refusal("not_open", _("Nobody can answer now, so nobody is reminded. Open it first."))
    add_invitations(collection, list(audience_of(collection) or []))
    waiting = collection.invitations.filter(has_answered=False, revoked=False)
    reached = waiting.filter(person__contacts__kind=ContactPoint.Kind.EMAIL).distinct()
    keys = list(reached.values_list("pk", flat=True))
    if not collection.anonymous:
        Invitation.objects.filter(pk__in=keys).update(reminded_at=timezone.now())
    if keys:
        announce(PeopleReminded(collection.community_id, collection.pk, len(keys)), actor=actor)
        transaction.on_commit(lambda: write_reminders.enqueue(collection.pk))
    return len(keys)


@task()
def write_reminders(collection_id: int) -> None:
    """Send what `remind` promised. Who has answered in the meantime gets nothing."""
    collection = Collection.objects.select_related("community").get(pk=collection_id)
    if not is_open(collection):
        return
    waiting = collection.invitations.filter(has_answered=False, revoked=False).select_related("person")
    addresses = dict(
        ContactPoint.objects.filter(
            kind=ContactPoint.Kind.EMAIL, person__in=waiting.values("person_id")
        ).values_list("person_id", "value")
    )
    letters = [
        _letter(collection, one, addresses[one.person_id]) for one in waiting if one.person_id in addresses
    ]
    get_connection().send_messages(letters)


def _letter(collection: Collection, invitation: Invitation, to: str) -> EmailMessage:
    person = invitation.person
    with translation.override(person.language or collection.community.language):
        words = {
            "name": person.given_names,
            "title": collection.title,
            "community": collection.community.name,
            "link": _address(invitation),
        }
        subject = _("%(title)s: your answer is still missing") % words
        body = _(
            "Hello %(name)s,\n\n%(community)s asks you to answer «%(title)s». It is done here, without signing in:\n\n"
            "%(link)s\n\nThe link is yours alone; please do not pass it on. Thank you!"
        )
        body = body % words
        if collection.anonymous:
            body += "\n\n" + _("Answers are anonymous: nobody can see which one is yours.")
    return EmailMessage(" ".join(subject.split()), body, to=[to])

"""Accepting a charter: signed in, or by a link of one's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.charters.models import Acceptance, CharterVersion
from tejido.charters.tokens import acceptance_address, acceptance_token
from tejido.communities.selectors import recipients_of
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.links import token_hash
from tejido.foundation.policies import require


@transaction.atomic
def accept(acceptance: Acceptance, *, actor: User) -> Acceptance:
    """Whoever holds the link accepts, signed in or not. A second tap changes nothing. Nothing is announced.

    Raises: Refusal("not_in_force", "has_left").
    """
    acceptance = (
        Acceptance.objects.select_for_update().select_related("version__community").get(pk=acceptance.pk)
    )
    if acceptance.accepted_at is not None:
        return acceptance
    check_in_force(acceptance.version)
    if not recipients_of(acceptance.version.community).filter(pk=acceptance.person_id).exists():
        raise Refusal("has_left", _("You have left this community, so nothing needs to be accepted."))
    acceptance.accepted_at = timezone.now()
    acceptance.save(update_fields=["accepted_at"])
    return acceptance


@transaction.atomic
def accept_signed_in(version: CharterVersion, *, actor: User) -> Acceptance:
    """The actor accepts for herself. Raises: NotAllowed; Refusal("not_in_force", "has_left"); Person.DoesNotExist."""
    require(actor, "charters.accept", version)
    check_in_force(version)
    person = Person.objects.get(user_id=actor.pk)
    return accept(rows_of(version, [person])[0], actor=actor)


@transaction.atomic
def links_to_accept(version: CharterVersion, *, actor: User) -> dict[int, str]:
    """person id -> the address at which she reads and accepts, for everybody who belongs. Raises: NotAllowed; Refusal("not_in_force").

    Whoever has such an address accepts in that person's name: it is for her alone.
    """
    require(actor, "charters.write", version.community)
    check_in_force(version)
    rows = rows_of(version, recipients_of(version.community))
    return {one.person_id: address_of(one) for one in rows}


def check_in_force(version: CharterVersion) -> None:
    """For services. Raises Refusal("not_in_force")."""
    if version.state != CharterVersion.State.IN_FORCE:
        raise Refusal("not_in_force", _("Another charter is in force now. This one needs no acceptance."))


def rows_of(version: CharterVersion, people: Iterable[Person]) -> list[Acceptance]:
    """A row for each of them, made where there is none. For services. Two queries, and one insert."""
    wanted = {
        person.pk: Acceptance(
            version=version,
            person=person,
            token_hash=token_hash(acceptance_token(version.pk, person.pk)),
        )
        for person in people
    }
    there = set(version.acceptances.filter(person__in=wanted).values_list("person_id", flat=True))
    Acceptance.objects.bulk_create(row for key, row in wanted.items() if key not in there)
    return list(version.acceptances.filter(person__in=wanted).select_related("person"))


def address_of(acceptance: Acceptance) -> str:
    """The address of this person's link, as it stands now."""
    token = acceptance_token(acceptance.version_id, acceptance.person_id)
    if acceptance.token_hash != token_hash(
        token
    ):  # the secret key was changed, or two entries were one person
        Acceptance.objects.filter(pk=acceptance.pk).update(token_hash=token_hash(token))
    return acceptance_address(token)

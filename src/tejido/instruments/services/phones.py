"""Phones with ODK Collect or KoboCollect: handing out a code, taking it back, keeping what they send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.events import PhoneConnected, PhoneRevoked
from tejido.instruments.models import Collection, Phone, Response
from tejido.instruments.selectors.phones import files_for, place_of, settings_of
from tejido.instruments.services.receiving import Received, Sent, ingest, root_of
from tejido.instruments.services.rosters import lists_for
from tejido.instruments.tokens import phone_salt, phone_token, token_hash

MOST_PHONES = 20  # of one person in one community, at a time


@transaction.atomic
def connect_phone(person: Person, community: Community, name: str, *, actor: User) -> Phone:
    """A code with which a phone fetches the forms of the community and sends answers in the name of `person`.

    name: what the phone is called, to know it again. The code itself: `selectors.settings_of`.
    Raises NotAllowed; Refusal("too_many_phones"). Announces PhoneConnected.
    """
    phone = Phone(person=person, community=community, name=name.strip()[:80] or _("Phone"))
    require(actor, "instruments.connect_phone", phone)
    if Phone.objects.filter(person=person, community=community, revoked_at=None).count() >= MOST_PHONES:
        raise Refusal(
            "too_many_phones",
            _("There are %(number)d phones with a code already. Take back those that are no longer used.")
            % {"number": MOST_PHONES},
            number=MOST_PHONES,
        )
    phone.salt = phone_salt()
    phone.token_hash = token_hash(phone_token(phone.salt))
    phone.save()
    announce(PhoneConnected(community.pk, phone.pk, person.pk), actor=actor)
    return phone


@transaction.atomic
def revoke_phone(phone: Phone, *, actor: User) -> Phone:
    """Its code stops opening anything; what it sent stays. A second time changes nothing.

    Raises NotAllowed. Announces PhoneRevoked.
    """
    phone = Phone.objects.select_for_update().get(pk=phone.pk)
    require(actor, "instruments.see_phone", phone)
    if phone.revoked_at is None:
        phone.revoked_at = timezone.now()
        phone.save(update_fields=["revoked_at"])
        announce(PhoneRevoked(phone.community_id, phone.pk, phone.person_id), actor=actor)
    return phone


def settings_to_show(phone: Phone, *, actor: User) -> dict[str, Any]:
    """What the QR code of a phone says, as long as it was not used; else {}. Raises NotAllowed."""
    require(actor, "instruments.see_phone", phone)
    if not phone.waits:
        return {}
    current = token_hash(phone_token(phone.salt))
    if phone.token_hash != current:  # the installation's secret key was changed since
        Phone.objects.filter(pk=phone.pk).update(token_hash=current)
    return settings_of(phone)


def note_use(phone: Phone) -> None:
    """Note the day on which it asked for forms; never that it sent something (see `models.Phone`). At most one write a day."""
    today = timezone.localdate()
    if phone.last_used_on != today:
        Phone.objects.filter(pk=phone.pk).update(last_used_on=today)


def files_for_phone(collection: Collection, person: Person) -> dict[str, bytes]:
    """Files that `person` needs to fill it in, by name: what was brought with the form, and the lists of people made for them.

    A service, because whoever is on a list for the first time gets a code. The same bytes until the list changes.
    """
    return files_for(collection) | lists_for(collection, person)


def ingest_phone(phone: Phone, xml: bytes, files: Mapping[str, bytes]) -> Received:
    """Keep what a phone sent, in the name of its owner. Raises as `ingest`."""
    root = root_of(xml)
    place = place_of(phone, root.get("id") or root.nsmap.get(root.prefix) or "", root.get("version") or "")
    collection = place.collection
    sent = Sent(
        xml, Response.Channel.COLLECT, collection.community if collection else phone.community, collection,
        person=phone.person, files=files, standing=place.standing,
    )  # fmt: skip
    return ingest(sent, actor=system_account())

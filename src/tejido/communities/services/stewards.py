"""The first steward of an installation, who may found networks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import open_account
from tejido.directory.models import ContactPoint, Person
from tejido.directory.services import add_person, link_account, set_contacts
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.foundation.tables.names import PersonName, split_name


@transaction.atomic
def appoint_steward(email: str, *, actor: User, name: str = "", language: str = "") -> Person:
    """An account for `email` that may found networks, and the person it belongs to; made where they are missing.

    name: "Rosa Díaz Soto", of a person who is not in the directory yet; the e-mail stands for it otherwise.
    A person in the directory who alone has this e-mail and no account is the one. Idempotent.
    Raises: NotAllowed; Refusal("not_an_email"). The directory announces its facts.
    """
    require(actor, "communities.found", None)
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(
            "not_an_email",
            _("«%(email)s» is not an e-mail address. Check how it is written.") % {"email": email},
        ) from None
    account = open_account(email.lower(), steward=True, language=language)
    person = Person.objects.filter(user=account).first()
    return person or _person_for(account, name, actor)


def _person_for(account: User, name: str, actor: User) -> Person:
    reached = Person.objects.filter(
        user=None, contacts__kind=ContactPoint.Kind.EMAIL, contacts__value=account.email
    )
    known = list(reached[:2])
    if len(known) == 1:
        return link_account(known[0], account, actor=actor)
    told = split_name(name) if name else PersonName(account.email.split("@")[0], "")
    person = add_person({"given_names": told.given, "family_names": told.family}, actor=actor)
    set_contacts(person, [(ContactPoint.Kind.EMAIL, account.email)], actor=actor)
    return link_account(person, account, actor=actor)

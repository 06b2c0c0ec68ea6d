"""Deeds on organisations and territories."""

from __future__ import annotations

from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.events import OrganisationAdded, OrganisationChanged
from tejido.directory.models import Organisation, Territory
from tejido.directory.names import search_form
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


class OrganisationFields(TypedDict, total=False):
    """What can be said of an organisation in one go; absent keys stay as they are."""

    name: str
    kind: str
    website: str
    territory: Territory | None


@transaction.atomic
def add_organisation(
    name: str,
    *,
    actor: User,
    kind: str = Organisation.Kind.OTHER,
    website: str = "",
    territory: Territory | None = None,
) -> Organisation:
    """An organisation; the one of the same name and kind if it is there, whatever its accents and capitals.

    Raises: NotAllowed; Refusal("organisation_without_name"). Announces OrganisationAdded where it is new.
    """
    require(actor, "directory.keep_schools", None)
    organisation = Organisation(kind=kind, website=website, territory=territory)
    _set(organisation, {"name": name})
    known = Organisation.objects.filter(search_name=organisation.search_name, kind=kind).first()
    if known is not None:
        return known
    organisation.full_clean(exclude=["search_name", "territory"])
    organisation.save()
    announce(OrganisationAdded(organisation.pk), actor=actor)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, fields: OrganisationFields, *, actor: User
) -> Organisation:
    """Correct what is said of an organisation; nothing happens where nothing differs.

    Raises: NotAllowed; Refusal("organisation_without_name"). Announces OrganisationChanged.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(actor, "directory.keep_schools", organisation)
    changed = _set(organisation, fields)
    if changed:
        organisation.full_clean(exclude=["search_name", "territory"])
        organisation.save()
        announce(OrganisationChanged(organisation.pk, changed), actor=actor)
    return organisation


def _set(organisation: Organisation, fields: OrganisationFields) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, fields[name])  # type: ignore[literal-required]
    organisation.name = organisation.name.strip()
    if not organisation.name:
        raise Refusal("organisation_without_name", _("An organisation needs a name."))
    organisation.search_name = search_form(organisation.name)[:200]
    return changed


@transaction.atomic
def add_territory(
    name: str, level: str, country: str, *, actor: User, parent: Territory | None = None, code: str = ""
) -> Territory:
    """A territory; the one of the same code (or name and parent) if it is there. Raises NotAllowed."""
    require(actor, "directory.keep_schools", None)
    same: dict[str, Any] = {"country": country, "level": level}
    search_name = search_form(name)[:200]
    if code:
        same |= {"code": code, "defaults": {"name": name, "parent": parent, "search_name": search_name}}
    else:
        same |= {"code": "", "name": name, "parent": parent, "defaults": {"search_name": search_name}}
    return Territory.objects.get_or_create(**same)[0]

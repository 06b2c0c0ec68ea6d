"""Opening the charter in force to everybody."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.charters.events import PublicPageChanged
from tejido.charters.models import PublicPage
from tejido.communities.models import Community
from tejido.communities.selectors import coordinators_of
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def keep_public_page(
    community: Community, *, is_open: bool, actor: User, i_am_contact: bool | None = None
) -> PublicPage:
    """Open or close the page. i_am_contact: the actor, who coordinates, may be written to (True), or is so no more (False).

    Nobody names somebody else. Raises: NotAllowed; Refusal("does_not_coordinate"). Announces PublicPageChanged where it opens or closes.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    require(actor, "charters.write", community)
    page = PublicPage.objects.filter(community=community).first() or PublicPage(
        community=community, slug=_free_slug(community)
    )
    changed, page.is_open = page.is_open != is_open, is_open
    _contact(page, actor, i_am_contact)
    page.save()
    if changed:
        announce(PublicPageChanged(community.pk, is_open), actor=actor)
    return page


def _contact(page: PublicPage, actor: User, wanted: bool | None) -> None:
    if wanted is None:
        return
    me = Person.objects.filter(user_id=actor.pk).first()
    if not wanted:
        if me is not None and page.contact_id == me.pk:
            page.contact = None
        return
    if me is None or not coordinators_of(page.community).filter(pk=me.pk).exists():
        raise Refusal("does_not_coordinate", _("Only who coordinates this community can be its contact."))
    page.contact = me


def _free_slug(community: Community) -> str:
    """From the name, with a number where it is taken."""
    base = slugify(community.name)[:70] or "red"
    taken = set(PublicPage.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    tries = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in tries if slug not in taken)

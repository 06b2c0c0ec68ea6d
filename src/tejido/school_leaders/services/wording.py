"""A community's own words to heads."""

from __future__ import annotations

from django.db import transaction

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.school_leaders.events import OfferWorded
from tejido.school_leaders.models import Offer


@transaction.atomic
def word_offer(community: Community, language: str, asked: str, given: str, *, actor: User) -> None:
    """What is asked of heads and what their schools get, in one language; empty texts are the house's again.

    Raises NotAllowed. Announces OfferWorded where anything differs.
    """
    require(actor, "school_leaders.look_after", community)
    wanted = {"asked": asked.strip()[:2_000], "given": given.strip()[:2_000]}
    known = Offer.objects.filter(community=community, language=language).first()
    if (known.asked, known.given) == tuple(wanted.values()) if known else not any(wanted.values()):
        return
    if any(wanted.values()):
        Offer.objects.update_or_create(community=community, language=language, defaults=wanted)
    else:
        Offer.objects.filter(community=community, language=language).delete()
    announce(OfferWorded(community.pk), actor=actor)

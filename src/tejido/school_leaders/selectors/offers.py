"""What is asked of heads and what their schools get: the community's own words, else the house's."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.communities.models import Community
from tejido.school_leaders.models import Offer


@dataclass(frozen=True, slots=True)
class Told:
    """Two texts in plain words, one thought on each line."""

    asked: str
    given: str


def house_offer() -> Told:
    """The words of the house, in the language of the page. No query."""
    return Told(
        _(
            "Time for your teachers who take part: some hours a month, or some days.\n"
            "Somebody who takes their lessons meanwhile, so that it costs their colleagues nothing.\n"
            "A place in your own calendar: come when heads are invited, or send somebody in your place.\n"
            "Where you can, a room or transport."
        ),
        _(
            "What its teachers learn comes back: materials and practices that were tried out, free to use.\n"
            "Colleagues of other schools whom they can ask.\n"
            "A page of its own with what was promised and what came of it.\n"
            "The same for whoever follows: what was built does not leave with one person."
        ),
    )


def own_offers(community: Community) -> dict[str, Offer]:
    """The community's own words by language. One query."""
    return {one.language: one for one in Offer.objects.filter(community=community)}


def offer_of(community: Community) -> Told:
    """What a reader of this page is told, in its language; half a wording is filled up by the house's. One query."""
    house = house_offer()
    own = Offer.objects.filter(community=community, language=get_language() or "").first()
    return Told(own.asked or house.asked, own.given or house.given) if own else house

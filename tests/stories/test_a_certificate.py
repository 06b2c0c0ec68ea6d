"""Certificates, through the pages: a rule, who gets one and who does not and why, checked by somebody else, revoked."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.stories.walking import Walker

from tejido.certificates.addresses import path_of
from tejido.certificates.models import Certificate
from tejido.certificates.tests import factories as make
from tejido.certificates.tests.verifying import SITE, badge, published, read, verified
from tejido.communities.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
REASON = "70 % where 80 % is asked: 8 h 24 of 12 h."


@pytest.fixture
def workshops(cast, settings):
    """Three workshops of four hours: Ana was at each of them for all of it; Zé, a member now, left the last one after 24 minutes."""
    cache.clear()
    settings.TEJIDO_URL, settings.ALLOWED_HOSTS = SITE, ["*"]
    cast.short = cast.ze
    MembershipFactory(community=cast.node, person=cast.short.person)
    cast.days = make.series_of(cast.node)
    for gathering, minutes in zip(cast.days, (None, None, 24), strict=True):
        make.there(gathering, cast.ana.person)
        make.there(gathering, cast.short.person, minutes)
    return cast


def test_who_was_there_for_seventy_percent_gets_none_and_reads_why_and_a_badge_verifies_until_it_is_revoked(
    workshops,
):
    here = f"/g/{workshops.days[0].pk}/"
    rosa, ana, short, visitor = (
        Walker(workshops.rosa),
        Walker(workshops.ana),
        Walker(workshops.short),
        Walker(),
    )

    # Rosa sets the rule: 80 % of the time of the series.
    rosa.open(here).follow("Certificates").follow("Set the rule")
    rosa.press("Save", {"share": "80", "gatherings_needed": "2", "signer_name": "Rosa Díaz", "hours": ""})
    rosa.sees(
        "Present for 80 % of the time",
        "Taller de agua",
        "Ana Rojas Gets a certificate",
        f"No certificate {REASON}",
    )

    # She gives them: one, not two. The list goes on saying why there is no second one.
    rosa.press("Give 1 certificate").sees("1 certificate is given.", f"No certificate {REASON}")
    rosa.does_not_see("Give 1 certificate")
    given = Certificate.objects.get()
    assert given.person == workshops.ana.person

    # Whoever stands at 70 % reads it on the page of the gathering; Ana opens hers there.
    short.open(here).sees("there is no certificate for you", REASON).does_not_see("Open your certificate")
    ana.open(here).follow("Open your certificate").sees("given here and holds", "Ana Rojas", "12 h")

    # Somebody who never heard of us checks her badge with an implementation of their own.
    visitor.open(path_of(given.key)).sees("given here and holds", "As a digital badge")
    credential = read(badge(visitor.client, given))
    (answer,) = verified(published(visitor.client, credential), credential)
    assert answer["verified"], answer

    # It is revoked: the page says so, and the same badge, long downloaded, verifies no longer.
    rosa.open(f"/certificates/{given.pk}/").press(
        "Revoke the certificate", {"reason": "Given to another Ana"}
    )
    rosa.sees("Revoked because: Given to another Ana")
    visitor.open(path_of(given.key)).sees("holds no longer").does_not_see("another Ana", "As a digital badge")
    (answer,) = verified(published(visitor.client, credential), credential)
    assert (answer["verified"], answer["revoked"]) == (False, True), answer

"""What a gathering agreed, by one's own link on a phone: light, silent for axe in three languages, whole without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tejido.closing import services
from tejido.closing.models import Commitment, Key
from tejido.closing.services.ending import give_keys
from tejido.closing.tests import factories as make
from tejido.closing.tokens import door_address, key_address
from tejido.closing.values import Promise
from tejido.communities.tests.factories import Cast
from tejido.gatherings.models import Gathering
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


def written(cast: Cast) -> tuple[Gathering, Commitment]:
    """A gathering at which Ana was, with something in every piece but photographs."""
    gathering = make.held(cast.node)
    make.there(gathering, cast.ana.person)
    services.write_minutes(gathering, "We planted.\n\n- beans\n- maize", seen=0, actor=cast.rosa)
    services.add_decision(gathering, "We meet on Tuesdays", actor=cast.rosa)
    due = timezone.localdate() + timedelta(days=9)
    promise = Promise("Bring the seeds", [cast.ana.person], due_on=due)
    return gathering, services.make_commitment(gathering, promise, actor=cast.rosa)


def links(cast: Cast, gathering: Gathering, commitment: Commitment) -> tuple[str, str]:
    """Ana's paths to what was agreed and to what she owes."""
    services.close_gathering(gathering, tell=False, actor=cast.rosa)
    ana = cast.ana.person.pk
    door = services.links_to_hand_on(gathering, [ana], actor=cast.rosa)[ana]
    give_keys(commitment, [ana])
    key = Key.objects.get(commitment=commitment)
    return urlsplit(door_address(door.grain)).path, urlsplit(key_address(key.grain)).path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_members_read_troubles_nobody_and_is_light(browse: Browse, cast: Cast, language: str):
    paths = links(cast, *written(cast))
    visit = browse(360, language=language)
    for path in paths:
        visit.open(path)
        visit.check()
        weight = measure_weight(browse(360, language=language), path)
        assert weight.kilobytes <= MOST_KB, weight
        assert weight.requests <= MOST_REQUESTS, weight


def test_without_a_script_and_without_an_account_what_was_promised_is_said_to_be_done(
    browse: Browse, cast: Cast
):
    gathering, commitment = written(cast)
    _door, key = links(cast, gathering, commitment)
    visit = browse(360, language="en", script=False)
    visit.open(key)
    visit.page.get_by_role("button", name="It is done").click()
    visit.page.get_by_text("Done. Thank you!").wait_for()
    commitment.refresh_from_db()
    assert commitment.state == Commitment.State.DONE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_team_trouble_nobody(browse: Browse, cast: Cast, language: str):
    gathering, commitment = written(cast)
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    paths = [
        f"/g/{gathering.pk}/closing/",
        f"/g/{gathering.pk}/closing/commitments/new/",
        f"/g/{gathering.pk}/closing/photographs/",
        f"/commitments/{commitment.pk}/",
        f"/c/{cast.node.pk}/commitments/",
    ]
    for path in paths:
        visit.open(path)
        visit.check()
    services.close_gathering(gathering, tell=True, actor=cast.rosa)
    for path in (paths[0], f"/g/{gathering.pk}/closing/links/", f"/g/{gathering.pk}/summary/"):
        visit.open(path)
        visit.check()


def test_rosa_closes_a_gathering_on_her_phone(browse: Browse, cast: Cast):
    """From the page of the gathering to what Ana reads, by what the pages say."""
    gathering = make.held(cast.node)
    make.there(gathering, cast.ana.person)
    visit = browse(360, language="en")
    sign_in(visit, cast.rosa.email)
    visit.open(f"/g/{gathering.pk}/")
    page = visit.page
    page.get_by_role("link", name="Closing act").click()
    page.get_by_label("Minutes").fill("- beans\n- maize")
    page.locator("#minutes").get_by_role("button", name="Save the minutes").click()
    page.get_by_label("What was decided").fill("We meet on Tuesdays")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("button", name="Close the gathering").click()
    page.get_by_role("link", name="What members read").click()
    assert page.get_by_text("We meet on Tuesdays").is_visible()
    assert page.get_by_role("listitem").filter(has_text="maize").is_visible()
    visit.check()

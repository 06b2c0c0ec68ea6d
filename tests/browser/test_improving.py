"""A cycle from an empty page to its decision, as somebody who was never told how: three languages, narrow and wide, without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tejido.communities.tests.factories import Cast
from tejido.improvement import services
from tejido.improvement.models import Cycle
from tejido.improvement.selectors import today_in
from tejido.improvement.tests import factories as make
from tejido.improvement.values import Chore, Finding
from tests.browser.visiting import Visit, sign_in

Browse = Callable[..., Visit]


@pytest.mark.parametrize("language", ["es", "en", "pt-BR"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_cycles_trouble_nobody(browse: Browse, cast: Cast, language: str, width: int):
    cycle = make.studied(cast.node, cast.ana)
    services.correct_prediction(cycle, "Families, not people", actor=cast.ana)
    entry = services.add_entry(cycle, today_in(cast.node), "hard", "It rained", actor=cast.ana)
    services.note_factor(cycle, Finding("barrier", "Rain", entry), actor=cast.ana)
    services.add_task(cycle, Chore("Write the invitation", cast.ana.person), actor=cast.ana)
    visit = browse(width, language=language)
    sign_in(visit, cast.rosa)
    own, there = f"/cycles/{cycle.pk}/", f"/c/{cast.node.pk}/"
    pages = ["cycles/", "cycles/new/", "cycles/new/?zero=1", "learnt/"]
    for path in (own, f"{own}plan/", f"{own}study/", f"{own}decide/", *(there + page for page in pages)):
        visit.open(path)
        visit.check()
    visit.open(f"/c/{cast.sister.pk}/cycles/")  # empty, and teaching
    visit.check()


def test_somebody_who_was_never_told_how_plans_tries_studies_and_decides_without_a_script(
    browse: Browse, cast: Cast
):
    visit = browse(360, language="en", script=False)
    sign_in(visit, cast.ana)
    page = visit.page
    visit.open(f"/c/{cast.node.pk}/cycles/")
    page.get_by_role("link", name="Begin a first cycle").click()
    page.get_by_label("Name of the cycle").fill("Meetings with families")
    page.get_by_label("The change you want to try").fill("Families choose the day")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Begin doing").click()
    page.get_by_text("Before you begin: write what exactly you will do.").wait_for()
    page.get_by_role("link", name="Write the plan").click()
    page.get_by_label("What exactly will you do?").fill("Ask by voice message")
    page.get_by_label("How will you see whether it works?").fill("How many families come")
    page.get_by_label("What do you expect to happen?").fill("Twelve of fifteen come")
    page.get_by_role("button", name="Keep the plan").click()
    page.get_by_role("button", name="Begin doing").click()
    page.get_by_text("Fixed when doing began; nobody can change it.").wait_for()
    page.get_by_label("What happened?").fill("Nine came, three grandmothers")
    page.get_by_role("button", name="Write it down").first.click()
    page.get_by_role("button", name="Look at what happened").click()
    page.get_by_role("link", name="Write what you learnt").click()
    page.get_by_label("What did you learn?").fill("Grandmothers come too")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Go on to deciding").click()
    page.get_by_role("link", name="Decide").first.click()
    page.get_by_label("We change it and try again").check()
    page.get_by_label("Why?").fill("In the evening more would come")
    page.get_by_role("button", name="Decide and close the cycle").click()
    page.get_by_role("link", name="Begin the next cycle from here").wait_for()
    row = Cycle.objects.get()
    assert (row.stage, row.decision, row.prediction) == ("closed", "adapt", "Twelve of fifteen come")
    assert row.entries.get().text == "Nine came, three grandmothers"

"""The full engine opens every real form that is accepted, lighter ones too, and holds an answer to each that is judged without a flag about its shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast, CommunityFactory
from tejido.instruments.models import Version
from tejido.instruments.services import Brought
from tejido.instruments.tests import factories as make
from tejido_forms.answers import lay
from tejido_forms.problems import FormRefused
from tejido_forms.reading import read_form
from tests.browser.visiting import Visit
from tests.javarosa.real_forms import paths

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

DRAFT = """() => new Promise((resolve) => { const opening = indexedDB.open('tejido-forms', 1); opening.onsuccess = () => {
  const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
  all.onsuccess = () => { opening.result.close(); resolve(all.result.map((one) => one.xml)); }; }; })"""


def accepted() -> list[tuple[str, Brought]]:
    found = []
    for path in paths():
        try:
            found.append(
                (
                    path.name,
                    Brought(read_form(path.read_bytes(), name=path.name), path.read_bytes(), path.name),
                )
            )
        except FormRefused:
            continue
    return found


def test_every_real_form_opens_and_its_draft_is_an_answer_to_it(browse: Callable[..., Visit], cast: Cast):
    troubles: list[str] = []
    for name, brought in accepted():
        collection = make.collection(CommunityFactory(), brought, link=True)
        Version.objects.filter(pk=collection.version_id).update(way=Version.Way.ENGINE)
        visit = browse(360, language="en")
        said: list[str] = []
        visit.page.on("console", lambda message, said=said: said.append(f"{message.type}: {message.text}"))
        visit.open(f"/a/{collection.public_token}/full/")
        expect(visit.page.locator("#engine-send")).to_be_visible()
        visit.page.locator("#engine-form form").dispatch_event("xforms-value-changed")
        drafts: list[str] = []
        for _try in range(50):
            visit.page.wait_for_timeout(100)
            drafts = visit.page.evaluate(DRAFT)
            if drafts:
                break
        draft = drafts[0]
        lay(brought.definition, draft.encode())
        wrong = [*visit.errors, *visit.violations, visit.too_wide(), *said]
        troubles += [f"{name}: {line}" for line in wrong if line]
        visit.page.close()
    assert not troubles, "\n".join(troubles)

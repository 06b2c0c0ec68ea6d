"""/_parts/: every part, on a phone and on a screen, in three languages, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visiting import Visit, sign_in


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["es", "en", "pt-BR"])
def test_nothing_troubles_a_reader_of_the_parts(
    browse: Callable[..., Visit], language: str, width: int, dark: bool
) -> None:
    visit = browse(width, language=language, dark=dark)
    sign_in(visit, "rosa@demo.tejido.invalid")

    assert visit.open("/_parts/") == 200

    assert visit.page.get_attribute("html", "lang") == language.lower()
    visit.check()

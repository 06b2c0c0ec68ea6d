"""The tokens, light and dark, keep every text readable: WCAG 2.2 contrast computed from the style sheet itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[4] / "frontend" / "styles" / "tokens.css"
READABLE, VISIBLE = 4.5, 3.0
COLOURED = ["indigo", "cochineal", "leaf", "clay", "plum", "lagoon"]

TEXT = [
    *[(text, ground) for text in ["ink", "muted", *COLOURED] for ground in ["paper", "surface"]],
    *[(colour, f"{colour}-soft") for colour in COLOURED],
    *[("ink", f"{colour}-soft") for colour in [*COLOURED, "marigold"]],
    *[("ink", f"heat-{step}") for step in range(1, 6)],
    *[("surface", colour) for colour in COLOURED],  # letters on the parts of a stacked bar
    ("on-marigold", "marigold"),
    ("on-indigo", "indigo"),
    ("on-indigo", "indigo-deep"),
    ("on-cochineal", "cochineal"),
    ("ink", "line"),
]
SHAPES = [
    *[(colour, ground) for colour in [*COLOURED, "marigold", "edge"] for ground in ["paper", "surface"]],
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    plain = tokens(light)
    return {"light": plain, "dark": {**plain, **tokens(dark)}}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_is_readable_on_its_ground(theme: str):
    known = themes()[theme]
    weak = {pair: round(c, 2) for pair in TEXT if (c := contrast(known[pair[0]], known[pair[1]])) < READABLE}
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shape_and_every_edge_of_a_field_is_visible(theme: str):
    known = themes()[theme]
    weak = {pair: round(c, 2) for pair in SHAPES if (c := contrast(known[pair[0]], known[pair[1]])) < VISIBLE}
    assert weak == {}


def test_drawings_that_leave_the_page_use_the_light_colours():
    from tejido.web.charts.drawing import CATEGORIES, HEAT

    light = themes()["light"]
    assert [(name, light[name]) for name, _ in CATEGORIES] == CATEGORIES
    assert [light[f"heat-{step}"] for step in range(1, 6)] == HEAT

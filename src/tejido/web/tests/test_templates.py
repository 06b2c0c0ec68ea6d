"""Rules that every template of every domain keeps, because the policy on content and the numbers of three languages ask it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))

FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle="),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+="),
    "hx-on, which needs eval": re.compile(r"\shx-on"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "a style element": re.compile(r"<style\b"),
    "a placeholder instead of a label": re.compile(r"\splaceholder="),
    "an address of the outside": re.compile(r"(?:src|href)=\"https?://"),
}
# {{ person.pk }} in an attribute is written as the language writes numbers, 1 234: |plain keeps it for machines.
LOOSE_KEY = re.compile(r"=\"[^\"]*\{\{\s*[\w.]*\b(?:pk|id|\w+_id)\s*\}\}")


def without_comments(path: Path) -> str:
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"\{#.*?#\}", "", text)


# A report that is kept as one file carries its own style; it is never served as a page of ours.
# The licence of the form engine asks for a link to whoever made it.
STANDS_ALONE = {
    "a style element": {"reports/templates/reports/standalone_style.html"},
    "an address of the outside": {"instruments/templates/instruments/partials/engine_powered.html"},
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what: str):
    found = {
        p.relative_to(SOURCE).as_posix() for p in TEMPLATES if FORBIDDEN[what].search(without_comments(p))
    }
    assert found - STANDS_ALONE.get(what, set()) == set()


def test_keys_in_attributes_are_written_for_machines():
    # `id` alone is the name of an element, given by a tag; `x.id` is a number of the database.
    loose = {
        p.relative_to(SOURCE).as_posix(): found
        for p in TEMPLATES
        if (found := [m for m in LOOSE_KEY.findall(without_comments(p)) if re.search(r"\.(pk|id|\w+_id)", m)])
    }
    assert loose == {}


def test_every_component_says_its_variables_on_top():
    components = sorted((SOURCE / "web/templates/web/components").glob("*.html"))
    assert len(components) > 20
    assert [p.name for p in components if not p.read_text(encoding="utf-8").startswith("{% comment %}")] == []

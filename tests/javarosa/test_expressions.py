"""Expressions mean here what they mean on phones; every difference is known, with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.javarosa import reference
from tests.javarosa.engine import classes, need_java
from tests.javarosa.evaluators import EXPRESSIONS, javarosas, ours, same


def test_expressions_come_to_what_the_record_says():
    rows = reference.recorded()

    assert [row["expression"] for row in rows] == EXPRESSIONS and len(rows) >= 85
    assert [
        (row["expression"], now) for row, now in zip(rows, ours(), strict=True) if not same(row["here"], now)
    ] == []


@pytest.mark.java
def test_phones_still_give_what_the_record_says(tmp_path: Path):
    need_java()
    rows = reference.recorded()

    found = zip(rows, javarosas(classes(tmp_path)), strict=True)
    assert [(row["expression"], now) for row, now in found if not same(row["phone"], now)] == []


def test_every_difference_has_its_reason_and_every_reason_a_difference():
    different = {row["expression"] for row in reference.recorded() if reference.differs(row)}

    assert {expression for expression in different if not reference.why(expression)} == set()
    assert set(reference.WHY) - different == set()


def test_the_page_says_what_the_record_says():
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), (
        "run: PYTHONPATH=src:. python -m tests.javarosa.reference"
    )

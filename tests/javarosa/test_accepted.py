"""Real forms are accepted, or refused with sheet, row and remedy; the page of the docs says how many."""

from __future__ import annotations

import pytest

from tejido_forms.problems import FormRefused
from tejido_forms.reading_apart import read_form_apart
from tests.javarosa import accepted
from tests.javarosa.real_forms import paths

pytestmark = pytest.mark.real_data


def test_the_page_says_what_the_code_does():
    assert accepted.PAGE.read_text(encoding="utf-8") == accepted.page(), (
        "run: PYTHONPATH=src:. python -m tests.javarosa.accepted"
    )


def test_every_refusal_names_sheet_and_row():
    for form in accepted.tried():
        for problem in form.problems if not form.way else ():
            assert problem.sheet and (problem.row or problem.code == "no_questions"), (form.name, problem)


@pytest.mark.slow
def test_no_real_form_breaks_the_process_that_reads_it():
    stopped = set()
    for path in paths()[::4]:
        try:
            read_form_apart(path.read_bytes(), name=path.name)
        except FormRefused as refused:
            stopped |= {(path.name, one.code) for one in refused.problems if one.code.startswith("took_")}

    assert stopped == set()

"""What the engine in phones holds for a right answer, we hold for one; what it refuses, we flag."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter

import pytest

from tejido_forms.answers import lay, write
from tejido_forms.judging import judge, scene_for
from tejido_forms.rows import rows
from tests.javarosa import real_forms
from tests.javarosa.engine import fill, need_java

ANSWERS = int(os.environ.get("TEJIDO_JAVAROSA_ANSWERS", "120"))
RIGHT = ANSWERS * 5 // 6  # some walks end where a required question has no answer that fits
CARELESS = ANSWERS // 4
pytestmark = [pytest.mark.java, pytest.mark.slow, pytest.mark.real_data]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory):
    need_java()
    forms = list(real_forms.accepted())
    folder = tmp_path_factory.mktemp("javarosa")
    answers = fill(
        folder, [form.xform for _path, form in forms], real_forms.LISTS, answers=ANSWERS, careless=CARELESS
    )
    return forms, list(answers)


def now() -> dt.datetime:
    """The engine works out today() by the clock; so do we, a moment later."""
    return dt.datetime.now().astimezone()


def test_the_engine_opens_every_form_that_we_accept(filled):
    forms, answers = filled

    assert {(forms[one.form][0].name, one.broken) for one in answers if one.broken} == set()


def test_no_answer_that_the_engine_holds_for_right_is_flagged(filled):
    forms, answers = filled
    right: Counter[str] = Counter()
    wrongly = []
    for one in answers:
        path, form = forms[one.form]
        if one.refused or one.broken:
            continue
        judged = judge(lay(form, one.xml), scene_for(form, now()))
        right[path.name] += 1
        wrongly += [(path.name, flag) for flag in judged.flags]

    assert wrongly == []
    assert {name: count for name, count in right.items() if count < RIGHT} == {}


def test_every_answer_that_the_engine_refuses_is_flagged_where_it_is_refused(filled):
    forms, answers = filled
    refused = [one for one in answers if one.refused]
    missed = []
    for one in refused:
        path, form = forms[one.form]
        judged = judge(lay(form, one.xml), scene_for(form, now()))
        if one.refused not in {flag.path for flag in judged.flags}:
            missed.append((path.name, one.refused, judged.flags))

    assert missed == []
    assert len(refused) >= CARELESS  # else this would have shown nothing


def test_every_value_of_the_engine_becomes_a_row_and_comes_back_as_it_was(filled):
    forms, answers = filled
    seen = 0
    for one in answers[:: max(1, len(answers) // 300)]:
        path, form = forms[one.form]
        if one.broken:
            continue
        answer = lay(form, one.xml)
        assert answer.unknown == [], path.name
        again = lay(form, write(answer))
        scene = scene_for(form, now())
        table = rows(answer, judge(answer, scene))
        assert rows(again, judge(again, scene)) == table, path.name
        assert answer.instance_id.startswith("uuid:") and not answer.id_is_made
        seen += len(table)
    assert seen > 100


def test_a_judge_of_another_form_takes_none_of_them(filled):
    """The comparison itself can fail: answers judged against a stricter form are flagged."""
    from dataclasses import replace

    from tejido_forms.expressions import compile_expression

    forms, answers = filled
    one = next(one for one in answers if not one.refused and forms[one.form][0].name == "tutorial.xls")
    form = forms[one.form][1]
    answer = lay(form, one.xml)
    never = compile_expression("false()")
    answer.nodes = {element: replace(node, constraint=never) for element, node in answer.nodes.items()}

    assert {flag.code for flag in judge(answer, scene_for(form, now())).flags} == {"constraint"}

"""Every form that the house brings along, filled by the engine in phones: nothing that it holds for right is flagged."""

from __future__ import annotations

from collections import Counter

import pytest

from tejido.instruments.shelf import KEYS, definition_of_template
from tejido_forms.answers import lay
from tejido_forms.judging import judge, scene_for
from tests.javarosa.engine import fill, need_java
from tests.javarosa.test_filling import ANSWERS, CARELESS, now

pytestmark = [pytest.mark.java, pytest.mark.slow]


def test_a_hundred_answers_to_each_shipped_form_are_taken_as_the_engine_takes_them(
    tmp_path_factory: pytest.TempPathFactory,
):
    need_java()
    forms = [definition_of_template(key, "es") for key in KEYS]
    made = fill(
        tmp_path_factory.mktemp("shipped"),
        [form.xform for form in forms],
        {},
        answers=ANSWERS + CARELESS,
        careless=CARELESS,
    )
    right: Counter[str] = Counter()
    wrongly, missed = [], []
    for one in made:
        form = forms[one.form]
        assert not one.broken, (form.form_id, one.broken)
        flags = judge(lay(form, one.xml), scene_for(form, now())).flags
        if not one.refused:
            right[form.form_id] += 1
            wrongly += [(form.form_id, flag) for flag in flags]
        elif one.refused not in {flag.path for flag in flags}:
            missed.append((form.form_id, one.refused, flags))

    assert wrongly == [] and missed == []
    assert {key: right[key] for key in KEYS if right[key] < 100} == {}

from __future__ import annotations

from tejido_forms.codebook import as_table, codebook
from tejido_forms.tests.forms_in_words import TICKET, form, survey


def test_the_codebook_says_what_every_column_means_in_every_language():
    mood, why, _minutes = codebook(form(TICKET))

    assert (mood.path, mood.type, mood.labels) == (
        "/data/mood",
        "select1",
        {"Español (es)": "¿Cómo se va hoy?", "English (en)": "How do you leave today?"},
    )
    assert mood.choices[0] == ("glad", {"Español (es)": "Contenta", "English (en)": "Glad"})
    assert why.rules["relevant"].split() == ["/data/mood", "=", "'sad'"]


def test_groups_and_repeats_are_named_and_ids_of_answers_left_out():
    entries = codebook(
        survey(
            "begin_repeat | r | R", "begin_group | g | G", "text | a | A", "end_group | |", "end_repeat | |"
        )
    )

    assert [(one.name, one.groups, one.repeated) for one in entries] == [("a", ("r", "g"), True)]


def test_the_table_has_a_line_for_each_question_and_each_choice_of_equal_length():
    lines = as_table(form(TICKET))

    assert len({len(line) for line in lines}) == 1
    assert [line[7] for line in lines[1:4]] == ["", "glad", "sad"]
    assert lines[0][8:10] == ["label Español (es)", "label English (en)"]

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from tejido_forms.building import TYPES, Draft, DraftChoice, DraftQuestion, as_xform, as_xlsx, named, sheets
from tejido_forms.compiling import compile_form
from tejido_forms.opening import opened
from tejido_forms.problems import FormRefused
from tejido_forms.reading import read_form

ES, EN = "Español (es)", "English (en)"


def ticket() -> Draft:
    return Draft(
        title="Boleta de salida",
        languages=(ES, EN),
        questions=(
            DraftQuestion(
                "one",
                {ES: "¿Qué le sirvió?", EN: "What was useful?"},
                choices=(DraftChoice({ES: "Sí", EN: "Yes"}), DraftChoice({ES: "SI", EN: "Yes!"})),
                required=True,
            ),
            DraftQuestion("text", {ES: "¿Qué le sirvió?", EN: "What was useful?"}, {ES: "Con un ejemplo"}),
            DraftQuestion("note", {ES: "今日は", EN: "Thank you"}),
            DraftQuestion("people", {ES: "¿Con quién trabajó?", EN: "With whom did you work?"}),
        ),
    )


def test_names_come_from_the_words_and_are_never_double():
    draft = named(ticket())

    assert draft.form_id == "boleta_de_salida"
    assert [question.name for question in draft.questions] == [
        "que_le_sirvio",
        "que_le_sirvio_2",
        "question",
        "con_quien_trabajo",
    ]
    assert [choice.name for choice in draft.questions[0].choices] == ["si", "si_2"]


def test_a_draft_opens_again_as_it_was_after_a_round_through_a_spreadsheet():
    draft = named(ticket())
    book = as_xlsx(ticket())

    assert opened(book) == draft
    assert as_xform(opened(book)) == as_xform(draft)
    assert read_form(book).xform == as_xform(draft)
    assert opened(as_xlsx(opened(book))) == draft


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "${nobody}",
        "+cmd|'/c'!A1",
        "a  b\n\nc",
        "<b>&amp;</b>",
        "https://example.org",
        "007",
        "TRUE",
        "- x",
    ],
)
def test_what_an_author_types_is_a_text_and_nothing_else(typed: str):
    draft = Draft(
        typed, (EN,), (DraftQuestion("one", {EN: typed}, {EN: typed}, choices=(DraftChoice({EN: typed}),)),)
    )

    again = opened(as_xlsx(draft))

    assert again.title == typed
    assert again.questions[0].labels == again.questions[0].hints == {EN: typed}
    assert again.questions[0].choices[0].labels == {EN: typed}
    assert (
        compile_form(as_xform(draft)).questions[0].label.plain(EN).replace("\u200b", "").split()
        == typed.split()
    )


def test_no_cell_of_the_spreadsheet_is_a_formula():
    draft = Draft("T", ("",), (DraftQuestion("text", {"": '=HYPERLINK("https://example.org")'}),))

    cells = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(draft))).get_sheet_by_name("survey").to_python()

    assert cells[1][2] == '=HYPERLINK("https://example.org")'


def test_control_characters_never_reach_the_form():
    draft = Draft("T\x00", (EN,), (DraftQuestion("text", {EN: "a\x00b\x0bc\ud800"}),))

    assert compile_form(as_xform(draft)).questions[0].label.plain(EN) == "abc"


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_kind_of_question_goes_there_and_back(kind: str):
    choices = (DraftChoice({EN: "One"}), DraftChoice({EN: "Two"}))
    asked = DraftQuestion(kind, {EN: "Question"}, choices=choices if kind in {"one", "many", "scale"} else ())  # type: ignore[arg-type]
    draft = named(Draft("T", (EN,), (asked, DraftQuestion("text", {EN: "Last"}))))

    assert opened(as_xlsx(draft)) == draft
    assert {node.name for node in compile_form(as_xform(draft)).nodes()} >= {"question", "last"}


def test_questions_with_the_same_choices_share_a_list():
    choices = (DraftChoice({EN: "Yes"}), DraftChoice({EN: "No"}))
    draft = Draft("T", (EN,), tuple(DraftQuestion("one", {EN: f"Q{n}"}, choices=choices) for n in range(3)))

    assert len(sheets(draft).choices) == 3  # the headings and two choices


def test_a_draft_without_a_question_or_with_a_choice_question_without_choices_is_refused():
    with pytest.raises(ValueError, match="needs a title"):
        named(Draft("T", (EN,), ()))
    with pytest.raises(ValueError, match="no choices"):
        sheets(Draft("T", (EN,), (DraftQuestion("one", {EN: "Q"}),)))
    with pytest.raises(ValueError, match="too many"):
        named(replace(ticket(), questions=ticket().questions * 60))


def test_what_the_builder_cannot_show_is_refused_with_its_row():
    rules = b"""
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B of ${a} | ${a} = 1 |
| | begin_repeat | r | R | |
| | text | c | C | |
| | end_repeat | | | |
"""
    with pytest.raises(FormRefused) as refused:
        opened(rules)

    said = {(one.code, one.sheet, one.row, one.detail["what"]) for one in refused.value.problems}
    assert said == {
        ("not_simple", "survey", 3, "relevant = ${a} = 1"),
        ("not_simple", "survey", 3, "B of ${a}"),
        ("not_simple", "survey", 4, "begin_repeat"),
        ("not_simple", "survey", 6, "end_repeat"),
    }


def climate() -> Draft:
    """A scale of two items, and a question for those who chose something, once of one and once of several."""
    steps = tuple(DraftChoice({EN: str(step)}, str(step)) for step in range(1, 6))
    ways = (DraftChoice({EN: "By bus"}), DraftChoice({EN: "On foot"}))
    return Draft(
        "Climate",
        (EN,),
        (
            DraftQuestion("scale", {EN: "We trust"}, name="trust", choices=steps, dimension="Trust"),
            DraftQuestion(
                "scale", {EN: "We hide"}, name="hide", choices=steps, dimension="Trust", reverse=True
            ),
            DraftQuestion("many", {EN: "How?"}, name="how", choices=ways),
            DraftQuestion("text", {EN: "Why so low?"}, only_if=("trust", "1")),
            DraftQuestion("text", {EN: "Which bus?"}, only_if=("how", "by_bus")),
        ),
    )


def test_who_is_asked_and_what_is_measured_go_there_and_back():
    draft = named(climate())

    assert opened(as_xlsx(draft)) == draft
    relevant = [node.relevant.source for node in read_form(as_xlsx(draft)).questions if node.relevant]
    assert [rule.split() for rule in relevant] == [
        ["/data/trust", "=", "'1'"],
        ["selected(", "/data/how", ",", "'by_bus')"],
    ]


@pytest.mark.parametrize("rule", [("nobody", "1"), ("trust", "9"), ("why_so_low", "1"), ("which_bus", "x")])
def test_a_question_that_waits_for_what_nobody_can_choose_before_is_refused(rule: tuple[str, str]):
    draft = named(climate())
    waiting = replace(draft.questions[3], only_if=rule)

    with pytest.raises(ValueError, match="waits for"):
        sheets(replace(draft, questions=(*draft.questions[:3], waiting, draft.questions[4])))


@pytest.mark.parametrize(
    ("rule", "simple"),
    [
        ("${trust}='1'", True),
        ('selected( ${trust} , "1" )', True),
        ("${trust} = '7'", False),
        ("${trust} > 1", False),
        ("${nobody} = '1'", False),
        ("${trust} = '1' or ${trust} = '2'", False),
        ("${how} = 'by_bus'", False),  # of several choices this is another question
    ],
)
def test_only_simple_rules_are_opened(rule: str, simple: bool):
    form = f"""
| survey |
| | type | name | label | relevant |
| | select_one s | trust | T | |
| | select_multiple h | how | H | |
| | text | b | B | {rule} |
| choices |
| | list_name | name | label |
| | s | 1 | One |
| | h | by_bus | By bus |
"""
    if simple:
        assert opened(form.encode()).questions[2].only_if == ("trust", "1")
        return
    with pytest.raises(FormRefused) as refused:
        opened(form.encode())
    assert [one.detail["what"] for one in refused.value.problems] == [f"relevant = {rule}"]

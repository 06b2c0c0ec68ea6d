"""The quick builder: a form is drawn button by button, saved, changed, and taken through a spreadsheet."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from tejido.instruments import services
from tejido.instruments.forms.sketch import MOST_LINES, Line, Option, Sketch
from tejido.instruments.forms.sketch_page import carried, options_of, sketch_of
from tejido.instruments.models import Instrument, Response
from tejido.instruments.shelf import shelf
from tejido.instruments.tests import factories as make
from tejido_forms.building import as_xform, as_xlsx, named
from tejido_forms.opening import opened
from tejido_forms.reading import read_form

ES, EN = "Español (es)", "English (en)"


class Page:
    """What a browser without script has of the builder: its controls, and buttons that send all of them."""

    def __init__(self, client, url):
        self.client, self.url = client, url
        self._take(client.get(url))

    def _take(self, response):
        self.response = response
        self.status = response.status_code
        self.sent = {}
        if self.status in {200, 422}:
            self.html = response.content.decode()
            self.sketch = response.context["sketch"]
            self._controls(response.context)

    def _controls(self, shown):
        sketch = self.sketch
        self.sent = {
            "title": sketch.title, "kind": sketch.kind, "speaks": sketch.speaks, "form_id": sketch.form_id,
            "languages": list(sketch.languages), "language": list(sketch.languages),
            "q": [one.line.key for one in shown["lines"]],
        }  # fmt: skip
        for one in shown["lines"]:
            line, key = one.line, one.line.key
            self.sent |= {
                f"{key}-was": one.carried,
                f"{key}-label": one.label,
                f"{key}-kind": line.kind,
                f"{key}-hint": one.hint,
            }
            if line.chooses:
                self.sent[f"{key}-options"] = one.options
            if line.required:
                self.sent[f"{key}-required"] = "on"
            if line.kind == "scale":
                self.sent[f"{key}-dimension"] = line.dimension
                if line.reverse:
                    self.sent[f"{key}-reverse"] = "on"
            if line.only_if:
                self.sent[f"{key}-if"] = "{}:{}".format(*line.only_if)
        if shown["removed"]:
            self.sent |= {
                f"removed-{name}": value for name, value in shown["removed"].items() if name != "carried"
            }
            self.sent["removed-was"] = shown["removed"]["carried"]

    def press(self, act, **typed):
        typed = {name.replace("_", "-"): value for name, value in typed.items()}
        self._take(self.client.post(self.url, self.sent | typed | {"act": act}))
        return self

    def saved(self):
        assert self.status == 302, re.findall(r'<a href="#[^"]+">([^<]+)', self.html)
        return self.response["Location"]


@pytest.fixture
def builder(client, cast):
    client.force_login(cast.rosa)
    return Page(client, reverse("instruments:build", args=[cast.node.pk]))


@pytest.mark.django_db
def test_a_form_is_drawn_and_saved_without_a_script(builder, cast):
    builder.press("add:yes_no", title="Salida")
    builder.press("add:scale", k1_label="Was it useful?")
    builder.press("add:text", k2_label="How useful?", k2_required="on", k2_dimension="Use")
    assert 'value="k1:2"' in builder.html  # the choices above can be waited for
    to = builder.press("save", k3_label="What for?", k3_if="k1:1", k3_hint="One example").saved()

    made = Instrument.objects.get()
    assert to == reverse("instruments:instrument", args=[made.pk])
    assert (made.title, made.form_id, made.community) == ("Salida", "salida", cast.node)
    version = made.versions.get()
    draft = opened(bytes(version.source))
    assert [(one.kind, one.name, one.required) for one in draft.questions] == [
        ("one", "was_it_useful", False), ("scale", "how_useful", True), ("text", "what_for", False),
    ]  # fmt: skip
    assert [choice.name for choice in draft.questions[1].choices] == ["1", "2", "3", "4", "5"]
    assert draft.questions[2].only_if == ("was_it_useful", "yes")
    assert draft.questions[2].hints == {EN: "One example"}
    assert [(item.path, item.dimension) for item in made.scales.get().items.all()] == [
        ("/data/how_useful", "")
    ]
    assert made.scales.get().name == "Use"


@pytest.mark.django_db
def test_what_is_missing_is_said_beside_it_and_nothing_is_saved(builder):
    builder.press("save")
    assert builder.status == 422
    builder.press("add:one").press("add:note").press("save", title="T", k1_options="Only one")

    assert builder.status == 422
    for sentence in (
        "1. Write the question.",
        "1. Write at least two choices, one on each line.",
        "2. Write the question.",
    ):
        assert sentence in builder.html
    assert 'href="#k1-options"' in builder.html and 'id="k1-options"' in builder.html
    assert builder.sent["k1-options"] == "Only one"  # nothing that was typed is gone
    assert not Instrument.objects.exists()


@pytest.mark.django_db
def test_questions_are_moved_copied_removed_and_brought_back(builder):
    builder.press("add:text").press("add:date", k1_label="First").press("down:k1", k2_label="Second")
    assert builder.sent["q"] == ["k2", "k1"]
    builder.press("copy:k2").press("remove:k1")
    assert builder.sent["q"] == ["k2", "k3"]
    assert "Bring it back" in builder.html
    builder.press("restore:")
    assert builder.sent["q"] == ["k2", "k3", "k1"]
    assert [builder.sent[f"{key}-label"] for key in builder.sent["q"]] == ["Second", "Second", "First"]
    assert "Bring it back" not in builder.html
    builder.press("up:k2").press("down:k1").press("nonsense:k9")
    assert builder.sent["q"] == ["k2", "k3", "k1"]


@pytest.mark.django_db
def test_a_question_that_is_moved_above_the_one_it_waits_for_is_not_saved(builder):
    builder.press("add:yes_no", title="T").press("add:text", k1_label="Really?")
    builder.press("up:k2", k2_label="Why?", k2_if="k1:1").press("save")

    assert builder.status == 422
    assert "waits for is not there before it" in builder.html
    assert builder.press("down:k2").press("save").status == 302


@pytest.mark.django_db
def test_a_form_learns_a_second_language_and_what_it_lacks_stays_in_the_first(builder):
    builder.press("add:many", title="T").press(
        "look", k1_label="What for?", k1_options="Class\nHome", language=[EN, ES]
    )
    builder.press(f"speak:{ES}")
    assert "What for?" in builder.html  # what it says in the first language helps who translates
    assert builder.sent["k1-label"] == ""
    builder.press("save", k1_label="¿Para qué?", k1_options="Aula").saved()

    draft = opened(bytes(Instrument.objects.get().versions.get().source))
    assert draft.languages == (EN, ES)
    question = draft.questions[0]
    assert (question.name, question.labels) == ("what_for", {EN: "What for?", ES: "¿Para qué?"})
    assert [one.labels for one in question.choices] == [{EN: "Class", ES: "Aula"}, {EN: "Home", ES: "Home"}]


@pytest.mark.django_db
def test_changing_a_form_makes_a_new_version_and_answers_to_the_old_one_stay(client, cast):
    client.force_login(cast.rosa)
    made = services.use_template(cast.node, shelf()["exit_ticket"], "en", actor=cast.rosa)
    first = made.versions.get()
    given = make.collection(cast.node, version=first)
    answer = make.answered(given, useful="5", next_week="yes")
    page = Page(client, reverse("instruments:edit", args=[made.pk]))
    assert page.sketch.title == "Exit ticket"

    page.press("remove:k3").press("add:text").press("save", title="Our ticket", k7_label="And?").saved()

    newest = made.versions.first()
    assert newest != first
    assert [node.name for node in read_form(bytes(newest.source)).questions] == [
        "useful", "quality", "next_week", "take", "change", "and",
    ]  # fmt: skip
    answer.refresh_from_db()
    assert (answer.version, answer.state) == (first, Response.State.ACCEPTED)
    assert answer.answers.filter(path="/data/useful").get().text == "5"
    made.refresh_from_db()
    assert (made.title, made.form_id) == ("Our ticket", "exit_ticket")
    assert [item.path for item in made.scales.get().items.all()] == ["/data/useful", "/data/quality"]


@pytest.mark.django_db
def test_saving_without_a_change_says_so(client, cast):
    client.force_login(cast.rosa)
    made = services.use_template(cast.node, shelf()["exit_ticket"], "en", actor=cast.rosa)
    page = Page(client, reverse("instruments:edit", args=[made.pk])).press("save")

    assert page.status == 422
    assert "Nothing is different" in page.html
    assert made.versions.count() == 1


@pytest.mark.django_db
def test_a_form_goes_through_excel_and_opens_again_as_it_was(client, cast):
    client.force_login(cast.rosa)
    made = services.use_template(cast.node, shelf()["exit_ticket"], "es", actor=cast.rosa)
    taken = client.get(reverse("instruments:source", args=[made.versions.get().pk]))
    file = b"".join(taken) if taken.streaming else taken.content
    again = as_xlsx(opened(file))  # as somebody saves it who changed nothing

    assert opened(again) == opened(file)
    assert read_form(again).xform == read_form(file).xform
    sketch = Page(client, reverse("instruments:edit", args=[made.pk])).sketch
    assert as_xform(named(sketch.draft())) == read_form(file).xform


@pytest.mark.django_db
def test_the_scale_that_was_corrected_on_its_page_is_the_one_that_the_builder_shows(client, cast):
    client.force_login(cast.rosa)
    made = services.use_template(cast.node, shelf()["exit_ticket"], "en", actor=cast.rosa)
    parts = [services.Part("/data/useful", "", False), services.Part("/data/voice", "", True)]
    services.define_scale(made, "Rating of the gathering", parts, actor=cast.rosa)

    lines = Page(client, reverse("instruments:edit", args=[made.pk])).sketch.lines

    assert [(line.dimension, line.reverse) for line in lines[:3]] == [
        ("Rating of the gathering", False), ("", False), ("Rating of the gathering", True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_scale_of_which_nothing_is_left_is_taken_away(client, cast):
    client.force_login(cast.rosa)
    made = services.use_template(cast.node, shelf()["exit_ticket"], "en", actor=cast.rosa)
    page = Page(client, reverse("instruments:edit", args=[made.pk]))
    page.press("save", title="T", k1_dimension="", k2_dimension="", k3_dimension="", k4_label="Next?").saved()

    assert not made.scales.exists()


@pytest.mark.django_db
def test_a_form_that_says_more_is_changed_in_a_spreadsheet(client, cast):
    client.force_login(cast.rosa)
    made = make.instrument(cast.node, make.brought(make.PHONE))
    html = client.get(reverse("instruments:edit", args=[made.pk])).content.decode()

    assert reverse("instruments:source", args=[made.versions.get().pk]) in html
    assert reverse("instruments:bring_version", args=[made.pk]) in html
    assert "Sheet survey, row 2" in html and "deviceid" in html


@pytest.mark.django_db
def test_the_telephone_beside_it_shows_what_is_there_and_htmx_gets_parts(builder):
    builder.press("add:one").press("look", title="Mine")
    assert "phone-title" in builder.html and "…" in builder.html
    htmx = {"headers": {"hx-request": "true"}}
    part = builder.client.post(builder.url, builder.sent | {"act": "preview", "k1-label": "Typed"}, **htmx)
    assert "Typed" in part.content.decode() and "<form" not in part.content.decode()
    whole = builder.client.post(builder.url, builder.sent | {"act": "add:note"}, **htmx).content.decode()
    assert 'id="k2"' in whole and "<html" not in whole
    wrong = builder.client.post(builder.url, builder.sent | {"act": "save"}, **htmx)
    assert wrong.status_code == 422
    typed = builder.sent | {"act": "save", "k1-label": "Which?", "k1-options": "A\nB"}
    saved = builder.client.post(builder.url, typed, **htmx)
    assert saved["HX-Redirect"] == reverse("instruments:instrument", args=[Instrument.objects.get().pk])


@pytest.mark.django_db
def test_two_forms_of_one_title_live_side_by_side(builder):
    for _time in range(2):
        builder.press("add:text").press("give", title="Taller", k1_label="What?")
        builder = Page(builder.client, builder.url)

    assert sorted(Instrument.objects.values_list("form_id", flat=True)) == ["taller", "taller_2"]


@pytest.mark.django_db
def test_a_form_that_asks_for_people_is_drawn_here_and_never_given_by_link(builder, cast):
    builder.press("add:people", title="Who helps?").press("save", k1_label="Whom do you ask?").saved()
    made = Instrument.objects.get()

    assert made.versions.get().files.count() == 0
    assert [one.kind for one in opened(bytes(made.versions.get().source)).questions] == ["people"]
    give = reverse("instruments:give", args=[cast.node.pk, made.pk])
    asked = {"title": "T", "audience": "link", "names": "named", "link": "on"}
    assert builder.client.post(give, asked).status_code == 422


RIGHTS = [("ana", 404), ("rosa", 200), ("tomas", 200), ("ines", 404), ("sole", 404), ("ze", 404)]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status"), RIGHTS)
def test_who_runs_the_community_draws_its_forms(client, cast, who, status, django_assert_max_num_queries):
    made = services.use_template(cast.node, shelf()["exit_ticket"], "en", actor=cast.rosa)
    urls = [
        reverse("instruments:build", args=[cast.node.pk]) + "?from=exit_ticket",
        reverse("instruments:edit", args=[made.pk]),
    ]
    for url in urls:
        client.logout()
        assert client.get(url).status_code == client.post(url).status_code == 302
        client.force_login(getattr(cast, who))
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == status
        assert client.post(url, {"act": "look"}).status_code == status
        assert client.post(url, {"act": "save"}).status_code == (422 if status == 200 else 404)
    assert Instrument.objects.count() == made.versions.count() == 1


# What is carried by the page --------------------------------------------------------------------

WAS = Line(
    "k1", "one", options=(Option(1, {EN: "Yes", ES: "Sí"}, "yes"), Option(2, {EN: "No", ES: "No"}, "no"))
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Yes\nNo", [(1, "Yes"), (2, "No")]),
        ("No\r\nYes", [(2, "No"), (1, "Yes")]),
        ("Yes!\nNo", [(1, "Yes!"), (2, "No")]),
        ("Yes\nPerhaps\nNo", [(1, "Yes"), (3, "Perhaps"), (2, "No")]),
        ("No", [(2, "No")]),
        ("Perhaps", [(3, "Perhaps")]),
        ("\n Yes \n\n", [(1, "Yes")]),
        ("", []),
    ],
)
def test_a_choice_stays_the_same_wherever_it_is_moved(typed, expected):
    options = options_of(WAS, typed, EN, True)

    assert [(one.id, one.labels[EN]) for one in options] == expected
    assert all(one.name == {1: "yes", 2: "no"}.get(one.id, "") for one in options)


def test_in_another_language_the_place_decides_and_no_choice_is_lost():
    options = options_of(WAS, "Claro", ES, False)

    assert [(one.id, one.labels) for one in options] == [
        (1, {EN: "Yes", ES: "Claro"}),
        (2, {EN: "No", ES: "No"}),
    ]


def test_a_scale_counts_on_when_it_gets_longer():
    scale = Line("k1", "scale", options=tuple(Option(n, {EN: str(n)}, str(n)) for n in range(1, 4)))

    assert [one.name for one in options_of(scale, "low\n2\n3\nhigh", EN, True)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "was",
    ["", "{", "[]", "null", '{"kind": 7}', '{"kind":"text","options":[[1]]}', "[" * 5000, '{"kind":"x"}'],
)
def test_what_somebody_else_wrote_into_the_page_breaks_nothing(was):
    data = QueryDict(mutable=True)
    data.setlist("q", ["k1", "k1", "kx", "../../x", ""])
    data.update(
        {"k1-was": was, "k1-kind": "geopoint", "k1-if": "k9:99999999999", "kind": "?", "removed-place": "-1"}
    )

    sketch = sketch_of(data, "es")

    assert sketch.lines == [Line("k1", "text", {}, {})]
    assert sketch.languages == (ES,) and sketch.kind == "survey"
    sketch.do("speak:Klingon")
    sketch.do("restore:")
    assert sketch.shown() is not None


def test_a_page_takes_no_more_questions_than_a_server_takes_fields():
    sketch = Sketch.empty("en")
    for _number in range(MOST_LINES + 5):
        sketch.do("add:scale")
    sketch.do("copy:k1")

    assert len(sketch.lines) == MOST_LINES
    data = QueryDict(mutable=True)
    data.setlist("q", [line.key for line in sketch.lines])
    for line in sketch.lines:
        data[f"{line.key}-was"] = carried(line)
    assert sketch_of(data, "en").lines == sketch.lines

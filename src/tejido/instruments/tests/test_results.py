"""What answers come to: counted right, hidden where few, and never telling who."""

from __future__ import annotations

import pytest

from tejido.communities.tests.factories import MembershipFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.instruments import services
from tejido.instruments.models import Response, Sorted, Topic
from tejido.instruments.selectors import compare, key_of, open_answers, rate_of, results_of
from tejido.instruments.services import Part
from tejido.instruments.tests import factories as make

pytestmark = pytest.mark.django_db
EN = "English (en)"

CLIMATE = """
| survey  |                    |         |                            |
|         | type               | name    | label                      |
|         | select_one place   | place   | Where do you teach?        |
|         | select_one agree   | heard   | People here listen to me   |
|         | select_one agree   | alone   | I am left alone here       |
|         | select_one agree   | calm    | Classes are calm           |
|         | integer            | years   | Years of teaching          |
| choices |                    |         |                            |
|         | list_name          | name    | label                      |
|         | place              | rural   | In the country             |
|         | place              | urban   | In town                    |
|         | agree              | 1       | Not at all                 |
|         | agree              | 2       | Hardly                     |
|         | agree              | 3       | Somewhat                   |
|         | agree              | 4       | Very much                  |
| settings |                   |         |                            |
|         | form_id            | version |                            |
|         | climate            | 1       |                            |
"""


def asked(results, name):
    return next(one for one in results.questions if one.path.endswith(f"/{name}"))


def test_the_rate_counts_those_who_are_asked_and_what_counts(cast):
    people = [MembershipFactory(community=cast.node).person for _ in range(3)]
    collection = make.collection(cast.node)
    make.answered(collection, more={"person": people[0]}, useful="si")
    make.answered(collection, more={"person": people[0]}, useful="no")
    rate = rate_of(collection)
    assert (rate.came, rate.asked, rate.waiting) == (1, 4, 1)
    assert rate.share == pytest.approx(0.25)


def test_whoever_has_a_link_is_nobody_in_particular(cast):
    collection = make.collection(cast.node, audience="link")
    make.answered(collection, useful="si")
    assert rate_of(collection).asked is None
    assert rate_of(collection).share is None


def test_choices_numbers_and_words_are_counted(cast):
    collection = make.collection(cast.node)
    for useful, mark, uses in (("si", "4", "kit guide"), ("si", "5", "kit"), ("no", "", "")):
        values = {"useful": useful, "mark": mark, "uses": uses, "give": "tiempo"}
        make.answered(collection, **{name: value for name, value in values.items() if value})
    results = results_of(collection, EN, suppress=False)
    useful, mark, uses = (asked(results, name) for name in ("useful", "mark", "uses"))
    assert [(cell.label, cell.count) for cell in useful.cells] == [("Yes", 2), ("No", 1)]
    assert [(cell.label, cell.count) for cell in uses.cells] == [("The kit", 2), ("The guide", 1)]
    assert (uses.n, uses.many) == (2, True)
    assert (mark.mean, [(cell.label, cell.count) for cell in mark.cells]) == (4.5, [("4", 1), ("5", 1)])
    assert (asked(results, "give").kind, asked(results, "give").n) == ("text", 3)


def test_for_those_who_do_not_run_it_small_counts_are_hidden_and_their_neighbours_too(cast):
    collection = make.collection(cast.node)
    for useful in ["si"] * 7 + ["no"]:
        make.answered(collection, useful=useful)
    shown = results_of(collection, EN, suppress=True)
    assert [cell.count for cell in asked(shown, "useful").cells] == [None, None]
    assert [cell.count for cell in asked(results_of(collection, EN, suppress=False), "useful").cells] == [
        7,
        1,
    ]


def test_an_anonymous_collection_shows_nothing_before_five_have_answered(cast):
    collection = make.collection(cast.node, anonymous=True)
    for _ in range(4):
        make.answered(collection, useful="si")
    assert results_of(collection, EN, suppress=False).hidden
    make.answered(collection, useful="no")
    assert not results_of(collection, EN, suppress=False).hidden


def scale_of_climate(cast):
    collection = make.collection(cast.node, make.brought(CLIMATE), kind="survey")
    services.define_scale(
        collection.version.instrument, "Climate",
        [Part("/data/heard", "Trust"), Part("/data/alone", "Trust", reverse=True), Part("/data/calm", "Order")],
        actor=cast.rosa,
    )  # fmt: skip
    return collection


def test_a_scale_turns_what_is_worded_the_other_way_and_keeps_the_missing_rule(cast):
    collection = scale_of_climate(cast)
    make.answered(collection, heard="4", alone="1", calm="2")
    make.answered(collection, heard="2")  # half of the dimension: enough
    make.answered(collection, place="rural")  # nothing of it
    trust, order = results_of(collection, "", suppress=False).scales
    assert (trust.dimension, trust.scored.n, trust.scored.mean, trust.scored.without) == ("Trust", 2, 3.0, 1)
    assert (order.dimension, order.scored.n, order.scored.mean) == ("Order", 1, 2.0)
    assert trust.ends == (1.0, 4.0)


def test_only_who_runs_the_community_says_what_makes_a_scale(cast):
    collection = scale_of_climate(cast)
    instrument = collection.version.instrument
    for stranger in (cast.ana, cast.ze, cast.ines):
        with pytest.raises(NotAllowed):
            services.define_scale(instrument, "Mine", [Part("/data/calm")], actor=stranger)
    with pytest.raises(Refusal) as refused:
        services.define_scale(instrument, "Mine", [Part("/data/nothing")], actor=cast.rosa)
    assert refused.value.code == "unknown_question"
    assert instrument.scales.count() == 1


def test_groups_below_five_are_hidden_and_so_is_what_would_give_them_away(cast):
    collection = scale_of_climate(cast)
    for place, number in (("rural", 3), ("urban", 6)):
        for _ in range(number):
            make.answered(collection, place=place, heard="4", years="10")
    lines = {line["label"]: line["cells"] for line in compare(collection, "/data/place", "")}
    assert [cell["value"] for cell in lines["Climate: Trust"]] == [None, None]
    for _ in range(2):
        make.answered(collection, place="rural", heard="2", years="5")
    lines = {line["label"]: line["cells"] for line in compare(collection, "/data/place", "")}
    assert [(cell["key"], cell["people"]) for cell in lines["Years of teaching"]] == [
        ("In the country", 5),
        ("In town", 6),
    ]
    assert [cell["value"] for cell in lines["Climate: Trust"]] == [pytest.approx(3.2), 4.0]


def test_open_answers_are_put_under_topics_by_hand_and_counted(cast):
    collection = make.collection(cast.node)
    time, kit = (make.answered(collection, useful="si", give=words) for words in ("tiempo", "un kit"))
    topic = services.name_topic(collection, "/data/give", "  Tiempo  propio ", actor=cast.rosa)
    again = services.name_topic(collection, "/data/give", "Tiempo propio", actor=cast.rosa)
    assert topic == again
    chosen = {key_of(str(time.pk), ""): [topic.pk, 999_999], key_of(str(kit.pk), ""): []}
    services.sort_answers(collection, "/data/give", {**chosen, "nobody": [topic.pk]}, actor=cast.rosa)
    answers, topics = open_answers(collection, "/data/give")
    assert {one.text: one.topics for one in answers} == {"tiempo": {topic.pk}, "un kit": frozenset()}
    assert [(one.topic.name, one.count) for one in topics] == [("Tiempo propio", 1)]
    with pytest.raises(NotAllowed):
        services.sort_answers(collection, "/data/give", chosen, actor=cast.ines)
    services.drop_topic(topic, actor=cast.rosa)
    assert not Topic.objects.exists()
    assert not Sorted.objects.exists()


def test_making_answers_again_keeps_the_topics(cast):
    collection = make.collection(cast.node)
    response = make.answered(collection, useful="si", give="tiempo")
    topic = services.name_topic(collection, "/data/give", "Tiempo", actor=cast.rosa)
    services.sort_answers(collection, "/data/give", {str(response.pk): [topic.pk]}, actor=cast.rosa)
    services.derive_again(collection.version.instrument, actor=cast.rosa)
    assert [one.count for one in open_answers(collection, "/data/give")[1]] == [1]


def test_a_late_answer_counts_once_somebody_says_so(cast):
    collection = make.collection(cast.node)
    services.close_collection(collection, actor=cast.rosa)
    collection.refresh_from_db()
    late = make.answered(collection, useful="si")
    assert rate_of(collection).came == 0
    with pytest.raises(NotAllowed):
        services.settle_response(late, counts=True, actor=cast.ana)
    assert services.settle_response(late, counts=True, actor=cast.rosa).state == Response.State.ACCEPTED
    assert rate_of(collection).came == 1
    services.settle_response(late, counts=False, actor=cast.rosa)
    assert rate_of(collection).came == 0

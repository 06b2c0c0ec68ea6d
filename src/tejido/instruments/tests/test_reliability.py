"""How far scales can be relied on, groups of people, and what changed: the numbers are those of the library."""

from __future__ import annotations

import csv
import os
import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Post, Purpose
from tejido.directory.services import answer_consent
from tejido.directory.tests.factories import (
    PersonFactory,
    PostFactory,
    SchoolFactory,
    TerritoryFactory,
    consents,
)
from tejido.instruments import selectors, services
from tejido.instruments.figures import CAUTIONS
from tejido.instruments.models import Answer, Collection
from tejido.instruments.scoring import Keyed, score
from tejido.instruments.selectors import ScaleResult
from tejido.instruments.selectors.groups import groups_of_people
from tejido.instruments.selectors.scales import answers_of
from tejido.instruments.services import Part
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import words
from tejido_analytics import reasons
from tejido_analytics.effects import change_of_groups, change_of_people
from tejido_analytics.scales import OmegaOptions, cronbach, omega

pytestmark = pytest.mark.django_db

AGREEABLE = """
| survey   |               |      |                                         |
|          | type          | name | label                                   |
|          | select_one six | A1  | Am indifferent to the feelings of others |
|          | select_one six | A2  | Inquire about others' well-being        |
|          | select_one six | A3  | Know how to comfort others              |
|          | select_one six | A4  | Love children                           |
|          | select_one six | A5  | Make people feel at ease                |
|          | integer        | age | Age                                     |
| choices  |               |      |                                         |
|          | list_name     | name | label                                   |
|          | six           | 1    | Very inaccurate                         |
|          | six           | 2    | 2                                       |
|          | six           | 3    | 3                                       |
|          | six           | 4    | 4                                       |
|          | six           | 5    | 5                                       |
|          | six           | 6    | Very accurate                           |
| settings |               |      |                                         |
|          | form_id       |      |                                         |
|          | agreeable     |      |                                         |
"""
ITEMS = ("A1", "A2", "A3", "A4", "A5")
PARTS = [Part(f"/data/{name}", reverse=name == "A1") for name in ITEMS]


def bfi(most: int | None = None) -> list[dict[str, str]]:
    folder = Path(os.environ.get("TEJIDO_REAL_DATA", "../shared/data/real")) / "reliability-psych"
    if not folder.is_dir():
        pytest.skip("the published answers are not here")
    with (folder / "bfi.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))[:most]
    return [{name: row[name] for name in (*ITEMS, "age") if row[name] != "NA"} for row in rows]


def agreeable(community, instrument=None, **terms) -> Collection:
    given = make.collection(
        community,
        make.brought(AGREEABLE) if instrument is None else None,
        **({"version": instrument.versions.get()} if instrument else {}),
        **terms,
    )
    if instrument is None:
        services.define_scale(given.version.instrument, "Agreeableness", PARTS, actor=system_account())
    return given


def as_array(rows) -> np.ndarray:
    found = np.array([[float(row.get(name, "nan")) for name in ITEMS] for row in rows])
    found[:, 0] = 7 - found[:, 0]
    return found


def result(collection: Collection) -> ScaleResult:
    return selectors.scales_of(collection, selectors.definition_of(collection.version))[0]


# Reliability ---------------------------------------------------------------------------------------


@pytest.mark.real_data
def test_published_answers_brought_in_as_a_form_have_the_reliability_that_the_library_finds(client, cast):
    rows = bfi(60)
    collection = agreeable(cast.node)
    for row in rows:
        make.answered(collection, **row)
    theirs = cronbach(as_array(rows))
    ours = selectors.reliability_with_interval(result(collection))
    for one, other in (
        (ours.alpha, theirs),
        (ours.omega, omega(as_array(rows), OmegaOptions(resamples=selectors.RESAMPLES)).total),
    ):
        assert one.n == other.n
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), abs=1e-9)

    client.force_login(cast.rosa)
    page = words(client.get(f"/collections/{collection.pk}/"))
    assert (
        f"α = {ours.alpha.value:.2f} [{ours.alpha.low:.2f}; {ours.alpha.high:.2f}] (n = {ours.alpha.n})"
        in page
    )
    assert f"ω total = {ours.omega.value:.2f} (n = {ours.omega.n})" in page
    detail = words(client.get(f"/collections/{collection.pk}/scales/"))
    assert f"ω total = {ours.omega.value:.2f} [" in detail
    assert re.search(r"Am indifferent to the feelings of others <span[^>]*>\(turned round\)", detail)


@pytest.mark.real_data
def test_all_2800_published_answers_give_the_published_alpha():
    keys = tuple(Keyed(part.path, part.reverse, 1, 6) for part in PARTS)
    rows = bfi()
    table = {
        str(number): {f"/data/{name}": float(row[name]) for name in ITEMS if name in row}
        for number, row in enumerate(rows)
    }
    found = ScaleResult("Agreeableness", "", keys, score(table, keys, 0.5), (1, 6), table)
    alpha = selectors.reliability(found).alpha
    assert alpha.value == pytest.approx(cronbach(as_array(rows)).value, abs=1e-9)
    assert alpha.value == pytest.approx(0.7030, abs=1e-3)  # psych::alpha(bfi[1:5], check.keys = TRUE)


def test_answers_outside_the_ends_and_missing_ones_are_no_numbers():
    keys = [Keyed("a", False, 1, 5), Keyed("b", True, 1, 5)]
    found = answers_of({"x": {"a": 4, "b": 2}, "y": {"a": 9}}, keys)
    assert np.array_equal(found, [[4, 4], [np.nan, np.nan]], equal_nan=True)


def test_with_few_answers_it_says_that_they_are_too_few(client, cast):
    collection = agreeable(cast.node)
    for answer in ("1", "4", "6", "2", "5"):
        make.answered(collection, **dict.fromkeys(ITEMS, answer))
    client.force_login(cast.rosa)
    page = words(client.get(f"/collections/{collection.pk}/"))
    assert "ω total: too few answers to say (n = 5)" in page

    few = agreeable(cast.sister)
    make.answered(few, **dict.fromkeys(ITEMS, "1"))
    assert "α" not in words(client.get(f"/collections/{few.pk}/"))
    assert "too few answers to say: fewer than five" in words(client.get(f"/collections/{few.pk}/scales/"))


# Groups of people ------------------------------------------------------------------------------------


def teacher(community, school=None, *, consent=True, function=Post.Function.TEACHER):
    person = PersonFactory()
    MembershipFactory(community=community, person=person)
    PostFactory(person=person, school=school or SchoolFactory(), function=function)
    if consent:
        consents(person, Purpose.ANALYTICS)
    return person


def answers_of_people(collection, people, age):
    for person in people:
        make.answered(collection, more={"person": person}, age=str(age))


def cells(collection, by):
    line = selectors.compare(collection, by, "")[0]
    return {cell["key"]: (cell["people"], cell["value"]) for cell in line["cells"]}


@pytest.mark.parametrize("by", ["@node", "@school", "@post", "@district"])
def test_answers_with_names_are_compared_by_what_is_known_of_people(cast, by):
    places = [TerritoryFactory(name=name) for name in ("North", "South")]
    schools = [SchoolFactory(name=place.name, territory=place) for place in places]
    collection = agreeable(cast.network)
    functions = (Post.Function.TEACHER, Post.Function.SENIOR_LEADER)
    for node, school, function, age in zip(
        (cast.node, cast.sister), schools, functions, (30, 50), strict=True
    ):
        people = [teacher(node, school, function=function) for _ in range(6)]
        answers_of_people(collection, people, age)
    names = {
        "@node": [cast.node.name, cast.sister.name],
        "@post": [str(one.label) for one in functions],
    }.get(by, ["North", "South"])
    assert cells(collection, by) == {names[0]: (6, 30.0), names[1]: (6, 50.0)}


def test_small_groups_and_what_would_give_them_away_are_hidden_also_who_did_not_agree(cast):
    collection = agreeable(cast.network)
    one, two = SchoolFactory(name="One"), SchoolFactory(name="Two")
    answers_of_people(collection, [teacher(cast.node, one) for _ in range(7)], 30)
    answers_of_people(collection, [teacher(cast.node, two) for _ in range(6)], 40)
    assert cells(collection, "@school") == {"One": (7, 30.0), "Two": (6, 40.0)}

    quiet = teacher(cast.node, two, consent=False)
    answers_of_people(collection, [quiet], 60)
    # The one who did not agree is in no group, and the rest is hidden with the smallest one shown.
    assert cells(collection, "@school") == {
        "One": (7, 30.0),
        "Two": (None, None),
        "Not known, or not agreed to": (None, None),
    }


def test_who_withdraws_consent_leaves_the_groups_at_once(cast):
    collection = agreeable(cast.network)
    people = [teacher(cast.node) for _ in range(3)]
    answers_of_people(collection, people, 30)
    assert len(groups_of_people(collection, "@post")) == 3
    answer_consent(people[0], Purpose.ANALYTICS, given=False, actor=system_account())
    assert len(groups_of_people(collection, "@post")) == 2


def test_anonymous_answers_have_no_groups_of_people(client, cast):
    collection = agreeable(cast.node, anonymous=True)
    for number in range(6):
        make.answered(collection, age=str(30 + number))
    form = selectors.definition_of(collection.version)
    assert not [key for key, _label in selectors.groupings_of(collection, form, "") if key.startswith("@")]
    assert groups_of_people(collection, "@school") == {}
    client.force_login(cast.rosa)
    assert (
        "@school"
        not in client.get(f"/collections/{collection.pk}/groups/", {"by": "@school"}).content.decode()
    )


def test_the_page_of_groups_asks_few_questions_of_the_database(client, cast, django_assert_max_num_queries):
    collection = agreeable(cast.network)
    answers_of_people(collection, [teacher(cast.node) for _ in range(8)], 30)
    client.force_login(cast.rosa)
    client.get(f"/collections/{collection.pk}/groups/")
    with django_assert_max_num_queries(24):
        page = client.get(f"/collections/{collection.pk}/groups/", {"by": "@node"})
    assert cast.node.name in words(page)


# Change ----------------------------------------------------------------------------------------------


def two_times(community, **terms):
    before = agreeable(community, **terms)
    after = make.collection(community, version=before.version, **terms)
    Collection.objects.filter(pk=before.pk).update(opens_at=timezone.now() - timedelta(days=200))
    before.refresh_from_db()
    return before, after


def test_only_who_answered_both_times_is_compared_and_the_number_is_the_library_s(client, cast):
    before, after = two_times(cast.node)
    schools = [SchoolFactory() for _ in range(3)]
    people = [teacher(cast.node, schools[number % 3]) for number in range(14)]
    first = np.array([20.0 + number for number in range(14)])
    second = first + np.array([number % 4 for number in range(14)])
    for number, person in enumerate(people):
        make.answered(before, more={"person": person}, age=f"{first[number]:g}")
        if number < 12:
            make.answered(after, more={"person": person}, age=f"{second[number]:g}")
    second[12:] = np.nan
    theirs = change_of_people(first, second, [str(number % 3) for number in range(14)])
    ours = {one.label: one.change for one in selectors.changes(before, after, "")}["Age"]
    assert (ours.before.n, ours.linked_by, ours.groups) == (12, "people", 3)
    assert ours.difference.value == pytest.approx(theirs.difference.value, abs=1e-9)
    assert (ours.difference.low, ours.g.value) == pytest.approx(
        (theirs.difference.low, theirs.g.value), abs=1e-9
    )

    client.force_login(cast.rosa)
    page = words(client.get(f"/collections/{before.pk}/change/"))
    assert "Only people who answered both times are compared" in page
    assert "Fewer than eight groups" in page
    chosen = words(client.get(f"/collections/{before.pk}/change/", {"with": after.pk}))
    said = r"Difference = [^<]*"
    assert re.findall(said, page) == re.findall(said, chosen) != []


def test_anonymous_answers_are_compared_as_two_crowds(client, cast):
    before, after = two_times(cast.node, anonymous=True)
    first, second = [20 + number for number in range(11)], [22 + number for number in range(12)]
    for collection, ages in ((before, first), (after, second)):
        for age in ages:
            make.answered(collection, age=str(age))
    ours = {one.label: one.change for one in selectors.changes(before, after, "")}["Age"]
    theirs = change_of_groups((np.array(first, float), None), (np.array(second, float), None))
    assert (ours.linked_by, ours.difference.value) == (
        theirs.linked_by,
        pytest.approx(theirs.difference.value),
    )
    client.force_login(cast.rosa)
    assert "nobody can tell who answered both times" in words(client.get(f"/collections/{after.pk}/change/"))


def test_of_few_answers_nothing_is_said(client, cast):
    before, after = two_times(cast.node)
    person = teacher(cast.node)
    for collection in (before, after):
        answers_of_people(collection, [person], 30)
    ours = {one.label: one.change for one in selectors.changes(before, after, "")}["Age"]
    assert (ours.difference.value, ours.difference.because) == (None, reasons.TOO_FEW_TO_SAY)
    client.force_login(cast.rosa)
    page = words(client.get(f"/collections/{after.pk}/change/"))
    assert "too few answers to say" in page
    assert "30.00" not in page


def test_a_form_given_out_once_says_what_is_missing(client, cast):
    collection = agreeable(cast.node)
    client.force_login(cast.rosa)
    assert "was given out only once" in words(client.get(f"/collections/{collection.pk}/change/"))


@pytest.mark.parametrize("page", ["scales", "change", "groups"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("rosa", 200), ("ines", 200), ("sole", 200), ("tomas", 200), ("ana", 404), ("ze", 404), (None, 302)],
)
def test_who_sees_what_the_answers_come_to(client, cast, page, who, status):
    collection = agreeable(cast.node)
    if who:
        client.force_login(getattr(cast, who))
    assert client.get(f"/collections/{collection.pk}/{page}/").status_code == status


def test_somebody_else_s_collection_is_none_to_compare_with(client, cast):
    mine, other = agreeable(cast.node), agreeable(cast.elsewhere)
    client.force_login(cast.rosa)
    assert client.get(f"/collections/{mine.pk}/change/", {"with": other.pk}).status_code == 404
    assert client.get(f"/collections/{mine.pk}/change/", {"with": "x"}).status_code == 404
    assert not Answer.objects.exists()


def test_every_caution_of_the_library_has_its_words():
    assert set(CAUTIONS) == reasons.CAUTIONS

"""Who sat with whom."""

from __future__ import annotations

from itertools import combinations

import pytest
from django.urls import reverse

from tejido.communities.tests.factories import MembershipFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.gatherings import services
from tejido.gatherings.models import Attendance
from tejido.gatherings.selectors import mixed, rounds_of, seated_people
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(cast):
    return GatheringFactory(community=cast.node)


@pytest.fixture
def people(cast, gathering):
    there = [MembershipFactory(community=cast.node).person for _n in range(6)]
    was_at(gathering, *there)
    return there


def test_a_round_is_recorded_replaced_and_removed(cast, gathering, people):
    a, b, c, *_rest = (person.pk for person in people)
    services.record_tables(gathering, 1, [[a, b], [c]], prompt="What works?", actor=cast.ines)
    services.record_tables(gathering, 1, [[a], [b, c]], prompt="What else works?", actor=cast.rosa)
    (shown,) = rounds_of(gathering)
    assert (shown.number, shown.prompt, shown.seated) == (1, "What else works?", 3)
    assert {table: {p.pk for p in there} for table, there in shown.tables.items()} == {1: {a}, 2: {b, c}}
    services.remove_round(gathering, 1, actor=cast.rosa)
    assert rounds_of(gathering) == []


def test_nobody_sits_at_two_tables_and_nothing_is_written(cast, gathering, people):
    a, b, *_rest = (person.pk for person in people)
    with pytest.raises(Refusal) as refusal:
        services.record_tables(gathering, 1, [[a, b], [b]], actor=cast.rosa)
    assert refusal.value.code == "two_tables_at_once"
    with pytest.raises(Refusal):
        services.record_tables(gathering, 1, [[], []], actor=cast.rosa)
    with pytest.raises(NotAllowed):
        services.record_tables(gathering, 1, [[a, b]], actor=cast.ana)
    assert rounds_of(gathering) == []


def test_tables_are_for_those_who_were_on_site(cast, gathering, people):
    online = MembershipFactory(community=cast.node).person
    was_at(gathering, online, status=Attendance.Status.ONLINE)
    assert {line.person for line in seated_people(gathering)} == set(people)
    assert online in {line.person for line in seated_people(gathering, also={online.pk})}


def test_before_anybody_is_marked_all_who_may_come_can_be_seated(cast):
    assert [line.person for line in seated_people(GatheringFactory(community=cast.node))] == [cast.ana.person]


@pytest.mark.parametrize(("count", "tables"), [(9, 3), (25, 5), (23, 5), (40, 7)])
def test_in_mixed_rounds_tables_are_even_and_nobody_sits_together_twice(count, tables):
    met = set()
    for number in range(1, 4):
        at = mixed(range(count), tables, number)
        sizes = [list(at.values()).count(table) for table in range(1, tables + 1)]
        assert max(sizes) - min(sizes) <= 1 or number > 1
        together = {pair for pair in combinations(range(count), 2) if at[pair[0]] == at[pair[1]]}
        assert not together & met
        met |= together


def test_the_page_proposes_and_saves_only_when_asked(client, cast, gathering, people):
    client.force_login(cast.rosa)
    address = reverse("gatherings:round", args=[gathering.pk, 1])
    proposed = client.get(address, {"split": "3"})
    assert sorted(line["value"] for line in boxes(proposed)) == ["1", "1", "2", "2", "3", "3"]
    assert rounds_of(gathering) == []
    sent = {f"table-{p.pk}": str(place % 2 + 1) for place, p in enumerate(people)}
    answer = client.post(address, {**sent, "prompt": "Why?"}, follow=True)
    assert "Round 1 is saved." in answer.text
    assert [len(there) for there in rounds_of(gathering)[0].tables.values()] == [3, 3]


def boxes(answer):
    from html.parser import HTMLParser

    class Boxes(HTMLParser):
        found: list[dict[str, str | None]] = []

        def handle_starttag(self, tag, attrs):
            if tag == "input" and (dict(attrs).get("name") or "").startswith("table-"):
                self.found.append(dict(attrs))

    reader = Boxes()
    reader.found = []
    reader.feed(answer.text)
    return reader.found


def test_a_table_number_that_is_none_comes_back_with_a_word(client, cast, gathering, people):
    client.force_login(cast.rosa)
    answer = client.post(
        reverse("gatherings:round", args=[gathering.pk, 1]), {f"table-{people[0].pk}": "far away"}
    )
    assert answer.status_code == 422
    assert rounds_of(gathering) == []

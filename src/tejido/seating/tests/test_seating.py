"""Tables are proposed, changed by hand, confirmed; who comes late or stays away moves few others."""

from __future__ import annotations

from itertools import combinations

import pytest
from django.urls import reverse

from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Seat
from tejido.gatherings.selectors import rounds_of
from tejido.gatherings.services import record_tables
from tejido.gatherings.tests.factories import was_at
from tejido.seating import selectors, services
from tejido.seating.models import Place, SeatingPlan
from tejido.seating.tests import factories as make
from tejido.seating.values import Trait, Wishes, judged, meetings

pytestmark = pytest.mark.django_db


def tables_in(plan):
    """[round][table] -> set of person ids."""
    return [
        [{one for one, table in at.items() if table == number} for number in sorted(set(at.values()))]
        for at in selectors.places_of(plan).values()
    ]


@pytest.fixture
def scene(cast):
    """Fifteen principals of three districts, three rounds at tables of five."""
    cast.gathering = make.coming(cast.node)
    cast.people = make.members(cast.node, 15)
    cast.plan = make.planned(cast.gathering, cast.people)
    return cast


def test_fifteen_people_of_three_districts_sit_mixed_and_meet_again_as_little_as_can_be(scene):
    services.propose(scene.plan, actor=scene.rosa)
    rounds = tables_in(scene.plan)
    assert [[len(table) for table in tables] for tables in rounds] == [[5, 5, 5]] * 3
    district = {one.pk: n % 3 for n, one in enumerate(scene.people)}
    for tables in rounds:
        for table in tables:
            counts = [sum(district[one] == d for one in table) for d in range(3)]
            assert max(counts) <= 2, "each table holds all three districts"
    again = sum(n * (n - 1) // 2 for n in meetings(t for r in rounds for t in r).values())
    assert again == 18, "any two rounds of three tables of five have at least six pairs in common"


def test_who_sat_together_before_sits_apart_now(scene):
    friends = [one.pk for one in scene.people[:3]]
    earlier = make.coming(scene.node, days=-30)
    record_tables(earlier, 1, [friends], actor=scene.rosa)
    was_at(earlier, *scene.people[:3])
    assert selectors.met_before(scene.gathering, friends)[tuple(sorted(friends[:2]))] == 1
    services.set_up(scene.gathering, actor=scene.rosa, rounds=1)
    services.propose(SeatingPlan.objects.get(), actor=scene.rosa)
    for table in tables_in(scene.plan)[0]:
        assert len(table & set(friends)) <= 1


def test_small_gatherings_count_as_having_met_and_large_ones_do_not(scene):
    small, large = make.coming(scene.node, days=-30), make.coming(scene.node, days=-20)
    was_at(small, *scene.people[:2])
    was_at(large, *scene.people)
    one, other, third = (person.pk for person in scene.people[:3])
    met = selectors.met_before(scene.gathering, [one, other, third])
    assert dict(met) == {tuple(sorted((one, other))): 1}


def test_rules_hold_before_wishes(scene):
    one, other, third, host, *_rest = scene.people
    services.add_pair(scene.plan, one, other, together=True, actor=scene.rosa)
    services.add_pair(scene.plan, third, one, together=False, actor=scene.rosa)
    services.keep_table(scene.plan, host, 2, actor=scene.rosa)
    services.propose(scene.plan, actor=scene.rosa)
    for at in selectors.places_of(scene.plan).values():
        assert at[one.pk] == at[other.pk] != at[third.pk]
        assert at[host.pk] == 2


def test_rules_that_cannot_hold_are_refused_by_name(scene):
    services.keep_table(scene.plan, scene.people[0], 9, actor=scene.rosa)
    with pytest.raises(Refusal) as refused:
        services.propose(scene.plan, actor=scene.rosa)
    assert "P000" in refused.value.message
    assert "there are 3 tables" in refused.value.message
    assert not Place.objects.exists()


@pytest.mark.parametrize(("many", "sizes"), [(2, [2]), (4, [4]), (6, [3, 3]), (11, [3, 4, 4])])
def test_odd_numbers_make_tables_that_differ_by_one(scene, many, sizes):
    plan = make.planned(scene.gathering, scene.people[:many])
    services.propose(plan, actor=scene.rosa)
    assert sorted(len(table) for table in tables_in(plan)[0]) == sizes


@pytest.mark.parametrize(("many", "says"), [(0, "Nobody is invited"), (1, "Only one person")])
def test_nobody_and_one_person_are_a_sentence(client, scene, many, says):
    make.planned(scene.gathering, scene.people[:many])
    client.force_login(scene.rosa)
    sent = client.post(reverse("seating:propose", args=[scene.gathering.pk]), follow=True)
    assert says in sent.text


def test_a_change_by_hand_says_what_it_costs_and_can_be_taken_back(client, scene):
    services.propose(scene.plan, actor=scene.rosa)
    before = selectors.places_of(scene.plan)
    person = scene.people[0].pk
    client.force_login(scene.rosa)
    address = reverse("seating:person", args=[scene.gathering.pk, 1, person])
    page = client.get(address).text
    assert "Swap with" in page
    assert "Another table for P000 in round 1" in page
    standing = selectors.standing_of(scene.plan)
    option = next(one for one in selectors.options_for(standing, 1, person) if one.swap)
    sent = client.post(address, {"table": option.table, "swap": option.swap}, follow=True)
    assert "Undo" in sent.text
    after = selectors.places_of(scene.plan)
    assert after[1][person] == before[1][option.swap]
    assert after[1][option.swap] == before[1][person]
    client.post(reverse("seating:take_back", args=[scene.gathering.pk]))
    assert selectors.places_of(scene.plan) == before


def test_the_cost_of_an_option_is_what_the_tables_would_cost(scene):
    services.propose(scene.plan, actor=scene.rosa)
    standing, person = selectors.standing_of(scene.plan), scene.people[0].pk
    whole = sum(table.cost for table in standing.judge(1).values())
    option = selectors.options_for(standing, 1, person)[-1]
    services.move(scene.plan, 1, person, table=option.table, swap=option.swap, actor=scene.rosa)
    later = sum(table.cost for table in selectors.standing_of(scene.plan).judge(1).values())
    assert later - whole == pytest.approx(option.change)


def test_what_speaks_against_a_table_is_said_in_words(client, scene):
    one, other = scene.people[0], scene.people[3]
    for days in (-60, -40, -20):
        earlier = make.coming(scene.node, days=days)
        record_tables(earlier, 1, [[one.pk, other.pk]], actor=scene.rosa)
    services.add_pair(scene.plan, one, other, together=True, actor=scene.rosa)
    services.set_up(scene.gathering, actor=scene.rosa, rounds=1)
    services.propose(SeatingPlan.objects.get(), actor=scene.rosa)
    client.force_login(scene.rosa)
    page = client.get(reverse("seating:board", args=[scene.gathering.pk])).text
    assert "P000 and P003 have met 3 times." in page
    assert "2 are of one school, School 0." in page


def test_confirmed_tables_are_the_rounds_of_the_gathering_and_each_sees_their_own(client, scene):
    make.planned(scene.gathering, [*scene.people, scene.ana.person])
    plan = SeatingPlan.objects.get()
    services.propose(plan, actor=scene.rosa)
    address = reverse("gatherings:gathering", args=[scene.gathering.pk])
    client.force_login(scene.ana)
    assert "My tables" not in client.get(address).text
    services.note_talks(plan, 1, {0: ("What did you try?", "")}, actor=scene.rosa)
    assert services.confirm(plan, actor=scene.rosa) == 3
    assert Seat.objects.count() == 16 * 3
    assert rounds_of(scene.gathering)[0].prompt == "What did you try?"
    page = client.get(address).text
    table = selectors.places_of(plan)[1][scene.ana.person.pk]
    assert "My tables" in page
    assert f"table {table}" in page
    services.move(plan, 1, scene.ana.person.pk, table=table % 4 + 1, actor=scene.rosa)
    assert "My tables" not in client.get(address).text, "changed tables are confirmed again first"


def test_fewer_rounds_leave_no_old_round_behind(scene):
    services.propose(scene.plan, actor=scene.rosa)
    services.confirm(scene.plan, actor=scene.rosa)
    services.set_up(scene.gathering, actor=scene.rosa, rounds=2)
    services.propose(SeatingPlan.objects.get(), actor=scene.rosa)
    services.confirm(SeatingPlan.objects.get(), actor=scene.rosa)
    assert [shown.number for shown in rounds_of(scene.gathering)] == [1, 2]


def test_ten_who_stay_away_of_two_hundred_move_fifteen_at_most(scene):
    people = make.members(scene.node, 200, at=make.schools(8))
    plan = make.planned(scene.gathering, people, rounds=5, size=8)
    services.propose(plan, actor=scene.rosa)
    before = selectors.places_of(plan)
    scene.gathering.invitations.filter(person__in=people[::20]).delete()
    moved = services.reseat(plan, actor=scene.rosa)
    after = selectors.places_of(plan)
    stay = set(after[1])
    assert stay == {one.pk for one in people} - {one.pk for one in people[::20]}
    really = {one for number in after for one in stay if after[number][one] != before[number][one]}
    assert moved == len(really) <= 15


def test_late_comers_get_a_place_and_rounds_that_are_over_stay(scene):
    services.propose(scene.plan, actor=scene.rosa)
    first = selectors.places_of(scene.plan)[1]
    scene.gathering.invitations.filter(person=scene.people[0]).delete()
    late = make.members(scene.node, 2, at=make.schools(1))
    for one in late:
        scene.gathering.invitations.create(person=one)
    services.reseat(scene.plan, settled=1, actor=scene.rosa)
    after = selectors.places_of(scene.plan)
    assert after[1] == first
    assert set(after[2]) == {one.pk for one in [*scene.people[1:], *late]}


def test_the_harvest_is_kept_by_table(client, scene):
    services.propose(scene.plan, actor=scene.rosa)
    client.force_login(scene.rosa)
    address = reverse("seating:talks", args=[scene.gathering.pk, 1])
    client.post(address, {"prompt-0": "Why?", "prompt-2": "And you?", "harvest-2": "A shared lab."})
    assert [(row.table, row.harvest) for row in selectors.harvest_of(scene.gathering)] == [
        (2, "A shared lab.")
    ]
    assert "A shared lab." in client.get(address).text


@pytest.mark.parametrize("what", ["cards", "badges", "poster"])
def test_sheets_are_pdf(client, scene, what):
    services.propose(scene.plan, actor=scene.rosa)
    client.force_login(scene.rosa)
    got = client.get(reverse("seating:printed", args=[scene.gathering.pk, what]))
    assert got.content.startswith(b"%PDF")


def test_the_list_for_rooms_runs_nothing(client, scene):
    scene.people[0].given_names = "=HYPERLINK(1)"
    scene.people[0].save()
    services.propose(scene.plan, actor=scene.rosa)
    client.force_login(scene.rosa)
    got = client.get(reverse("seating:as_table", args=[scene.gathering.pk])).getvalue().decode()
    assert got.count("\n") == 15 * 3 + 1
    assert "'=HYPERLINK(1)" in got


def test_a_table_of_strangers_costs_nothing():
    traits = {n: Trait(f"P{n}", district=f"D{n}", school="S") for n in range(3)}
    wishes = Wishes(traits, {"new_faces": 3, "district": 1})
    assert judged([0, 1, 2], wishes).cost == 0
    wishes = Wishes(traits, {"new_faces": 3, "district": 1, "school": 3}, {(0, 1): 2})
    told = judged([0, 1, 2], wishes)
    assert told.met == (((0, 1), 2),)
    assert told.cost == 3 * 10 * 2 + 3 * len(list(combinations(range(3), 2)))

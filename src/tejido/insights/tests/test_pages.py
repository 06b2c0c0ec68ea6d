"""The insight page as each of the cast reads it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from tejido.accounts.models import User
from tejido.directory.models import Purpose
from tejido.directory.tests.factories import SchoolFactory, TerritoryFactory, consents
from tejido.insights.models import TieNetwork
from tejido.insights.tests.factories import insight, met, teacher, teachers

pytestmark = pytest.mark.django_db


@pytest.fixture
def woven(cast):
    """A node of two districts: six people of one, four of the other, met three times; Ana among them."""
    north, south = TerritoryFactory(name="La Granja"), TerritoryFactory(name="Macul")
    cast.people = [
        teacher(cast.node, f"Nora{letter} Norte", school=SchoolFactory(territory=north))
        for letter in "abcdef"
    ]
    cast.people += [
        teacher(cast.node, f"Saul{letter} Sur", school=SchoolFactory(territory=south)) for letter in "abcd"
    ]
    consents(cast.ana.person, Purpose.ANALYTICS)
    met(cast.node, [*cast.people[:6], cast.ana.person], ago=200, title="Taller del agua")
    met(cast.node, cast.people[4:8], ago=100)
    met(cast.node, cast.people, ago=10, title="Encuentro de cierre")
    return cast


def page_of(client, actor: User, community, address="", name="insights:insight"):
    client.force_login(actor)
    return client.get(reverse(name, args=[community.pk]) + address)


WHO_SEES_WHAT = [  # who, the page, names, small groups, the file of ties, what needs attention
    ("ana", 200, False, False, 403, 404),
    ("rosa", 200, True, True, 200, 200),
    ("tomas", 200, True, True, 200, 200),
    ("ines", 200, True, False, 200, 200),
    ("sole", 200, False, False, 200, 404),
    ("ze", 404, False, False, 404, 404),
]


@pytest.mark.parametrize(("who", "opens", "names", "small", "ties", "attention"), WHO_SEES_WHAT)
def test_everybody_sees_as_much_as_they_may(client, woven, who, opens, names, small, ties, attention):
    actor = getattr(woven, who)
    answer = page_of(client, actor, woven.node)
    assert answer.status_code == opens
    said = answer.content.decode()
    assert ("Noraa Norte" in said) is names
    hidden = "rests on fewer than five people" in said
    if opens == 200:
        assert hidden is not small
    assert page_of(client, actor, woven.node, name="insights:ties_csv").status_code == ties
    assert page_of(client, actor, woven.node, name="insights:attention").status_code == attention


def test_no_page_of_a_member_carries_the_numbers_of_other_people(client, woven):
    said = page_of(client, woven.ana, woven.node).content.decode()
    numbers = {int(number) for number in re.findall(r'data-node="(-?\d+)"', said)}
    assert len(numbers) == 11
    assert [number for number in numbers if number > 0] == [woven.ana.person.pk]
    assert "person=" not in said


def test_a_researcher_reads_the_names_of_those_who_consented_to_research(client, woven):
    consents(woven.people[0], Purpose.PUBLICATION)
    said = page_of(client, woven.sole, woven.node).content.decode()
    assert "Noraa Norte" in said
    assert "Norab Norte" not in said
    rows = list(csv.reader(io.StringIO(ties_of(client, woven.sole, woven.node))))
    people = {name for row in rows[1:] for name in row[:2]}
    assert "Noraa Norte" in people
    assert all(name == "Noraa Norte" or name.startswith("member ") for name in people)


def ties_of(client, actor, community):
    answer = page_of(client, actor, community, name="insights:ties_csv")
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_who_withdraws_consent_is_gone_at_once_before_anything_is_computed_anew(client, woven):
    insight(woven.node)
    TieNetwork.objects.get()
    consents(woven.people[0], Purpose.ANALYTICS, given=False)
    said = page_of(client, woven.rosa, woven.node).content.decode()
    assert "Norab Norte" in said
    assert "Noraa Norte" not in said
    assert "left the drawing since, at their own wish" in said
    assert "Noraa Norte" not in ties_of(client, woven.rosa, woven.node)


def test_picking_a_person_works_without_script(client, woven):
    chosen = woven.people[4]
    said = page_of(client, woven.rosa, woven.node, f"?person={chosen.pk}").content.decode()
    assert "Ties of Norae Norte" in said
    assert "met 3 times" in said
    assert "Encuentro de cierre, Workshop, Taller del agua" in said  # the latest first
    assert "the strongest, are drawn" not in said
    strong = page_of(client, woven.rosa, woven.node, f"?person={chosen.pk}&times=3").content.decode()
    assert "met 1 time" not in strong.split('id="picked"')[1].split("</section>")[0]


def test_what_the_address_asks_for_and_makes_no_sense_falls_back(client, woven):
    for address in (
        "?period=next+year",
        "?period=2024-12-31:2024-01-01",
        "?group=shoe&times=many&person=x",
        f"?person={woven.ze.pk + 99999}",
        "?first=2024-01-01",
    ):
        answer = page_of(client, woven.rosa, woven.node, address)
        assert answer.status_code == 200, address
        assert b"Last 12 months" in answer.content


def test_any_two_dates_are_a_period(client, woven):
    said = page_of(client, woven.rosa, woven.node, "?first=2020-01-01&last=2020-12-31").content.decode()
    assert "There was no gathering in this period." in said
    assert "2020" in said


def test_a_number_says_what_it_rests_on_its_definition_and_the_period_before(client, woven):
    said = page_of(client, woven.rosa, woven.node).content.decode()
    assert "from 21 attendances" in said
    assert "Members who were present at one gathering or more in the period" in said
    assert "There is no value for the period before." in said
    assert "Nobody was active in the period before" in said


def test_unknown_is_never_nought(client, woven):
    said = page_of(client, woven.rosa, woven.node).content.decode()
    card = said.split('id="i-reciprocity"')[1].split("</article>")[0]
    assert "Nobody has been asked yet whom they turn to for advice." in card
    assert "0%" not in card


def test_families_whose_records_come_later_say_what_they_wait_for(client, woven):
    said = page_of(client, woven.rosa, woven.node).content.decode()
    for title in ("Formation", "Meetings", "Place and context", "School leadership", "Shared leadership"):
        assert title in said
    assert "Waits for improvement cycles to be recorded." in said
    assert "Waits for accompaniment plans" in said


@pytest.mark.parametrize("who", ["ana", "rosa", "sole"])
def test_a_community_without_gatherings_guides_instead_of_failing(client, cast, who):
    said = page_of(client, getattr(cast, who), cast.node).content.decode()
    assert "Here the network becomes visible" in said
    assert "<svg xmlns" not in said.split("<main")[1].split("</main>")[0].replace("empty", "")


def test_the_page_costs_at_most_twelve_queries_and_does_not_grow(client, cast, django_assert_max_num_queries):
    def queries(number):
        people = [
            teacher(cast.node, school=SchoolFactory(territory=TerritoryFactory())) for _ in range(number)
        ]
        for ago in range(20, 20 + number):
            met(cast.node, people, ago=ago)
        insight(cast.node)
        client.force_login(cast.rosa)
        with django_assert_max_num_queries(12) as counted:
            client.get(reverse("insights:insight", args=[cast.node.pk]) + f"?person={people[0].pk}")
        return len(counted)

    assert queries(3) == queries(9)


def test_comparing_two_periods_names_new_kept_and_lost_ties(client, cast):
    a, b, c, d = (teacher(cast.node, f"{name} Paz") for name in ("Alba", "Beto", "Caro", "Dino"))
    met(cast.node, [a, b], ago=500)
    met(cast.node, [c, d], ago=450)
    met(cast.node, [a, b], ago=40)
    met(cast.node, [b, c], ago=20)
    said = page_of(client, cast.rosa, cast.node, name="insights:compare").content.decode()
    assert "Alba Paz – Beto Paz" in said.split("Kept ties")[1].split("</details>")[0]
    assert "Beto Paz – Caro Paz" in said.split("New ties")[1].split("</details>")[0]
    assert "Caro Paz – Dino Paz" in said.split("Lost ties")[1].split("</details>")[0]
    plain = page_of(client, cast.ana, cast.node, name="insights:compare").content.decode()
    assert "Alba Paz" not in plain


def test_comparing_costs_at_most_twelve_queries(client, woven, django_assert_max_num_queries):
    page_of(client, woven.rosa, woven.node, name="insights:compare")
    with django_assert_max_num_queries(12):
        client.get(reverse("insights:compare", args=[woven.node.pk]))


def test_the_file_of_indicators_says_what_the_page_says(client, woven):
    answer = page_of(client, woven.rosa, woven.node, name="insights:indicators_csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    by_id = {row["Indicator"]: row for row in rows}
    assert by_id["active_members"]["Value"] == "11.0"
    assert by_id["reciprocity"]["Value"] == ""
    assert by_id["reciprocity"]["Why there is no value"].startswith("Nobody has been asked")


def test_the_same_page_in_spanish_and_portuguese(client, woven):
    for language, word in (("es", "Miembros activos"), ("pt-br", "Membros ativos")):
        User.objects.filter(pk=woven.rosa.pk).update(language=language)
        said = page_of(client, User.objects.get(pk=woven.rosa.pk), woven.node).content.decode()
        assert word in said
        assert "Active members" not in said


def test_a_large_community_shows_the_last_numbers_and_says_so(client, woven, monkeypatch):
    from tejido.insights.models import Insight, Owed
    from tejido.insights.services import mark_stale

    insight(woven.node)
    Insight.objects.update(milliseconds=60_000)
    mark_stale([woven.node.pk])
    said = page_of(client, woven.rosa, woven.node).content.decode()
    assert "being computed anew" in said
    assert "Active members" in said
    assert Owed.objects.filter(community=woven.node).exists()
    client.post(reverse("insights:compute", args=[woven.node.pk]))
    assert "being computed anew" not in page_of(client, woven.rosa, woven.node).content.decode()
    Insight.objects.update(milliseconds=60_000)
    client.force_login(woven.ana)
    assert client.post(reverse("insights:compute", args=[woven.node.pk])).status_code == 403


def test_a_large_community_that_was_never_computed_asks_for_patience(client, woven, monkeypatch):
    from tejido.insights.models import Insight, Owed

    monkeypatch.setattr("tejido.insights.selectors.reading.AT_ONCE_ATTENDANCES", 3)
    said = page_of(client, woven.ana, woven.node).content.decode()
    assert "computed in the background" in said
    assert Owed.objects.filter(community=woven.node).exists()
    assert not Insight.objects.exists()


def test_many_small_communities_stay_apart(client, cast):
    ours, theirs = teachers(cast.node, 5), teachers(cast.sister, 5)
    met(cast.node, ours, ago=5)
    met(cast.sister, theirs, ago=5)
    insight(cast.node)
    shown = {row[0] for row in TieNetwork.objects.get(insight__community=cast.node).people}
    assert shown == {person.pk for person in ours}


def test_core_and_edge_are_told_in_counts_to_all_and_in_names_to_the_team(client, woven):
    for who, named in (("rosa", True), ("ana", False)):
        said = page_of(client, getattr(woven, who), woven.node).content.decode()
        assert "Core and edge" in said
        assert "stand within the core and" in said
        assert ("In the core of the network:" in said) is named

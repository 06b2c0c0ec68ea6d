"""What was decided: counts by every method, ties, quorum, and that nobody sees it too early."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.consultations import selectors, services
from tejido.consultations.models import Consultation
from tejido.consultations.tests import factories as make
from tejido.consultations.wording import told
from tejido.foundation.errors import Refusal

pytestmark = pytest.mark.django_db

# Tennessee: where shall the capital be? 42 %, 26 %, 15 %, 17 % of the voters live near each of the four.
CITIES = ("Memphis", "Nashville", "Chattanooga", "Knoxville")
TENNESSEE = (
    [CITIES] * 42
    + [("Nashville", "Chattanooga", "Knoxville", "Memphis")] * 26
    + [("Chattanooga", "Knoxville", "Nashville", "Memphis")] * 15
    + [("Knoxville", "Chattanooga", "Nashville", "Memphis")] * 17
)


def decided(community, texts, ballots, **more):
    make.members(community, len(ballots))
    found = make.opened(community, *texts, **more)
    make.all_vote(found, ballots)
    found = make.closed(found)
    return found, selectors.count_of(found)


@pytest.mark.parametrize(
    ("method", "winner"),
    [("plurality", "Memphis"), ("instant-runoff", "Knoxville"), ("schulze", "Nashville")],
)
def test_tennessee_is_decided_as_published(cast, method, winner):
    ballots = [one[:1] for one in TENNESSEE] if method == "plurality" else TENNESSEE
    found, count = decided(cast.elsewhere, CITIES, ballots, method=method)
    assert [one.text for one in count.elected] == [winner]
    assert told(found, count).headline == f"«{winner}» won."


def test_every_round_of_a_run_off_is_told(client, cast):
    found, count = decided(cast.network, CITIES, TENNESSEE, method="instant-runoff", secret=True)
    seen = told(found, count)
    assert len(seen.rounds) == 3
    assert "«Chattanooga» has the fewest" in seen.rounds[1].title
    client.force_login(cast.rosa)
    page = client.get(reverse("consultations:consultation", args=[found.pk])).content.decode()
    assert "«Knoxville» won." in page
    assert "Round 3: «Nashville» has the fewest" in page


def test_points_are_added_up(cast, system):
    make.members(cast.elsewhere, 3)
    found = make.opened(cast.elsewhere, "Water", "Energy", "Reading", method="points", seats=2)
    for voter, given in zip(
        found.voters.all(), ({"Water": 5}, {"Energy": 3, "Reading": 2}, {"Reading": 4}), strict=True
    ):
        lines = [services.voting.Chosen(make.proposal(found, text).pk, points=n) for text, n in given.items()]
        services.vote(voter, lines, actor=system)
    count = selectors.count_of(make.closed(found))
    assert [one.text for one in count.elected] == ["Reading", "Water"]


def test_seats_are_filled_in_proportion(cast):
    ballots = [("Water", "River")] * 6 + [("Energy",)] * 3 + [("River",)]
    _found, count = decided(cast.elsewhere, ("Water", "River", "Energy"), ballots, method="stv", seats=2)
    assert [one.text for one in count.elected] == ["Water", "Energy"]


def test_a_tie_is_named_and_settled_by_the_rule_that_was_recorded(cast):
    ballots = [("Energy",), ("Water",)]
    found, count = decided(cast.elsewhere, ("Water", "Energy"), ballots, tie_rule="earlier")
    assert [one.text for one in count.elected] == ["Water"]
    (said,) = told(found, count).ties
    assert said.startswith("«Water» and «Energy» stood alike; «Water» came first.")
    assert said.endswith("The one proposed first came before, as was said when the vote opened.")
    found, count = decided(cast.elsewhere, ("Water", "Energy"), ballots, tie_rule="lot")
    again = selectors.count_of(Consultation.objects.get(pk=found.pk))
    assert [one.text for one in count.elected] == [one.text for one in again.elected]
    assert "drawn when the vote opened" in told(found, count).ties[0]


def test_nobody_sees_a_count_before_the_closing(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    make.all_vote(found, [("Water",)])
    assert selectors.count_of(found) is None
    for who in (cast.rosa, cast.tomas, cast.ana):
        client.force_login(who)
        page = client.get(reverse("consultations:consultation", args=[found.pk])).content.decode()
        assert "won." not in page
        assert client.get(reverse("consultations:ballots", args=[found.pk])).status_code == 404


def test_without_its_quorum_nothing_is_decided_nothing_is_counted_and_there_can_be_more_time(client, cast):
    make.members(cast.node, 3)
    found = make.opened(cast.node, "Water", "Energy", quorum=50)
    make.all_vote(found, [("Water",)])
    make.closed(found)
    seen = told(found, selectors.count_of(Consultation.objects.get(pk=found.pk)))
    assert (seen.decided, seen.rounds) == (False, [])
    assert seen.headline == "Nothing is decided: 2 votes were needed, and 1 came."
    services.extend_voting(found, None, actor=cast.rosa)
    make.all_vote(found, [("Water",), ("Water",)])
    assert selectors.count_of(make.closed(found)).elected[0].text == "Water"


def test_once_counted_a_vote_is_not_opened_again(cast):
    found, _count = decided(cast.elsewhere, ("Water", "Energy"), [("Water",)])
    with pytest.raises(Refusal) as refused:
        services.extend_voting(found, None, actor=make.system_account())
    assert refused.value.code == "counted"


def test_blank_votes_count_for_the_quorum_and_for_nobody(cast):
    found, count = decided(cast.elsewhere, ("Water", "Energy"), [("Water",), ()], quorum=100)
    assert (count.valid, count.blank, count.turnout.voted) == (1, 1, 2)
    assert "1 vote was blank." in told(found, count).notes


def test_an_urn_without_a_name_decides_nothing(cast):
    found, count = decided(cast.elsewhere, ("Water", "Energy"), [()])
    assert told(found, count).headline == "Nothing is decided: no ballot names a proposal."


def test_the_page_of_a_count_costs_few_queries(client, cast, django_assert_max_num_queries):
    found, _count = decided(cast.network, CITIES, TENNESSEE, method="schulze")
    client.force_login(cast.ana)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("consultations:consultation", args=[found.pk])).content.decode()
    assert "Who was preferred to whom" in page
    shown = client.get(reverse("consultations:ballots", args=[found.pk])).content.decode()
    assert "1. Memphis · 2. Nashville" in shown
    hidden = make.opened(cast.node, "Water", "Energy", secret=True)
    make.closed(hidden)
    assert client.get(reverse("consultations:ballots", args=[hidden.pk])).status_code == 404

"""A community of which only ties were written down has a network too."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q
from django.urls import reverse

from tejido.accounts.services import system_account
from tejido.communities.models import RecordedTie
from tejido.communities.services import Asking, TieLine, record_ties, tell_ties
from tejido.communities.tests.factories import CommunityFactory
from tejido.directory.models import Purpose
from tejido.directory.services import answer_consent
from tejido.directory.tests.factories import PersonFactory, consents
from tejido.foundation import journal
from tejido.insights.models import Insight
from tejido.insights.policies import Eyes
from tejido.insights.selectors import values_of
from tejido.insights.selectors.reading import rolling_period
from tejido.insights.services import mark_stale_around
from tejido.insights.tests.factories import insight, met, teachers

pytestmark = pytest.mark.django_db
ALL = Eyes(ties=True, team=True, small_groups=True)


def people_who_consent(count):
    people = [PersonFactory() for _ in range(count)]
    for person in people:
        consents(person, Purpose.ANALYTICS)
    return people


def circle_of_advice(community, people, day=None):
    """Everybody asks the next one, and the first two ask each other."""
    lines = [
        TieLine(a.pk, b.pk, RecordedTie.Kind.ADVICE, 1, day)
        for a, b in zip(people, [*people[1:], people[0]], strict=True)
    ]
    lines.append(TieLine(people[1].pk, people[0].pk, RecordedTie.Kind.ADVICE, 1, day))
    record_ties(community, lines, actor=system_account())


def test_guests_known_from_a_list_of_ties_alone_make_a_network(cast):
    people = people_who_consent(5)
    circle_of_advice(cast.node, people)
    stored = insight(cast.node)
    values = values_of(stored, ALL)
    assert values["reciprocity"].value == pytest.approx(2 / 6)
    assert stored.ties == 6
    assert len(stored.network.ties) == 5
    assert values["attendance_rate"].because == "no gatherings recorded"


def test_the_insight_page_draws_it_and_says_the_ties_in_words(client, cast):
    people = people_who_consent(5)
    circle_of_advice(cast.node, people)
    insight(cast.node)
    client.force_login(cast.rosa)
    page = client.get(reverse("insights:insight", args=[cast.node.pk]), {"person": people[0].pk})
    text = page.content.decode()
    assert "Who is tied to whom" in text
    assert "written down 2 times" in text
    assert people[1].name in text
    assert "Here the network becomes visible" not in text


def test_the_last_twelve_months_are_those_in_which_ties_were_written_down():
    community = CommunityFactory()
    circle_of_advice(community, people_who_consent(5), date(2013, 6, 3))
    assert rolling_period(community).end == date(2013, 6, 3)


def test_who_withdraws_is_in_no_tie_any_more(cast):
    people = people_who_consent(5)
    circle_of_advice(cast.node, people)
    answer_consent(people[0], Purpose.ANALYTICS, given=False, actor=system_account())
    assert len(insight(cast.node).network.ties) == 3


def test_new_ties_and_changes_of_the_tied_make_the_insight_stale(cast):
    people = people_who_consent(5)
    before = insight(cast.node)
    circle_of_advice(cast.node, people)
    journal.pay_all()
    before.refresh_from_db()
    assert before.stale_since is not None

    after = insight(cast.node)
    mark_stale_around(Q(pk=people[0].pk))
    assert Insight.objects.get(pk=after.pk).stale_since is not None


def test_where_people_meet_what_they_told_is_drawn_apart(client, cast):
    people = teachers(cast.node, 4)
    day = met(cast.node, people, ago=3).day
    lines = [TieLine(people[0].pk, people[1].pk, RecordedTie.Kind.ADVICE, 1, day)]
    tell_ties(cast.node, people[0].pk, lines, Asking(1, "a"), actor=system_account())
    stored = insight(cast.node)
    assert len(stored.network.ties) == 6
    assert (len(stored.network.told_people), len(stored.network.told_ties)) == (2, 1)

    client.force_login(cast.rosa)
    address = reverse("insights:insight", args=[cast.node.pk])
    plain = client.get(address).content.decode()
    assert "<figcaption>Who has met whom</figcaption>" in plain
    told = client.get(address, {"ties": "told", "person": people[0].pk}).content.decode()
    assert "<figcaption>Who names whom</figcaption>" in told
    assert "written down 1 time" in told
    assert "met 1 time" not in told
    rows = client.get(reverse("insights:ties_csv", args=[cast.node.pk]), {"ties": "told"})
    assert len(b"".join(rows.streaming_content).decode().strip().splitlines()) == 2


def test_being_asked_moves_no_period_of_a_community_that_meets(cast):
    people = people_who_consent(2)
    day = met(cast.node, people, ago=2000).day
    lines = [TieLine(people[0].pk, people[1].pk, RecordedTie.Kind.ADVICE, 1, cast.node.today)]
    tell_ties(cast.node, people[0].pk, lines, Asking(1, "a"), actor=system_account())
    assert rolling_period(cast.node).end == day


def test_a_talk_of_buddies_moves_no_period_of_a_community_that_meets_and_a_list_does(cast):
    people = people_who_consent(2)
    day = met(cast.node, people, ago=2000).day
    today = cast.node.today
    talked = [TieLine(people[0].pk, people[1].pk, RecordedTie.Kind.WORKED, 1, today)]
    record_ties(cast.node, talked, actor=system_account(), brought_in=-1)
    assert rolling_period(cast.node).end == day
    listed = [TieLine(people[1].pk, people[0].pk, RecordedTie.Kind.WORKED, 1, today)]
    record_ties(cast.node, listed, actor=system_account(), brought_in=1)
    assert rolling_period(cast.node).end == today

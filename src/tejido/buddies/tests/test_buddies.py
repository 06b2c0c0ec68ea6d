"""Buddies: who is proposed to whom, yes and not this time, nudges, ties, and what ends."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.buddies import services
from tejido.buddies.models import Pair, Partner
from tejido.buddies.selectors import why
from tejido.buddies.selectors.buddies import pairs_of
from tejido.buddies.tests import factories as make
from tejido.buddies.tokens import buddy_token
from tejido.buddies.values import Talked
from tejido.communities.models import RecordedTie
from tejido.communities.services import TieLine, pause_membership, record_ties
from tejido.directory.models import ContactPoint
from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


def path_of(person) -> str:
    partner = make.partner(person)
    return reverse("buddies:buddy", args=[buddy_token(partner.pair_id, person.pk)])


def test_who_can_learn_from_each_other_is_proposed_and_the_page_says_why(cast):
    make.member(cast.node, "Eva", "coding", "drama")
    make.member(cast.node, "Leo", "drama", "coding")
    make.member(cast.node, "Paz", "music", "english")
    make.member(cast.sister, "Rui", "english", "music")
    found = make.opened(cast.network)
    assert make.proposed(found) == {frozenset({"Eva", "Leo"}), frozenset({"Paz", "Rui"})}
    pair = pairs_of(found).first()
    told = why([one.person for one in pair.members], pair.km)
    assert [(giver.split()[0], taker.split()[0]) for giver, taker, _t in told.gives] == [
        ("Eva", "Leo"),
        ("Leo", "Eva"),
    ]
    assert told.other_school


def test_colleagues_of_one_school_are_not_proposed_and_an_odd_one_makes_a_three(cast):
    school = SchoolFactory()
    make.member(cast.node, "Eva", "coding", "drama", school=school)
    make.member(cast.node, "Leo", "drama", "coding", school=school)
    with pytest.raises(Refusal) as refused:
        make.opened(cast.node)
    assert refused.value.code == "too_few"
    assert not cast.node.buddy_rounds.exists()
    make.member(cast.node, "Paz", "drama", "coding")
    make.member(cast.node, "Rui")
    make.member(cast.node, "Sol")
    sizes = sorted(len(group) for group in make.proposed(make.opened(cast.node)))
    assert sizes == [2, 3]


def test_who_wants_to_meet_gets_somebody_near_and_languages_must_meet(cast):
    make.member(cast.node, "Eva", "coding", "drama", way="near", km=20, latitude=4.60, longitude=-74.1)
    make.member(cast.node, "Far", "drama", "coding", latitude=8.0, longitude=-74.1)
    make.member(cast.node, "Near", latitude=4.65, longitude=-74.1)
    make.member(cast.node, "Zoe", "english", languages=("en",))
    make.member(cast.node, "Ary", "", "english", languages=("pt",))
    groups = make.proposed(make.opened(cast.node))
    assert not any({"Eva", "Far"} <= group or {"Zoe", "Ary"} <= group for group in groups)
    assert any({"Eva", "Near"} <= group for group in groups)


def test_who_is_tied_already_is_proposed_only_where_nobody_else_is(cast, system):
    eva = make.member(cast.node, "Eva", "coding", "drama")
    leo = make.member(cast.node, "Leo", "drama", "coding")
    make.member(cast.node, "Paz", "drama", "coding")
    make.member(cast.node, "Rui", "coding", "drama")
    record_ties(cast.node, [TieLine(eva.pk, leo.pk, "advice")], actor=system)
    assert frozenset({"Eva", "Leo"}) not in make.proposed(make.opened(cast.node))


def test_both_say_yes_and_only_then_read_how_to_reach_each_other(cast, client):
    eva, leo = make.member(cast.node, "Eva", "coding"), make.member(cast.node, "Leo", "", "coding")
    ContactPoint.objects.create(person=leo, kind="email", value="leo@example.org")
    make.sent(cast.node)
    assert Message.objects.filter(batch__kind="buddies.proposal").count() == 1  # Eva has no address
    client.post(path_of(leo), {"deed": "yes", "shares": "on"})
    assert "leo@example.org" not in client.get(path_of(eva)).content.decode()
    client.post(path_of(eva), {"deed": "yes"})
    assert make.partner(eva).pair.state == Pair.State.TOGETHER
    assert "leo@example.org" in client.get(path_of(eva)).content.decode()
    client.post(path_of(leo), {"deed": "share"})  # changes their mind
    assert "leo@example.org" not in client.get(path_of(eva)).content.decode()


def test_a_not_this_time_is_told_to_nobody_and_not_proposed_again(cast, client, system):
    eva, leo = make.member(cast.node, "Eva", "coding"), make.member(cast.node, "Leo", "", "coding")
    found = make.sent(cast.node)
    make.says(eva)
    client.post(path_of(leo), {"deed": "not_now"})
    page = client.get(path_of(eva)).content.decode()
    assert "Leo" not in page
    client.force_login(cast.rosa)
    shown = client.get(reverse("buddies:round", args=[found.pk])).content.decode()
    assert "Not this time" in shown  # of the pair, not of a person
    assert shown.count("Not this time") <= 2
    with pytest.raises(Refusal):
        services.propose_pairs(found, actor=system)
    make.member(cast.node, "Paz", "", "coding")
    make.member(cast.node, "Rui", "coding")
    services.propose_pairs(found, actor=system)
    waiting = {group for group in make.proposed(found) if len(group) == 2}
    assert frozenset({"Eva", "Paz"}) in waiting or frozenset({"Eva", "Rui"}) in waiting


def test_of_a_three_two_may_stay(cast):
    people = [make.member(cast.node, name) for name in ("Eva", "Leo", "Paz")]
    make.sent(cast.node)
    make.says(people[0], yes=False)
    make.says(people[1])
    assert make.says(people[2]).state == Pair.State.TOGETHER


def test_opening_the_page_changes_nothing_and_we_talked_leaves_ties(cast, client):
    eva, leo = make.member(cast.node, "Eva", "coding"), make.member(cast.node, "Leo", "", "coding")
    pair = make.together(cast.node, eva, leo)
    client.get(path_of(eva))
    assert not pair.talks.exists()
    client.post(path_of(leo), {"deed": "talked", "asked": [eva.pk]})
    client.post(path_of(leo), {"deed": "talked", "asked": [eva.pk]})  # a second tap
    ties = set(RecordedTie.objects.values_list("source_id", "target_id", "kind"))
    assert ties == {(leo.pk, eva.pk, "worked"), (leo.pk, eva.pk, "advice")}
    assert pair.talks.count() == 1


def test_a_talk_that_was_a_mistake_takes_its_ties_with_it_and_no_others(cast, client, system):
    eva, leo = make.member(cast.node, "Eva", "coding"), make.member(cast.node, "Leo", "", "coding")
    pair = make.together(cast.node, eva, leo)
    record_ties(cast.node, [TieLine(eva.pk, leo.pk, "advice")], actor=system, brought_in=1)
    talk = services.talked(make.partner(leo), Talked(), actor=system)
    client.post(path_of(leo), {"deed": "undo", "talk": talk.pk})
    assert list(RecordedTie.objects.values_list("kind", flat=True)) == ["advice"]
    pair.refresh_from_db()
    assert pair.talked_on is None


def test_two_nudges_and_then_it_fades_and_they_wait_for_somebody_else(cast, system):
    eva, leo = make.member(cast.node, "Eva", "coding"), make.member(cast.node, "Leo", "", "coding")
    ContactPoint.objects.create(person=leo, kind="email", value="leo@example.org")
    pair = make.together(cast.node, eva, leo)

    def nudges(weeks: int) -> int:
        make.as_if_weeks_ago(pair, weeks)
        services.look_after_buddies()
        services.look_after_buddies()  # a second worker
        return Message.objects.filter(batch__kind="buddies.nudge").count()

    assert [nudges(weeks) for weeks in (1, 2, 5, 6)] == [0, 1, 1, 2]
    make.as_if_weeks_ago(pair, 10)
    services.look_after_buddies()
    pair.refresh_from_db()
    assert pair.state == Pair.State.FADED
    make.member(cast.node, "Paz", "", "coding")
    make.member(cast.node, "Rui", "coding")
    services.propose_pairs(pair.round, actor=system)
    new = pair.round.pairs.filter(state=Pair.State.PROPOSED)
    names = {frozenset(one.person.given_names for one in each.partners.all()) for each in new}
    assert len(names) == 2
    assert frozenset({"Eva", "Leo"}) not in names


def test_who_takes_a_pause_is_not_nudged(cast, system):
    eva, leo = make.member(cast.node, "Eva", "coding"), make.member(cast.node, "Leo", "", "coding")
    for one in (eva, leo):
        ContactPoint.objects.create(person=one, kind="email", value=f"p{one.pk}@example.org")
    pair = make.together(cast.node, eva, leo)
    pause_membership(leo.memberships.get(), actor=system)
    make.as_if_weeks_ago(pair, 2)
    services.look_after_buddies()
    nudged = Message.objects.filter(batch__kind="buddies.nudge")
    assert [one.person for one in nudged] == [eva]


def test_who_asks_for_somebody_else_is_not_named(cast, client):
    eva, leo = make.member(cast.node, "Eva"), make.member(cast.node, "Leo")
    pair = make.together(cast.node, eva, leo)
    client.post(path_of(eva), {"deed": "again"})
    pair.refresh_from_db()
    assert pair.state == Pair.State.FADED
    assert "Eva" not in client.get(path_of(leo)).content.decode()


def test_what_is_not_answered_in_time_lapses(cast, system):
    for name in ("Eva", "Leo"):
        make.member(cast.node, name)
    found = make.sent(cast.node)
    found.answer_by = found.opened_at.date().replace(year=2020)
    found.save()
    services.look_after_buddies()
    assert found.pairs.get().state == Pair.State.NOT_NOW


def test_whoever_runs_it_swaps_and_leaves_out_before_anybody_is_asked(cast, client):
    for name in ("Eva", "Leo", "Paz", "Rui"):
        make.member(cast.node, name)
    found = make.opened(cast.node)
    assert not Message.objects.exists()
    client.force_login(cast.rosa)
    before = make.proposed(found)
    one, other = (pair.partners.first() for pair in found.pairs.all())
    client.post(reverse("buddies:swap", args=[found.pk]), {"partner": [one.pk, other.pk]})
    assert make.proposed(found) != before
    somebody = Partner.objects.filter(pair__round=found).first()
    client.post(reverse("buddies:leave_out", args=[found.pk, somebody.pk]))
    assert found.pairs.count() == 1
    client.post(reverse("buddies:send", args=[found.pk]))
    assert found.pairs.get().state == Pair.State.SENT


def test_a_proposal_that_is_not_sent_opens_for_nobody(cast, client):
    eva = make.member(cast.node, "Eva")
    make.member(cast.node, "Leo")
    make.opened(cast.node)
    assert client.get(path_of(eva)).status_code == 404
    assert client.get("/b/nothing/").status_code == 404


def test_the_page_of_a_round_does_not_grow(cast, client, django_assert_max_num_queries):
    for _number in range(8):
        make.member(cast.node)
    found = make.opened(cast.node)
    client.force_login(cast.rosa)
    for address in (
        reverse("buddies:round", args=[found.pk]),
        reverse("buddies:buddies", args=[cast.node.pk]),
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200

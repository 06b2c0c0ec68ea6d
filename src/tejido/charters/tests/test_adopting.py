"""From a draft to a charter in force, and to everybody's word on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.charters import selectors, services
from tejido.charters.models import Acceptance, CharterVersion
from tejido.charters.services.acceptances import address_of
from tejido.charters.tests import factories as make
from tejido.charters.tests.test_drafts import refused
from tejido.communities.models import Membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.consultations import services as consultations
from tejido.consultations.models import Consultation
from tejido.foundation.journal import pay_all
from tejido.messages.models import Batch

pytestmark = pytest.mark.django_db
State = CharterVersion.State


def consultation_of(version):
    return version.vote_for.consultation


def votes(version, yes: int, no: int) -> None:
    """The first voters adopt it, the next keep things as they are."""
    consultation = consultation_of(version)
    keep = consultation.proposals.exclude(pk=version.vote_for_id).get()
    for at, voter in enumerate(consultation.voters.order_by("pk")[: yes + no]):
        chosen = version.vote_for_id if at < yes else keep.pk
        consultations.vote(voter, [consultations.Chosen(chosen)], actor=voter.person.user)


def settled(version, actor):
    consultations.close_voting(consultation_of(version), actor=actor)
    return services.settle_vote(version, actor=actor)


def test_a_majority_puts_it_in_force_from_today(cast):
    version = make.proposed(cast.network)
    votes(version, yes=2, no=0)
    refused("not_decided", services.settle_vote, version, actor=cast.rosa)
    version = settled(version, cast.rosa)
    assert (version.state, version.in_force_since) == (State.IN_FORCE, cast.network.today)
    refused("not_proposed", services.settle_vote, version, actor=cast.rosa)


def test_whoever_votes_by_a_link_reads_the_charter_there_without_an_account(client, cast):
    version = make.proposed(cast.network)
    text = version.articles.exclude(text="").first().text
    hers = consultations.link_of_my_own(consultation_of(version), actor=cast.ana)
    ballot = client.get(hers[hers.index("/v/") :])
    assert text in ballot.text
    assert "read it before voting" in ballot.text
    client.force_login(cast.rosa)
    assert text in client.get(reverse("consultations:consultation", args=[consultation_of(version).pk])).text


@pytest.mark.parametrize(("yes", "no"), [(1, 1), (0, 2), (0, 0)])
def test_without_a_majority_things_stay_as_they_are(cast, yes, no):
    before = make.in_force(cast.network)
    version = make.proposed(cast.network)
    votes(version, yes, no)
    assert settled(version, cast.rosa).state == State.DRAFT
    before.refresh_from_db()
    assert before.state == State.IN_FORCE


def test_without_its_quorum_it_is_a_draft_again(cast):
    version = make.proposed(cast.network, quorum=100)
    votes(version, yes=1, no=0)
    assert settled(version, cast.rosa).state == State.DRAFT


def test_taking_it_back_withdraws_the_question_and_withdrawing_the_question_takes_it_back(cast):
    version = make.proposed(cast.network)
    services.take_back(version, actor=cast.rosa)
    assert consultation_of(version).__class__.objects.get().state == Consultation.State.WITHDRAWN
    version = make.proposed(cast.network)
    consultations.withdraw_consultation(consultation_of(version), actor=cast.rosa)
    pay_all()
    version.refresh_from_db()
    assert version.state == State.DRAFT


def test_what_follows_from_a_vote_on_a_charter_is_no_node_name_or_challenge(
    client, cast, django_assert_max_num_queries
):
    version = make.proposed(cast.network)
    votes(version, yes=2, no=0)
    consultations.close_voting(consultation_of(version), actor=cast.rosa)
    refused("asked_elsewhere", consultations.take_name, consultation_of(version), actor=cast.rosa)
    page = reverse("consultations:consultation", args=[consultation_of(version).pk])
    for who, does in ((cast.rosa, True), (cast.ana, False)):
        client.force_login(who)
        with django_assert_max_num_queries(12):
            shown = client.get(page).content.decode()
        assert "What follows" in shown
        assert ("Do what was decided" in shown) is does


def test_a_deed_of_the_coordination_is_said_as_such(client, cast):
    version = make.draft(cast.network)
    refused("no_reason", services.adopt, version, " ", actor=cast.rosa)
    tomorrow = cast.network.today + timedelta(days=1)
    refused("too_late", services.adopt, version, "Agreed", on=tomorrow, actor=cast.rosa)
    services.adopt(version, "Agreed at the assembly", actor=cast.rosa)
    client.force_login(cast.ana)
    shown = client.get(reverse("charters:charter", args=[cast.network.pk])).content.decode()
    assert "Declared by the coordination, without a vote here: Agreed at the assembly" in shown


def test_an_empty_draft_is_neither_voted_on_nor_declared(cast):
    version = services.begin_draft(cast.network, actor=cast.rosa)
    refused("says_nothing", services.put_to_vote, version, actor=cast.rosa)
    refused("says_nothing", services.adopt, version, "Agreed", actor=cast.rosa)


def test_the_charter_before_is_replaced_and_never_by_an_earlier_day(cast):
    first = make.in_force(cast.network)
    second = make.draft(cast.network, "More.")
    earlier = cast.network.today - timedelta(days=1)
    refused("too_early", services.adopt, second, "Agreed", on=earlier, actor=cast.rosa)
    services.adopt(second, "Agreed", actor=cast.rosa)
    first.refresh_from_db()
    assert (first.state, first.replaced_on) == (State.REPLACED, cast.network.today)
    assert selectors.in_force(cast.network) == second


# Acceptance


def path_of(version, person) -> str:
    services.links_to_accept(version, actor=version.community.memberships.get(role="coordinator").person.user)
    return address_of(Acceptance.objects.get(version=version, person=person)).partition("/ch/")[2]


def test_reading_a_link_accepts_nothing_and_one_tap_does(client, cast):
    version = make.in_force(cast.network)
    address = reverse("charters:by_link", args=[path_of(version, cast.ana.person).strip("/")])
    page = client.get(address)
    assert make.MISSION in page.content.decode()
    assert len(page.content) < 30_000
    assert Acceptance.objects.filter(accepted_at__isnull=False).count() == 0
    for _n in range(2):
        assert client.post(address).status_code == 302
    first = Acceptance.objects.get(person=cast.ana.person).accepted_at
    assert "Thank you, Ana Rojas!" in client.get(address).content.decode()
    assert Acceptance.objects.get(person=cast.ana.person).accepted_at == first
    assert client.get(reverse("charters:by_link", args=["nobodys"])).status_code == 404


def test_who_has_left_or_holds_an_old_charter_accepts_nothing(client, cast):
    version = make.in_force(cast.network)
    address = reverse("charters:by_link", args=[path_of(version, cast.ana.person).strip("/")])
    Membership.objects.filter(person=cast.ana.person).update(ends_on="2022-01-01")
    assert client.post(address).status_code == 422
    Membership.objects.filter(person=cast.ana.person).update(ends_on=None)
    make.in_force(cast.network, "More.")
    assert client.post(address).status_code == 422
    assert "Another charter is in force now." in client.get(address).content.decode()
    assert not Acceptance.objects.filter(accepted_at__isnull=False).exists()


def test_everybody_is_asked_again_when_the_version_changes(client, cast):
    services.accept_signed_in(make.in_force(cast.network), actor=cast.ana)
    second = make.in_force(cast.network, "More.")
    answers = {one.person: one.accepted_at for one in selectors.answers_in(second)}
    assert answers[cast.ana.person] is None
    assert services.ask_to_accept(second, actor=cast.rosa) == 5
    client.force_login(cast.ana)
    assert "A charter to read and accept" in client.get("/me/", follow=True).content.decode()
    client.post(reverse("charters:accept", args=[second.pk]))
    assert "A charter to read and accept" not in client.get("/me/", follow=True).content.decode()


def test_the_same_letter_within_ten_minutes_is_one_and_the_reminder_leaves_out_who_has_accepted(cast):
    version = make.in_force(cast.network)
    assert services.ask_to_accept(version, actor=cast.rosa) == 5
    assert services.ask_to_accept(version, actor=cast.rosa) == 5
    assert Batch.objects.filter(kind="charters.accept").count() == 1
    services.accept_signed_in(version, actor=cast.ana)
    Batch.objects.update(written_at=timezone.now() - timedelta(minutes=11))
    assert services.ask_to_accept(version, actor=cast.rosa) == 4


def test_the_list_costs_the_same_for_many(cast, django_assert_num_queries):
    version = make.in_force(cast.network)
    for _n in range(30):
        MembershipFactory(community=cast.node)
    with django_assert_num_queries(2):
        assert len(selectors.answers_in(version)) == 35

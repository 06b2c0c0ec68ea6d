"""Who votes, once; what a ballot may hold; late, changed, doubled, on paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.services import end_membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.consultations import selectors, services
from tejido.consultations.models import Consultation, Voter
from tejido.consultations.tests import factories as make
from tejido.consultations.tokens import voter_token
from tejido.consultations.values import Chosen
from tejido.directory.models import ContactPoint
from tejido.foundation.errors import Refusal
from tejido.messages.models import Message
from tejido.messages.services.sending import send_due

pytestmark = pytest.mark.django_db


def address_of(voter, name="vote"):
    return reverse(
        f"consultations:{name}", args=[voter_token(voter.consultation_id, voter.person_id, voter.turn)]
    )


def voter_of(consultation, actor):
    return consultation.voters.get(person__user=actor)


def in_urn(consultation):
    return [
        [(one.proposal.text, one.place, one.points) for one in ballot.choices.all()]
        for ballot in consultation.ballots.all()
    ]


def code_of(deed):
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.code


def test_somebody_votes_by_her_link_without_an_account(client, cast):
    found = make.opened(cast.node, "Water", "Energy", secret=True)
    ana = voter_of(found, cast.ana)
    shown = client.get(address_of(ana))
    assert shown.status_code == 200
    assert "Water" in shown.content.decode()
    seen = client.post(address_of(ana), {"one": make.proposal(found, "Water").pk}, follow=True)
    assert "Your vote is in the urn" in seen.content.decode()
    assert in_urn(found) == [[("Water", 1, 0)]]


def test_a_double_tap_is_one_vote(client, cast):
    found = make.opened(cast.node, "Water", "Energy", secret=True)
    ana = voter_of(found, cast.ana)
    sent = {"one": make.proposal(found, "Water").pk}
    first, second = client.post(address_of(ana), sent), client.post(address_of(ana), sent)
    assert (first.status_code, second.status_code) == (302, 422)
    assert "Your vote is in the urn already" in second.content.decode()
    assert len(in_urn(found)) == 1


def test_an_open_vote_can_be_changed_until_the_closing_and_a_secret_one_cannot(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    ana = voter_of(found, cast.ana)
    client.post(address_of(ana), {"one": make.proposal(found, "Water").pk})
    again = client.get(address_of(ana) + "?change").content.decode()
    assert "checked" in again  # what she chose before
    client.post(address_of(ana) + "?change", {"one": make.proposal(found, "Energy").pk})
    assert in_urn(found) == [[("Energy", 1, 0)]]
    hidden = make.opened(cast.node, "Water", "Energy", secret=True)
    make.voted(voter_of(hidden, cast.ana), "Water")
    assert (
        "Change my vote"
        not in client.get(address_of(voter_of(hidden, cast.ana)) + "?change").content.decode()
    )


def test_a_late_vote_is_told_so_and_not_counted(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    Consultation.objects.update(opened_at=timezone.now() - timedelta(days=2))
    Consultation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    ana = voter_of(found, cast.ana)
    seen = client.post(address_of(ana), {"one": make.proposal(found, "Water").pk})
    assert "closed before your ballot came" in seen.content.decode()
    assert in_urn(found) == []
    assert code_of(lambda: make.voted(ana, "Water")) == "not_open"


def test_an_unknown_link_says_what_to_do(client, cast):
    seen = client.get(reverse("consultations:vote", args=["nobody"]))
    assert seen.status_code == 404
    assert "Ask whoever gave it to you" in seen.content.decode()


def test_a_link_that_was_renewed_no_longer_votes(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    old = address_of(voter_of(found, cast.ana))
    new = services.renew_link(found, cast.ana.person, actor=cast.rosa)
    assert client.get(old).status_code == 404
    assert client.get(new.removeprefix("http://testserver")).status_code in {200, 404}
    assert new.endswith(address_of(voter_of(found, cast.ana)))


def test_the_list_of_voters_is_fixed_when_the_vote_opens(client, cast, system):
    found = make.opened(cast.node, "Water", "Energy")
    MembershipFactory(community=cast.node)
    assert [one.person for one in selectors.voters_of(found)] == [cast.ana.person]
    held = cast.ana.person.memberships.get()
    end_membership(held, actor=cast.rosa, reason=held.EndReason.OTHER)
    make.voted(voter_of(found, cast.ana), "Water")  # she was on the list, so her vote counts
    assert len(in_urn(found)) == 1


def test_who_votes_is_chosen_by_role(cast, system):
    found = make.asked(cast.network, "Water", "Energy")
    services.open_voting(found, actor=cast.rosa, roles=["facilitator"])
    assert [one.person for one in selectors.voters_of(found)] == [cast.ines.person]


@pytest.mark.parametrize(
    ("method", "sent", "urn"),
    [
        ("plurality", {"one": "Water"}, [("Water", 1, 0)]),
        ("approval", {"Water": "on", "Energy": "on"}, [("Water", 1, 0), ("Energy", 1, 0)]),
        ("instant-runoff", {"Reading": "2", "Energy": "5"}, [("Reading", 1, 0), ("Energy", 2, 0)]),
        ("schulze", {"Reading": "1", "Energy": "1", "Water": "3"},
         [("Energy", 1, 0), ("Reading", 1, 0), ("Water", 2, 0)]),
        ("points", {"Reading": "3", "Water": "2"}, [("Water", 1, 2), ("Reading", 1, 3)]),
        ("stv", {"blank": "on"}, []),
    ],
)  # fmt: skip
def test_each_method_has_a_ballot_that_works_without_a_script(client, cast, method, sent, urn):
    found = make.opened(cast.node, "Water", "Energy", "Reading", "Sport", "Music", method=method)
    form = {}
    for name, value in sent.items():
        if name == "one":
            form["one"] = make.proposal(found, value).pk
        elif name == "blank":
            form["blank"] = value
        else:
            form[f"p{make.proposal(found, name).pk}"] = value
    assert client.post(address_of(voter_of(found, cast.ana)), form).status_code == 302
    assert sorted(in_urn(found)[0]) == sorted(urn)


@pytest.mark.parametrize(
    ("method", "chosen", "code"),
    [
        ("plurality", [("Water", 1, 0), ("Energy", 1, 0)], "too_many_chosen"),
        ("stv", [("Water", 1, 0), ("Energy", 1, 0)], "same_place"),
        ("points", [("Water", 1, 4), ("Energy", 1, 2)], "too_many_points"),
        ("approval", [("Water", 1, 0), ("Water", 1, 0)], "unknown_proposal"),
    ],
)
def test_an_impossible_ballot_is_refused_and_nothing_is_in_the_urn(cast, method, chosen, code):
    found = make.opened(cast.node, "Water", "Energy", "Reading", method=method)
    lines = [Chosen(make.proposal(found, text).pk, place, points) for text, place, points in chosen]
    assert code_of(lambda: services.vote(voter_of(found, cast.ana), lines, actor=cast.ana)) == code
    assert (in_urn(found), voter_of(found, cast.ana).has_voted) == ([], False)


def test_a_forged_proposal_of_another_question_is_refused(client, cast):
    other = make.opened(cast.node, "Theirs", "More")
    found = make.opened(cast.node, "Water", "Energy")
    ana = voter_of(found, cast.ana)
    assert client.post(address_of(ana), {"one": make.proposal(other, "Theirs").pk}).status_code == 422
    lines = [Chosen(make.proposal(other, "Theirs").pk)]
    assert code_of(lambda: services.vote(ana, lines, actor=cast.ana)) == "unknown_proposal"


def test_nothing_chosen_asks_again_and_a_blank_vote_is_a_vote(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    ana = voter_of(found, cast.ana)
    seen = client.post(address_of(ana), {})
    assert seen.status_code == 422
    assert "tick the blank vote" in seen.content.decode()
    client.post(address_of(ana), {"blank": "on"})
    assert in_urn(found) == [[]]


def test_papers_are_marked_and_typed_in_apart(client, cast):
    make.members(cast.node, 3)
    found = make.opened(cast.node, "Water", "Energy", secret=True)
    client.force_login(cast.rosa)
    two = list(found.voters.exclude(person=cast.ana.person)[:2])
    page = reverse("consultations:paper", args=[found.pk])
    client.post(page, {"voter": [one.pk for one in two]})
    assert code_of(lambda: make.closed(found)) == "papers_missing"
    typed = reverse("consultations:type_in", args=[found.pk])
    for text in ("Water", "Energy"):
        client.post(typed, {"one": make.proposal(found, text).pk})
    refused = client.post(typed, {"one": make.proposal(found, "Water").pk})
    assert "Every paper that was handed in is typed in." in refused.content.decode()
    assert found.ballots.filter(on_paper=True, voter=None).count() == 2
    seen = client.post(address_of(two[0]), {"one": make.proposal(found, "Water").pk})
    assert "already" in seen.content.decode()  # nobody votes twice
    assert make.closed(found).state == Consultation.State.CLOSED


def test_an_open_paper_belongs_to_somebody(cast):
    found = make.opened(cast.node, "Water", "Energy")
    ana = voter_of(found, cast.ana)
    services.mark_paper_voters(found, [ana.pk], actor=cast.rosa)
    lines = make.chosen(found, "Water")
    assert code_of(lambda: services.type_in_paper(found, lines, actor=cast.rosa)) == "whose_paper"
    services.type_in_paper(found, lines, actor=cast.rosa, voter=Voter.objects.get(pk=ana.pk))
    assert found.ballots.get().voter_id == ana.pk


@pytest.mark.parametrize(
    ("texts", "more", "code"),
    [
        (["Water"], {}, "too_few_proposals"),
        (["Water", "Energy"], {"method": "stv", "seats": 2}, "too_many_seats"),
    ],
)
def test_a_vote_that_could_decide_nothing_is_not_opened(cast, texts, more, code):
    assert code_of(lambda: make.opened(cast.node, *texts, **more)) == code


def test_a_vote_of_nobody_is_not_opened(cast):
    found = make.asked(cast.node, "Water", "Energy")
    deed = lambda: services.open_voting(found, actor=cast.rosa, roles=["steward"])  # noqa: E731
    assert code_of(deed) == "nobody_votes"


def test_a_withdrawn_question_takes_no_vote(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    services.withdraw_consultation(found, actor=cast.rosa)
    seen = client.post(address_of(voter_of(found, cast.ana)), {"one": make.proposal(found, "Water").pk})
    assert "withdrawn" in seen.content.decode()
    assert in_urn(found) == []


def test_a_vote_that_waits_shows_on_the_page_of_its_community_until_it_is_cast(client, cast):
    found = make.opened(cast.node, "Water", "Energy")
    client.force_login(cast.ana)
    address = reverse("communities:overview", args=[cast.node.pk])
    assert "Your vote is awaited" in client.get(address).content.decode()
    assert client.post(reverse("consultations:begin", args=[found.pk])).url.endswith(
        address_of(voter_of(found, cast.ana))
    )
    make.voted(voter_of(found, cast.ana), "Water")
    assert "Your vote is awaited" not in client.get(address).content.decode()


def test_a_call_to_vote_goes_to_whoever_has_not_voted_with_a_link_of_their_own(
    client, cast, system, mailoutbox
):
    make.members(cast.node, 2)
    found = make.opened(cast.node, "Water", "Energy", secret=True, question="Which goal?")
    for voter in found.voters.all():
        ContactPoint.objects.create(
            person=voter.person, kind="email", value=f"p{voter.person_id}@example.org"
        )
    make.voted(voter_of(found, cast.ana), "Water")
    client.force_login(cast.rosa)
    for _ in range(2):  # a double tap
        seen = client.post(reverse("consultations:call", args=[found.pk]), follow=True)
        assert "2 letters are on their way." in seen.content.decode()
    noon = timezone.now().replace(hour=17) + timedelta(days=1)  # of Bogotá, where nobody sleeps
    send_due(clock=lambda: noon)
    assert {one.to[0] for one in mailoutbox} == {
        f"p{voter.person_id}@example.org" for voter in found.voters.exclude(person=cast.ana.person)
    }
    for one in mailoutbox:
        voter = found.voters.get(person_id=int(one.to[0][1:].partition("@")[0]))
        assert address_of(voter) in one.body
    assert Message.objects.filter(person__isnull=False, state=Message.State.SENT).count() == 0  # discreet


def test_a_vote_whose_moment_has_passed_is_closed_by_itself_when_its_papers_are_in(cast, system):
    found, other = (make.opened(cast.node, "Water", "Energy") for _ in range(2))
    services.mark_paper_voters(other, [voter_of(other, cast.ana).pk], actor=system)
    day = timezone.now() - timedelta(days=2)
    Consultation.objects.update(opened_at=day, closes_at=day + timedelta(days=1))
    assert services.close_what_is_over() == 1
    assert [one.state for one in Consultation.objects.filter(pk__in=[found.pk, other.pk]).order_by("pk")] == [
        "closed",
        "voting",
    ]

"""Who may see and do what: the cast against every page and deed, and lists that agree with questions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.buddies import policies, selectors
from tejido.buddies.models import BuddyRound, Partner
from tejido.buddies.tests import factories as make
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")

VERBS = [  # who, sees skills, seeks help, runs
    ("ana", True, True, False),
    ("rosa", True, True, True),
    ("tomas", True, True, True),
    ("ines", True, True, False),
    ("sole", True, False, False),
    ("ze", False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "seeks", "runs"), VERBS)
def test_rights_in_a_node(cast, who, sees, seeks, runs):
    actor = getattr(cast, who)
    assert bool(can(actor, "buddies.see_skills", cast.node)) is sees
    assert bool(can(actor, "buddies.seek_help", cast.node)) is seeks
    assert bool(can(actor, "buddies.run", cast.node)) is runs


@pytest.fixture
def pair(cast):
    """Ana and somebody else, asked."""
    make.told(cast.ana.person)
    make.member(cast.node, "Eva")
    return make.sent(cast.node)


PAGES = [  # page, who may come in
    ("skills", "ana rosa tomas ines sole"),
    ("help", "ana rosa tomas ines"),
    ("asked", "rosa tomas"),
    ("suggestions", "rosa tomas"),
    ("buddies", "ana rosa tomas ines sole"),
    ("round", "rosa tomas"),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, cast, pair, system, page, let_in):
    from tejido.buddies.services import ask_for_skills

    ask_for_skills(cast.node, actor=system)
    address = reverse(f"buddies:{page}", args=[pair.pk if page == "round" else cast.node.pk])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


@pytest.mark.parametrize(
    "deed", ["ask", "remind", "open_round", "propose", "send", "swap", "close", "leave_out"]
)
def test_who_does_not_run_it_can_post_nothing(client, cast, pair, deed):
    of_round = deed in {"propose", "send", "swap", "close", "leave_out"}
    args = [pair.pk if of_round else cast.node.pk]
    if deed == "leave_out":
        args.append(Partner.objects.first().pk)
    for who in ("ana", "ines", "sole", "ze"):
        client.force_login(getattr(cast, who))
        assert client.post(reverse(f"buddies:{deed}", args=args)).status_code == 404, who
    pair.refresh_from_db()
    assert pair.state == BuddyRound.State.OPEN
    assert not cast.node.skills_rounds.exists()


def test_only_the_two_answer_for_themselves(client, cast, pair):
    mine = make.partner(cast.ana.person)
    for who in WHO:
        actor = getattr(cast, who)
        assert bool(can(actor, "buddies.answer", mine)) is (who == "ana")
        client.force_login(actor)
        answered = client.post(reverse("buddies:begin", args=[mine.pk])).status_code
        assert answered == (302 if who == "ana" else 404), who


def test_nobody_reads_a_private_answer_on_any_page_of_the_community(client, cast, pair):
    make.says(cast.ana.person, yes=False)
    client.force_login(cast.rosa)
    page = client.get(reverse("buddies:round", args=[pair.pk])).content.decode()
    assert page.count("Not this time") == 2  # the state of the pair, on its chip and above the list


def test_lists_and_questions_agree_for_everybody(cast, pair, system):
    for actor in [*(getattr(cast, who) for who in WHO), system]:
        for model, verb, listed in (
            (BuddyRound, "manage", policies.rounds_run_by(actor)),
            (Partner, "answer", policies.mine(actor)),
        ):
            said = {one.pk for one in model.objects.all() if can(actor, f"buddies.{verb}", one)}
            assert set(model.objects.filter(listed).values_list("pk", flat=True)) == said, (actor, verb)


def test_a_researcher_reads_no_small_number(client, cast):
    make.member(cast.node, "Eva", "coding", "drama")
    client.force_login(cast.sole)
    page = client.get(reverse("buddies:skills", args=[cast.node.pk])).content.decode()
    assert "fewer than 5" in page
    assert "One person only" not in page


def test_without_a_person_there_is_no_list_of_ones_own(client, cast):
    client.force_login(cast.ana)
    assert client.get(reverse("buddies:mine")).status_code == 302
    assert not selectors.my_pairs(cast.ze).exists()

"""Who may see, ask, propose, vote, decide: the cast against every verb, and lists that agree with questions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.consultations import policies
from tejido.consultations.models import Consultation
from tejido.consultations.tests import factories as make
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")

IN_THE_NODE = [  # who, sees, asks and manages, proposes, votes
    ("ana", True, False, True, True),
    ("rosa", True, True, True, False),
    ("tomas", True, True, True, False),
    ("ines", True, False, False, False),
    ("sole", True, False, False, False),
    ("ze", False, False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "manages", "proposes", "votes"), IN_THE_NODE)
def test_rights_in_a_node(cast, who, sees, manages, proposes, votes):
    actor, found = getattr(cast, who), make.opened(cast.node, "Water", "Energy")
    assert bool(can(actor, "consultations.see", found)) is sees
    assert bool(can(actor, "consultations.ask", cast.node)) is manages
    assert bool(can(actor, "consultations.manage", found)) is manages
    assert bool(can(actor, "consultations.propose", found)) is proposes
    assert bool(can(actor, "consultations.vote", found)) is votes


def test_the_coordinator_votes_in_the_network_she_belongs_to(cast):
    found = make.opened(cast.network, "Water", "Energy")
    assert can(cast.rosa, "consultations.vote", found)
    assert can(cast.ana, "consultations.vote", found)
    assert not can(cast.ines, "consultations.vote", found)  # she accompanies; the teachers decide


def test_members_propose_only_where_they_may(cast):
    found = make.asked(cast.node, members_propose=False)
    assert not can(cast.ana, "consultations.propose", found)
    assert can(cast.rosa, "consultations.propose", found)


def test_lists_and_questions_agree_for_everybody(cast, system):
    for community in (cast.network, cast.node, cast.sister, cast.elsewhere):
        make.asked(community, "Water", "Energy")
    make.opened(cast.node, "Water", "Energy")
    for actor in [*(getattr(cast, who) for who in WHO), system]:
        for verb, listed in (
            ("see", policies.consultations_visible_to(actor)),
            ("manage", policies.managed_by(actor)),
            ("propose", policies.proposable_by(actor)),
            ("vote", policies.votable_by(actor)),
        ):
            said = {one.pk for one in Consultation.objects.all() if can(actor, f"consultations.{verb}", one)}
            assert set(Consultation.objects.filter(listed).values_list("pk", flat=True)) == said, (
                actor,
                verb,
            )


PAGES = [  # page, who may come in
    ("consultation", "ana rosa tomas ines sole"),
    ("propose", "ana rosa tomas"),
    ("change", "rosa tomas"),
    ("wall", "rosa tomas"),
    ("from_a_form", "rosa tomas"),
    ("open", "rosa tomas"),
    ("extend", "rosa tomas"),
    ("voters", "rosa tomas"),
    ("paper", "rosa tomas"),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, cast, page, let_in):
    address = reverse(f"consultations:{page}", args=[make.opened(cast.node, "Water", "Energy").pk])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


DEEDS = [
    "merge",
    "part",
    "remove",
    "close",
    "withdraw",
    "nodes",
    "gather",
    "name",
    "challenge",
    "type_in",
    "call",
]


@pytest.mark.parametrize("deed", DEEDS)
def test_who_does_not_run_it_can_post_nothing(client, cast, deed):
    found = make.opened(cast.node, "Water", "Energy")
    for who in ("ana", "ines", "sole", "ze"):
        client.force_login(getattr(cast, who))
        assert client.post(reverse(f"consultations:{deed}", args=[found.pk])).status_code == 404, who
    found.refresh_from_db()
    assert found.state == Consultation.State.VOTING


def test_the_list_shows_what_its_reader_belongs_to(client, cast, django_assert_max_num_queries):
    make.asked(cast.node, question="Ours?")
    make.asked(cast.sister, question="Theirs?")
    client.force_login(cast.ana)
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("consultations:list", args=[cast.node.pk])).content.decode()
    assert "Ours?" in shown
    assert "Theirs?" not in shown
    assert client.get(reverse("consultations:list", args=[cast.sister.pk])).status_code == 404

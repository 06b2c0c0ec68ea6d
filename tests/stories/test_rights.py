"""Who may what: the cast against the verbs of the lower floors, and lists that agree with questions."""

from __future__ import annotations

import pytest

from tejido.communities.models import Community
from tejido.communities.policies import RIGHTS, communities_for, has_right
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory, person_with_account
from tejido.directory.models import Person, Purpose
from tejido.directory.policies import people_for
from tejido.directory.tests.factories import consents
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import may_see, visible_to
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db

IN_THE_NODE = [  # who, sees it, plans gatherings there, runs it, gives roles, understands
    ("ana", True, False, False, False, False),
    ("rosa", True, True, True, True, True),
    ("tomas", True, True, True, True, True),
    ("ines", True, True, False, False, True),
    ("sole", True, False, False, False, True),
    ("ze", False, False, False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "plans", "runs", "gives", "understands"), IN_THE_NODE)
def test_rights_in_a_node(cast, who, sees, plans, runs, gives, understands):
    actor = getattr(cast, who)
    assert bool(can(actor, "communities.see", cast.node)) is sees
    assert bool(can(actor, "gatherings.plan", cast.node)) is plans
    assert bool(can(actor, "communities.run", cast.node)) is runs
    assert bool(can(actor, "communities.give_roles", cast.node)) is gives
    assert bool(can(actor, "communities.understand", cast.node)) is understands
    assert not can(actor, "communities.see", cast.elsewhere)


def test_a_member_of_a_node_sees_her_network_but_not_the_sister_node(cast):
    assert can(cast.ana, "communities.see", cast.network)
    assert not can(cast.ana, "communities.see", cast.sister)
    assert not can(cast.ana, "communities.see_people", cast.network)


def test_lists_and_questions_agree_for_everybody(cast):
    for community in Community.objects.all():
        GatheringFactory(community=community)
    for who in ("ana", "rosa", "tomas", "ines", "sole", "ze"):
        actor = getattr(cast, who)
        for right in RIGHTS:
            listed = set(Community.objects.filter(communities_for(actor, right)))
            assert listed == {c for c in Community.objects.all() if has_right(actor, c, right)}
        seen = set(Gathering.objects.filter(visible_to(actor)))
        assert seen == {g for g in Gathering.objects.all() if may_see(actor, g)}
        for verb, question in (("see", "see_person"), ("contact", "see_contact"), ("edit", "edit_person")):
            listed = set(Person.objects.filter(people_for(actor, verb)))
            assert listed == {p for p in Person.objects.all() if can(actor, f"directory.{question}", p)}


def test_contact_data_is_for_the_team_and_for_fellows_whom_the_person_allowed(cast):
    beto = MembershipFactory(community=cast.node, person=person_with_account("Beto Paz")).person
    assert can(cast.rosa, "directory.see_contact", beto)
    assert can(cast.ana, "directory.see_person", beto)
    assert not can(cast.ana, "directory.see_contact", beto)
    consents(beto, Purpose.CONTACT)
    assert can(cast.ana, "directory.see_contact", beto)
    assert not can(cast.ze, "directory.see_contact", beto)


def test_a_researcher_sees_only_people_who_let_their_name_be_published(cast):
    ana = cast.ana.person
    assert not can(cast.sole, "directory.see_person", ana)
    consents(ana, Purpose.PUBLICATION)
    assert can(cast.sole, "directory.see_person", ana)
    assert not can(cast.sole, "directory.see_contact", ana)


def test_a_past_role_gives_nothing(cast):
    from datetime import date

    membership = cast.rosa.person.memberships.get()
    membership.ends_on = date(2024, 1, 1)
    membership.save()
    assert not can(cast.rosa, "communities.see", cast.network)


def test_founding_a_network_takes_a_steward_of_the_installation(cast):
    assert not can(cast.rosa, "communities.found", None)
    assert can(cast.rosa, "communities.found", cast.network)
    cast.tomas.is_superuser = True
    assert can(cast.tomas, "communities.found", None)
    assert not can(cast.tomas, "communities.see", CommunityFactory())

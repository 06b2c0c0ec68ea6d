"""Who belongs: joining, roles, leaving, undoing; by hand and by lists of any length."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tejido.communities.models import Membership, Role
from tejido.communities.services import (
    Belonging,
    Newcomer,
    add_member,
    add_members,
    change_role,
    end_membership,
    take_back_members,
    undo_joining,
    undo_leaving,
    undo_role_change,
    welcome_newcomer,
)
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory, SchoolFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.journal import history
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db


def facts_of(community) -> list[str]:
    return [entry.fact for entry in reversed(history(community_ids=[community.pk]))]


def test_one_open_membership_per_role_is_a_truth_of_the_database(cast):
    first = MembershipFactory(community=cast.node)
    assert add_member(cast.node, first.person, actor=cast.rosa) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(community=cast.node, person=first.person, starts_on=date(2023, 1, 1))


def test_whoever_comes_back_gets_a_new_membership_and_keeps_the_old_one(cast):
    first = MembershipFactory(community=cast.node)
    end_membership(first, on=date(2022, 1, 1), reason="no_time", actor=cast.rosa)
    again = add_member(cast.node, first.person, starts_on=date(2024, 1, 1), actor=cast.rosa)
    assert again != first
    assert first.person.memberships.count() == 2


WHO_MAY = [  # who, may add a member, may give a role, may end somebody else's membership
    ("ana", False, False, False),
    ("rosa", True, True, True),
    ("tomas", True, True, True),
    ("ines", False, False, False),
    ("sole", False, False, False),
    ("ze", False, False, False),
]


def succeeds(deed) -> bool:
    try:
        deed()
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize(("who", "adds", "gives", "ends"), WHO_MAY)
def test_rights_on_memberships_of_a_node(cast, who, adds, gives, ends):
    actor = getattr(cast, who)
    beto = MembershipFactory(community=cast.node)
    assert succeeds(lambda: add_member(cast.node, PersonFactory(), actor=actor)) is adds
    assert (
        succeeds(lambda: add_member(cast.node, PersonFactory(), role=Role.FACILITATOR, actor=actor)) is gives
    )
    assert succeeds(lambda: change_role(beto, Role.NODE_LEADER, actor=actor)) is gives
    assert succeeds(lambda: end_membership(MembershipFactory(community=cast.node), actor=actor)) is ends


def test_a_node_leader_adds_members_but_gives_no_roles(cast):
    leader = MembershipFactory(community=cast.node, role=Role.NODE_LEADER, person=cast.ze.person).person.user
    add_member(cast.node, PersonFactory(), actor=leader)
    with pytest.raises(NotAllowed):
        add_member(cast.node, PersonFactory(), role=Role.COORDINATOR, actor=leader)
    with pytest.raises(NotAllowed):
        add_member(cast.sister, PersonFactory(), actor=leader)


def test_everybody_may_leave_by_themselves_and_take_it_back_for_a_day(cast):
    membership = cast.ana.person.memberships.get()
    end_membership(membership, on=timezone.localdate() - timedelta(days=1), reason="no_time", actor=cast.ana)
    assert not can(cast.ana, "communities.see", cast.node)
    undo_leaving(membership, actor=cast.ana)
    assert can(cast.ana, "communities.see", cast.node)
    membership.refresh_from_db()
    assert (membership.ends_on, membership.end_reason) == (None, "")


def test_whoever_was_taken_out_does_not_let_themselves_in_again(cast):
    membership = cast.ana.person.memberships.get()
    end_membership(membership, actor=cast.rosa)
    with pytest.raises(NotAllowed):
        undo_leaving(membership, actor=cast.ana)


def test_undoing_is_for_a_day(cast):
    membership = add_member(cast.node, PersonFactory(), actor=cast.rosa)
    JournalEntry.objects.update(happened_at=timezone.now() - timedelta(days=2))
    with pytest.raises(Refusal) as refused:
        undo_joining(membership, actor=cast.rosa)
    assert refused.value.code == "too_late_to_undo"
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_a_person_added_by_mistake_is_taken_out_and_both_are_told(cast):
    membership = add_member(cast.node, PersonFactory(), actor=cast.rosa)
    undo_joining(membership, actor=cast.rosa)
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert facts_of(cast.node)[-2:] == ["communities.member_joined", "communities.joining_undone"]


def test_a_network_keeps_somebody_who_runs_it(cast):
    rosas, tomas = (getattr(cast, who).person.memberships.get() for who in ("rosa", "tomas"))
    end_membership(tomas, actor=cast.rosa)
    for deed in (
        lambda: end_membership(rosas, actor=cast.rosa),
        lambda: change_role(rosas, Role.MEMBER, actor=cast.rosa),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "last_runner"
    assert can(cast.rosa, "communities.run", cast.network)


def test_another_role_ends_the_old_one_the_day_before(cast):
    ana = cast.ana.person.memberships.get()
    new = change_role(ana, Role.NODE_LEADER, on=date(2024, 3, 1), actor=cast.rosa)
    ana.refresh_from_db()
    assert (ana.ends_on, ana.end_reason) == (date(2024, 2, 29), "changed_role")
    assert (new.role, new.starts_on, new.ends_on) == (Role.NODE_LEADER, date(2024, 3, 1), None)
    assert can(cast.ana, "communities.run", cast.node)


def test_undoing_another_role_leaves_no_trace_but_in_the_history(cast):
    ana = cast.ana.person.memberships.get()
    new = change_role(ana, Role.NODE_LEADER, actor=cast.rosa)
    assert undo_role_change(new, actor=cast.rosa) == ana
    ana.refresh_from_db()
    assert (ana.role, ana.ends_on, ana.end_reason) == (Role.MEMBER, None, "")
    assert cast.ana.person.memberships.count() == 1
    assert facts_of(cast.node)[-2:] == ["communities.role_changed", "communities.role_changed"]


def test_a_role_corrected_on_its_first_day_is_corrected_in_place(cast):
    membership = add_member(cast.node, PersonFactory(), actor=cast.rosa)
    assert change_role(membership, Role.RESEARCHER, actor=cast.rosa).pk == membership.pk
    assert membership.person.memberships.get().role == Role.RESEARCHER
    undo_role_change(membership.person.memberships.get(), actor=cast.rosa)
    assert membership.person.memberships.get().role == Role.MEMBER


def test_nobody_holds_one_role_twice(cast):
    ana = cast.ana.person
    add_member(cast.node, ana, role=Role.FACILITATOR, actor=cast.rosa)
    with pytest.raises(Refusal) as refused:
        change_role(ana.memberships.get(role=Role.MEMBER), Role.FACILITATOR, actor=cast.rosa)
    assert refused.value.code == "has_that_role"


def test_dates_that_cannot_be_are_refused(cast):
    with pytest.raises(Refusal, match="ends after it starts"):
        end_membership(cast.ana.person.memberships.get(), on=date(2019, 1, 1), actor=cast.rosa)
    with pytest.raises(Refusal, match="starts later"):
        change_role(cast.ana.person.memberships.get(), Role.FACILITATOR, on=date(2019, 1, 1), actor=cast.rosa)


def test_a_list_of_members_comes_in_at_once_and_twice_changes_nothing(cast, django_assert_max_num_queries):
    people = Person.objects.bulk_create(Person(given_names=f"T{n}", search_name=f"t{n}") for n in range(3000))
    ana = cast.ana.person
    lines = [Belonging(p.pk, Role.MEMBER, date(2024, 2, 1)) for p in [ana, *people, people[0]]]
    lines.append(Belonging(people[0].pk, Role.MEMBER, date(2020, 1, 1), date(2021, 1, 1)))
    with django_assert_max_num_queries(30):  # SQLite takes 166 rows an insert
        new = add_members(cast.node, lines, actor=cast.rosa)
    assert len(new) == 3001  # Ana was there; the repeated line counts once; an earlier time is one of its own
    assert cast.node.memberships.count() == 3002
    assert add_members(cast.node, lines, actor=cast.rosa) == []
    assert facts_of(cast.node).count("communities.members_joined") == 1


def test_a_list_with_an_impossible_line_changes_nothing_and_names_the_line(cast):
    good = Belonging(PersonFactory().pk, Role.MEMBER, date(2024, 2, 1))
    for bad, code in (
        (good._replace(ends_on=date(2023, 1, 1)), "ends_before_start"),
        (good._replace(role="queen"), "unknown_role"),
    ):
        with pytest.raises(Refusal, match="Line 2") as refused:
            add_members(cast.node, [good, bad], actor=cast.rosa)
        assert (refused.value.code, refused.value.detail) == (code, {"line": 2})
    assert cast.node.memberships.count() == 1


def test_a_list_that_gives_roles_takes_the_right_to_give_them(cast):
    leader = MembershipFactory(community=cast.node, role=Role.NODE_LEADER, person=cast.ze.person).person.user
    with pytest.raises(NotAllowed):
        add_members(cast.node, [Belonging(PersonFactory().pk, Role.STEWARD, date(2024, 1, 1))], actor=leader)


def test_taking_a_list_back_leaves_what_changed_meanwhile(cast):
    lines = [Belonging(PersonFactory().pk, Role.MEMBER, date(2024, 2, 1)) for _n in range(3)]
    new = add_members(cast.node, lines, actor=cast.rosa)
    left = Membership.objects.get(person_id=lines[0].person_id)
    end_membership(left, actor=cast.rosa)
    assert take_back_members(cast.node, new, actor=cast.rosa) == 2
    assert set(cast.node.memberships.values_list("person_id", flat=True)) == {
        cast.ana.person.pk,
        left.person_id,
    }


def test_a_newcomer_is_entered_with_contact_post_and_membership_in_one_go(cast):
    school = SchoolFactory()
    membership = welcome_newcomer(
        cast.node, Newcomer("Lía", "Soto Paz", email="lia@example.org", school=school), actor=cast.rosa
    )
    assert membership.person.name == "Lía Soto Paz"
    assert membership.person.contacts.get().value == "lia@example.org"
    assert membership.person.posts.get().school == school
    with pytest.raises(NotAllowed):
        welcome_newcomer(cast.node, Newcomer("Otra"), actor=cast.ana)
    assert not Person.objects.filter(given_names="Otra").exists()

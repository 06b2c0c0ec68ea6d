"""Two rows that were one person or one school: merged field by field, undone exactly, told apart for good."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import Membership
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory, person_with_account
from tejido.directory import services
from tejido.directory.models import (
    Attribute,
    Consent,
    ContactPoint,
    Merge,
    Person,
    Post,
    Purpose,
    School,
    Skill,
    Topic,
)
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, consents
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db

MEMORY = {
    "directory.merge",
    "directory.movedpointer",
    "foundation.journalentry",
    "foundation.pendingreaction",
}


def every_table() -> dict[str, list[tuple]]:
    """All rows of all tables of the house, but for the memory of the merge itself."""
    return {
        model._meta.label_lower: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model.__module__.startswith("tejido.") and model._meta.label_lower not in MEMORY
    }


def attends(person: Person, gathering: Gathering, status: str = "on_site") -> Attendance:
    return Attendance.objects.create(
        person=person, gathering=gathering, status=status, recorded_by=system_account()
    )


def test_everything_that_pointed_at_either_points_at_the_one_that_stays(system):
    kept, gone = PersonFactory(given_names="Ana María"), PersonFactory(given_names="Ana M.")
    node = CommunityFactory()
    MembershipFactory(person=gone, community=node)
    came = attends(gone, GatheringFactory(community=node))
    post = PostFactory(person=gone)
    ContactPoint.objects.create(person=gone, kind="email", value="ana@example.org")

    merge = services.merge_people(kept, gone, {}, actor=system)

    for row in (came, post):
        row.refresh_from_db()
        assert row.person_id == kept.pk
    assert kept.memberships.get().community == node
    assert kept.contacts.get().value == "ana@example.org"
    assert not Person.objects.filter(pk=gone.pk).exists(), "the other is out of every list"
    assert Person.every.get(pk=gone.pk).merged_into_id == kept.pk
    assert (merge.kept_id, merge.gone_id, merge.actor) == (kept.pk, gone.pk, system)
    assert JournalEntry.objects.get(fact="directory.people_merged").payload["gone_id"] == gone.pk


def test_the_fields_are_chosen_one_by_one_and_a_name_is_chosen_whole(system):
    kept = PersonFactory(given_names="Ana", family_names="Rojas", list_code="17", teaching_since=None)
    gone = PersonFactory(
        given_names="Ana María", family_names="Rojas Núñez", list_code="0017", teaching_since=2009
    )

    merge = services.merge_people(
        kept, gone, {"name": "gone", "list_code": "kept", "teaching_since": "gone"}, actor=system
    )

    kept.refresh_from_db()
    assert (kept.name, kept.list_code, kept.teaching_since) == ("Ana María Rojas Núñez", "17", 2009)
    assert kept.search_name == "ana maria rojas nunez", "she is found under her new name"
    services.undo_merge(merge, actor=system)
    kept.refresh_from_db()
    assert (kept.name, kept.search_name, kept.teaching_since) == ("Ana Rojas", "ana rojas", None)


def test_marks_for_the_same_gathering_become_one_mark_and_come_back_with_the_undo(system):
    kept, gone, gathering = PersonFactory(), PersonFactory(), GatheringFactory()
    attends(kept, gathering, "online")
    double = attends(gone, gathering, "online")
    double.refresh_from_db()

    merge = services.merge_people(kept, gone, {}, actor=system)

    assert [a.person_id for a in gathering.attendances.all()] == [kept.pk]
    dropped = merge.moved.get(field="", model="gatherings.attendance").dropped
    assert dropped["id"] == str(double.pk) and dropped["person_id"] == str(gone.pk)
    services.undo_merge(merge, actor=system)
    assert Attendance.objects.get(pk=double.pk).person_id == gone.pk
    assert Attendance.objects.get(pk=double.pk).recorded_at == double.recorded_at


def test_whoever_was_present_under_one_name_was_present(system):
    kept, gone, gathering = PersonFactory(), PersonFactory(), GatheringFactory()
    attends(kept, gathering, "absent")
    attends(gone, gathering, "on_site")

    before = every_table()
    merge = services.merge_people(kept, gone, {}, actor=system)

    assert gathering.attendances.get().status == "on_site"
    assert gathering.attendances.get().person_id == kept.pk
    services.undo_merge(merge, actor=system)
    assert every_table() == before


def test_the_longer_of_two_open_memberships_stands(system):
    kept, gone, node = PersonFactory(), PersonFactory(), CommunityFactory()
    MembershipFactory(person=kept, community=node, starts_on=date(2023, 1, 1))
    MembershipFactory(person=gone, community=node, starts_on=date(2019, 1, 1))

    services.merge_people(kept, gone, {}, actor=system)

    assert kept.memberships.get().starts_on == date(2019, 1, 1)


def test_a_post_of_which_both_rows_tell_stands_once(system):
    kept, gone, school = PersonFactory(), PersonFactory(), SchoolFactory()
    PostFactory(person=kept, school=school, starts_on=None)
    PostFactory(person=gone, school=school, starts_on=date(2018, 3, 1))
    PostFactory(person=gone, school=SchoolFactory(name="Another"), starts_on=date(2010, 3, 1))
    before = every_table()

    merge = services.merge_people(kept, gone, {}, actor=system)

    assert sorted(p.starts_on for p in kept.posts.all()) == [date(2010, 3, 1), date(2018, 3, 1)]
    services.undo_merge(merge, actor=system)
    assert every_table() == before


def test_the_later_answer_to_a_consent_counts_so_that_no_withdrawal_is_lost(system):
    kept, gone = PersonFactory(), PersonFactory()
    consents(kept, Purpose.PHOTOGRAPH)
    consents(gone, Purpose.PHOTOGRAPH, given=False)
    Consent.objects.filter(person=kept).update(answered_at=datetime(2022, 1, 1, tzinfo=UTC))
    Consent.objects.filter(person=gone).update(answered_at=datetime(2024, 1, 1, tzinfo=UTC))
    before = every_table()

    merge = services.merge_people(kept, gone, {}, actor=system)

    assert kept.consents.get(is_current=True).given is False
    assert kept.consents.count() == 2, "the earlier answer stays as history"
    services.undo_merge(merge, actor=system)
    assert every_table() == before


def test_of_two_accounts_one_is_chosen_and_the_other_opens_nobody(system):
    kept, gone = person_with_account("Ana Rojas"), person_with_account("Anita Rojas")
    mine, theirs = kept.user, gone.user

    merge = services.merge_people(kept, gone, {"account": "gone"}, actor=system)

    kept.refresh_from_db()
    assert kept.user == theirs
    assert not Person.every.filter(user=mine).exists()
    services.undo_merge(merge, actor=system)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.user, gone.user) == (mine, theirs)


def test_the_only_account_comes_along_when_it_is_chosen(system):
    kept, gone = PersonFactory(), person_with_account("Ana Rojas")
    account = gone.user
    merge = services.merge_people(kept, gone, {"account": "gone"}, actor=system)
    kept.refresh_from_db()
    assert kept.user == account
    services.undo_merge(merge, actor=system)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.user, gone.user) == (None, account)


def test_two_schools_become_one_with_the_code_of_either(system):
    kept, gone = (
        SchoolFactory(name="Escuela Uno"),
        SchoolFactory(name="Esc. 1", register="cl-rbd", code="9001"),
    )
    post = PostFactory(school=gone)
    services.record_profile(kept, date(2023, 3, 1), actor=system, enrolment=100)
    services.record_profile(gone, date(2023, 3, 1), actor=system, enrolment=99)
    services.record_profile(gone, date(2024, 3, 1), actor=system, enrolment=90)
    before = every_table()

    merge = services.merge_schools(kept, gone, {"code": "gone"}, actor=system)

    kept.refresh_from_db()
    post.refresh_from_db()
    assert (kept.register, kept.code, kept.name) == ("cl-rbd", "9001", "Escuela Uno")
    assert post.school_id == kept.pk
    assert [(p.on.year, p.enrolment) for p in kept.profiles.order_by("on")] == [(2023, 100), (2024, 90)]
    services.undo_merge(merge, actor=system)
    assert every_table() == before


def test_merges_are_undone_the_last_first(system):
    kept, first, second = PersonFactory(), PersonFactory(), PersonFactory()
    one = services.merge_people(kept, first, {}, actor=system)
    two = services.merge_people(kept, second, {}, actor=system)
    with pytest.raises(Refusal) as refusal:
        services.undo_merge(one, actor=system)
    assert refusal.value.code == "merged_again" and "Undo the later merge first" in refusal.value.message
    services.undo_merge(two, actor=system)
    services.undo_merge(one, actor=system)
    assert Person.objects.count() == 3


def test_a_merge_of_merges_comes_apart_again(system):
    a, b, c = PersonFactory(given_names="A"), PersonFactory(given_names="B"), PersonFactory(given_names="C")
    PostFactory(person=c)
    before = every_table()
    one = services.merge_people(b, c, {"name": "gone"}, actor=system)
    two = services.merge_people(a, b, {"name": "gone"}, actor=system)
    assert a.posts.count() == 1
    assert Person.every.get(pk=c.pk).merged_into_id == a.pk
    with pytest.raises(Refusal):
        services.undo_merge(one, actor=system)
    services.undo_merge(two, actor=system)
    services.undo_merge(one, actor=system)
    assert every_table() == before


def test_what_was_entered_since_stays_with_the_one_that_was_kept(system):
    kept, gone = PersonFactory(given_names="Ana"), PersonFactory(given_names="Anita")
    merge = services.merge_people(kept, gone, {"name": "gone"}, actor=system)
    later = PostFactory(person=kept)
    services.change_person(Person.objects.get(pk=kept.pk), {"given_names": "Ana Luz"}, actor=system)

    services.undo_merge(merge, actor=system)

    kept.refresh_from_db()
    assert kept.given_names == "Ana Luz", "the newer correction is not overwritten"
    assert kept.posts.get() == later


def test_a_gathering_deleted_since_does_not_stop_the_undo(system):
    kept, gone, gathering = PersonFactory(), PersonFactory(), GatheringFactory()
    attends(kept, gathering), attends(gone, gathering)
    merge = services.merge_people(kept, gone, {}, actor=system)
    gathering.delete()
    services.undo_merge(merge, actor=system)
    assert Person.objects.filter(pk=gone.pk).exists()
    assert not Attendance.objects.exists()
    connection.check_constraints()


def test_an_undo_that_would_break_a_truth_is_refused_in_words_and_changes_nothing(system):
    kept, gone = SchoolFactory(name="A"), SchoolFactory(name="B", register="cl-rbd", code="9001")
    merge = services.merge_schools(kept, gone, {}, actor=system)
    services.add_school({"name": "C", "register": "cl-rbd", "code": "9001"}, actor=system)
    before = every_table()
    with pytest.raises(Refusal) as refusal:
        services.undo_merge(merge, actor=system)
    assert refusal.value.code == "merge_stands"
    assert every_table() == before


def test_a_merge_is_undone_once(system):
    merge = services.merge_people(PersonFactory(), PersonFactory(), {}, actor=system)
    services.undo_merge(merge, actor=system)
    with pytest.raises(Refusal) as refusal:
        services.undo_merge(merge, actor=system)
    assert refusal.value.code == "merge_undone_before"


def test_what_cannot_be_merged_is_refused_and_nothing_is_written(system):
    one, other = PersonFactory(), PersonFactory(is_invented=True)
    for pair, code in (((one, one), "same_row"), ((one, other), "invented_and_real")):
        before = every_table()
        with pytest.raises(Refusal) as refusal:
            services.merge_people(*pair, {}, actor=system)
        assert refusal.value.code == code
        assert every_table() == before
    third = PersonFactory()
    services.merge_people(one, third, {}, actor=system)
    with pytest.raises(Refusal) as refusal:
        services.merge_people(PersonFactory(), third, {}, actor=system)
    assert refusal.value.code == "already_merged"


# Whatever hangs on two people: merged and undone, every table is as it was. ------------------


@st.composite
def what_hangs_on_a_person(draw):
    return {
        "account": draw(st.booleans()),
        "name": draw(st.sampled_from(["Ana", "Ana María", "Zoë"])),
        "posts": draw(
            st.lists(st.tuples(st.integers(0, 1), st.sampled_from([None, 2018, 2020])), max_size=3)
        ),
        "contacts": draw(st.sets(st.sampled_from(["a@example.org", "b@example.org"]))),
        "skills": draw(st.sets(st.tuples(st.integers(0, 1), st.sampled_from(["offered", "wanted"])))),
        "attributes": draw(
            st.dictionaries(st.sampled_from(["gender", "origin"]), st.sampled_from(["x", "y"]))
        ),
        "consents": draw(
            st.lists(st.tuples(st.sampled_from(["contact", "research"]), st.booleans()), max_size=3)
        ),
        "memberships": draw(st.dictionaries(st.integers(0, 1), st.integers(2018, 2023))),
        "attendance": draw(
            st.dictionaries(st.integers(0, 2), st.sampled_from(["on_site", "absent", "excused"]))
        ),
    }


def plant(facts, stage) -> Person:
    person = PersonFactory(given_names=facts["name"], user=UserFactory() if facts["account"] else None)
    for place, year in facts["posts"]:
        starts = date(year, 3, 1) if year else None
        PostFactory(person=person, school=stage["schools"][place], starts_on=starts)
    for value in facts["contacts"]:
        ContactPoint.objects.create(person=person, kind="email", value=value)
    for number, side in facts["skills"]:
        Skill.objects.create(person=person, topic=stage["topics"][number], side=side)
    for name, value in facts["attributes"].items():
        Attribute.objects.create(person=person, name=name, value=value)
    for purpose, answer in facts["consents"]:
        consents(person, purpose, given=answer)
    for number, year in facts["memberships"].items():
        Membership.objects.create(
            person=person, community=stage["communities"][number], starts_on=date(year, 1, 1)
        )
    for number, status in facts["attendance"].items():
        attends(person, stage["gatherings"][number], status)
    return person


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    one=what_hangs_on_a_person(),
    other=what_hangs_on_a_person(),
    chosen=st.fixed_dictionaries({part: st.sampled_from(["kept", "gone"]) for part in services.PERSON_PARTS}),
)
def test_merged_and_undone_leaves_every_table_as_it_was(system, one, other, chosen):
    stage = {
        "schools": [SchoolFactory(), SchoolFactory()],
        "topics": [
            Topic.objects.get_or_create(code=f"t{n}", name_es="t", name_en="t", name_pt="t")[0]
            for n in (0, 1)
        ],
        "communities": [CommunityFactory(), CommunityFactory()],
        "gatherings": [GatheringFactory() for _ in range(3)],
    }
    kept, gone = plant(one, stage), plant(other, stage)
    before = every_table()

    merge = services.merge_people(kept, gone, chosen, actor=system)

    for model in (Post, ContactPoint, Skill, Attribute, Consent, Membership, Attendance):
        assert not model.objects.filter(person_id=gone.pk).exists(), model
    services.undo_merge(merge, actor=system)
    assert every_table() == before
    connection.check_constraints()


def test_merging_two_schools_leaves_everything_as_it_was_when_undone(system):
    kept, gone = SchoolFactory(), SchoolFactory(rural=True, sector="public", latitude=-33.5, longitude=-70.6)
    shared = PersonFactory()
    for school in (kept, gone):
        PostFactory(person=shared, school=school, starts_on=date(2020, 3, 1))
        PostFactory(school=school)
        GatheringFactory(school=school)
    before = every_table()
    merge = services.merge_schools(kept, gone, dict.fromkeys(services.SCHOOL_PARTS, "gone"), actor=system)
    assert shared.posts.count() == 1
    assert Gathering.objects.filter(school=kept).count() == 2
    assert School.objects.get().sector == "public"
    assert Merge.objects.get().moved.exists()
    services.undo_merge(merge, actor=system)
    assert every_table() == before

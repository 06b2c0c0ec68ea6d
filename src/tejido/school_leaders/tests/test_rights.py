"""Who may see, invite, answer, note: the cast and two heads against every page and deed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.accounts.tests.factories import UserFactory
from tejido.foundation.policies import can
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.school_leaders import policies
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.tests import factories as make

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze", "head", "other")


@pytest.fixture
def scene(cast):
    """Two schools of the node, each with a head who was asked and has an account."""
    led, other = make.led_school(cast.node), make.led_school(cast.node, "Colegio Sur")
    for name, one in (("head", led), ("other", other)):
        one.head.user = UserFactory(email=f"{name}@example.org")
        one.head.save()
        setattr(cast, name, one.head.user)
    cast.led, cast.mine, cast.theirs = led, make.given(cast.network, led), make.given(cast.network, other)
    return cast


RIGHTS = [  # who, sees the list, looks after, answers for the one school, leads it
    ("ana", False, False, False, False),
    ("rosa", True, True, True, False),
    ("tomas", True, True, True, False),
    ("ines", True, False, False, False),
    ("sole", False, False, False, False),
    ("ze", False, False, False, False),
    ("head", False, False, True, True),
    ("other", False, False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "runs", "answers", "leads"), RIGHTS)
def test_rights(scene, who, sees, runs, answers, leads):
    actor = getattr(scene, who)
    assert bool(can(actor, "school_leaders.see", scene.network)) is sees
    assert bool(can(actor, "school_leaders.look_after", scene.network)) is runs
    assert bool(can(actor, "school_leaders.answer", scene.mine)) is answers
    assert bool(can(actor, "school_leaders.lead", scene.mine)) is leads


def test_lists_and_questions_agree_for_everybody(scene, system):
    for actor in [*(getattr(scene, who) for who in WHO), system]:
        said = {one.pk for one in SchoolCommitment.objects.all() if can(actor, "school_leaders.lead", one)}
        listed = SchoolCommitment.objects.filter(policies.led_by(actor), is_current=True)
        if not actor.is_system:
            assert set(listed.values_list("pk", flat=True)) == said, actor
        runs = {
            one.pk
            for one in SchoolCommitment.objects.select_related("community")
            if can(actor, "school_leaders.look_after", one.community)
        }
        listed = SchoolCommitment.objects.filter(policies.looked_after_by(actor))
        assert set(listed.values_list("pk", flat=True)) == runs, actor


PAGES = [  # page, who may come in
    ("schools", "rosa tomas ines"),
    ("words", "rosa tomas"),
    ("school", "rosa tomas ines"),
    ("write_down", "rosa tomas"),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, scene, page, let_in):
    where = [scene.network.pk] + ([scene.led.school.pk] if page in {"school", "write_down"} else [])
    address = reverse(f"school_leaders:{page}", args=where)
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


@pytest.mark.parametrize("deed", ["invite_all", "invite", "write", "withdraw", "note", "write_down", "words"])
def test_who_does_not_run_it_can_post_nothing(client, scene, deed):
    before = SchoolCommitment.objects.count()
    where = [scene.network.pk] + ([] if deed in {"invite_all", "words"} else [scene.led.school.pk])
    for who in ("ana", "ines", "sole", "ze", "head", "other"):
        client.force_login(getattr(scene, who))
        answer = client.post(reverse(f"school_leaders:{deed}", args=where), {"answer": "talk"})
        assert answer.status_code == 404, who
    assert SchoolCommitment.objects.count() == before


def test_a_head_sees_her_school_and_no_other_by_any_door(client, scene):
    """Signed in, by her link, by the link of a gathering: what is of another school is not there."""
    hers = reverse("school_leaders:leading", args=[scene.mine.school_id])
    theirs = reverse("school_leaders:leading", args=[scene.theirs.school_id])
    assert client.get(hers).status_code == 302
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(hers).status_code == (200 if who == "head" else 404), who
        assert client.get(theirs).status_code == (200 if who == "other" else 404), who
    client.logout()
    path = make.link(scene.mine)
    for below in ("", "school/"):
        page = client.get(path + below).content.decode()
        assert "Colegio Norte" in page
        assert "Colegio Sur" not in page


def test_her_link_opens_no_gathering_of_others(client, scene):
    other = GatheringFactory(community=scene.elsewhere)
    sister = GatheringFactory(community=scene.sister)  # nobody of her school is in it
    path = make.link(scene.mine)
    for gathering in (other, sister):
        assert client.get(f"{path}substitute/{gathering.pk}/").status_code == 404
        assert client.post(f"{path}substitute/{gathering.pk}/", {"name": "Luz"}).status_code == 404
        assert client.post(f"{path}substitute/{gathering.pk}/take-back/").status_code == 404


def test_a_made_up_link_opens_nothing(client, scene):
    for below in ("", "school/", "gatherings.ics", "substitute/1/"):
        assert client.get(f"/h/nothing/{below}").status_code == 404


def test_whoever_calls_herself_a_head_sees_nothing_until_she_is_asked(client, scene):
    """Everybody writes down their own posts: a post alone opens no door."""
    from tejido.directory.services import take_up_post

    take_up_post(scene.ze.person, scene.led.school, function="senior_leader", actor=scene.ze)
    client.force_login(scene.ze)
    assert client.get(reverse("school_leaders:leading", args=[scene.led.school.pk])).status_code == 404


def test_the_list_costs_the_same_at_five_hundred_schools(client, cast, django_assert_max_num_queries):
    from tejido.communities.models import Membership
    from tejido.directory.models import Person, Post, School

    schools = School.objects.bulk_create(School(name=f"S{n}", search_name=f"s{n:03}") for n in range(500))
    people = Person.objects.bulk_create(
        Person(given_names=f"P{n}", search_name=f"p{n}") for n in range(1_000)
    )
    kinds = [Post.Function.TEACHER, Post.Function.SENIOR_LEADER]
    Post.objects.bulk_create(
        Post(person=person, school=schools[at % 500], function=kinds[at // 500])
        for at, person in enumerate(people)
    )
    first = "2021-01-01"
    Membership.objects.bulk_create(
        Membership(person=person, community=cast.node, starts_on=first) for person in people[:500]
    )
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("school_leaders:schools", args=[cast.network.pk])).content.decode()
    assert "0 of 500 schools" in page
    assert "Invite 500 heads" in page
    with django_assert_max_num_queries(12):
        written = client.get(
            reverse("school_leaders:schools", args=[cast.network.pk]) + "?download=csv&look=one"
        )
    assert sum(1 for line in written.getvalue().decode().splitlines() if line.strip()) == 501


def test_filters_of_the_address_narrow_the_list(client, scene):
    make.led_school(scene.sister, "Colegio Chico", teachers=1)
    client.force_login(scene.rosa)
    here = reverse("school_leaders:schools", args=[scene.network.pk])
    for query, shown, hidden in (
        ("?look=one", "Colegio Chico", "Colegio Norte"),
        ("?state=given", "Colegio Norte", "Colegio Chico"),
        ("?q=chico", "Colegio Chico", "Colegio Sur"),
        ("?state=none", "Colegio Chico", "Colegio Sur"),
    ):
        page = client.get(here + query).content.decode()
        assert shown in page, query
        assert hidden not in page, query


def test_pages_of_a_school_keep_within_twelve_questions(client, scene, django_assert_max_num_queries):
    scene.led.teachers[0].refresh_from_db()
    GatheringFactory(community=scene.node)
    client.force_login(scene.rosa)
    with django_assert_max_num_queries(12):
        client.get(reverse("school_leaders:school", args=[scene.network.pk, scene.led.school.pk]))
    client.force_login(scene.head)
    with django_assert_max_num_queries(12):
        client.get(reverse("school_leaders:leading", args=[scene.led.school.pk]))
    client.logout()
    for below in ("", "school/"):
        with django_assert_max_num_queries(12):
            client.get(make.link(scene.mine) + below)

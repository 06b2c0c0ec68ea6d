"""Who may ask, see and answer: the cast against every page and deed, and what the pages cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.communities.models import Membership
from tejido.directory.models import Person, Post, School
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.invitations import policies, services
from tejido.invitations.models import Asking, Door, Reply
from tejido.invitations.tests import factories as make
from tejido.invitations.values import Place

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")
TEAM = ("rosa", "tomas", "ines")


@pytest.fixture
def scene(cast):
    """A gathering of the node that asks for answers; Luz is a member without an account."""
    cast.gathering = make.coming(cast.node)
    cast.luz = make.member(cast.node, "Luz")
    services.ask_for_answers(cast.gathering, actor=cast.rosa)
    return cast


RIGHTS = [  # who, looks after it, answers for Luz, answers for Ana
    ("ana", False, False, True),
    ("rosa", True, True, True),
    ("tomas", True, True, True),
    ("ines", True, True, True),
    ("sole", False, False, False),
    ("ze", False, False, False),
]


@pytest.mark.parametrize(("who", "looks_after", "for_luz", "for_ana"), RIGHTS)
def test_rights(scene, who, looks_after, for_luz, for_ana):
    actor = getattr(scene, who)
    assert bool(can(actor, "invitations.look_after", scene.gathering)) is looks_after
    assert bool(can(actor, "invitations.answer", Place(scene.gathering, scene.luz))) is for_luz
    assert bool(can(actor, "invitations.answer", Place(scene.gathering, scene.ana.person))) is for_ana


def test_lists_and_questions_agree_for_everybody(scene, system):
    make.coming(scene.elsewhere)
    make.coming(scene.network)
    for actor in [*(getattr(scene, who) for who in WHO), system]:
        said = {one.pk for one in Gathering.objects.all() if can(actor, "invitations.look_after", one)}
        listed = Gathering.objects.filter(policies.looked_after_by(actor))
        assert set(listed.values_list("pk", flat=True)) == said, actor


@pytest.mark.parametrize("name", ["answers", "settings", "whom", "venues", "person"])
def test_the_pages_of_the_team_are_not_there_for_others(client, scene, name):
    args = [scene.gathering.pk] + ([scene.luz.pk] if name == "person" else [])
    address = reverse(f"invitations:{name}", args=args)
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(address).status_code == (200 if who in TEAM else 404), who


@pytest.mark.parametrize("name", ["ask", "settings", "whom", "person"])
def test_who_is_not_in_the_team_can_post_nothing(client, scene, name):
    Asking.objects.all().delete()
    args = [scene.gathering.pk] + ([scene.luz.pk] if name == "person" else [])
    for who in ("ana", "sole", "ze"):
        client.force_login(getattr(scene, who))
        sent = {"answer": "no", "remind_days": "1", "pasted": "Luz"}
        assert client.post(reverse(f"invitations:{name}", args=args), sent).status_code == 404, who
    assert not Asking.objects.exists()
    assert not Reply.objects.exists()
    assert not scene.gathering.invitations.exists()


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("ze", 404)])
def test_who_is_invited_has_a_page_for_the_own_answer(client, scene, who, status):
    client.force_login(getattr(scene, who))
    assert client.get(reverse("invitations:mine", args=[scene.gathering.pk])).status_code == status
    sent = client.post(reverse("invitations:quick", args=[scene.gathering.pk]), {"answer": "yes"})
    assert sent.status_code == (302 if status == 200 else 404)
    assert Reply.objects.count() == (status == 200)


def test_what_somebody_needs_is_shown_to_the_team_and_to_nobody_else(client, scene):
    services.answer(
        Place(scene.gathering, scene.luz),
        make.Said("yes", needs=make.Needs(wheelchair=True, other="Dialysis at five")),
        actor=scene.rosa,
    )
    for who in ("ana", "sole"):
        client.force_login(getattr(scene, who))
        assert "Dialysis" not in client.get(reverse("gatherings:gathering", args=[scene.gathering.pk])).text
    client.force_login(scene.rosa)
    assert "Dialysis at five" in client.get(reverse("invitations:answers", args=[scene.gathering.pk])).text


def test_a_link_opens_one_persons_answer_and_nobody_elses(client, scene):
    make.says(scene.gathering, scene.ana.person, note="Private word")
    page = client.get(make.link(scene.gathering, scene.luz)).text
    assert "Private word" not in page
    assert scene.ana.person.name not in page
    assert client.get("/i/made-up/").status_code == 404


def test_the_download_escapes_what_a_table_would_run(client, scene):
    make.says(scene.gathering, scene.luz, note="=HYPERLINK(1)")
    client.force_login(scene.rosa)
    written = client.get(reverse("invitations:answers", args=[scene.gathering.pk]) + "?download=csv")
    assert "'=HYPERLINK(1)" in written.getvalue().decode()


def test_pages_cost_the_same_at_three_hundred_people(client, scene, django_assert_max_num_queries):
    school = School.objects.create(name="S", search_name="s", latitude=4.6, longitude=-74.1)
    people = Person.objects.bulk_create(Person(given_names=f"P{n}", search_name=f"p{n}") for n in range(300))
    Post.objects.bulk_create(Post(person=one, school=school) for one in people)
    Membership.objects.bulk_create(
        Membership(person=one, community=scene.node, starts_on="2021-01-01") for one in people
    )
    make.says(scene.gathering, people[0])
    client.force_login(scene.rosa)
    args = [scene.gathering.pk]
    with django_assert_max_num_queries(12):
        assert "P299" in client.get(reverse("invitations:answers", args=args) + "?q=p299").text
    with django_assert_max_num_queries(12):
        client.get(reverse("invitations:venues", args=args) + f"?v={school.pk}&q=s")
    with django_assert_max_num_queries(12):
        client.get(reverse("invitations:person", args=[*args, people[0].pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("gatherings:gathering", args=args))
    client.logout()
    with django_assert_max_num_queries(12):
        client.get(make.link_of(scene.gathering, people[0]))


def test_two_rows_of_one_person_become_one(scene):
    """Merging people keeps the older link and the newer answer."""
    other = make.member(scene.node, "Lus")
    first, second = make.says(scene.gathering, scene.luz), make.says(scene.gathering, other, "no")
    assert second.outweighs(first)
    doors = [Door.objects.get(person=one) for one in (scene.luz, other)]
    assert doors[0].outweighs(doors[1])

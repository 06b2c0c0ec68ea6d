"""The list of people: who is in it for whom, how it is narrowed, added to and taken along."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.models import Role
from tejido.communities.services import add_member, end_membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person, Purpose
from tejido.directory.tests.factories import (
    PersonFactory,
    PostFactory,
    SchoolFactory,
    TerritoryFactory,
    consents,
)

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def toast(answer) -> str:
    """What the next page says after a deed."""
    from django.contrib.messages import get_messages

    return str(list(get_messages(answer.wsgi_request))[-1])


def undo_of(answer) -> str:
    from django.contrib.messages import get_messages

    return list(get_messages(answer.wsgi_request))[-1].extra_tags.removeprefix("undo:")


# People


def names(answer) -> list[str]:
    return [person.name for person in answer.context["table"].page]


def test_the_list_has_everybody_below_and_says_where(cast, visit, beto):
    answer = visit(cast.rosa, "people", cast.network.pk)
    assert names(answer) == ["Ana Rojas", "Beto Paz", "Ines Prado", "Rosa Díaz", "Sole Vera", "Tomas Gil"]
    assert "Nodo Energía" in text(answer)


def test_each_reader_finds_the_people_they_may_see(cast, visit, beto):
    assert names(visit(cast.ana, "people", cast.node.pk)) == ["Ana Rojas"]
    # Of the network: her fellows, and those who run and accompany it
    assert names(visit(cast.ana, "people", cast.network.pk)) == [
        "Ana Rojas",
        "Ines Prado",
        "Rosa Díaz",
        "Tomas Gil",
    ]
    assert "Ana Rojas" not in names(visit(cast.sole, "people", cast.network.pk))
    consents(cast.ana.person, Purpose.PUBLICATION)
    assert "Ana Rojas" in names(visit(cast.sole, "people", cast.network.pk))


def test_nobody_learns_that_a_person_belongs_to_a_part_that_they_do_not_see(cast, visit):
    add_member(cast.sister, cast.ines.person, actor=cast.rosa)
    assert "Nodo Energía" not in text(visit(cast.ana, "people", cast.network.pk))
    rows = file_of(visit(cast.ana, "people", cast.network.pk, download="csv"))
    assert {row["Where"] for row in rows} == {"Red Tejer", "Nodo Agua"}
    assert "Nodo Energía" in text(visit(cast.rosa, "people", cast.network.pk))


def test_the_address_narrows_the_list_and_a_role_and_a_node_are_asked_of_one_membership(cast, visit, beto):
    add_member(cast.node, beto, role=Role.FACILITATOR, actor=cast.rosa)
    ask = lambda **query: names(visit(cast.rosa, "people", cast.network.pk, **query))  # noqa: E731
    assert ask(q="béto") == ["Beto Paz"]
    assert ask(role="facilitator") == ["Beto Paz", "Ines Prado"]
    assert ask(node=cast.sister.pk) == ["Beto Paz"]
    assert ask(node=cast.sister.pk, role="facilitator") == []
    assert ask(node=cast.elsewhere.pk) == ask()  # what is no choice is no filter
    assert ask(role="queen", state="sometime") == ask()


def test_by_school_and_district(cast, visit, beto):
    granja, macul = TerritoryFactory(name="La Granja"), TerritoryFactory(name="Macul")
    school = SchoolFactory(name="Jardín Las Violetas", search_name="jardin las violetas", territory=granja)
    PostFactory(person=beto, school=school)
    PostFactory(person=cast.ana.person, school=SchoolFactory(territory=macul))
    ask = lambda **query: names(visit(cast.rosa, "people", cast.network.pk, **query))  # noqa: E731
    assert ask(school="jardín violetas") == ["Beto Paz"]
    assert ask(district=macul.pk) == ["Ana Rojas"]


def test_past_and_coming_members_are_there_when_asked_for(cast, visit, beto):
    end_membership(beto.memberships.get(), on=date(2024, 6, 30), actor=cast.rosa)
    later = PersonFactory(given_names="Lía", search_name="lia")
    MembershipFactory(community=cast.node, person=later, starts_on=timezone.localdate() + timedelta(days=9))
    ask = lambda state: names(visit(cast.rosa, "people", cast.network.pk, state=state))  # noqa: E731
    assert "Beto Paz" not in ask("")
    assert ask("past") == ["Beto Paz"]
    assert ask("coming") == [later.name]
    assert len(ask("all")) == 7


def test_whoever_changed_role_is_no_past_member(cast, visit):
    MembershipFactory(
        community=cast.node, person=cast.ana.person, role=Role.FACILITATOR, ends_on=date(2022, 1, 1)
    )
    assert names(visit(cast.rosa, "people", cast.node.pk, state="past")) == []


def file_of(answer) -> list[dict[str, str]]:
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_file_holds_what_the_page_shows_and_contact_data_for_the_team_only(cast, visit, beto):
    ContactPoint.objects.create(person=beto, kind="email", value="beto@example.org")
    PostFactory(person=beto, school=SchoolFactory(name="Colegio Sur"))
    rows = file_of(visit(cast.rosa, "people", cast.network.pk, q="beto", download="csv"))
    assert [row["Name"] for row in rows] == ["Beto Paz"]
    assert rows[0]["School"] == "Colegio Sur"
    assert (rows[0]["Roles"], rows[0]["Where"], rows[0]["Since"]) == ("Member", "Nodo Energía", "2023-04-01")
    assert rows[0]["E-mail"] == "beto@example.org"
    mine = file_of(visit(cast.ana, "people", cast.network.pk, download="csv"))
    assert "E-mail" not in mine[0]
    assert "Beto Paz" not in {row["Name"] for row in mine}
    researcher = file_of(visit(cast.sole, "people", cast.network.pk, download="csv"))
    assert "E-mail" not in researcher[0]


def test_a_name_is_never_a_formula_in_a_file(cast, visit):
    person = PersonFactory(given_names="=1+1", family_names="", search_name="=1+1")
    MembershipFactory(community=cast.node, person=person)
    rows = file_of(visit(cast.rosa, "people", cast.node.pk, q="=1", download="csv"))
    assert rows[0]["Name"] == "'=1+1"


def test_a_file_of_the_demonstration_says_who_is_invented(cast, visit, settings, beto):
    assert "Invented" not in file_of(visit(cast.rosa, "people", cast.network.pk, download="csv"))[0]
    settings.TEJIDO_DEMONSTRATION = True
    Person.objects.filter(pk=beto.pk).update(is_invented=True)
    rows = file_of(visit(cast.rosa, "people", cast.network.pk, download="csv"))
    assert [row["Name"] for row in rows if row["Invented"] == "1"] == ["Beto Paz"]


# Adding people


def test_somebody_known_is_found_and_added_and_it_can_be_undone(cast, visit, client, beto):
    assert "Beto Paz" in text(visit(cast.rosa, "add", cast.node.pk, q="beto"))
    answer = visit(cast.rosa, "add", cast.node.pk, data={"person": beto.pk, "role": "member"})
    assert toast(answer) == "Beto Paz is in Nodo Agua now."
    assert beto.memberships.filter(community=cast.node, ends_on=None).exists()
    client.post(undo_of(answer))
    assert not beto.memberships.filter(community=cast.node).exists()


def test_adding_somebody_twice_says_so(cast, visit, beto):
    answer = visit(cast.rosa, "add", cast.sister.pk, data={"person": beto.pk, "role": "member"})
    assert answer.status_code == 422
    assert "Beto Paz is in Nodo Energía already, in this role." in text(answer)


def test_people_of_others_are_neither_found_nor_added(cast, visit):
    stranger = MembershipFactory(community=cast.elsewhere, person=PersonFactory(given_names="Xu")).person
    assert stranger.name not in text(visit(cast.rosa, "add", cast.node.pk, q="xu"))
    answer = visit(cast.rosa, "add", cast.node.pk, data={"person": stranger.pk, "role": "member"})
    assert answer.status_code == 422
    assert not stranger.memberships.filter(community=cast.node).exists()


def test_a_node_leader_is_offered_no_roles_to_give_and_gives_none(cast, visit, beto):
    leader = MembershipFactory(community=cast.node, role=Role.NODE_LEADER, person=cast.ze.person).person.user
    form = visit(leader, "add_new", cast.node.pk).context["form"]
    assert [value for value, _words in form.fields["role"].choices] == ["member"]
    answer = visit(leader, "add_new", cast.node.pk, data=newcomer(role="steward"))
    assert answer.status_code == 422
    assert not Person.objects.filter(given_names="Lía").exists()


def newcomer(**more) -> dict[str, str]:
    return {
        "given_names": "Lía",
        "family_names": "Soto",
        "function": "teacher",
        "role": "member",
        "starts_on": "2025-03-01",
        **more,
    }


def test_somebody_new_comes_in_with_school_and_phone(cast, visit):
    school = SchoolFactory(name="Colegio del Río", search_name="colegio del rio")
    data = newcomer(phone="300 123 45 67", email="Lia@Example.org", school_words="del río")
    assert visit(cast.rosa, "add_new", cast.node.pk, data=data).status_code == 302
    lia = Person.objects.get(given_names="Lía")
    assert lia.posts.get().school == school
    assert {c.value for c in lia.contacts.all()} == {"+573001234567", "lia@example.org"}
    assert lia.memberships.get().starts_on == date(2025, 3, 1)


def test_several_schools_of_that_name_become_a_question(cast, visit):
    schools = [SchoolFactory(name=f"Colegio Río {n}", search_name=f"colegio rio {n}") for n in range(2)]
    data = newcomer(school_words="río")
    answer = visit(cast.rosa, "add_new", cast.node.pk, data=data)
    assert answer.status_code == 422
    assert "Which of these schools?" in text(answer)
    visit(cast.rosa, "add_new", cast.node.pk, data={**data, "school": schools[1].pk})
    assert Person.objects.get(given_names="Lía").posts.get().school == schools[1]


def test_what_cannot_be_is_said_in_words(cast, visit):
    for data, words in (
        (newcomer(school_words="Hogwarts"), "No school is called like that."),
        (newcomer(phone="12"), "This is not a phone number."),
        (newcomer(given_names=" "), "This field is required."),
    ):
        answer = visit(cast.rosa, "add_new", cast.node.pk, data=data)
        assert answer.status_code == 422
        assert words in text(answer)
    assert not Person.objects.filter(given_names="Lía").exists()


def test_the_same_email_is_asked_about_before_there_is_a_double(cast, visit, beto):
    ContactPoint.objects.create(person=beto, kind="email", value="escuela@example.org")
    data = newcomer(email="escuela@example.org")
    answer = visit(cast.rosa, "add_new", cast.node.pk, data=data)
    assert answer.status_code == 422
    assert "Beto Paz has this e-mail or phone already." in text(answer)
    assert (
        visit(cast.rosa, "add_new", cast.node.pk, data={**data, "another_person": "yes"}).status_code == 302
    )


# Roles and leaving


def test_a_role_is_changed_and_given_back(cast, visit, client):
    ana = cast.ana.person.memberships.get()
    answer = visit(cast.rosa, "role", ana.pk, data={"role": "node_leader", "on": "2025-01-10"})
    assert answer.status_code == 302
    assert cast.ana.person.memberships.get(ends_on=None).role == Role.NODE_LEADER
    client.post(undo_of(answer))
    assert cast.ana.person.memberships.get().role == Role.MEMBER


def test_leaving_is_noted_with_day_and_reason_that_only_those_who_run_it_read(cast, visit, beto):
    membership = beto.memberships.get()
    data = {"on": "2025-05-31", "reason": "health", "note": "hasta agosto"}
    assert visit(cast.rosa, "end", membership.pk, data=data).status_code == 302
    assert "Health or care: hasta agosto" in text(visit(cast.rosa, "member", cast.sister.pk, beto.pk))
    fellow = MembershipFactory(community=cast.sister, person=cast.ze.person).person.user
    page = text(visit(fellow, "member", cast.sister.pk, beto.pk))
    assert "Health" not in page
    assert "Health" not in text(visit(fellow, "history", cast.sister.pk))


def test_a_member_leaves_alone_and_comes_back_by_undo(cast, visit, client):
    mine = cast.ana.person.memberships.get()
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    answer = visit(cast.ana, "end", mine.pk, data={"on": day, "reason": ""})
    assert answer.url == reverse("communities:communities")
    client.post(undo_of(answer))
    assert visit(cast.ana, "overview", cast.node.pk).status_code == 200


def test_the_last_one_who_runs_a_network_is_told_why_not(cast, visit):
    end_membership(cast.tomas.person.memberships.get(), actor=cast.rosa)
    answer = visit(cast.rosa, "end", cast.rosa.person.memberships.get().pk, data={"on": "2025-01-01"})
    assert answer.status_code == 422
    assert "Nobody would be left to run this community." in text(answer)


@pytest.mark.parametrize("who", ["ana", "ines", "sole", "ze"])
def test_nobody_else_reaches_the_memberships_of_others(cast, visit, who, beto):
    membership = beto.memberships.get()
    for page in ("role", "end"):
        assert visit(getattr(cast, who), page, membership.pk).status_code == 404
    for deed in ("undo_joining", "undo_leaving", "undo_role"):
        assert visit(getattr(cast, who), deed, membership.pk, data={}).status_code == 404


def test_deeds_are_never_done_by_following_a_link(cast, visit, beto):
    membership = beto.memberships.get()
    for deed in ("undo_joining", "undo_leaving", "undo_role"):
        assert visit(cast.rosa, deed, membership.pk).status_code == 405
    assert visit(cast.rosa, "reopen", cast.node.pk).status_code == 405

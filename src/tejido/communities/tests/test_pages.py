"""The pages of a community: who gets in, what they find, what they can do, and at what cost."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.models import Community, Membership, Role
from tejido.communities.services import add_member, close_community, define_periods, end_membership
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.models import ContactPoint, Person, Purpose
from tejido.directory.tests.factories import (
    PersonFactory,
    PostFactory,
    SchoolFactory,
    TerritoryFactory,
    consents,
)

pytestmark = pytest.mark.django_db
PAGES = ["overview", "people", "history", "settings"]


@pytest.fixture
def visit(client):
    """visit(user, "people", pk, q="…") -> the answer; with data: posted."""

    def go(user, name, *args, data=None, **query):
        client.force_login(user)
        url = reverse(f"communities:{name}", args=args)
        return client.get(url, query) if data is None else client.post(url, data, query_params=query)

    return go


def text(answer) -> str:
    return answer.content.decode()


def toast(answer) -> str:
    """What the next page says after a deed."""
    from django.contrib.messages import get_messages

    return str(list(get_messages(answer.wsgi_request))[-1])


def undo_of(answer) -> str:
    from django.contrib.messages import get_messages

    return list(get_messages(answer.wsgi_request))[-1].extra_tags.removeprefix("undo:")


WHO_GETS_IN = [  # who, into the node, into the sister node, into the network, into the other network
    ("ana", 200, 404, 200, 404),
    ("rosa", 200, 200, 200, 404),
    ("tomas", 200, 200, 200, 404),
    ("ines", 200, 200, 200, 404),
    ("sole", 200, 200, 200, 404),
    ("ze", 404, 404, 404, 404),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "node", "sister", "network", "elsewhere"), WHO_GETS_IN)
def test_who_gets_in(cast, visit, page, who, node, sister, network, elsewhere):
    actor = getattr(cast, who)
    for community, status in (
        (cast.node, node),
        (cast.sister, sister),
        (cast.network, network),
        (cast.elsewhere, elsewhere),
    ):
        assert visit(actor, page, community.pk).status_code == status


@pytest.mark.parametrize(
    "page", ["charter", "add", "add_new", "description", "periods", "close", "move", "found_below"]
)
@pytest.mark.parametrize(("who", "status"), [("rosa", 200), ("tomas", 200), ("ana", 404), ("ze", 404)])
def test_who_gets_to_change_things(cast, visit, page, who, status):
    assert visit(getattr(cast, who), page, cast.node.pk).status_code == status


def test_visitors_are_asked_to_sign_in(cast, client):
    answer = client.get(reverse("communities:overview", args=[cast.node.pk]))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url


# The overview


def test_the_overview_says_what_it_is_who_coordinates_and_what_happened(cast, visit):
    add_member(cast.node, PersonFactory(given_names="Beto", family_names="Paz"), actor=cast.rosa)
    page = text(visit(cast.ana, "overview", cast.node.pk))
    assert "Node with 2 people today" in page
    assert "the coordination of Red Tejer looks after it" in page
    assert "Rosa Díaz added Beto Paz to Nodo Agua as a member." in page
    assert "Add a person" not in page


def test_the_overview_teaches_those_who_run_it_what_to_do_first(cast, visit):
    page = text(visit(cast.rosa, "overview", cast.sister.pk))
    assert "Write the charter" in page
    assert "Open a node or a team" in page
    assert "Write the charter" not in text(visit(cast.ines, "overview", cast.sister.pk))


def test_a_member_of_one_node_does_not_see_the_sister_node_on_the_network(cast, visit):
    page = text(visit(cast.ana, "overview", cast.network.pk))
    assert "Nodo Agua" in page
    assert "Nodo Energía" not in page
    assert "Nodo Energía" in text(visit(cast.rosa, "overview", cast.network.pk))


def test_a_person_in_two_nodes_counts_once_in_the_network(cast, visit):
    for node in (cast.node, cast.sister):
        add_member(node, cast.ines.person, actor=cast.rosa)
    assert "Network with 5 people today" in text(visit(cast.rosa, "overview", cast.network.pk))


def test_the_charter_is_written_and_shown(cast, visit):
    answer = visit(cast.rosa, "charter", cast.node.pk, data={"text": "We weave water.\n\nTogether."})
    assert answer.status_code == 302
    assert "<p>We weave water.</p>" in text(visit(cast.ana, "overview", cast.node.pk))


def test_the_list_of_communities_is_a_tree_of_what_one_sees(cast, visit):
    page = text(visit(cast.ana, "communities"))
    assert page.index("Red Tejer") < page.index("Nodo Agua")
    assert "Nodo Energía" not in page
    assert "You belong to no community yet" in text(visit(cast.ze, "communities"))


# People


def names(answer) -> list[str]:
    return [person.name for person in answer.context["table"].page]


@pytest.fixture
def beto(cast) -> Person:
    beto = PersonFactory(given_names="Beto", family_names="Paz", search_name="beto paz")
    MembershipFactory(community=cast.sister, person=beto, starts_on=date(2023, 4, 1))
    return beto


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
    consents(cast.ana.person, Purpose.RESEARCH)
    assert "Ana Rojas" in names(visit(cast.sole, "people", cast.network.pk))


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


@pytest.mark.parametrize("page", [*PAGES, "communities", "add", "periods"])
@pytest.mark.parametrize("who", ["rosa", "ana", "sole"])
def test_the_pages_cost_the_same_however_many_people_there_are(
    cast, client, who, page, django_assert_max_num_queries
):
    for n in range(30):
        node = CommunityFactory(parent=cast.node, kind=Community.Kind.COMMISSION) if n % 3 == 0 else cast.node
        person = PersonFactory(given_names=f"Ana {n}")
        PostFactory(person=person, school=SchoolFactory(territory=TerritoryFactory()))
        add_member(node, person, actor=cast.rosa)
    client.force_login(getattr(cast, who))
    url = reverse(f"communities:{page}", args=[] if page == "communities" else [cast.node.pk])
    with django_assert_max_num_queries(12):
        client.get(url, {"q": "ana"})


def test_a_name_is_never_a_formula_in_a_file(cast, visit):
    person = PersonFactory(given_names="=1+1", family_names="", search_name="=1+1")
    MembershipFactory(community=cast.node, person=person)
    rows = file_of(visit(cast.rosa, "people", cast.node.pk, q="=1", download="csv"))
    assert rows[0]["Name"] == "'=1+1"


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


# Settings


def test_a_commission_is_opened_in_a_node_by_those_who_coordinate(cast, visit):
    data = {
        "name": "Comisión de carta",
        "kind": "commission",
        "language": "es",
        "time_zone": "America/Bogota",
        "starts_on": "",
    }
    answer = visit(cast.rosa, "found_below", cast.node.pk, data=data)
    made = Community.objects.get(name="Comisión de carta")
    assert answer.url == reverse("communities:overview", args=[made.pk])
    assert made.parent == cast.node


def test_networks_are_opened_by_stewards_of_the_installation(cast, visit):
    assert visit(cast.rosa, "found").status_code == 404
    cast.tomas.is_superuser = True
    cast.tomas.save()
    data = {"name": "Red Sur", "kind": "network", "language": "es", "time_zone": "America/Santiago"}
    assert visit(cast.tomas, "found", data=data).status_code == 302
    assert Community.objects.get(name="Red Sur").memberships.get().person == cast.tomas.person


def test_the_settings_are_changed_and_wrong_ones_are_said(cast, visit):
    data = {"name": "Nodo Agua Viva", "kind": "node", "language": "pt-br", "time_zone": "America/Sao_Paulo"}
    assert visit(cast.rosa, "description", cast.node.pk, data=data).status_code == 302
    cast.node.refresh_from_db()
    assert (cast.node.name, cast.node.language) == ("Nodo Agua Viva", "pt-br")
    answer = visit(cast.rosa, "description", cast.node.pk, data={**data, "name": ""})
    assert answer.status_code == 422
    assert "Nodo Agua Viva" in text(answer)
    assert (
        visit(cast.rosa, "description", cast.node.pk, data={**data, "time_zone": "Mars"}).status_code == 422
    )


def test_periods_are_laid_out_by_a_preset_looked_over_and_saved(cast, visit):
    page = visit(
        cast.rosa, "periods", cast.network.pk, preset="ten_months", first_day="2025-02-01", count="2"
    )
    assert "2025-11-30" in text(page)
    assert not cast.network.periods.exists()
    data = {"period-TOTAL_FORMS": "3", "period-INITIAL_FORMS": "2"}
    for number, (name, start, end) in enumerate(
        [("Ciclo 2025", "2025-02-01", "2025-11-30"), ("Ciclo 2026", "2026-02-01", "2026-11-30"), ("", "", "")]
    ):
        data |= {
            f"period-{number}-{key}": v
            for key, v in zip(("name", "starts_on", "ends_on"), (name, start, end), strict=True)
        }
    assert visit(cast.rosa, "periods", cast.network.pk, data=data).status_code == 302
    assert [p.name for p in cast.network.periods.all()] == ["Ciclo 2025", "Ciclo 2026"]
    data["period-1-starts_on"] = "2025-11-30"
    answer = visit(cast.rosa, "periods", cast.network.pk, data=data)
    assert answer.status_code == 422
    assert "Two periods overlap." in text(answer)
    data["period-1-starts_on"] = ""
    assert "A period has a name, a first and a last day." in text(
        visit(cast.rosa, "periods", cast.network.pk, data=data)
    )


def test_a_node_moves_under_its_sister_but_never_under_itself(cast, visit):
    choices = visit(cast.rosa, "move", cast.node.pk).context["form"].fields["parent"].queryset
    assert set(choices) == {cast.network, cast.sister}
    assert visit(cast.rosa, "move", cast.node.pk, data={"parent": cast.node.pk}).status_code == 422
    assert visit(cast.rosa, "move", cast.node.pk, data={"parent": cast.sister.pk}).status_code == 302
    cast.node.refresh_from_db()
    assert cast.node.parent == cast.sister


def test_a_community_is_closed_with_a_date_and_opened_again(cast, visit):
    assert visit(cast.rosa, "close", cast.node.pk, data={"on": "2025-06-30"}).status_code == 302
    assert "Its last day was 30 June 2025." in text(visit(cast.rosa, "overview", cast.node.pk))
    assert visit(cast.rosa, "reopen", cast.node.pk, data={}).status_code == 302
    assert not Membership.objects.filter(community=cast.node).exclude(ends_on=None).exists()


def test_a_closed_node_is_told_as_closed_on_the_network(cast, visit):
    close_community(cast.node, on=date(2025, 1, 1), actor=cast.rosa)
    assert "Closed" in text(visit(cast.rosa, "overview", cast.network.pk))


def test_settings_are_read_by_members_and_changed_by_those_who_run_it(cast, visit):
    define_periods(cast.node, [("Ciclo 1", date(2025, 2, 1), date(2025, 11, 30))], actor=cast.rosa)
    page = text(visit(cast.ana, "settings", cast.node.pk))
    assert "Ciclo 1" in page
    assert "Colombia, Bogota" in page
    assert "Change it" not in page
    assert "Change it" in text(visit(cast.rosa, "settings", cast.node.pk))

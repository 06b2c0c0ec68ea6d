"""The pages of a community: who gets in, what they find, what they can do, and at what cost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from tejido.communities.models import Community, Membership, Role
from tejido.communities.services import add_member, close_community, define_periods
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.tests.factories import (
    PersonFactory,
    PostFactory,
    SchoolFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db
PAGES = ["overview", "people", "history", "settings"]


def text(answer) -> str:
    return answer.content.decode()


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


@pytest.mark.parametrize("page", ["add", "add_new", "description", "periods", "close", "move", "found_below"])
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
    assert "Go to the charter" in page
    assert "Open a node or a team" in page
    assert "Open a node or a team" not in text(visit(cast.ines, "overview", cast.sister.pk))


def test_a_member_of_one_node_does_not_see_the_sister_node_on_the_network(cast, visit):
    page = text(visit(cast.ana, "overview", cast.network.pk))
    assert "Nodo Agua" in page
    assert "Nodo Energía" not in page
    assert "Nodo Energía" in text(visit(cast.rosa, "overview", cast.network.pk))


def test_a_person_in_two_nodes_counts_once_in_the_network(cast, visit):
    for node in (cast.node, cast.sister):
        add_member(node, cast.ines.person, actor=cast.rosa)
    assert "Network with 5 people today" in text(visit(cast.rosa, "overview", cast.network.pk))


def test_a_node_with_its_own_coordination_names_that_one_only(cast, visit):
    lead = MembershipFactory(community=cast.node, role=Role.NODE_LEADER).person
    answer = visit(cast.ana, "overview", cast.node.pk)
    assert [one.person for one in answer.context["team"]] == [lead]
    assert "looks after it" not in text(answer)


def test_the_list_of_communities_is_a_tree_of_what_one_sees(cast, visit):
    page = text(visit(cast.ana, "communities"))
    assert page.index("Red Tejer") < page.index("Nodo Agua")
    assert "Nodo Energía" not in page
    assert "You belong to no community yet" in text(visit(cast.ze, "communities"))


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


def test_a_new_network_gets_the_time_zone_of_the_readers_country_or_has_to_be_told(client, cast):
    cast.tomas.is_superuser = True
    cast.tomas.save()
    client.force_login(cast.tomas)

    def suggested(languages):
        text = client.get(reverse("communities:found"), headers={"accept-language": languages}).text
        return re.findall(r'<option value="([^"]*)"\s+selected', text[text.index('name="time_zone"') :])

    assert suggested("es-CO,es;q=0.9") == ["America/Bogota"]
    assert suggested("es-CL,es;q=0.9") == [""], "Chile has three: nothing is guessed"
    answer = client.post(
        reverse("communities:found"), {"name": "Red", "kind": "network", "language": "es", "time_zone": ""}
    )
    assert answer.status_code == 422
    assert not Community.objects.filter(name="Red").exists()


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
    assert "This field is required." in text(visit(cast.rosa, "periods", cast.network.pk, data=data))
    assert (
        visit(cast.rosa, "periods", cast.network.pk, data=data | {"period-1-DELETE": "on"}).status_code == 302
    )
    assert [p.name for p in cast.network.periods.all()] == ["Ciclo 2025"]


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

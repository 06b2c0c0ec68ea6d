"""The history of a community, read in three languages by people who may not know every name."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.models import Role
from tejido.communities.services import (
    Belonging,
    add_member,
    add_members,
    change_community,
    change_role,
    close_community,
    end_membership,
    move_community,
    reopen_community,
    take_back_members,
    undo_joining,
    undo_leaving,
)
from tejido.communities.tests.factories import CommunityFactory
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    """A year in a node: every kind of fact of this domain, once."""
    beto = PersonFactory(given_names="Beto", family_names="Paz")
    commission = CommunityFactory(name="Comisión", kind="commission", parent=cast.sister)
    change_community(cast.node, {"challenge": "Tejemos agua."}, actor=cast.rosa)
    undo_joining(add_member(cast.node, PersonFactory(), actor=cast.rosa), actor=cast.rosa)
    joined = add_member(cast.node, beto, starts_on=date(2024, 1, 1), actor=cast.rosa)
    leader = change_role(joined, Role.NODE_LEADER, actor=cast.rosa)
    end_membership(leader, reason="health", actor=cast.rosa)
    undo_leaving(leader, actor=cast.rosa)
    lines = [Belonging(PersonFactory().pk, Role.MEMBER, date(2024, 1, 1)) for _n in range(3)]
    take_back_members(cast.node, add_members(cast.node, lines, actor=cast.rosa), actor=cast.rosa)
    move_community(commission, cast.node, actor=cast.rosa)
    close_community(commission, actor=cast.rosa)
    reopen_community(commission, actor=cast.rosa)
    end_membership(cast.ana.person.memberships.get(), on=timezone.localdate(), actor=cast.ana)
    return cast


def lines(client, user, language: str, community, **query) -> list[str]:
    user.language = language
    user.save()
    client.force_login(user)
    answer = client.get(reverse("communities:history", args=[community.pk]), query)
    return [item.words for item in answer.context["items"]]


SPANISH = [
    "Ana Rojas ya no está en Nodo Agua como integrante.",
    "Rosa Díaz volvió a abrir Comisión.",
    "Rosa Díaz cerró Comisión.",
    "Rosa Díaz pasó Comisión de Nodo Energía a Nodo Agua.",
    "Rosa Díaz volvió a sacar de Nodo Agua a 3 personas que venían de una lista.",
    "Rosa Díaz sumó 3 personas a Nodo Agua desde una lista.",
    "Rosa Díaz anotó que Beto Paz sigue en Nodo Agua en el liderazgo del nodo.",
    "Rosa Díaz anotó que Beto Paz ya no está en Nodo Agua en el liderazgo del nodo.",
    "Beto Paz ahora participa en Nodo Agua en el liderazgo del nodo; antes, como integrante.",
    "Rosa Díaz sumó a Beto Paz a Nodo Agua como integrante.",
]
PORTUGUESE = [
    "Ana Rojas não está mais em Nodo Agua como integrante.",
    "Rosa Díaz reabriu Comisión.",
    "Rosa Díaz encerrou Comisión.",
    "Rosa Díaz passou Comisión de Nodo Energía para Nodo Agua.",
    "Rosa Díaz tirou de Nodo Agua 3 pessoas que tinham vindo de uma lista.",
    "Rosa Díaz incluiu 3 pessoas em Nodo Agua a partir de uma lista.",
    "Rosa Díaz anotou que Beto Paz continua em Nodo Agua na liderança do nó.",
    "Rosa Díaz anotou que Beto Paz não está mais em Nodo Agua na liderança do nó.",
    "Beto Paz agora participa de Nodo Agua na liderança do nó; antes, como integrante.",
    "Rosa Díaz incluiu Beto Paz em Nodo Agua como integrante.",
]


@pytest.mark.parametrize(("language", "told"), [("es", SPANISH), ("pt-br", PORTUGUESE)])
def test_a_year_reads_well(story, client, language, told):
    assert lines(client, story.rosa, language, story.node)[: len(told)] == told


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_no_sentence_is_left_with_a_gap_a_key_or_a_code(story, client, language):
    for line in lines(client, story.rosa, language, story.network):
        assert re.fullmatch(r"[^%{}_]+[.]", line), line


def test_why_somebody_left_is_not_told(story, client):
    assert not any("health" in line.casefold() for line in lines(client, story.rosa, "en", story.node))


def test_the_history_is_narrowed_by_kind(story, client):
    community = lines(client, story.rosa, "en", story.node, kind="community")
    assert "Rosa Díaz changed the settings of Nodo Agua: shared challenge." in community
    assert not any("Beto" in line for line in community)
    people = lines(client, story.rosa, "en", story.node, kind="people")
    assert len(people) + len(community) == len(lines(client, story.rosa, "en", story.node))
    assert lines(client, story.rosa, "en", story.node, kind="gatherings") == []


def test_a_reader_finds_nothing_of_what_they_may_not_see(cast, client):
    add_member(cast.sister, PersonFactory(given_names="Beto", family_names="Paz"), actor=cast.rosa)
    told = " ".join(lines(client, cast.ana, "en", cast.network))
    assert "Energía" not in told
    assert "another community" not in told
    assert "Beto" not in told
    assert "Energía" in " ".join(lines(client, cast.rosa, "en", cast.network))


def test_where_a_community_came_from_is_not_told_to_those_who_do_not_see_that_place(cast, client):
    commission = CommunityFactory(name="Comisión", kind="commission", parent=cast.sister)
    move_community(commission, cast.node, actor=cast.rosa)
    told = lines(client, cast.ana, "en", cast.node)
    assert told[0] == "Rosa Díaz moved Comisión from another community to Nodo Agua."


def test_a_researcher_reads_of_members_without_their_names(cast, client):
    add_member(cast.node, PersonFactory(given_names="Beto", family_names="Paz"), actor=cast.rosa)
    told = lines(client, cast.sole, "en", cast.node)
    assert "Rosa Díaz added a member to Nodo Agua as a member." in told


def test_a_line_leads_to_whom_it_tells_of_unless_the_name_is_hidden(cast, client):
    beto = add_member(cast.node, PersonFactory(), actor=cast.rosa).person
    for reader, leads_to in ((cast.rosa, reverse("directory:person", args=[beto.pk])), (cast.sole, None)):
        client.force_login(reader)
        answer = client.get(reverse("communities:history", args=[cast.node.pk]))
        assert answer.context["items"][0].url == leads_to


def test_a_long_history_is_read_page_by_page_without_gap_or_repetition(cast, client, rosa_busy):
    url = reverse("communities:history", args=[cast.node.pk])
    client.force_login(cast.rosa)
    seen: list[str] = []
    query: dict[str, object] = {}
    for _page in range(5):
        answer = client.get(url, query)
        seen += [item.words for item in answer.context["items"]]
        if answer.context["read"].older is None:
            break
        query = {"before": answer.context["read"].older}
    assert len(seen) == len(set(seen)) == JournalEntry.objects.filter(community_id=cast.node.pk).count()


@pytest.fixture
def rosa_busy(cast):
    for n in range(120):
        add_member(cast.node, PersonFactory(given_names=f"Docente {n}"), actor=cast.rosa)


def test_an_address_that_makes_no_sense_shows_the_newest(cast, client):
    change_community(cast.node, {"challenge": "Agua."}, actor=cast.rosa)
    assert lines(client, cast.rosa, "en", cast.node, before="9" * 30, kind="songs")

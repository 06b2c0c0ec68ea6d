"""Who may see, write, suggest, accept: the cast against every verb, page and deed, and lists that agree with questions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.accounts.tests.factories import UserFactory
from tejido.charters import policies, services
from tejido.charters.models import CharterVersion, Suggestion
from tejido.charters.tests import factories as make
from tejido.communities.models import Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze", "other")
RUN = "rosa tomas"
BELONG = "ana rosa tomas ines sole"


@pytest.fixture
def people(cast):
    """The cast, and the coordinator of another network."""
    other = PersonFactory(user=UserFactory())
    MembershipFactory(community=cast.elsewhere, person=other, role=Role.COORDINATOR)
    return {**{who: getattr(cast, who) for who in WHO[:-1]}, "other": other.user}


IN_THE_NETWORK = [  # verb, who
    ("see", BELONG),
    ("write", RUN),
    ("suggest", BELONG),
    ("accept", BELONG),
]


@pytest.mark.parametrize(("verb", "who"), IN_THE_NETWORK)
def test_rights_in_the_network(cast, people, verb, who):
    version = make.draft(cast.network)
    subject = version.community if verb == "write" else version
    assert [name for name in people if can(people[name], f"charters.{verb}", subject)] == [
        name for name in people if name in who.split()
    ]


def test_lists_and_questions_agree_for_everybody(cast, people, system):
    for community in (cast.network, cast.node, cast.sister, cast.elsewhere):
        make.draft(community)
    for actor in [*people.values(), system]:
        for verb, listed in (
            ("see", policies.versions_visible_to(actor)),
            ("suggest", policies.members_may(actor)),
            ("accept", policies.members_may(actor)),
        ):
            said = {one.pk for one in CharterVersion.objects.all() if can(actor, f"charters.{verb}", one)}
            assert set(CharterVersion.objects.filter(listed).values_list("pk", flat=True)) == said, verb


PAGES = [  # page, of what, who may come in
    ("charter", "community", BELONG),
    ("public_settings", "community", RUN),
    ("version", "version", BELONG),
    ("compare", "version", BELONG),
    ("add", "version", RUN),
    ("adopt", "version", RUN),
    ("acceptances", "version", RUN),
    ("leaflet", "version", BELONG),
    ("write", "article", RUN),
    ("suggest", "article", BELONG),
]


@pytest.mark.parametrize(("page", "of", "let_in"), PAGES)
def test_who_may_open_which_page(client, cast, people, page, of, let_in):
    version = make.draft(cast.network)
    keys = {"community": cast.network.pk, "version": version.pk, "article": make.article(version).pk}
    address = reverse(f"charters:{page}", args=[keys[of]])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(people[who])
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


DEEDS = [  # deed, of what, who may not
    ("begin", "community", "ana ines sole ze other"),
    ("public_settings", "community", "ana ines sole ze other"),
    ("add", "version", "ana ines sole ze other"),
    ("discard", "version", "ana ines sole ze other"),
    ("vote", "version", "ana ines sole ze other"),
    ("declare", "version", "ana ines sole ze other"),
    ("settle", "version", "ana ines sole ze other"),
    ("take_back", "version", "ana ines sole ze other"),
    ("acceptances", "version", "ana ines sole ze other"),
    ("ask", "version", "ana ines sole ze other"),
    ("accept", "version", "ze other"),
    ("write", "article", "ana ines sole ze other"),
    ("move", "article", "ana ines sole ze other"),
    ("remove", "article", "ana ines sole ze other"),
    ("suggest", "article", "ze other"),
    ("decide", "suggestion", "ana ines sole ze other"),
]


@pytest.mark.parametrize(("deed", "of", "kept_out"), DEEDS)
def test_who_may_not_can_post_nothing(client, cast, people, deed, of, kept_out):
    version = make.draft(cast.network)
    article = make.article(version)
    suggestion = services.suggest(article, "", "Shorter.", actor=cast.ana)
    keys = {
        "community": cast.network.pk,
        "version": version.pk,
        "article": article.pk,
        "suggestion": suggestion.pk,
    }
    address = reverse(f"charters:{deed}", args=[keys[of]])
    assert client.post(address).status_code == 302
    for who in kept_out.split():
        client.force_login(people[who])
        posted = {"decision": "decline", "reason": "No.", "text": "Mine.", "edition": 2}
        assert client.post(address, posted).status_code == 404, who
    version.refresh_from_db()
    assert version.state == CharterVersion.State.DRAFT
    assert make.article(version).text == make.MISSION
    assert Suggestion.objects.get().state == Suggestion.State.OPEN


def test_a_node_has_a_charter_of_its_own_that_a_sister_does_not_see(client, cast):
    version = make.in_force(cast.sister)
    client.force_login(cast.ana)
    assert client.get(reverse("charters:version", args=[version.pk])).status_code == 404
    client.force_login(cast.rosa)
    assert client.get(reverse("charters:version", args=[version.pk])).status_code == 200


def test_pages_keep_to_their_measure_of_queries(client, cast, django_assert_max_num_queries):
    make.in_force(cast.network)
    version = make.draft(cast.network, "We weave more.")
    for _n in range(5):
        services.suggest(make.article(version), f"Words {_n}", "", actor=cast.ana)
    client.force_login(cast.rosa)
    for page, key in (
        ("charter", cast.network.pk),
        ("public_settings", cast.network.pk),
        ("version", version.pk),
        ("compare", version.pk),
        ("adopt", version.pk),
        ("acceptances", version.pk),
    ):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"charters:{page}", args=[key])).status_code == 200

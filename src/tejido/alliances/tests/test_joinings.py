"""A network joins another by agreement: both sides say yes, either ends it, and it opens nothing else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tejido.alliances import policies, services
from tejido.alliances.models import Joining, NetworkLink, Share
from tejido.alliances.selectors import joinings_for, link_behind, shared_with
from tejido.alliances.tests.factories import joined, upper_network
from tejido.communities.models import Role
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory, person_with_account
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")


@pytest.fixture
def upper():
    return upper_network()


@pytest.fixture
def eva(upper):
    """Coordinates the network of networks, and belongs to nothing else."""
    person = person_with_account("Eva Luz")
    MembershipFactory(community=upper, person=person, role=Role.COORDINATOR)
    return person.user


def test_a_network_joins_by_a_link_and_either_side_ends_it(cast, upper, eva):
    link = services.open_link(upper, actor=eva)
    asked = services.ask_to_join(cast.network, upper, actor=cast.rosa, link=link)
    assert asked.state == "asked"
    assert shared_with(upper, eva) == []
    with pytest.raises(NotAllowed):
        services.accept_joining(asked, actor=cast.rosa)
    services.accept_joining(asked, actor=eva)
    assert [one.community for one in shared_with(upper, eva)] == [cast.network]
    cast.network.refresh_from_db()
    assert cast.network.parent is None  # by agreement, not by the tree
    ended = services.end_joining(asked, actor=cast.rosa)
    assert (ended.state, ended.ended_side) == ("ended", Joining.Side.MEMBER)
    assert shared_with(upper, eva) == []
    again = services.ask_to_join(cast.network, upper, actor=cast.rosa, link=link)
    assert services.end_joining(again, actor=eva).state == "declined"


def test_a_link_that_was_replaced_or_closed_works_no_more(cast, upper, eva):
    first = services.open_link(upper, actor=eva)
    address = services.link_address(first)
    assert link_behind(address.rstrip("/").rpartition("/")[2]) == first
    second = services.open_link(upper, actor=eva)
    assert services.link_address(second) != address
    assert link_behind(address.rstrip("/").rpartition("/")[2]) is None
    with pytest.raises(Refusal, match="works no more"):
        services.ask_to_join(cast.network, upper, actor=cast.rosa, link=first)
    services.close_link(upper, actor=eva)
    with pytest.raises(Refusal, match="works no more"):
        services.ask_to_join(cast.network, upper, actor=cast.rosa, link=second)
    assert address not in str(list(NetworkLink.objects.values()))  # the database holds a hash only


def test_who_does_not_see_the_upper_one_and_has_no_link_cannot_ask(cast, upper):
    with pytest.raises(NotAllowed):
        services.ask_to_join(cast.network, upper, actor=cast.rosa)
    assert not Joining.objects.exists()


def test_what_cannot_be_joined_is_refused(cast, system):
    with pytest.raises(Refusal, match="Only a network of networks"):
        services.ask_to_join(cast.network, cast.elsewhere, actor=system)
    above = upper_network()
    inside = CommunityFactory(parent=above)
    for one in (inside, above):
        with pytest.raises(Refusal, match="nothing to join"):
            services.ask_to_join(one, above, actor=system)
    with pytest.raises(Refusal, match="Only a network of networks"):
        services.open_link(cast.network, actor=system)


def test_what_is_shared_is_chosen_and_withdrawn_with_its_moment(cast, upper):
    joining = joined(cast.network, upper, "active_members", "retention")
    services.choose_shares(joining, ["retention", "density"], actor=cast.rosa)
    standing = set(Share.objects.filter(withdrawn_at=None).values_list("indicator", flat=True))
    assert standing == {"retention", "density"}
    assert Share.objects.get(indicator="active_members").withdrawn_at is not None
    told = JournalEntry.objects.filter(fact="alliances.shares_chosen").order_by("-pk").first()
    assert (told.payload["added"], told.payload["withdrawn"]) == (1, 1)
    with pytest.raises(Refusal, match="no indicator"):
        services.choose_shares(joining, ["names_of_people"], actor=cast.rosa)
    services.end_joining(joining, actor=cast.rosa)
    assert not Share.objects.filter(withdrawn_at=None).exists()
    with pytest.raises(Refusal, match="over already"):
        services.choose_shares(joining, ["retention"], actor=cast.rosa)


def test_the_database_holds_what_is_always_true(cast, upper, system):
    joining = joined(cast.network, upper, "retention")
    for wrong in (
        {"accepted_by": None},
        {"upper": cast.network},
        {"ends_on": joining.starts_on},
        {"ended_side": "member"},
    ):
        with transaction.atomic(), pytest.raises(IntegrityError):
            Joining.objects.filter(pk=joining.pk).update(**wrong)
    for twin in (Joining, Share):
        row = twin.objects.get()
        row.pk = None
        with transaction.atomic(), pytest.raises(IntegrityError):
            row.save(force_insert=True)


RIGHTS = [  # who, sees that the network belongs there, may decide for it, may take in for the upper one
    ("ana", True, False, False),
    ("rosa", True, True, False),
    ("tomas", True, True, False),
    ("ines", True, False, False),
    ("sole", True, False, False),
    ("ze", False, False, False),
    ("eva", True, False, True),
]


@pytest.mark.parametrize(("who", "sees", "joins", "takes_in"), RIGHTS)
def test_rights_between_networks(cast, upper, eva, who, sees, joins, takes_in):
    actor = eva if who == "eva" else getattr(cast, who)
    joining = joined(cast.network, upper, "retention")
    assert bool(can(actor, "alliances.see_joining", joining)) is sees
    assert bool(can(actor, "alliances.join", cast.network)) is joins
    assert bool(can(actor, "alliances.take_in", upper)) is takes_in
    assert joinings_for(actor).filter(pk=joining.pk).exists() is sees
    if not joins:
        with pytest.raises(NotAllowed):
            services.choose_shares(joining, [], actor=actor)


def test_lists_and_questions_agree_for_everybody(cast, upper, eva, system):
    joined(cast.network, upper)
    joined(cast.elsewhere, upper)
    for actor in [*(getattr(cast, who) for who in WHO), eva, system]:
        listed = set(Joining.objects.filter(policies.joinings_visible_to(actor)).values_list("pk", flat=True))
        said = {one.pk for one in Joining.objects.all() if can(actor, "alliances.see_joining", one)}
        assert listed == said


def test_through_the_pages(client, cast, upper, eva):
    client.force_login(eva)
    page = reverse("alliances:joinings", args=[upper.pk])
    client.post(reverse("alliances:open_link", args=[upper.pk]))
    link = services.link_address(NetworkLink.objects.get())
    assert link in client.get(page).content.decode()
    local = link[link.index("/join-network/") :]

    client.force_login(cast.rosa)
    assert "Red de redes" in client.get(local).content.decode()
    assert client.get(page).status_code == 404  # the link opens nothing else
    assert client.post(local, {"member": cast.network.pk}).status_code == 302
    joining = Joining.objects.get()
    assert client.post(reverse("alliances:accept", args=[joining.pk])).status_code == 404

    client.force_login(cast.ze)
    assert "You coordinate no community" in client.get(local).content.decode()
    assert client.post(local, {"member": cast.network.pk}).status_code == 422
    assert client.post(reverse("alliances:end", args=[joining.pk])).status_code == 404

    client.force_login(eva)
    assert (
        "1 network asks to join."
        in client.get(reverse("communities:governance", args=[upper.pk])).content.decode()
    )
    client.post(reverse("alliances:accept", args=[joining.pk]))
    text = client.get(page).content.decode()
    assert "Red Tejer" in text
    assert reverse("communities:overview", args=[cast.network.pk]) not in text  # a name, no link
    client.post(reverse("alliances:end", args=[joining.pk]))
    joining.refresh_from_db()
    assert joining.ended_side == Joining.Side.UPPER


PAGES = [  # page, of which community, who may come in
    ("joinings", "network", "ana rosa tomas ines sole"),
    ("ask", "network", "rosa tomas"),
    ("joinings", "upper", "eva"),
    ("ask", "upper", "eva"),
]


@pytest.mark.parametrize(("page", "of", "let_in"), PAGES)
def test_who_may_open_which_page(client, cast, upper, eva, page, of, let_in):
    joined(cast.network, upper)
    about = upper if of == "upper" else cast.network
    address = reverse(f"alliances:{page}", args=[about.pk])
    assert client.get(address).status_code == 302
    for who in (*WHO, "eva"):
        client.force_login(eva if who == "eva" else getattr(cast, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


def test_the_list_costs_the_same_for_any_number(client, cast, upper, eva, django_assert_max_num_queries):
    for number in range(12):
        joined(CommunityFactory(name=f"Red {number}"), upper, "retention")
    client.force_login(eva)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("alliances:joinings", args=[upper.pk])).status_code == 200

"""Who may see, read, review, choose: everybody against every page and deed, and lists that agree with questions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.calls import policies, services
from tejido.calls.models import Application, OpenCall
from tejido.calls.tests import factories as make
from tejido.calls.tokens import application_token
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")


@pytest.fixture
def world(cast):
    """A call of the network; Inês reads, and has a conflict with the second application; Ana has applied with her account."""
    call = make.criteria(make.published(cast.network))
    services.name_reviewers(call, [cast.ines], actor=cast.rosa)
    make.applied(call, "Marta Ruiz")
    services.declare_conflict(make.applied(call, "Julio Paz"), actor=cast.ines)
    services.apply(call, make.filled("Ana Rojas", email="ana@example.org"), actor=cast.ana)
    return call


TABLE = [  # who, sees the call, makes and manages, reads and reviews the first application, chooses
    ("ana", True, False, False, False),
    ("rosa", True, True, False, True),
    ("tomas", True, True, False, True),
    ("ines", True, False, True, False),
    ("sole", True, False, False, False),
    ("ze", False, False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "manages", "reviews", "chooses"), TABLE)
def test_rights_in_the_network(cast, world, who, sees, manages, reviews, chooses):
    actor, first = getattr(cast, who), world.applications.get(number=1)
    assert bool(can(actor, "calls.see", world)) is sees
    assert bool(can(actor, "calls.make", cast.network)) is manages
    assert bool(can(actor, "calls.manage", world)) is manages
    assert bool(can(actor, "calls.review", first)) is reviews
    assert bool(can(actor, "calls.choose", first)) is chooses
    assert bool(can(actor, "calls.read", first)) is (reviews or chooses)


def test_a_reviewer_with_a_conflict_reads_and_scores_nothing_of_it(cast, world):
    second = world.applications.get(number=2)
    assert not can(cast.ines, "calls.read", second)
    assert not can(cast.ines, "calls.review", second)


def test_applicants_read_nothing_of_their_own_or_of_others_but_by_their_link(client, cast, world):
    first, _second, hers = world.applications.all()
    client.force_login(cast.ana)
    for one in (first, hers):
        assert client.get(reverse("calls:read", args=[one.pk])).status_code == 404
    seen = client.get(reverse("calls:application", args=[application_token(hers.key)])).content.decode()
    assert "Ana Rojas" in seen and "Marta" not in seen and "Julio" not in seen
    public = client.get(reverse("calls:public", args=[world.token])).content.decode()
    about = client.get(reverse("calls:call", args=[world.pk])).content.decode()
    history = client.get(reverse("communities:history", args=[cast.network.pk])).content.decode()
    for page in (public, about, history):
        assert "Marta" not in page and "Ana Rojas applied" not in page


def test_a_link_opens_one_application_and_its_own_files_only(client, cast, world):
    first, second, _third = world.applications.all()
    services.keep_file(first, "video", make.film())
    key = first.files.get().key
    mine, other = (application_token(one.key) for one in (first, second))
    assert client.get(reverse("calls:file", args=[mine, key])).status_code == 200
    assert client.get(reverse("calls:file", args=[other, key])).status_code == 404
    assert client.post(reverse("calls:drop_file", args=[other, key])).status_code == 404
    assert (
        client.get(reverse("calls:read_file", args=[key])).status_code == 302
    )  # who is not signed in signs in
    for who, status in (("rosa", 200), ("ines", 200), ("ana", 404), ("sole", 404), ("ze", 404)):
        client.force_login(getattr(cast, who))
        assert client.get(reverse("calls:read_file", args=[key])).status_code == status, who
    assert client.get(f"/uploads/{first.files.get().file}").status_code == 404
    assert client.get(f"/media/{first.files.get().file}").status_code == 404


def test_lists_and_questions_agree_for_everybody(cast, world, system):
    make.drafted(cast.node)
    make.published(cast.elsewhere)
    make.applied(make.published(cast.node), "Nora Gil")
    services.share_out(world, 1, actor=cast.rosa)
    for actor in [*(getattr(cast, who) for who in WHO), system]:
        for model, verb, listed in (
            (OpenCall, "see", policies.calls_visible_to(actor)),
            (OpenCall, "manage", policies.managed_by(actor)),
            (Application, "read", policies.readable_by(actor)),
            (Application, "review", policies.reviewable_by(actor)),
            (Application, "choose", policies.choosable_by(actor)),
        ):
            said = {one.pk for one in model.objects.all() if can(actor, f"calls.{verb}", one)}
            assert set(model.objects.filter(listed).values_list("pk", flat=True)) == said, (actor, verb)


PAGES = [  # page, who may come in
    ("call", "ana rosa tomas ines sole"),
    ("share", "ana rosa tomas ines sole"),
    ("applications", "rosa tomas ines"),
    ("change", "rosa tomas"),
    ("requirements", "rosa tomas"),
    ("criteria", "rosa tomas"),
    ("extend", "rosa tomas"),
    ("reviewers", "rosa tomas"),
    ("choose", "rosa tomas"),
    ("welcome", "rosa tomas"),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, cast, world, page, let_in):
    address = reverse(f"calls:{page}", args=[world.pk])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


def test_who_may_open_the_list_make_a_call_and_read_a_draft(client, cast):
    draft = make.drafted(cast.network)
    for who, lists, makes in (
        ("ana", 200, 404), ("rosa", 200, 200), ("tomas", 200, 200), ("ines", 200, 404), ("sole", 200, 404), ("ze", 404, 404),
    ):  # fmt: skip
        client.force_login(getattr(cast, who))
        assert client.get(reverse("calls:list", args=[cast.network.pk])).status_code == lists, who
        assert client.get(reverse("calls:make", args=[cast.network.pk])).status_code == makes, who
        assert client.get(reverse("calls:call", args=[draft.pk])).status_code == makes, who


DEEDS = ["share_out", "close_review", "tell", "give_on", "take_in_new"]
ON_ONE = ["undo", "take_in"]


def test_who_does_not_run_it_can_post_nothing(client, cast, world):
    first = world.applications.get(number=1)
    addresses = [
        *(reverse(f"calls:{deed}", args=[world.pk]) for deed in DEEDS),
        *(reverse("calls:turn", args=[world.pk, deed]) for deed in ("publish", "close", "withdraw")),
        *(reverse(f"calls:{deed}", args=[first.pk]) for deed in ON_ONE),
        reverse("calls:dismiss", args=[world.pk, world.reviewers.get().pk]),
        reverse("calls:remove_line", args=[world.pk, "criteria", world.criteria.first().pk]),
    ]
    for who in ("ana", "ines", "sole", "ze"):
        client.force_login(getattr(cast, who))
        for address in addresses:
            assert client.post(address).status_code == 404, (who, address)
    for who in ("ana", "rosa", "sole", "ze"):  # who was not named scores nothing
        client.force_login(getattr(cast, who))
        assert client.post(reverse("calls:score", args=[first.pk])).status_code == 404, who
        assert client.post(reverse("calls:conflict", args=[first.pk])).status_code == 404, who
    world.refresh_from_db()
    assert (world.state, world.criteria.count(), world.reviewers.count()) == ("open", 2, 1)

"""Every page and every deed by which a network forms and governs itself, and who gets in. What is not in the table fails.

The demonstration is asked, as each of the cast and as a visitor: pages by opening them, deeds by posting an empty form. Nothing
that is posted stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from tests.stories.crawling import signed_in

from tejido.accounts.models import User
from tejido.alliances.models import Agreement, Contribution, Document, Joining
from tejido.buddies.models import BuddyRound, Partner
from tejido.buddies.models import Suggestion as Topic
from tejido.buddies.selectors import my_pairs
from tejido.calls.models import Application, ApplicationFile, OpenCall, Reviewer
from tejido.charters.models import Article, CharterVersion, Suggestion
from tejido.communities.models import Community
from tejido.consultations.models import Consultation
from tejido.school_leaders.models import HeadInvitation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DOMAINS = ("alliances", "buddies", "calls", "charters", "consultations", "school_leaders")
PEOPLE = {"ana": "A", "rosa": "R", "tomas": "T", "ines": "I", "sole": "S", "ze": "Z", "": "V"}
NOTHING_THERE = {
    "calls:read_file",
    "alliances:document",
    "alliances:remove_document",
}  # their domains test them
SUBJECTS: list[tuple[str, Any]] = [
    ("^c/", Community), ("^agreements/", Agreement), ("^agreement-papers/", Document),
    ("^contributions/", Contribution), ("^joinings/", Joining), ("^buddies/pair/", Partner),
    ("^buddies/", BuddyRound), ("^open-calls/applications/", Application), ("^open-calls/", OpenCall),
    ("^charter-versions/", CharterVersion), ("^charter-articles/", Article),
    ("^charter-suggestions/", Suggestion), ("^consultations/", Consultation),
]  # fmt: skip


# Who gets in -> pages, and deeds with an exclamation mark. A Ana, R Rosa, T Tomás, I Inês, S Sole, Z Zé, V a visitor; "-" nobody by an empty form.
RIGHTS = {
    "ARTIS": """
        consultations:list consultations:consultation consultations:ballots consultations:propose
        consultations:propose! calls:list calls:call calls:share charters:charter charters:version
        charters:compare charters:accept! charters:leaflet charters:suggest charters:suggest!
        buddies:skills buddies:buddies alliances:joinings
    """,
    "RT": """
        consultations:ask consultations:ask! consultations:change consultations:change!
        consultations:wall consultations:wall! consultations:from_a_form consultations:from_a_form!
        consultations:merge! consultations:open consultations:open! consultations:extend
        consultations:extend! consultations:close! consultations:withdraw! consultations:voters
        consultations:voters! consultations:call! consultations:paper consultations:paper!
        consultations:type_in! consultations:nodes! consultations:gather! consultations:name!
        consultations:challenge! calls:make calls:make! calls:change calls:change! calls:requirements
        calls:requirements! calls:criteria calls:criteria! calls:extend calls:extend! calls:turn!
        calls:reviewers calls:reviewers! calls:dismiss! calls:share_out! calls:close_review!
        calls:choose calls:choose! calls:tell! calls:give_on! calls:welcome calls:take_in_new!
        calls:undo! calls:take_in! charters:begin! charters:public_settings charters:public_settings!
        charters:add charters:add! charters:discard! charters:adopt charters:vote! charters:declare!
        charters:settle! charters:take_back! charters:acceptances charters:acceptances! charters:ask!
        charters:write charters:write! charters:move! charters:remove! charters:decide! buddies:ask!
        buddies:suggestions buddies:open_round! buddies:round buddies:propose! buddies:send!
        buddies:swap! buddies:leave_out! buddies:close! school_leaders:invite_all! school_leaders:words
        school_leaders:words! school_leaders:invite! school_leaders:write! school_leaders:write_down
        school_leaders:write_down! school_leaders:withdraw! school_leaders:note! alliances:ask
        alliances:ask! alliances:open_link! alliances:close_link! alliances:end! alliances:new
        alliances:new! alliances:edit alliances:edit! alliances:discard! alliances:add_document!
        alliances:record alliances:record! alliances:change alliances:change! alliances:remove!
    """,
    "-": """
        consultations:part! consultations:remove! calls:remove_line! buddies:asked buddies:remind!
        buddies:decide!
    """,
    "AR": """
        consultations:begin!
    """,
    "RTIS": """
        calls:applications calls:read alliances:agreements alliances:totals alliances:agreement
    """,
    "IS": """
        calls:score! calls:conflict!
    """,
    "ARTISZ": """
        buddies:mine buddies:mine!
    """,
    "ARTI": """
        buddies:help buddies:wish!
    """,
    "A": """
        buddies:begin! school_leaders:leading
    """,
    "RTI": """
        school_leaders:schools school_leaders:school
    """,
    "T": """
        alliances:accept!
    """,
}
# Opened by a link that is nobody's secret, or is one person's own: their domains test what each link shows.
BY_LINK = """
    alliances:by_link buddies:buddy buddies:tell calls:add_files calls:application calls:apply
    calls:drop_file calls:edit calls:file calls:public calls:withdraw charters:by_link charters:public
    consultations:join consultations:vote school_leaders:answer school_leaders:come_after_all
    school_leaders:her_calendar school_leaders:her_school school_leaders:substitute
"""


def routes() -> Iterator[tuple[str, str]]:
    """(name, route) of every page and deed of these domains."""
    for included in get_resolver().url_patterns:
        space = getattr(included, "namespace", None)
        if space in DOMAINS:
            yield from ((f"{space}:{one.name}", str(one.pattern)) for one in included.url_patterns)


def first(model: Any, network: Any) -> Any:
    rows = model.objects.order_by("pk")
    if model is Community:
        return network
    if model in (OpenCall, Application):  # the call that is being read, with its reviewers
        read = OpenCall.objects.filter(reviewers__isnull=False).order_by("pk")
        return read.first() if model is OpenCall else rows.filter(call=read.first()).first()
    if model is Partner:  # each opens their own: Ana's
        return my_pairs(User.objects.get(email__startswith="ana@")).first()
    names = {field.name for field in model._meta.fields}
    return (rows.filter(community=network) if "community" in names else rows).first()


def address_of(name: str, route: str, network: Any) -> str:
    """The page of the first thing of its kind in the demonstration."""
    given: dict[str, Any] = {}
    school = HeadInvitation.objects.order_by("pk").first().school_id
    others = {
        "school_pk": school, "partner_pk": Partner.objects.order_by("pk").first().pk,
        "suggestion_pk": getattr(Topic.objects.first(), "pk", 1), "what": "criteria", "deed": "close",
        "line": Reviewer.objects.order_by("pk").first().pk, "key": getattr(ApplicationFile.objects.first(), "key", None),
    }  # fmt: skip
    for key in re.findall(r"<(?:\w+:)?(\w+)>", route):
        if key != "pk":
            given[key] = others[key]
        elif route.startswith("schools/"):
            given[key] = school
        else:
            model = next(model for start, model in SUBJECTS if re.match(start, route.lstrip("^")))
            given[key] = getattr(first(model, network), "pk", None)
    assert None not in given.values(), (name, given)
    return reverse(name, kwargs=given)


def lets_in(client: Client, method: str, url: str) -> bool | None:
    """Whether somebody gets in. None where there is no such page, or no such deed."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    if answer.status_code == 405:
        return None
    return not (
        answer.status_code in (403, 404)
        or (answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"))
    )


@pytest.fixture(scope="module")
def clients(world):
    return {key: signed_in(key) if key else Client() for key in PEOPLE}


def test_every_page_and_deed_lets_in_whom_the_table_names_and_nobody_else(world, clients):
    found: dict[str, str] = {}
    for name, route in routes():
        if name in NOTHING_THERE or name in BY_LINK.split():
            continue
        url = address_of(name, route, world)
        for method, mark in (("get", ""), ("post", "!")):
            told = {PEOPLE[key]: lets_in(client, method, url) for key, client in clients.items()}
            if any(told.values()) or None not in told.values():  # else there is nothing to open, or to post
                found[name + mark] = "".join(who for who, said in told.items() if said) or "-"
    assert found == {name: who for who, names in RIGHTS.items() for name in names.split()}


def test_what_opens_by_a_link_is_listed(world):
    assert {name for name, route in routes() if "token" in route or "slug" in route} == set(BY_LINK.split())

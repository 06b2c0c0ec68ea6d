"""Drafts: what two write at once, what members suggest, what differs."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tejido.charters import selectors, services
from tejido.charters.comparing import ADDED, REMOVED, compared
from tejido.charters.models import Article, CharterVersion, Suggestion
from tejido.charters.tests import factories as make
from tejido.foundation.errors import Refusal

pytestmark = pytest.mark.django_db


def refused(code, deed, *args, **more):
    with pytest.raises(Refusal) as why:
        deed(*args, **more)
    assert why.value.code == code


def test_a_draft_begins_with_the_articles_of_the_house_and_is_begun_once(cast):
    first = services.begin_draft(cast.network, actor=cast.rosa)
    assert [one.kind for one in first.articles.all()] == [
        "mission",
        "vision",
        "purpose",
        "principles",
        "governance",
    ]
    assert services.begin_draft(cast.network, actor=cast.tomas).pk == first.pk


def test_the_second_of_two_who_write_loses_nothing(client, cast):
    version = make.draft(cast.network)
    article = make.article(version)
    before = article.edition
    services.write_article(article, "Rosa's words.", edition=before, actor=cast.rosa)
    client.force_login(cast.tomas)
    page = reverse("charters:write", args=[article.pk])
    answer = client.post(page, {"text": "Tomas's words.", "edition": before})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Somebody else changed this article while you were writing." in shown
    assert "Tomas&#x27;s words." in shown  # in the field
    assert "<del>" in shown  # beside what stands there
    article.refresh_from_db()
    assert article.text == "Rosa's words."
    edition = answer.context["form"]["edition"].value()
    assert client.post(page, {"text": "Both our words.", "edition": edition}).status_code == 302
    article.refresh_from_db()
    assert article.text == "Both our words."


def test_articles_are_added_moved_and_taken_out(cast):
    version = make.draft(cast.network)
    money = services.add_article(version, "Money", text="None.", actor=cast.rosa)
    services.move_article(money, up=True, actor=cast.rosa)
    assert [one.title for one in selectors.articles_of(version)][-2:] == ["Money", "Governance"]
    refused("name_is_taken", services.add_article, version, " money ", actor=cast.rosa)
    refused("name_is_taken", services.add_article, version, "MISSION", actor=cast.rosa)
    refused("no_name", services.add_article, version, "  ", actor=cast.rosa)
    services.remove_article(money, actor=cast.rosa)
    assert not version.articles.filter(name="Money").exists()


def test_a_second_tap_suggests_nothing_twice(cast):
    article = make.article(make.draft(cast.network))
    for _n in range(2):
        services.suggest(article, "Shorter.", "Why not", actor=cast.ana)
    assert Suggestion.objects.get().author == cast.ana.person
    refused("nothing_said", services.suggest, article, make.MISSION, " ", actor=cast.ana)


def test_a_suggestion_is_accepted_declined_with_a_reason_or_waits_for_whoever_wrote_meanwhile(cast):
    version = make.draft(cast.network)
    article = make.article(version)
    first, second, third = (
        services.suggest(article, text, "", actor=cast.ana) for text in ("One.", "Two.", "Three.")
    )
    refused("no_reason", services.decide_suggestion, first, False, " ", actor=cast.rosa)
    services.decide_suggestion(first, False, "Too short.", actor=cast.rosa)
    refused("decided", services.decide_suggestion, first, True, actor=cast.rosa)
    services.decide_suggestion(second, True, actor=cast.rosa)
    assert make.article(version).text == "Two."
    refused("changed_meanwhile", services.decide_suggestion, third, True, actor=cast.rosa)
    services.decide_suggestion(third, True, keep_words=True, actor=cast.rosa)
    assert make.article(version).text == "Two."
    assert [one.state for one in selectors.suggestions_of(version)] == ["declined", "accepted", "accepted"]


def test_what_is_adopted_or_voted_on_is_frozen(cast):
    for version in (make.proposed(cast.network), make.in_force(cast.node)):
        article = make.article(version)
        refused("not_a_draft", services.write_article, article, "x", edition=article.edition, actor=cast.rosa)
        refused("not_a_draft", services.add_article, version, "x", actor=cast.rosa)
        refused("not_a_draft", services.remove_article, article, actor=cast.rosa)
        refused("not_a_draft", services.suggest, article, "x", "", actor=cast.ana)
        refused("not_a_draft", services.discard_draft, version, actor=cast.rosa)


def test_a_discarded_draft_stays_readable_and_another_is_begun(client, cast):
    version = services.discard_draft(make.draft(cast.network), actor=cast.rosa)
    client.force_login(cast.ana)
    shown = client.get(reverse("charters:version", args=[version.pk])).content.decode()
    assert make.MISSION in shown
    assert services.begin_draft(cast.network, actor=cast.rosa).number == 2


def test_two_versions_are_compared_article_by_article(client, cast):
    old = make.in_force(cast.network, "We weave water.")
    new = make.draft(cast.network, "We weave clean water.")
    services.add_article(new, "Money", text="None.", actor=cast.rosa)
    rows = selectors.comparison(old, new)
    assert [(one.title, one.what) for one in rows] == [("Mission", "changed"), ("Money", "added")]
    assert [(one.title, one.what) for one in selectors.comparison(new, old)][-1] == ("Money", "removed")
    client.force_login(cast.ana)
    shown = client.get(reverse("charters:compare", args=[new.pk])).content.decode()
    assert '<ins><span class="unseen">[added: </span>clean <span class="unseen">]</span></ins>' in shown


WORDS = st.text(alphabet="ab .\n", max_size=40)


@given(WORDS, WORDS)
def test_a_comparison_holds_both_texts(before, after):
    pieces = compared(before, after)
    assert "".join(one.text for one in pieces if one.what != ADDED) == before
    assert "".join(one.text for one in pieces if one.what != REMOVED) == after


def test_what_is_written_is_never_markup(client, cast):
    make.in_force(cast.network, "<script>alert(1)</script> **strong**")
    client.force_login(cast.ana)
    shown = client.get(reverse("charters:charter", args=[cast.network.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<strong>strong</strong>" in shown


def test_the_database_keeps_one_charter_in_force_and_one_in_the_making(cast):
    version = make.in_force(cast.network)
    for state, since in (
        ("in_force", version.in_force_since),
        ("in_force", None),
        ("draft", version.in_force_since),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CharterVersion.objects.create(community=cast.network, number=9, state=state, in_force_since=since)
    make.draft(cast.network)
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterVersion.objects.create(community=cast.network, number=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(version=version, kind="mission", position=9)

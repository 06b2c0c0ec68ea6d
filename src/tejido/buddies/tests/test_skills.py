"""What people can share: asked by link, matrix with gaps, who can help, topics that were missed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.buddies import services
from tejido.buddies.models import Profile, Suggestion
from tejido.buddies.selectors import asked_in, found_by, matrix, topics_of
from tejido.buddies.tests import factories as make
from tejido.buddies.tokens import skills_token
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Skill, Topic
from tejido.directory.services import seed_reference
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


def path_of(person) -> str:
    return reverse("buddies:tell", args=[skills_token(person.pk, 1)])


def test_a_round_asks_everybody_by_letter_and_shows_who_answered(cast, client):
    eva = MembershipFactory(community=cast.node).person
    ContactPoint.objects.create(person=eva, kind="email", value="eva@example.org")
    client.force_login(cast.rosa)
    client.post(reverse("buddies:ask", args=[cast.node.pk]))
    client.post(reverse("buddies:ask", args=[cast.node.pk]))  # a second tap
    found = cast.node.skills_rounds.get()
    assert Message.objects.filter(batch__kind="buddies.skills").count() == 2  # Ana has an account
    coding = make.topic("coding")
    client.logout()
    client.post(
        path_of(eva),
        {"offered": [coding.pk], f"level-{coding.pk}": "3", "way": "either", "open_to_buddy": "on"},
    )
    assert [one.answered_at is not None for one in asked_in(found).order_by("-answered_at")].count(True) == 1
    skill = eva.skills.get()
    assert (skill.topic, skill.side, skill.level) == (coding, "offered", 3)
    assert Profile.objects.get(person=eva).open_to_buddy
    assert services.remind(found, actor=cast.rosa) == 2  # within ten minutes it is the same letter


def test_said_again_it_replaces_what_was_said_and_keeps_what_is_wrong_on_the_page(cast, client):
    eva = make.member(cast.node, "Eva", "coding", "drama")
    page = client.post(path_of(eva), {"way": "near", "km": "many"})
    assert page.status_code == 422
    assert eva.skills.count() == 2
    client.post(path_of(eva), {"way": "near", "km": "30"})
    assert not eva.skills.exists()


def test_the_matrix_counts_and_names_the_gaps(cast):
    make.member(cast.node, "Eva", "coding", "drama")
    make.member(cast.sister, "Leo", "music", "drama")
    make.member(cast.sister, "Paz", "music", "coding")
    lines = {line.name: line for line in matrix(cast.network, topics_of(cast.network), whole=True)}
    assert (lines["drama"].offered, lines["drama"].wanted, lines["drama"].gap) == (0, 2, "nobody")
    assert (lines["coding"].gap, lines["music"].gap) == ("one", "")
    assert [line.name for line in matrix(cast.node, topics_of(cast.node), whole=True)] == ["drama", "coding"]
    hidden = {line.name: line for line in matrix(cast.network, topics_of(cast.network), whole=False)}
    assert (hidden["drama"].offered, hidden["drama"].gap) == (None, "")


WORDS = [
    ("programacion", "coding"),
    ("I need help with PROGRAMMING", "coding"),
    ("programação", "coding"),
    ("scratch", "coding"),
    ("¿quién me ayuda con bullying?", "conflict-mediation"),
    ("huerta", "school-garden"),
]


@pytest.mark.parametrize(("words", "code"), WORDS)
def test_a_topic_is_found_in_three_languages_without_accents(system, words, code):
    seed_reference(actor=system)
    assert code in [topic.code for topic in found_by(words, list(Topic.objects.all()))]


def test_words_that_mean_nothing_find_nothing(system):
    seed_reference(actor=system)
    assert found_by("xyzzy de la", list(Topic.objects.all())) == []


def test_who_agreed_is_found_by_fellows_and_the_nearest_comes_first(cast, client):
    make.told(cast.ana.person)
    make.member(cast.node, "Faraway", "coding", latitude=8.0, longitude=-74.0)
    make.member(cast.node, "Hidden", "coding", findable=False)
    near = make.member(cast.node, "Nearby", "coding", latitude=4.7, longitude=-74.0)
    make.PostFactory(person=cast.ana.person, school=make.SchoolFactory(latitude=4.6, longitude=-74.0))
    client.force_login(cast.ana)
    page = client.get(reverse("buddies:help", args=[cast.node.pk]) + "?q=coding").content.decode()
    assert page.index("Nearby") < page.index("Faraway")
    assert "Hidden" not in page
    client.force_login(cast.rosa)  # keeps their details, so she reads them anyway
    assert "Hidden" in client.get(reverse("buddies:help", args=[cast.node.pk]) + "?q=coding").content.decode()
    assert near.skills.exists()


def test_where_nobody_can_help_it_becomes_a_wish(cast, client):
    coding = make.topic("coding")
    client.force_login(cast.ana)
    page = client.get(reverse("buddies:help", args=[cast.node.pk]) + "?q=coding").content.decode()
    assert "Note it as my wish" in page
    client.post(reverse("buddies:wish", args=[cast.node.pk]), {"words": "coding", "topic": coding.pk})
    assert Skill.objects.get(person=cast.ana.person).side == "wanted"
    client.post(reverse("buddies:wish", args=[cast.node.pk]), {"words": "Beekeeping"})
    assert Suggestion.objects.get().words == "Beekeeping"


def test_a_missed_topic_is_put_on_the_list_for_all_who_wrote_it(cast, client):
    eva, leo = make.member(cast.node, "Eva"), make.member(cast.node, "Leo")
    for person, words in ((eva, "Beekeeping, Chess"), (leo, "beekeeping")):
        client.post(path_of(person), {"way": "either", "missed_offered": words})
    client.force_login(cast.rosa)
    bees = Suggestion.objects.get(person=eva, words="Beekeeping")
    address = reverse("buddies:decide", args=[cast.node.pk, bees.pk])
    client.post(address, {"deed": "take", "es": "Apicultura", "en": "Beekeeping"})
    topic = Topic.objects.get(name_es="Apicultura")
    assert set(topic.skills.values_list("person_id", flat=True)) == {eva.pk, leo.pk}
    assert topic in topics_of(cast.network)
    assert topic not in topics_of(cast.elsewhere)
    chess = Suggestion.objects.get(words="Chess")
    address = reverse("buddies:decide", args=[cast.node.pk, chess.pk])
    client.post(address, {"deed": "merge", "topic": make.topic("coding").pk})
    assert eva.skills.filter(topic__code="coding").exists()


def test_pages_of_skills_do_not_grow(cast, client, django_assert_max_num_queries):
    for number in range(30):
        make.member(cast.node, f"T{number}", "coding drama", "music")
    client.force_login(cast.rosa)
    services.ask_for_skills(cast.node, actor=cast.rosa)
    for name, more in (("skills", ""), ("help", "?q=coding"), ("asked", ""), ("suggestions", "")):
        address = reverse(f"buddies:{name}", args=[cast.node.pk]) + more
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, name

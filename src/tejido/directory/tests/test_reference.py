"""What a new installation starts with: seeded as often as one likes, the installation's own words untouched."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from tejido.directory import services
from tejido.directory.models import ConsentText, Purpose, Territory, Topic
from tejido.directory.reference.consents import CONSENT_WORDS

pytestmark = pytest.mark.django_db


def seed() -> str:
    out = StringIO()
    call_command("seed-reference", stdout=out)
    return out.getvalue()


def test_seeding_brings_words_topics_and_territories_and_says_how_many():
    said = seed()
    assert "Words of consent: 6 new, 6 in the reference" in said
    assert "Topics: 66 new, 66 in the reference" in said
    assert "Territories: 83 new, 83 in the reference" in said
    assert Counter(Territory.objects.values_list("country", "level"))["CL", "region"] == 16
    assert Counter(Territory.objects.values_list("country", "level"))["CO", "region"] == 33


def test_seeding_again_changes_nothing():
    seed()
    before = [list(model.objects.order_by("pk").values()) for model in (ConsentText, Topic, Territory)]
    assert "0 new" in seed()
    assert [
        list(model.objects.order_by("pk").values()) for model in (ConsentText, Topic, Territory)
    ] == before


def test_territories_hang_together_and_are_found_without_accents():
    seed()
    macul = Territory.objects.get(code="13118")
    assert (macul.name, macul.parent.name, macul.parent.parent.name) == (
        "Macul",
        "Metropolitana de Santiago",
        "Chile",
    )
    assert Territory.objects.get(country="CO", code="05").name == "Antioquia", "leading zeros stay"
    assert not Territory.objects.filter(search_name="").exists()


def test_an_installation_that_wrote_its_own_words_keeps_them(system):
    seed()
    own = {"es": "Nuestras palabras", "en": "Our own words", "pt": "Nossas palavras"}
    services.publish_consent_text(Purpose.CONTACT, own, actor=system)
    seed()
    assert (
        ConsentText.objects.filter(purpose=Purpose.CONTACT).order_by("-version").first().body_en
        == "Our own words"
    )
    assert ConsentText.objects.count() == 7


def test_later_words_of_the_reference_are_published_after_the_earlier_ones(monkeypatch):
    seed()
    later = {"es": "Más claro", "en": "Clearer", "pt": "Mais claro"}
    monkeypatch.setitem(CONSENT_WORDS, Purpose.CONTACT, [*CONSENT_WORDS[Purpose.CONTACT], later])
    assert "Words of consent: 1 new, 7 in the reference" in seed()
    assert ConsentText.objects.get(purpose=Purpose.CONTACT, version=2).body_en == "Clearer"


def test_a_corrected_topic_is_corrected_in_place(words):
    Topic.objects.filter(code="music").update(name_en="Musik")
    seed()
    assert Topic.objects.get(code="music").name_en == "Music"


@pytest.mark.parametrize("purpose", Purpose.values)
def test_the_words_say_in_each_language_that_no_is_an_answer_and_can_come_later(purpose):
    for words in CONSENT_WORDS[purpose]:
        assert "participo igual" in words["es"] and "cuando quiera" in words["es"]
        assert "I take part all the same" in words["en"] and "whenever I like" in words["en"]
        assert "participo do mesmo jeito" in words["pt"] and "quando quiser" in words["pt"]


def test_help_shows_an_example(capsys):
    with pytest.raises(SystemExit):
        call_command("seed-reference", "--help")
    assert "tejido seed-reference" in capsys.readouterr().out

"""Consent: asked by purpose, answered with one step, withdrawn with one step, tied to the words answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.directory import selectors, services
from tejido.directory.models import Consent, ConsentText, Purpose
from tejido.directory.reference.consents import CONSENT_WORDS
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


def answer(person, purpose: str, said: str) -> str:
    return reverse("directory:answer_consent", args=[person.pk, purpose, said])


def standing(person, purpose: str):
    return next(one for one in selectors.consents_of(person) if one.purpose == purpose)


def test_giving_and_withdrawing_take_one_step_each(cast, browser, words, ana_at_work):
    ana, client = ana_at_work.person, browser(cast.ana)
    html = client.get(reverse("directory:person", args=[ana.pk])).content.decode()
    assert answer(ana, "photograph", "yes") in html
    client.post(answer(ana, "photograph", "yes"))
    assert selectors.who_consented("photograph") == {ana.pk}
    html = client.get(reverse("directory:person", args=[ana.pk])).content.decode()
    assert answer(ana, "photograph", "no") in html and answer(ana, "photograph", "yes") not in html
    client.post(answer(ana, "photograph", "no"))
    assert selectors.who_consented("photograph") == set()


def test_every_answer_stays_with_the_words_it_answered(cast, browser, words, ana_at_work, system):
    ana = ana_at_work.person
    services.answer_consent(ana, "research", True, actor=cast.ana)
    services.publish_consent_text(
        "research", {"es": "Otras palabras", "en": "Other words", "pt": "Outras palavras"}, actor=system
    )
    renewed = standing(ana, "research")
    assert renewed.given and renewed.renewed
    assert renewed.now.words == CONSENT_WORDS["research"][0]["en"]
    services.answer_consent(ana, "research", False, actor=cast.ana)
    now = standing(ana, "research")
    assert (now.given, now.renewed, now.now.words) == (False, False, "Other words")
    assert [(one.given, one.version) for one in now.before] == [(True, 1)]
    html = browser(cast.ana).get(reverse("directory:consents", args=[ana.pk])).content.decode()
    assert "Other words" in html and "I agree that those who do research" in html


def test_the_words_are_read_in_the_readers_language(cast, browser, words, ana_at_work):
    address = reverse("directory:consents", args=[ana_at_work.person_id])
    for language, begins in (("es", "Acepto que"), ("pt-br", "Aceito que"), ("en", "I agree that")):
        html = browser(cast.ana).get(address, headers={"accept-language": language}).content.decode()
        assert html.count(begins) == 6, language


def test_the_coordination_writes_down_an_answer_and_how_it_came(cast, browser, words, ana_at_work):
    ana = ana_at_work.person
    browser(cast.rosa).post(answer(ana, "publication", "yes"), {"how": "paper"})
    consent = ana.consents.get()
    assert (consent.given, consent.how, consent.recorded_by) == (True, "paper", cast.rosa)


@pytest.mark.parametrize("how", ["", "self", "imported", "nonsense"])
def test_nobody_answers_in_the_name_of_another(cast, browser, words, ana_at_work, how):
    client = browser(cast.rosa)
    page = client.post(answer(ana_at_work.person, "publication", "yes"), {"how": how}, follow=True)
    assert "Only the person can answer here" in page.content.decode()
    assert not ana_at_work.person.consents.exists()


def test_without_words_there_is_nothing_to_consent_to(cast, browser, ana_at_work):
    page = browser(cast.ana).post(answer(ana_at_work.person, "contact", "yes"), follow=True).content.decode()
    assert "There are no words to consent to yet" in page
    assert "No words to consent to have been published yet." in page
    assert not Consent.objects.exists()


@pytest.mark.parametrize(("purpose", "said"), [("everything", "yes"), ("contact", "maybe")])
def test_only_known_purposes_and_plain_answers(cast, browser, words, ana_at_work, purpose, said):
    assert browser(cast.ana).post(answer(ana_at_work.person, purpose, said)).status_code == 404


def test_reading_a_consent_never_answers_it(cast, browser, words, ana_at_work):
    assert browser(cast.ana).get(answer(ana_at_work.person, "contact", "yes")).status_code == 405
    assert not Consent.objects.exists()


def test_the_journal_says_which_purpose_and_never_the_words(cast, words, ana_at_work):
    services.answer_consent(ana_at_work.person, "contact", True, actor=cast.ana)
    entry = JournalEntry.objects.get(fact="directory.consent_answered")
    assert entry.payload == {"person_id": ana_at_work.person_id, "purpose": "contact", "given": True}


def test_one_current_answer_per_purpose(cast, words, ana_at_work):
    for given in (True, False, True):
        services.answer_consent(ana_at_work.person, "contact", given, actor=cast.ana)
    assert ana_at_work.person.consents.filter(is_current=True).count() == 1
    assert ana_at_work.person.consents.count() == 3


def test_the_same_words_are_not_published_twice_and_members_publish_none(cast, words, system):
    text = ConsentText.objects.get(purpose=Purpose.CONTACT)
    same = {"es": text.body_es, "en": text.body_en, "pt": text.body_pt}
    assert services.publish_consent_text(Purpose.CONTACT, same, actor=system) == text
    with pytest.raises(NotAllowed):
        services.publish_consent_text(Purpose.CONTACT, {**same, "en": "x"}, actor=cast.ana)


def test_the_consents_of_a_person_are_one_question(cast, words, ana_at_work, django_assert_num_queries):
    for number in range(20):
        services.answer_consent(ana_at_work.person, "contact", number % 2 == 0, actor=cast.ana)
    with django_assert_num_queries(1):
        found = selectors.consents_of(ana_at_work.person)
    assert [one.purpose for one in found] == list(Purpose.values)
    assert len(standing(ana_at_work.person, "contact").before) == 19


def test_a_refused_answer_changes_nothing(cast, words, ana_at_work):
    with pytest.raises(Refusal):
        services.answer_consent(ana_at_work.person, "contact", True, actor=cast.rosa)
    assert not Consent.objects.exists()

"""Who sees what of a person and of a school: the cast, one by one. Hidden, forbidden and missing look alike."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.accounts.tests.factories import UserFactory
from tejido.directory.models import Person, Purpose
from tejido.directory.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    consents,
)

pytestmark = pytest.mark.django_db

EMAIL, PHONE, ATTRIBUTE, CONSENT = (
    "ana.rojas@example.org",
    "+56912345678",
    "Mujer diversa",
    'id="consent-research"',
)

ANAS_PAGE = [  # who, sees the page, how to reach her, what she says of herself, what she allows
    ("ana", True, True, True, True),
    ("rosa", True, True, True, True),
    ("tomas", True, True, True, True),
    ("ines", True, True, False, False),
    ("sole", False, False, False, False),
    ("ze", False, False, False, False),
]


@pytest.mark.parametrize(("who", "page", "contact", "attribute", "consent"), ANAS_PAGE)
def test_who_sees_what_of_a_person(cast, browser, words, ana_at_work, who, page, contact, attribute, consent):
    answer = browser(getattr(cast, who)).get(reverse("directory:person", args=[ana_at_work.person_id]))
    assert answer.status_code == (200 if page else 404)
    html = answer.content.decode()
    for secret, shown in ((EMAIL, contact), (PHONE, contact), (ATTRIBUTE, attribute), (CONSENT, consent)):
        assert (secret in html) is shown, (who, secret)


def test_a_fellow_member_reaches_her_only_with_her_consent(cast, browser, words, ana_at_work):
    ana, membership = ana_at_work.person, cast.ana.person.memberships.get()
    beto = PersonFactory(given_names="Beto", user=UserFactory())
    membership.pk, membership.person = None, beto
    membership.save()
    fellow, page = browser(beto.user), reverse("directory:person", args=[ana.pk])

    assert EMAIL not in fellow.get(page).content.decode()
    consents(ana, Purpose.CONTACT)
    html = fellow.get(page).content.decode()
    assert EMAIL in html
    assert ATTRIBUTE not in html and CONSENT not in html
    consents(ana, Purpose.CONTACT, given=False)
    assert EMAIL not in fellow.get(page).content.decode()


def test_a_researcher_sees_the_page_of_whoever_consented_to_research_and_never_how_to_reach_them(
    cast, browser, ana_at_work
):
    consents(ana_at_work.person, Purpose.PUBLICATION)
    html = browser(cast.sole).get(reverse("directory:person", args=[ana_at_work.person_id])).content.decode()
    assert "Ana Rojas" in html
    assert EMAIL not in html and PHONE not in html and ATTRIBUTE not in html


def deeds_on(person: Person, post) -> list[str]:
    """Every address at which something of a person is changed."""
    return [
        *(
            reverse(f"directory:{name}", args=[person.pk])
            for name in (
                "edit_person",
                "edit_contacts",
                "edit_skills",
                "edit_attributes",
                "consents",
                "take_up_post",
            )
        ),
        reverse("directory:leave_post", args=[person.pk, post.pk]),
    ]


WHO_CHANGES = [
    ("ana", True),
    ("rosa", True),
    ("tomas", True),
    ("ines", False),
    ("sole", False),
    ("ze", False),
]


@pytest.mark.parametrize(("who", "may"), WHO_CHANGES)
def test_who_may_change_what_is_said_of_a_person(cast, browser, words, ana_at_work, who, may):
    client = browser(getattr(cast, who))
    for address in deeds_on(ana_at_work.person, ana_at_work):
        assert client.get(address).status_code == (200 if may else 404), (who, address)
    changed = client.post(
        reverse("directory:edit_person", args=[ana_at_work.person_id]),
        {"given_names": "Ana Luz", "family_names": "Rojas"},
    )
    assert changed.status_code == (302 if may else 404)
    ana_at_work.person.refresh_from_db()
    assert ana_at_work.person.given_names == ("Ana Luz" if may else "Ana")


@pytest.mark.parametrize("who", ["ines", "sole", "ze"])
def test_nobody_else_posts_past_the_forms(cast, browser, words, ana_at_work, who):
    client, ana = browser(getattr(cast, who)), ana_at_work.person
    for address in (
        reverse("directory:answer_consent", args=[ana.pk, "research", "yes"]),
        reverse("directory:take_back_post", args=[ana.pk, ana_at_work.pk]),
        reverse("directory:keep_post", args=[ana.pk, ana_at_work.pk]),
        reverse("directory:apart_people", args=[ana.pk, cast.rosa.person.pk]),
        reverse("directory:merge_people", args=[ana.pk, cast.rosa.person.pk]),
    ):
        assert client.post(address, {"how": "paper"}).status_code == 404, address
    assert not ana.consents.exists()
    assert ana.posts.get() == ana_at_work


REGISTERS = [  # who, sees schools and organisations, keeps them
    ("ana", True, False),
    ("rosa", True, True),
    ("tomas", True, True),
    ("ines", True, False),
    ("sole", True, False),
    ("ze", False, False),
]


@pytest.mark.parametrize(("who", "sees", "keeps"), REGISTERS)
def test_who_sees_and_who_keeps_the_registers(cast, browser, school, who, sees, keeps):
    client, museum = browser(getattr(cast, who)), OrganisationFactory()
    double = SchoolFactory(name="Escuela Los Alamos")
    pages = {
        reverse("directory:school", args=[school.pk]),
        reverse("directory:organisation", args=[museum.pk]),
    }
    forms = {
        reverse("directory:add_school"),
        reverse("directory:edit_school", args=[school.pk]),
        reverse("directory:record_profile", args=[school.pk]),
        reverse("directory:add_organisation"),
        reverse("directory:edit_organisation", args=[museum.pk]),
        reverse("directory:doubles_schools"),
        reverse("directory:choose_schools", args=[school.pk]),
        reverse("directory:merge_schools", args=[school.pk, double.pk]),
    }
    for address in pages:
        assert client.get(address).status_code == (200 if sees else 404), address
    for address in forms:
        assert client.get(address).status_code == (200 if keeps else 404), address
    listed = client.get(reverse("directory:schools")).content.decode()
    assert ("Los Álamos" in listed) is sees
    suggested = client.get(
        reverse("directory:suggest", args=["schools"]), {"school": "alamos"}
    ).content.decode()
    assert ("Los Álamos" in suggested) is sees


def test_visitors_are_asked_to_sign_in_everywhere(browser, ana_at_work, school):
    visitor = browser()
    ana = ana_at_work.person
    for address in (
        reverse("directory:person", args=[ana.pk]),
        reverse("directory:me"),
        reverse("directory:schools"),
        reverse("directory:school", args=[school.pk]),
        reverse("directory:doubles_people"),
        reverse("directory:suggest", args=["people"]),
        *deeds_on(ana, ana_at_work),
    ):
        answer = visitor.get(address)
        assert answer.status_code == 302 and "/accounts/login/" in answer["Location"], address


def test_a_school_tells_each_reader_only_of_people_they_may_see(cast, browser, ana_at_work, school):
    membership = cast.ana.person.memberships.get()
    membership.pk, membership.person, membership.community = (
        None,
        PersonFactory(given_names="Carla"),
        cast.sister,
    )
    membership.save()
    PostFactory(person=membership.person, school=school)  # of the sister node
    PostFactory(person=PersonFactory(given_names="Stranger"), school=school)
    page = reverse("directory:school", args=[school.pk])

    as_rosa = browser(cast.rosa).get(page).content.decode()
    assert "Ana Rojas" in as_rosa and "Carla" in as_rosa and "Stranger" not in as_rosa
    assert "And 1 person of other communities." in as_rosa

    as_ana = browser(cast.ana).get(page).content.decode()
    assert "Ana Rojas" in as_ana and "Carla" not in as_ana and "Stranger" not in as_ana
    assert "And 2 people of other communities." in as_ana

    as_sole = browser(cast.sole).get(page).content.decode()
    assert "Ana Rojas" not in as_sole
    assert "3 people of other communities." in as_sole


def test_suggestions_of_people_are_those_whom_one_may_merge(cast, browser, ana_at_work):
    address = reverse("directory:suggest", args=["people"])
    assert "Ana Rojas" in browser(cast.rosa).get(address, {"other": "rojas"}).content.decode()
    for who in (cast.ana, cast.ines, cast.ze):
        assert "Ana Rojas" not in browser(who).get(address, {"other": "rojas"}).content.decode()

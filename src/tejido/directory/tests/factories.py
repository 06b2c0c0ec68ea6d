from __future__ import annotations

from datetime import date

import factory

from tejido.accounts.services import system_account
from tejido.directory.models import Consent, ConsentText, Organisation, Person, Post, School, Territory
from tejido.directory.names import search_form


class TerritoryFactory(factory.django.DjangoModelFactory[Territory]):
    class Meta:
        model = Territory

    name = factory.Sequence(lambda n: f"District {n}")
    search_name = factory.LazyAttribute(lambda territory: search_form(territory.name))
    level = Territory.Level.DISTRICT
    country = "CL"


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Museum {n}")
    search_name = factory.LazyAttribute(lambda organisation: search_form(organisation.name))


class SchoolFactory(factory.django.DjangoModelFactory[School]):
    class Meta:
        model = School

    name = factory.Sequence(lambda n: f"School {n}")
    search_name = factory.LazyAttribute(lambda school: search_form(school.name))


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    given_names = factory.Sequence(lambda n: f"Teacher {n}")
    family_names = "Pérez Núñez"
    search_name = factory.LazyAttribute(
        lambda person: search_form(f"{person.given_names} {person.family_names}")
    )


class PostFactory(factory.django.DjangoModelFactory[Post]):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    school = factory.SubFactory(SchoolFactory)
    starts_on = date(2020, 3, 1)


def consents(person: Person, *purposes: str, given: bool = True) -> None:
    """The person answered for these purposes."""
    for purpose in purposes:
        text, _ = ConsentText.objects.get_or_create(
            purpose=purpose, version=1, defaults={"body_es": "…", "body_en": "…", "body_pt": "…"}
        )
        Consent.objects.filter(person=person, purpose=purpose).update(is_current=False)
        Consent.objects.create(
            person=person,
            purpose=purpose,
            text=text,
            given=given,
            how=Consent.How.SELF,
            recorded_by=system_account(),
        )

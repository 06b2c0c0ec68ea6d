"""What is asked in *Avanzando Juntas*: an exit ticket, a diagnostic and its closing, a survey without names, and what waits today.

Everything here is invented: who answered, what, and in which words. `asked.py` holds the words.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.demo import asked
from tejido.demo.planting import Garden, moment
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import attended_at
from tejido.gatherings.services import give_form
from tejido.instruments.models import Collection, Instrument, Invitation, Response, Version
from tejido.instruments.selectors import definition_of, open_answers
from tejido.instruments.services import (
    Sent,
    Terms,
    close_collection,
    ingest,
    make_from_draft,
    name_topic,
    open_collection,
    personal_links,
    sort_answers,
    use_template,
)
from tejido.instruments.shelf import shelf
from tejido_forms.answers import begin, new_instance_id, write
from tejido_forms.pages import take

ZONE = "America/Santiago"
LANGUAGE = "Español (es)"
EARLIER = ((3.6, 4), (3.9, 3), (3.8, 4), (4.1, 2), (4.0, 3))  # mean, and how many did not answer
OPEN_FOR = timedelta(days=28)  # from the day of planting on


def plant_forms(garden: Garden, network: Community, principals: Sequence[Person]) -> None:
    """All of it, given out by whoever acts in the garden. principals: the first is Ana, who has not answered what is open."""
    version = exit_ticket(garden, network)
    earlier_tickets(replace(garden, rng=Random(1931)), network, version)  # what follows draws as ever
    diagnostic_and_closing(garden, network, principals)
    climate(garden, network, principals)
    before_the_reunion(garden, network, principals)


def exit_ticket(garden: Garden, network: Community) -> Version:
    """After the last workshop, for those who were there; two did not answer. What they take with them is sorted into topics."""
    version = use_template(network, shelf()["exit_ticket"], "es", actor=garden.actor).versions.get()
    last = _workshops(network)[-1]
    collection = _ticket(garden, last, version)
    who = _invited(collection)
    for number, invitation in enumerate(who[:-2]):
        level = _person(garden)
        said = {
            "useful": level(4.3), "quality": level(4.1), "voice": level(3.8),
            "next_week": garden.rng.choice(["yes", "yes", "yes", "perhaps", "no"]),
            "take": asked.TAKE[number % len(asked.TAKE)][1],
            "change": asked.CHANGE[number] if number < len(asked.CHANGE) else "",
        }  # fmt: skip
        _answer(garden, collection, said, invitation, last.ends_at + timedelta(minutes=number))
    _sort(garden, collection, "/data/take", asked.TAKE)
    close_collection(collection, actor=garden.actor)
    return version


def earlier_tickets(garden: Garden, network: Community, version: Version) -> None:
    """After the workshops before it: only what is ticked, by most of those who were there."""
    for gathering, (mean, away) in zip(_workshops(network)[:-1], EARLIER, strict=False):
        collection = _ticket(garden, gathering, version)
        for number, invitation in enumerate(_invited(collection)[away:]):
            level = _person(garden)
            said = {
                "useful": level(mean), "quality": level(mean), "voice": level(mean - 0.4),
                "next_week": garden.rng.choice(["yes", "perhaps", "perhaps", "no"]),
            }  # fmt: skip
            _answer(garden, collection, said, invitation, gathering.ends_at + timedelta(minutes=number))
        close_collection(collection, actor=garden.actor)


def _workshops(network: Community) -> list[Gathering]:
    held = Gathering.objects.filter(community=network, state=Gathering.State.HELD, kind="workshop")
    return list(held.order_by("starts_at"))


def _ticket(garden: Garden, gathering: Gathering, version: Version) -> Collection:
    """The ticket, open for those who were there from a quarter of an hour before the end."""
    terms = Terms(
        title=f"Boleto de salida · {gathering.title}"[:200],
        audience=Collection.Audience.ATTENDED,
        opens_at=gathering.ends_at - timedelta(minutes=15),
        link=True,
    )
    return give_form(gathering, version, terms, actor=garden.actor, people=list(attended_at(gathering)))


def diagnostic_and_closing(garden: Garden, network: Community, principals: Sequence[Person]) -> None:
    """The same questions in the second month and at the end; the means rise, and some do not answer."""
    made = make_from_draft(network, Instrument.Kind.DIAGNOSTIC, asked.DIAGNOSTIC, actor=garden.actor)
    for title, day, levels, away in (
        ("Diagnóstico inicial", date(2021, 10, 4), (3.1, 2.7), (14,)),
        ("Cierre: lo mismo, un año después", date(2022, 9, 5), (4.1, 3.8), (9, 13)),
    ):
        begins = moment(day, 9, ZONE)
        terms = Terms(
            title=title,
            audience=Collection.Audience.LIST,
            opens_at=begins,
            closes_at=begins + timedelta(days=21),
        )
        collection = open_collection(
            made.versions.get(), network, terms, actor=garden.actor, people=list(principals)
        )
        absent = {principals[place].pk for place in away}
        for number, invitation in enumerate(_invited(collection)):
            if invitation.person_id not in absent:
                said = asked.diagnosed(_person(garden), levels, number)
                _answer(garden, collection, said, invitation, begins + timedelta(hours=9 * number + 1))
        close_collection(collection, actor=garden.actor)


def climate(garden: Garden, network: Community, principals: Sequence[Person]) -> None:
    """Without names: nobody can see who said what, or who answered."""
    made = make_from_draft(network, Instrument.Kind.SURVEY, asked.CLIMATE, actor=garden.actor)
    begins = moment(date(2022, 6, 6), 9, ZONE)
    terms = Terms(audience=Collection.Audience.LIST, anonymous=True, opens_at=begins)
    collection = open_collection(
        made.versions.get(), network, terms, actor=garden.actor, people=list(principals)
    )
    for number, invitation in enumerate(_invited(collection)[:13]):
        said = asked.climate(_person(garden), number)
        _answer(garden, collection, said, invitation, begins + timedelta(days=number // 3))
    close_collection(collection, actor=garden.actor)


def before_the_reunion(garden: Garden, network: Community, principals: Sequence[Person]) -> None:
    """Open today: everybody is asked, there is a link for whoever has it, and Ana and most others have not answered yet."""
    made = make_from_draft(network, Instrument.Kind.SURVEY, asked.REUNION, actor=garden.actor)
    now = timezone.now()
    terms = Terms(
        audience=Collection.Audience.COMMUNITY,
        opens_at=now - timedelta(days=2),
        closes_at=now + OPEN_FOR,
        link=True,
    )
    collection = open_collection(made.versions.get(), network, terms, actor=garden.actor)
    personal_links(collection, actor=garden.actor)
    early = {person.pk for person in principals[1:7]}
    answering = [one for one in _invited(collection) if one.person_id in early]
    for number, invitation in enumerate(answering):
        _answer(garden, collection, asked.reunion(number), invitation, now - timedelta(hours=40 - 5 * number))


def _invited(collection: Collection) -> list[Invitation]:
    """Who is asked, in an order that does not hang on keys of the database."""
    return list(collection.invitations.select_related("person").order_by("person__search_name", "person_id"))


def _person(garden: Garden) -> Callable[[float], int]:
    """How one person answers from 1 to 5, around a mean: whoever agrees with one thing rather agrees with the next."""
    leaning = garden.rng.gauss(0, 0.7)
    return lambda mean: min(5, max(1, round(mean + leaning + garden.rng.gauss(0, 0.45))))


def _answer(
    garden: Garden, collection: Collection, said: Mapping[str, object], who: Invitation, when: datetime
) -> None:
    """An answer as the page of a personal link sends it."""
    xml = filled_in(collection.version, said, uuid.UUID(int=garden.rng.getrandbits(128), version=4))
    sent = Sent(
        xml, Response.Channel.PAGE, collection.community, collection,
        person=who.person, invitation=who, language=LANGUAGE, received_at=when,
    )  # fmt: skip
    ingest(sent, actor=system_account())


def filled_in(version: Version, said: Mapping[str, object], draw: uuid.UUID) -> bytes:
    """A submission: name of a question -> its value, or a tuple of several choices."""
    answer = begin(definition_of(version))
    answer.instance_id = new_instance_id(draw)
    values = {name: list(value) if isinstance(value, tuple) else [str(value)] for name, value in said.items()}
    strange = take(answer, values)
    assert not strange, strange
    return write(answer)


def _sort(garden: Garden, collection: Collection, path: str, told: Sequence[tuple[str, str]]) -> None:
    """Open answers under the topics that stand beside their words in `told`."""
    of_words = {words: topic for topic, words in told}
    keys = {
        topic: name_topic(collection, path, topic, actor=garden.actor).pk
        for topic in sorted(set(of_words.values()))
    }
    answers, _topics = open_answers(collection, path)
    under = {one.key: [keys[of_words[one.text]]] for one in answers}
    sort_answers(collection, path, under, actor=garden.actor)

"""What the last workshop of the demonstration was asked and asked itself, and what stands open at the next one. All invented."""

from __future__ import annotations

from tejido.communities.models import Community
from tejido.demo.inviting import next_gathering
from tejido.demo.planting import Garden
from tejido.during.models import Question, Room
from tejido.during.services import (
    answer_poll,
    ask,
    ask_from_room,
    back,
    close_poll,
    see_word,
    set_room,
    settle_question,
    show,
    write_answer,
)
from tejido.during.tokens import whose
from tejido.during.values import Asked, Said
from tejido.during.wording import templates
from tejido.gatherings.models import Gathering

STEPS = (5, 4, 4, 3, 5, 4, 5, 4, 3, 5, 4)
WORDS = ("confianza", "equipo", "Confianza", "tiempo", "calma", "equipo", "escuchar", "confianza", "juntas")
# text, name, how many ask it, state, answer
ASKED = (
    (
        "¿Cómo encontramos tiempo protegido para observarnos entre pares?",
        "",
        7,
        "answered",
        "Demostración: en el próximo encuentro tres jardines muestran cómo lo organizaron en su semana.",
    ),
    ("¿Podemos compartir la pauta con los jardines que aún no participan?", "Ana", 5, "answered", ""),
    ("¿Qué pasa con la comunidad cuando termine el programa?", "", 4, "later", ""),
    ("¿Habrá pausa para el café?", "", 1, "hidden", ""),
)


def plant_room(garden: Garden, network: Community) -> None:
    """The last workshop, before it is closed, and the gathering that is still to come. `garden.actor` runs the network."""
    held = Gathering.objects.filter(
        community=network, kind=Gathering.Kind.WORKSHOP, state=Gathering.State.HELD
    )
    last = held.order_by("-starts_at")[0]
    _asked(garden, last)
    _from_the_room(garden, last)
    coming = next_gathering(network)
    if coming is not None:
        set_room(coming, hears=True, actor=garden.actor)
        show(coming, Room.Shows.WELCOME, actor=garden.actor)


def _asked(garden: Garden, last: Gathering) -> None:
    actor = garden.actor
    clear = ask(last, templates("es")["clear"], actor=actor)
    for number, step in enumerate(STEPS):
        answer_poll(clear, Said(step=step), _phone(last, number), actor=actor)
    word = ask(last, Asked("words", templates("es")["word"].text), actor=actor)
    for number, text in enumerate(WORDS):
        answer_poll(word, Said(text=text), _phone(last, number), actor=actor)
    for text in sorted({text.casefold() for text in WORDS}):
        see_word(word, text, shown=True, actor=actor)
    close_poll(word, actor=actor)


def _from_the_room(garden: Garden, last: Gathering) -> None:
    actor = garden.actor
    set_room(last, hears=True, actor=actor)
    for place, (text, name, backers, state, answer) in enumerate(ASKED):
        question = ask_from_room(last, text, name, _phone(last, place), actor=actor)
        settle_question(question, Question.State.OPEN, actor=actor)
        for number in range(10, 9 + backers):
            back(question, _phone(last, number), backed=True, actor=actor)
        if answer:
            write_answer(question, answer, seen=0, actor=actor)
        else:
            because = "Se respondió en la sala" if state == Question.State.HIDDEN else ""
            settle_question(question, state, because, actor=actor)
    set_room(last, hears=False, actor=actor)


def _phone(last: Gathering, number: int) -> str:
    return whose(last.pk, "phone", f"planted-{number}")


def room_of_demo(network: Community) -> Room | None:
    """The room that stands open. One query."""
    return Room.objects.filter(gathering__community=network, hears=True).order_by("-pk").first()

"""How Avanzando Juntas decided: collaboration as its challenge, its name by a vote, and a vote that waits for Ana.

Published (figures/README.md and the programme's own account): a survey ranked challenges and collaboration won; a vote chose the name.
The other proposals, the ballots and the open vote are invented.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.consultations.models import Consultation
from tejido.consultations.selectors import standing_proposals
from tejido.consultations.services import (
    ask,
    close_voting,
    open_voting,
    set_challenge,
    take_name,
    vote,
    write_down_proposals,
)
from tejido.consultations.values import Asked, Chosen, Note

NAME = "¿Cómo se va a llamar nuestra comunidad?"
NAMES = ("Avanzando Juntas", "Las Quince", "Redes que crecen", "Tejiendo infancia")
CHALLENGE = "¿Qué reto asumimos en conjunto?"
CHALLENGES = (
    "Colaborar entre jardines",
    "Tiempo para liderar lo pedagógico",
    "Trabajo con las familias",
    "Inclusión y necesidades educativas",
    "Bienestar de los equipos",
)
NEXT = "¿Con qué indagamos en el próximo ciclo?"
IDEAS = ("Juego y movimiento", "Primeras lecturas", "Jardines y naturaleza", "Familias que participan")


def plant_decisions(rng: Random, network: Community, actor: User) -> None:
    """Two votes that are counted and carried out, and one that is open. `actor` runs the network."""
    challenge = _decided(rng, network, actor, (CHALLENGE, CHALLENGES, Consultation.Method.POINTS))
    set_challenge(challenge, actor=actor)
    name = _decided(rng, network, actor, (NAME, NAMES, Consultation.Method.INSTANT_RUNOFF))
    take_name(name, actor=actor)
    waiting = _asked(network, actor, (NEXT, IDEAS, Consultation.Method.APPROVAL), secret=True)
    open_voting(waiting, actor=actor, closes_at=timezone.now() + timedelta(days=30))


def _asked(
    network: Community, actor: User, what: tuple[str, tuple[str, ...], str], *, secret: bool
) -> Consultation:
    question, texts, method = what
    consultation = ask(network, Asked(question=question, method=method, secret=secret), actor=actor)
    write_down_proposals(consultation, [Note(text) for text in texts], actor=actor)
    return consultation


def _decided(
    rng: Random, network: Community, actor: User, what: tuple[str, tuple[str, ...], str]
) -> Consultation:
    """The first proposal wins: most put it first, the others are shared out by chance."""
    consultation = open_voting(_asked(network, actor, what, secret=False), actor=actor)
    keys = list(standing_proposals(consultation).values_list("pk", flat=True))
    for voter in consultation.voters.order_by("pk"):
        others = rng.sample(keys[1:], len(keys) - 1)
        order = [keys[0], *others] if rng.random() < 0.6 else [others[0], keys[0], *others[1:]]
        if consultation.method == Consultation.Method.POINTS:
            chosen = [Chosen(order[0], points=3), Chosen(order[1], points=2)]
        else:
            chosen = [Chosen(key, place) for place, key in enumerate(order[:3], start=1)]
        vote(voter, chosen, actor=actor)
    return close_voting(consultation, actor=actor)

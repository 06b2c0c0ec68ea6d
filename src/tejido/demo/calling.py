"""Open calls of Avanzando Juntas: one that is open, and one that was read and waits for its choice. All of it is invented.

The films are links that lead nowhere, and nobody of those who apply exists.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.utils import timezone

from tejido.accounts.models import User
from tejido.accounts.services import open_account, system_account
from tejido.calls.models import OpenCall
from tejido.calls.services import (
    add_criterion,
    add_requirement,
    apply,
    close_call,
    make_call,
    name_reviewers,
    publish_call,
    score,
)
from tejido.calls.values import CallFields, Filled
from tejido.communities.models import Community
from tejido.instruments.selectors import shelf
from tejido.instruments.services import use_template

CONTACT = "Rosa Díaz Soto, rosa@demo.tejido.invalid"
JOIN = {
    "title_es": "Sumarse a Avanzando Juntas",
    "title_en": "Join Avanzando Juntas",
    "title_pt": "Entrar em Avanzando Juntas",
    "text_es": "Buscamos directoras y educadoras de jardines públicos que quieran probar cambios pequeños, con otras.\n\n"
    "Nos juntamos una vez al mes. (Convocatoria inventada, de la demostración.)",
    "text_en": "For heads and educators of public kindergartens who want to try small changes together.\n\n"
    "We meet once a month. (An invented call, for a demonstration.)",
    "text_pt": "Procuramos diretoras e educadoras de jardins públicos que queiram testar pequenas mudanças, com outras.\n\n"
    "Reunimo-nos uma vez por mês. (Chamada inventada, da demonstração.)",
}
LEAD = {
    "title_es": "Coordinar una comisión el próximo año",
    "title_en": "Lead a commission next year",
    "title_pt": "Coordenar uma comissão no próximo ano",
    "text_es": "Para coordinar una comisión durante un año. Pedimos un video breve. (Convocatoria inventada, de la demostración.)",
}
REQUIREMENT = {
    "question_es": "¿Trabaja en un jardín infantil público?",
    "question_en": "Do you work at a public kindergarten?",
    "question_pt": "Você trabalha em um jardim de infância público?",
    "sentence_es": "Esta convocatoria es para quienes trabajan en un jardín público.",
    "sentence_en": "Only for staff of public kindergartens.",
    "sentence_pt": "Esta chamada é para quem trabalha em um jardim público.",
}
PEOPLE = (
    ("Camila", "Inventada Rojas", "Quiero aprender de lo que otras ya probaron."),
    ("Ester", "Inventada Pino", "En mi jardín hay ganas y falta con quién pensar."),
    ("Mabel", "Inventada Cruz", "Llevo diez años y me gustaría compartirlos."),
    ("Rocío", "Inventada Leal", "Me interesa la inclusión, y cómo mirarla en la sala."),
    ("Tania", "Inventada Vega", "Mi directora me animó; tengo tiempo los jueves."),
)


def plant_calls(rng: Random, network: Community, actor: User) -> None:
    """An open call with a form and three applications; one that is closed, with five that were scored. `actor` runs the network."""
    _open_call(network, actor)
    _read_call(rng, network, actor)


def _open_call(network: Community, actor: User) -> None:
    form = use_template(network, shelf()["call_questions"], "es", actor=actor).versions.first()
    now = timezone.now()
    fields = {
        **JOIN,
        "opens_at": now,
        "closes_at": now + timedelta(days=60),
        "places": 6,
        "version": form,
        "contact": CONTACT,
    }
    call = make_call(network, CallFields(**fields), actor=actor)  # type: ignore[typeddict-item]
    asked = add_requirement(call, {**REQUIREMENT, "must": True}, actor=actor)
    add_criterion(call, {"name": "Motivación", "most": 5, "weight": 2}, actor=actor)
    publish_call(call, actor=actor)
    for place in range(3):
        apply(call, _filled(place, {asked.pk: True}), actor=system_account())


def _read_call(rng: Random, network: Community, actor: User) -> None:
    now = timezone.now()
    fields = {
        **LEAD,
        "opens_at": now,
        "closes_at": now + timedelta(days=1),
        "places": 2,
        "blind": True,
        "contact": CONTACT,
    }
    call = make_call(network, CallFields(**fields), actor=actor)  # type: ignore[typeddict-item]
    criteria = [
        add_criterion(call, {"name": name, "words": words, "most": 5, "weight": weight}, actor=actor)
        for name, words, weight in (
            ("Motivación", "¿Dice para qué, y con quién?", 2),
            ("Experiencia", "¿Qué hizo ya con otras?", 1),
        )
    ]
    publish_call(call, actor=actor)
    made = [apply(call, _filled(place, {}), actor=system_account())[0] for place in range(len(PEOPLE))]
    close_call(call, actor=actor)
    readers = [open_account("ines@demo.tejido.invalid"), open_account("sole@demo.tejido.invalid")]
    name_reviewers(call, readers, actor=actor)
    for application in made[:4]:
        for reader in readers:
            score(application, {one.pk: rng.randint(1, 5) for one in criteria}, actor=reader)


def _filled(place: int, met: dict[int, bool]) -> Filled:
    given, family, why = PEOPLE[place]
    return Filled(
        given_names=given,
        family_names=family,
        email=f"postulante{place + 1}@invented.tejido.invalid",
        phone="",
        language="es",
        agreed_to="Texto de la demostración: quien se postula es una persona inventada.",
        school_typed="Jardín infantil inventado",
        motivation=why,
        video_link="https://video.tejido.invalid/inventado",
        met=met,
        is_invented=True,
    )


def newest(network: Community, state: str) -> OpenCall | None:
    """For the links. One query."""
    return OpenCall.objects.filter(community=network, state=state).order_by("-pk").first()

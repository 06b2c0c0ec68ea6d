"""The cycles of *Avanzando Juntas*: what was published, and around it what is invented.

Published (SUMMA, 2022; figures/README.md): a diagnostic stage with group interviews; a first cycle, in which commissions wrote the
operating plan; a second, an inquiry into inclusion and special educational needs with 5 answers; five workshops, two of them
online; their months. What people expected, wrote in the log, learnt and decided is invented, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from tejido.communities.models import Community
from tejido.demo.planting import Garden
from tejido.directory.models import Person
from tejido.improvement.models import Cycle, Stage
from tejido.improvement.services import (
    add_entry,
    add_task,
    decide,
    move_to,
    name_participants,
    note_factor,
    settle_task,
    start_cycle,
    write_study,
)
from tejido.improvement.values import Chore, Finding, Plan, Study

INVENTED = "(inventado para la demostración)"

ZERO = Plan(
    title="Escuchar antes de empezar",
    what="Entrevistas grupales a las 15 directoras y a 5 profesionales de apoyo, documentos y una encuesta.",
    where="En línea",
    who="El equipo de facilitación",
    due_on=date(2021, 8, 31),
)
ONE = Plan(
    title="El plan de trabajo, escrito en comisiones",
    idea="Escribir el plan del año en comisiones de distintas comunas",
    what="En el taller se forman comisiones con directoras de distintas comunas; cada una escribe una parte del plan de trabajo.",
    where="En línea y en el tercer taller",
    who="Las comisiones",
    due_on=date(2022, 1, 31),
    measure=f"Cuántos jardines entregan su parte {INVENTED}",
    prediction=f"Doce de los quince jardines tendrán su parte escrita antes del tercer taller {INVENTED}.",
)
TWO = Plan(
    title="Indagar sobre inclusión y necesidades educativas especiales",
    idea="Preguntar en el propio jardín cómo se vive la inclusión, con una misma ficha",
    what="Cada jardín completa una ficha de registro: contexto, dos o tres informantes y observaciones, antes del quinto taller.",
    where="En los jardines",
    who="Directoras con una educadora",
    due_on=date(2022, 6, 30),
    measure="Cuántas respuestas llegan sobre la experiencia de indagar",
    prediction=f"Diez de los quince jardines contarán cómo les fue {INVENTED}.",
)
LESSONS = {
    1: Study(
        held="partly",
        result="El tercer taller, presencial, reunió a las 15 directoras y se dedicó a hacer comunidad y al plan de trabajo.",
        learnt=f"Quienes escriben juntas se llaman después sin que nadie las reúna {INVENTED}.",
        worked_for=f"Las comisiones que se reunieron dos veces {INVENTED}",
        not_for=f"Los jardines con la directora con licencia {INVENTED}",
    ),
    2: Study(
        held="no",
        result="A la encuesta sobre la experiencia de indagar llegaron 5 respuestas.",
        learnt=f"La ficha era larga para una semana con poco personal; las cinco que la hicieron quieren repetirla {INVENTED}.",
        worked_for=f"Los jardines que la hicieron de a dos {INVENTED}",
        not_for=f"Los jardines con más de tres licencias {INVENTED}",
    ),
}
LOG = {
    0: [(date(2021, 8, 20), "done", "Terminaron las entrevistas grupales a las 15 directoras.")],
    1: [
        (
            date(2021, 9, 30),
            "done",
            "Primer taller, en línea: presentarse y compartir experiencias de liderazgo.",
        ),
        (
            date(2021, 11, 30),
            "done",
            "Segundo taller, en línea: 14 directoras, espacios de trabajo colaborativo.",
        ),
        (date(2021, 12, 10), "hard", f"Dos comisiones no encuentran un horario común {INVENTED}."),
    ],
    2: [
        (date(2022, 5, 31), "done", "Cuarto taller, presencial: 10 directoras; se acuerda el microdesafío."),
        (
            date(2022, 6, 15),
            "seen",
            f"Las familias preguntan por qué no se les había preguntado antes {INVENTED}.",
        ),
    ],
}
# number -> (begins doing, studies, decides, is decided)
DAYS = {
    0: (date(2021, 8, 1), date(2021, 9, 1), None, None),
    1: (date(2021, 9, 15), date(2022, 1, 31), date(2022, 2, 15), date(2022, 3, 1)),
    2: (date(2022, 5, 15), date(2022, 7, 1), date(2022, 8, 1), date(2022, 9, 1)),
}
BEGAN = {0: date(2021, 8, 1), 1: date(2021, 9, 1), 2: date(2022, 4, 1)}


def plant_cycles(garden: Garden, network: Community, principals: Sequence[Person]) -> int:
    """Cycle 0, the two of the programme, and one being planned. Returns how many."""
    zero = start_cycle(network, ZERO, actor=garden.actor, diagnostic=True)
    move_to(zero, Stage.DO, actor=garden.actor)
    _write_log(garden, zero)
    move_to(zero, Stage.STUDY, actor=garden.actor)
    _dated(zero)
    one = _cycle(garden, network, ONE, principals[:6])
    _commissions(garden, one, principals)
    _close(garden, one, "adapt", f"El plan quedó escrito; ahora el tema lo eligen los jardines {INVENTED}.")
    two = _cycle(garden, network, TWO, principals[:5], after=one)
    _close(garden, two, "adapt", f"Se repite con una ficha más corta {INVENTED}.")
    shorter = replace(TWO, title="Indagar con una ficha más corta", what="", prediction="", due_on=None)
    following = start_cycle(network, shorter, actor=garden.actor, after=two)
    name_participants(following, principals[:3], actor=garden.actor)
    return 4


def _cycle(
    garden: Garden, network: Community, plan: Plan, people: Sequence[Person], after: Cycle | None = None
) -> Cycle:
    cycle = start_cycle(network, plan, actor=garden.actor, after=after)
    name_participants(cycle, people, actor=garden.actor)
    cycle = move_to(cycle, Stage.DO, actor=garden.actor)
    _write_log(garden, cycle)
    return cycle


def _write_log(garden: Garden, cycle: Cycle) -> None:
    for day, kind, text in LOG[cycle.number]:
        add_entry(cycle, day, kind, text, actor=garden.actor)


def _commissions(garden: Garden, cycle: Cycle, principals: Sequence[Person]) -> None:
    """Each commission has its part of the plan to write, and what helped and hindered says what it is known from."""
    below = Community.objects.filter(parent=cycle.community, kind=Community.Kind.COMMISSION).order_by("pk")
    for place, commission in enumerate(below):
        chore = Chore(
            f"Escribir su parte del plan {INVENTED}", principals[place], commission, date(2022, 1, 15)
        )
        settle_task(add_task(cycle, chore, actor=garden.actor), True, actor=garden.actor)
    cycle.tasks.update(delivered_on=date(2022, 1, 14))
    hard = cycle.entries.get(kind="hard")
    note_factor(cycle, Finding("barrier", "Falta de tiempo protegido", hard), actor=garden.actor)
    known = f"Entrevistas intermedias {INVENTED}"
    helped = Finding("enabler", "Encontrarse cara a cara", evidence=known)
    note_factor(cycle, helped, actor=garden.actor)


def _close(garden: Garden, cycle: Cycle, decision: str, reason: str) -> None:
    cycle = move_to(cycle, Stage.STUDY, actor=garden.actor)
    cycle = write_study(cycle, LESSONS[cycle.number], seen=cycle.edition, actor=garden.actor)
    move_to(cycle, Stage.ACT, actor=garden.actor)
    decide(cycle, decision, reason, actor=garden.actor)
    _dated(cycle)


def _dated(cycle: Cycle) -> None:
    """The days on which it went from stage to stage, in the months that were published."""
    days = [BEGAN[cycle.number], *(day for day in DAYS[cycle.number] if day is not None)]
    moments = [datetime(day.year, day.month, day.day, 15, tzinfo=UTC) for day in days]
    for move, moment in zip(cycle.moves.order_by("pk"), moments, strict=True):
        cycle.moves.filter(pk=move.pk).update(at=moment)
    closed = {"decided_on": days[-1]} if Cycle.objects.get(pk=cycle.pk).decision else {}
    Cycle.objects.filter(pk=cycle.pk).update(started_at=moments[0], touched_at=moments[-1], **closed)

"""The forms of the demonstration and the invented answers to them, in the words of the network: Spanish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tejido_forms.building import Draft, DraftChoice, DraftQuestion, QuestionKind

ES: Final = "Español (es)"
Level = Callable[[float], int]

# topic, what somebody takes with them from the last workshop
TAKE: Final = [
    ("Preguntar antes de aconsejar", "Escuchar primero y preguntar, antes de dar un consejo"),
    ("El microdesafío", "El microdesafío: probar algo pequeño y mirarlo juntas"),
    ("Compañía", "Saber que no estoy sola con lo que pasa en mi jardín"),
    ("El microdesafío", "Un cambio chico en dos semanas enseña más que un plan de un año"),
    ("Preguntar antes de aconsejar", "Las tres preguntas que usamos en la mesa"),
    ("Un propósito común", "Tenemos un propósito que todas podemos decir en una frase"),
    ("Compañía", "Dos colegas a quienes puedo llamar"),
    ("Registro", "La pauta de registro, la voy a usar con mi equipo"),
    ("Un propósito común", "Que la comunidad sigue aunque termine el programa"),
    ("Registro", "Anotar lo que pasa mientras pasa"),
]
CHANGE: Final = [
    "Más tiempo en las mesas",
    "Empezar puntual",
    "Nos faltó ver un ejemplo de un jardín con poca dotación",
    "",
    "Que vengan también las educadoras pedagógicas",
    "",
    "Un café más largo",
]


def _said(text: str) -> dict[str, str]:
    return {ES: text}


def _choices(*offered: tuple[str, str]) -> tuple[DraftChoice, ...]:
    return tuple(DraftChoice(_said(words), value) for value, words in offered)


def _question(kind: QuestionKind, name: str, words: str, **more: object) -> DraftQuestion:
    return DraftQuestion(kind, _said(words), name=name, **more)  # type: ignore[arg-type]


AGREEMENT = _choices(
    ("1", "1 · Muy en desacuerdo"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5 · Muy de acuerdo")
)
# name, words, dimension, worded the other way
MEASURED: Final = [
    ("ask", "Cuando tengo un problema, sé a qué colega de otro jardín preguntar.", 0, False),
    ("share", "Comparto con otras directoras lo que probé, también lo que no resultó.", 0, False),
    ("alone", "Las decisiones difíciles las tomo sola.", 0, True),
    ("trust", "En la red se puede decir «no sé».", 0, False),
    ("looks", "Antes de cambiar algo miro información de mi jardín.", 1, False),
    ("small", "Pruebo cambios pequeños y reviso qué pasó.", 1, False),
    ("team", "Mi equipo participa en decidir qué mejorar.", 1, False),
]
DIMENSIONS: Final = ("Colaboración", "Mejora")
WISHES: Final = [
    "Aprender de otros jardines",
    "Tener con quién conversar las decisiones",
    "Un plan de trabajo que se cumpla",
    "Ideas para trabajar con las familias",
    "",
    "Que mi equipo se sienta parte",
]

DIAGNOSTIC = Draft(
    title="Cómo trabajamos juntas",
    languages=(ES,),
    questions=(
        *(
            _question("scale", name, words, choices=AGREEMENT, dimension=DIMENSIONS[place], reverse=turned)
            for name, words, place, turned in MEASURED
        ),
        _question("long_text", "wish", "¿Qué le gustaría lograr en la red?"),
    ),
    form_id="como_trabajamos",
)


def diagnosed(level: Level, means: Sequence[float], number: int) -> dict[str, object]:
    """What one person answers. level: a mean -> 1 to 5. means: of the two dimensions."""
    said: dict[str, object] = {}
    for name, _words, place, turned in MEASURED:
        value = level(means[place])
        said[name] = 6 - value if turned else value
    return said | {"wish": WISHES[number % len(WISHES)]}


CLIMATE = Draft(
    title="Cómo está el ambiente en mi jardín",
    languages=(ES,),
    questions=(
        _question("scale", "respect", "Nos tratamos con respeto.", choices=AGREEMENT, dimension="Ambiente"),
        _question("scale", "help", "Cuando alguien necesita ayuda, la recibe.", choices=AGREEMENT, dimension="Ambiente"),
        _question("scale", "rest", "Termino la semana con energía.", choices=AGREEMENT, dimension="Ambiente"),
        _question("scale", "voice", "Lo que propongo se toma en cuenta.", choices=AGREEMENT, dimension="Ambiente"),
        _question("long_text", "better", "¿Qué haría más llevadera la semana?"),
    ),
    form_id="ambiente",
)  # fmt: skip
BETTER: Final = [
    "Menos planillas",
    "Reemplazos a tiempo",
    "",
    "Una reunión menos",
    "Más espacio para conversar",
]


def climate(level: Level, number: int) -> dict[str, object]:
    """What one person answers."""
    means = {"respect": 4.2, "help": 4.0, "rest": 2.8, "voice": 3.6}
    return {name: level(mean) for name, mean in means.items()} | {"better": BETTER[number % len(BETTER)]}


REUNION = Draft(
    title="Antes del reencuentro",
    languages=(ES,),
    questions=(
        _question("note", "why", "Con estas respuestas se arma la mañana. Toma un minuto."),
        _question("one", "comes", "¿Podrá venir?", required=True, choices=_choices(("yes", "Sí"), ("perhaps", "Todavía no sé"), ("no", "Esta vez no"))),
        _question("many", "topics", "¿Qué le gustaría trabajar?", choices=_choices(("families", "Trabajo con familias"), ("wellbeing", "Bienestar del equipo"), ("play", "Juego y espacios"), ("records", "Registro y documentación")), only_if=("comes", "yes")),
        _question("text", "shows", "¿Qué podría mostrar de su jardín?", only_if=("comes", "yes")),
        _question("scale", "linked", "¿Qué tan unida se siente hoy a la red?", choices=_choices(("1", "1 · Nada"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5 · Mucho"))),
        _question("long_text", "finds", "¿Qué le gustaría encontrar?"),
    ),
    form_id="reencuentro",
)  # fmt: skip
SHOWS: Final = [
    "El rincón de lectura",
    "Fotos del patio",
    "La pauta de registro",
    "",
    "Un video corto",
    "El mural",
]
FINDS: Final = [
    "Tiempo para conversar", "Ideas para el patio", "", "A las de La Granja", "Un café", "Saber cómo les fue",
]  # fmt: skip


def reunion(number: int) -> dict[str, object]:
    """What one person answers; the last of six cannot come."""
    said: dict[str, object] = {
        "comes": "no" if number == 5 else "yes",
        "linked": (4, 3, 5, 2, 4, 3)[number % 6],
        "finds": FINDS[number % 6],
    }
    if number != 5:
        topics = ("families", "wellbeing", "play", "records")
        said |= {"topics": (topics[number % 4], topics[(number + 1) % 4]), "shows": SHOWS[number % 6]}
    return said

"""Attendance words: what P, ✓, sí, 1, A, faltó, justificado, virtual mean on a roll call.

One letter means different things on different lists ("A" is *asistió* here, *ausente* there), so a column is read
as a whole, and what was assumed is said so that a person can correct it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tejido.foundation.tables.plain import plain, word_set

Status = Literal["on_site", "online", "absent", "excused", "unknown"]

_SURE: dict[Status, str] = {
    "on_site": """presente|presencial|asistio|asiste|asistencia|asistente|p|pre|pres|si|s|yes|y|sim|present|attended|
        on site|onsite|in person|in situ|en persona|presencialmente|tarde|tardanza|tar|llego tarde|presente tarde|retardo|
        retraso|late|atraso|atrasado|atrasada|attending|came|vino|veio|compareceu|participo|participou|verdadero|
        verdadeiro|true|ok|firmo|here|1|x tarde""",
    "online": """virtual|virtualmente|en linea|online|on line|remoto|remota|remote|a distancia|distancia|zoom|meet|teams|
        conectado|conectada|presente virtual|presente online|presente remoto|v|vir|virt|ol|asistio virtual|por zoom""",
    "absent": """ausente|aus|ausencia|falto|falta|f|fal|faltou|no|n|nao|absent|abs|no asistio|no asiste|nao compareceu|
        no vino|did not attend|no show|noshow|inasistente|inasistencia|inasistio|false|falso|0|fi|falta injustificada|
        injustificado|injustificada|sin justificar|missing|nao veio|missed""",
    "excused": """justificado|justificada|j|jus|just|falta justificada|fj|ausente justificado|ausencia justificada|
        excusado|excusada|excusa|excused|exc|permiso|con permiso|per|licencia|lic|licenca|leave|sick|sick leave|enfermo|
        enferma|enfermedad|incapacidad|incapacitado|incapacitada|atestado|on leave|comision|comissao|vacaciones|
        vacation|ferias|lom|lo|le|lp|dispensado|dispensada|aviso|avisou|falta abonada|justified|mision|justificou""",
    "unknown": """na|n a|nd|n d|sin dato|sin datos|sin informacion|sem informacao|no aplica|nao se aplica|not applicable|
        fallecido|fallecida|falecido|deceased|retirado|retirada|left|suspendido|suspendida|suspended|pendiente|pending|
        null|none|no sabe|unknown|desconocido|ns|nr""",
}
WORDS: dict[str, Status] = {
    " ".join(word.split()): status for status, words in _SURE.items() for word in words.split("|")
}
# Words inside longer ones ("LICENCIA_POR_ENFERMEDAD", "Asistió por Zoom"), strongest first.
_INSIDE: tuple[tuple[Status, frozenset[str]], ...] = (
    ("absent", word_set("injustificada injustificado inasistencia inasistente")),
    (
        "excused",
        word_set(
            "licencia licenca justificada justificado excusa permiso enfermedad excused leave incapacidad atestado justificou"
        ),
    ),
    ("online", word_set("virtual online remoto remota zoom meet teams linea distancia remote")),
    ("absent", word_set("ausente falto falta faltou absent no nao not")),
    ("on_site", word_set("presente presencial asistio present attended compareceu tarde late")),
)
TICKS = frozenset("✓✔☑✅√")
CROSSES = frozenset("✗✘❌☒✖")
_PRESENT_BESIDES = frozenset({"p", "presente", "pre", "si", "s", "1", "present", "yes", "sim", "tick", "y"})
_ABSENT_BESIDES = frozenset(
    {"f", "falta", "falto", "0", "no", "n", "i", "inasistente", "cross", "faltou", "ina", "na"}
)


@dataclass(frozen=True, slots=True)
class StatusGuess:
    """What one spelling on a list is taken to mean.

    word: as written (one of its spellings). certain: no list is known that means something else by it.
    because: "known_word", "inside", "beside_present" (another word of the list already means present),
    "beside_absent", "only_mark", "blank" or "not_known".
    """

    word: str
    status: Status
    certain: bool
    count: int
    because: str


def _key(text: str) -> str:
    stripped = text.strip()
    if stripped and set(stripped) <= TICKS:
        return "tick"
    if stripped and set(stripped) <= CROSSES:
        return "cross"
    return plain(stripped)


def read_statuses(values: Iterable[str]) -> dict[str, StatusGuess]:
    """What each spelling in a column (or in all columns of a wide list) means, by spelling as written.

    >>> {word: guess.status for word, guess in read_statuses(["P", "A", "J", "P"]).items()}
    {'P': 'on_site', 'A': 'absent', 'J': 'excused'}
    >>> read_statuses(["A", "F"])["A"].status
    'on_site'
    """
    counts = Counter(value.strip() for value in values)
    keys = {word: _key(word) for word in counts}
    present_set = set(keys.values())
    return {word: _guess(word, keys[word], present_set, count) for word, count in counts.items()}


def _guess(word: str, key: str, on_list: set[str], count: int) -> StatusGuess:
    def answer(status: Status, because: str, *, certain: bool = True) -> StatusGuess:
        return StatusGuess(word, status, certain, count, because)

    if not word:
        return answer(*_blank(on_list), certain=False)
    if key == "tick":
        return answer("on_site", "known_word")
    if key == "cross":
        return answer("absent", "known_word")
    if key in {"a", "as", "x", "r", "t", "c", "e", "l", "i", "o"} or not key:
        return answer(*_letter(key, on_list), certain=False)
    if key in WORDS:
        # 1 and 0, L and V are read with the whole list in view only if nothing else explains them.
        return answer(WORDS[key], "known_word")
    parts = set(key.split())
    for status, inside in _INSIDE:
        if parts & inside:
            return answer(status, "inside", certain=len(parts) <= 3)
    return answer("unknown", "not_known", certain=False)


def _blank(on_list: set[str]) -> tuple[Status, str]:
    """An empty cell is an absence only where the list marks nothing but presence."""
    others = on_list - {""}
    marks_absence = any(WORDS.get(key) in {"absent", "excused"} or key in {"a", "cross"} for key in others)
    return ("unknown", "blank") if marks_absence or not others else ("absent", "only_mark")


def _letter(key: str, on_list: set[str]) -> tuple[Status, str]:
    """Letters that stand for present on one list and for absent on the next: the other words decide."""
    present_said = bool(on_list & _PRESENT_BESIDES)
    absent_said = bool(on_list & (_ABSENT_BESIDES - {"na"}))
    if key in {"a", "as"}:
        if present_said or key == "as":
            return ("absent", "beside_present") if key == "a" else ("on_site", "known_word")
        return ("on_site", "beside_absent") if absent_said else ("on_site", "only_mark")
    if key == "x":
        return ("absent", "beside_present") if present_said else ("on_site", "only_mark")
    settled: Mapping[str, Status] = {
        "r": "on_site",  # retardo
        "t": "on_site",  # tarde
        "c": "on_site",  # compareceu
        "e": "excused",
        "l": "excused",
        "i": "absent",
        "o": "absent" if present_said else "unknown",
    }
    return (settled[key], "known_word") if key in settled else ("unknown", "not_known")

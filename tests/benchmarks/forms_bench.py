"""How long it takes to make rows again from answers that are kept: laid, judged, cut into rows.

    PYTHONPATH=src:. .venv/bin/python tests/benchmarks/forms_bench.py [--answers 10000]

One processor, no database. Forms: the exit ticket of our tests, one with a repeat, one that chooses from a list of 500. Prints for
each form and number of answers the seconds, the answers in a second, and how the time grew against the tenth of them. Ends with
status 1 where the largest number takes more than 20 s, or grows by more than 15 times.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from tejido_forms.answers import lay
from tejido_forms.definition import FormDefinition
from tejido_forms.judging import judge, scene_for
from tejido_forms.rows import rows
from tejido_forms.tests.forms_in_words import NOON, TICKET, form, sent

MOST_SECONDS, MOST_GROWTH = 20.0, 15.0
VISIT = """
| survey |
| | type | name | label | required | relevant | constraint | calculation |
| | date | day | Day | yes | | . <= today() | |
| | text | school | School | yes | | | |
| | begin_repeat | room | Room | | | | |
| | integer | pupils | Pupils | | | . >= 0 and . < 90 | |
| | select_multiple things | seen | Seen | | | | |
| | text | note | Note | | selected(${seen}, 'other') | | |
| | end_repeat | | | | | | |
| | calculate | all | | | | | sum(${pupils}) |
| | text | why | Why so many? | | ${all} > 100 | | |
| choices |
| | list_name | name | label |
| | things | board | Board |
| | things | books | Books |
| | things | other | Other |
"""
CHOOSING = """
| survey |
| | type | name | label | choice_filter |
| | select_one town | town | Town | |
| | select_one_from_file schools.csv | school | School | town = ${town} |
| | text | why | Why | |
| choices |
| | list_name | name | label |
"""
CHOOSING += "".join(f"| | town | t{n} | Town {n} |\n" for n in range(20))
SCHOOLS = "name,label,town\n" + "".join(f"s{n},School {n},t{n % 20}\n" for n in range(500))


def ticket(draw: random.Random) -> str:
    mood = draw.choice(["glad", "sad"])
    why = "<why>Faltó tiempo para conversar</why>" if mood == "sad" else "<why/>"
    return f"<mood>{mood}</mood>{why}<minutes>{draw.randrange(600)}</minutes>"


def visit(draw: random.Random) -> str:
    pupils = [draw.randrange(40) for _ in range(draw.randrange(1, 9))]
    rooms = "".join(f"<room><pupils>{n}</pupils><seen>board books</seen><note/></room>" for n in pupils)
    why = "<why>Dos cursos juntos</why>" if sum(pupils) > 100 else "<why/>"
    return f"<day>2026-03-01</day><school>Escuela 12</school>{rooms}<all>{sum(pupils)}</all>{why}"


def choosing(draw: random.Random) -> str:
    school = draw.randrange(500)
    return f"<town>t{school % 20}</town><school>s{school}</school><why>Cerca</why>"


def seconds(definition: FormDefinition, answers: list[bytes]) -> tuple[float, int]:
    """Processor seconds for all of them, and the number of rows. Raises where one is flagged: then this measures nothing."""
    started, made = time.process_time(), 0
    for xml in answers:
        answer = lay(definition, xml)
        judged = judge(answer, scene_for(definition, NOON))
        if judged.flags:
            raise RuntimeError(f"a sound answer was flagged: {judged.flags}")
        made += len(rows(answer, judged))
    return time.process_time() - started, made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--answers", type=int, default=10_000)
    most = parser.parse_args().answers
    forms: dict[str, tuple[FormDefinition, Callable[[random.Random], str]]] = {
        "exit ticket": (form(TICKET), ticket),
        "visit with a repeat": (form(VISIT), visit),
        "choice from 500 by town": (form(CHOOSING, schools=SCHOOLS.encode()), choosing),
    }
    failed = False
    print(f"{'form':26}{'answers':>9}{'rows':>9}{'seconds':>9}{'a second':>10}{'growth':>8}")
    for name, (definition, make) in forms.items():
        draw, before = random.Random(7), 0.0
        answers = [sent(definition, make(draw)) for _ in range(most)]
        for count in (most // 100, most // 10, most):
            took, made = seconds(definition, answers[:count])
            growth = took / before if before else 0.0
            print(f"{name:26}{count:>9}{made:>9}{took:>9.2f}{count / took:>10.0f}{growth:>8.1f}")
            failed |= count == most and (took > MOST_SECONDS or growth > MOST_GROWTH)
            before = took
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""Small forms for tests, written as Markdown."""

from __future__ import annotations

import datetime as dt

from tejido_forms.definition import FormDefinition
from tejido_forms.functions import Scene
from tejido_forms.judging import scene_for
from tejido_forms.reading import read_form

NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)

TICKET = """
| survey |
| | type | name | label::Español (es) | label::English (en) | required | constraint | relevant |
| | select_one mood | mood | ¿Cómo se va hoy? | How do you leave today? | yes | | |
| | text | why | ¿Por qué? | Why? | | | ${mood} = 'sad' |
| | integer | minutes | ¿Cuántos minutos viajó? | How many minutes did you travel? | | . >= 0 and . <= 600 | |
| choices |
| | list_name | name | label::Español (es) | label::English (en) |
| | mood | glad | Contenta | Glad |
| | mood | sad | Triste | Sad |
| settings |
| | form_id | version | form_title | default_language |
| | ticket | 3 | Salida | Español (es) |
"""


def form(markdown: str, **files: bytes) -> FormDefinition:
    """The definition of a form in Markdown; files by name without their ending .csv."""
    return read_form(markdown.encode(), {f"{name}.csv": content for name, content in files.items()})


def survey(*rows: str, columns: str = "type | name | label") -> FormDefinition:
    """A form whose survey sheet has these rows."""
    lines = ["| survey |", f"| | {columns} |", *(f"| | {row} |" for row in rows)]
    return form("\n".join(lines))


def noon(definition: FormDefinition) -> Scene:
    return scene_for(definition, NOON)


def sent(definition: FormDefinition, inside: str) -> bytes:
    """A submission to the form with `inside` as its content."""
    name = definition.root.name
    return f'<{name} id="{definition.form_id}" version="{definition.version}">{inside}</{name}>'.encode()

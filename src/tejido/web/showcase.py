"""What /_parts/ shows: one honest example of each part. All people and schools in it are invented."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from tejido.web import charts
from tejido.web.sharing import sheet
from tejido.web.tables import Column, Filter, TableSpec
from tejido.web.templatetags.parts import percent

NAMES = ["Ana Quispe", "Rosa Huamán", "Bruno Díaz", "Carla Soto", "Diego Rojas", "Elena Pinto", "Fabián Mora"]
NAMES += ["Gloria Paredes", "Hugo Salas", "Irma Vega", "João Prado", "Katia León", "Luis Ortiz", "Marta Gil"]
SCHOOLS = ["Escuela El Alerce", "Colegio Los Notros", "Liceo del Río", "Escuela Rural Puyehue"]
PLACES = ["Valdivia", "Osorno", "La Unión"]


class ExampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label=gettext_lazy("Name of the gathering"), max_length=80)
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        choices=[("", "—"), *((place, place) for place in PLACES)],
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How people take part"),
        widget=forms.RadioSelect,
        choices=[("on_site", gettext_lazy("In person")), ("online", gettext_lazy("Online"))],
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        help_text=gettext_lazy("One or two sentences, as you would say it to a colleague."),
        widget=forms.Textarea,
        required=False,
    )
    open = forms.BooleanField(label=gettext_lazy("Anybody may come"), required=False)


@dataclass(frozen=True, slots=True)
class Teacher:
    """A row of the example table."""

    number: int
    name: str
    school: str
    place: str
    gatherings: int
    since: date


TEACHERS = [
    Teacher(
        number,
        f"{NAMES[number % len(NAMES)]} {'ABCDEFGHIJKLM'[number // len(NAMES)]}.",
        SCHOOLS[number % 4],
        PLACES[number % 3],
        (number * 7) % 13,
        date(2024, 3, 1) + timedelta(days=number * 5),
    )
    for number in range(120)
]

TABLE = TableSpec(
    key="teachers",
    caption=gettext_lazy("Teachers of an invented network"),
    order="name",
    per_page=10,
    columns=[
        Column(
            "name", gettext_lazy("Name"), lambda row: row.name, ("name",), "web/showcase/person_cell.html"
        ),
        Column("school", gettext_lazy("School"), lambda row: row.school, ("school",)),
        Column("place", gettext_lazy("Municipality"), lambda row: row.place, ("place",)),
        Column(
            "gatherings",
            gettext_lazy("Gatherings"),
            lambda row: row.gatherings,
            ("gatherings",),
            numeric=True,
        ),
        Column("since", gettext_lazy("Since"), lambda row: row.since, ("since",)),
    ],
    filters=[
        Filter(
            "q",
            gettext_lazy("Name"),
            lambda rows, words: [r for r in rows if words.lower() in r.name.lower()],
        ),
        Filter(
            "place",
            gettext_lazy("Municipality"),
            lambda rows, place: [row for row in rows if row.place == place],
            choices=[(place, place) for place in PLACES],
        ),
    ],
)


def _network() -> charts.NetworkDrawing:
    nodes, ties = [], []
    for number, name in enumerate(NAMES):
        angle, ring = 2.4 * number, 0.12 + 0.36 * (number / len(NAMES)) ** 0.6
        x, y = 0.5 + ring * math.cos(angle), 0.5 + ring * math.sin(angle)
        nodes.append(charts.Node(number, name, x, y, number % 3, 1 - number / len(NAMES), named=number < 4))
        for other in {number // 2, (number * 3) % len(NAMES)} - {number}:
            ties.append(charts.Tie(number, other, 1 + (number + other) % 5))
    says = _("14 people and %(ties)d ties. Ana Quispe has ties with all three municipalities.") % {
        "ties": len(ties)
    }
    caption = _("Who met whom in 2025")
    return charts.network(nodes, ties, PLACES, caption=caption, says=says, unit=_("gatherings together"))


def _charts() -> dict[str, Any]:
    months = ["2025-03", "2025-04", "2025-05", "2025-06", "2025-08", "2025-09"]
    cohorts: list[tuple[str, list[float | None]]] = [
        ("2024-1", [1.0, 0.71, 0.64, 0.5]),
        ("2024-2", [1.0, 0.8, None]),
        ("2025-1", [1.0, 0.55]),
    ]
    return {
        "bars": charts.bars(
            [("Valdivia", 41), ("Osorno", 27), ("La Unión", 12), ("Futrono", None)],
            caption=_("Teachers per municipality"),
            says=_("Half of the teachers work in Valdivia; for Futrono nothing is known yet."),
        ),
        "line": charts.line(
            [
                charts.Series(_("In person"), [31, 35, 33, None, 38, 42]),
                charts.Series(_("Online"), [12, 9, 14, 18, 16, 21]),
            ],
            months,
            caption=_("People per gathering"),
            says=_(
                "More people come than in March, in person and online. In June there was no gathering in person."
            ),
        ),
        "shares": charts.shares(
            [("2024", [40, 25, 10, 5]), ("2025", [52, 31, 8, 9])],
            [_("Teachers"), _("Principals"), _("Researchers"), _("Secretariat")],
            caption=_("Who takes part"),
            says=_("Teachers are half of the people in both years."),
        ),
        "heat": charts.heat(
            cohorts,
            ["1", "2", "3", "4"],
            caption=_("Who comes back, by the term in which they joined"),
            says=_("Of those who joined in the first term of 2024, half still came in their fourth term."),
            say=percent,
        ),
        "network": _network(),
    }


def _history() -> list[dict[str, Any]]:
    return [
        {"when": date(2025, 9, 12), "words": _("Third assembly, 42 people"), "tone": "leaf"},
        {
            "when": date(2025, 6, 2),
            "words": _("Elena Pinto took over the coordination"),
            "detail": _("After Bruno Díaz, who moved to another school."),
            "tone": "marigold",
        },
        {"when": date(2024, 3, 14), "words": _("The network was founded"), "tone": "indigo"},
    ]


def examples(request: HttpRequest) -> dict[str, Any]:
    """The variables of web/parts.html. No query."""
    marks = _marks(request)
    wrong = ExampleForm({"on": "mañana", "about": "…"}, auto_id="wrong_%s")
    people = [
        (number, name, SCHOOLS[number % 4], marks.get(str(number), "")) for number, name in enumerate(NAMES)
    ]
    return {
        "form": ExampleForm(),
        "wrong_form": wrong,
        "table": TABLE.read(request, TEACHERS),
        "charts": _charts(),
        "points": [12, 14, 13, 17, 19, 23],
        "history": _history(),
        "steps": [_("Read the file"), _("Recognise the columns"), _("Decide who is who"), _("Bring it in")],
        "sheet": sheet(
            _("Third assembly"),
            request.build_absolute_uri("/_parts/"),
            lambda: gettext("The third assembly is on 12 September at 15:00. Will you come? Answer here:"),
        ),
        "marks": people,
        "present": sum(mark == "on_site" for mark in marks.values()),
        "toasts": [
            Message(messages.SUCCESS, _("Ana Quispe is a member now."), "undo:/_parts/"),
            Message(
                messages.ERROR,
                _("That makes 32 people, and this gathering has 30 seats. Raise the number of seats."),
            ),
        ],
    }


# The attendance sheet of the page: its marks live in the session.

MARKABLE = {str(number) for number in range(len(NAMES))}


def _marks(request: HttpRequest) -> dict[str, str]:
    marks: dict[str, str] = request.session.get("parts_marks", {})
    return marks


def marked(request: HttpRequest, person: str) -> str:
    """The mark of `person` in this session; "" for none."""
    return _marks(request).get(person, "")


def mark(request: HttpRequest, person: str, value: str) -> str:
    """Mark `person` in this session and count the act."""
    request.session["parts_marks"] = {**_marks(request), person: value}
    request.session["parts_acts"] = request.session.get("parts_acts", 0) + 1
    return "recorded"

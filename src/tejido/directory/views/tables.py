"""The lists of the directory, and the numbers of a school as a table and a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from tejido.directory.forms.schools import ProfileForm
from tejido.directory.models import Organisation, School, SchoolProfile
from tejido.directory.names import search_form
from tejido.directory.selectors import territories_named, territory_path, within_territories
from tejido.web.charts import Series, line
from tejido.web.charts.drawing import Chart
from tejido.web.tables import Column, Filter, TableSpec


def _named(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    from django.db.models import Q

    for word in search_form(words).split():
        fits = Q(search_name__contains=word)
        if rows.model is School:
            fits |= Q(code__istartswith=word)
        rows = rows.filter(fits)
    return rows


def _in_place(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(within_territories("territory", territories_named(words)))


def _rural(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
    return rows.filter(rural={"yes": True, "no": False, "unknown": None}[asked])


def rural_words(school: School) -> str:
    """Rural, urban, or nothing where it is not known."""
    return {True: pgettext("school", "Rural"), False: pgettext("school", "Urban"), None: ""}[school.rural]


def _place(row: School | Organisation) -> str:
    return ", ".join(territory_path(row.territory)[:2])


NAME = gettext_lazy("Name")
PLACE = gettext_lazy("Territory")
PEOPLE_NOW = gettext_lazy("People today")

SCHOOLS = TableSpec(
    key="schools",
    caption=gettext_lazy("Schools"),
    order="name",
    columns=[
        Column(
            "name", NAME, lambda s: s.name, order=("search_name",), cell="directory/partials/school_cell.html"
        ),
        Column("code", gettext_lazy("Official code"), lambda s: s.code, order=("code",)),
        Column("register", gettext_lazy("Register of the code"), lambda s: s.register, only="files"),
        Column("territory", PLACE, _place, order=("territory__search_name",)),
        Column("rural", gettext_lazy("Rural or urban"), rural_words, order=("rural",)),
        Column("sector", gettext_lazy("Sector"), lambda s: s.sector, order=("sector",)),
        Column("group", gettext_lazy("Belongs to"), lambda s: s.group.name if s.group else "", only="files"),
        Column("latitude", gettext_lazy("Latitude"), lambda s: s.latitude, numeric=True, only="files"),
        Column("longitude", gettext_lazy("Longitude"), lambda s: s.longitude, numeric=True, only="files"),
        Column("people", PEOPLE_NOW, lambda s: s.people_now, order=("people_now",), numeric=True),
    ],
    filters=[
        Filter("q", gettext_lazy("Name or code"), _named),
        Filter("place", PLACE, _in_place),
        Filter(
            "rural",
            gettext_lazy("Rural or urban"),
            _rural,
            choices=[
                ("yes", pgettext_lazy("school", "Rural")),
                ("no", pgettext_lazy("school", "Urban")),
                ("unknown", gettext_lazy("Not known")),
            ],
        ),
    ],
)

ORGANISATIONS = TableSpec(
    key="organisations",
    caption=gettext_lazy("Organisations"),
    order="name",
    columns=[
        Column(
            "name",
            NAME,
            lambda o: o.name,
            order=("search_name",),
            cell="directory/partials/organisation_cell.html",
        ),
        Column("kind", gettext_lazy("Kind"), lambda o: o.get_kind_display(), order=("kind",)),
        Column("territory", PLACE, _place, order=("territory__search_name",)),
        Column("website", gettext_lazy("Web page"), lambda o: o.website, only="files"),
        Column(
            "schools",
            gettext_lazy("Schools"),
            lambda o: o.schools_here,
            order=("schools_here",),
            numeric=True,
        ),
        Column("people", PEOPLE_NOW, lambda o: o.people_now, order=("people_now",), numeric=True),
    ],
    filters=[
        Filter("q", NAME, _named),
        Filter("place", PLACE, _in_place),
        Filter(
            "kind",
            gettext_lazy("Kind"),
            lambda rows, kind: rows.filter(kind=kind),
            choices=Organisation.Kind.choices,
        ),
    ],
)

PROFILES = TableSpec(
    key="profile",
    caption=gettext_lazy("The school over the years"),
    columns=[
        Column("on", pgettext_lazy("of numbers", "Day"), lambda p: p.on),
        *(
            Column(name, words, lambda p, name=name: getattr(p, name), numeric=True)  # type: ignore[misc]
            for name, words in ProfileForm.NUMBERS.items()
        ),
        Column("source", pgettext_lazy("of numbers", "Source"), lambda p: p.source),
    ],
)


def profile_chart(profiles: Sequence[SchoolProfile]) -> Chart | None:
    """Enrolment and staff over the years, from two dates on."""
    if len(profiles) < 2:
        return None
    series = [
        Series(str(ProfileForm.NUMBERS[name]), [getattr(profile, name) for profile in profiles])
        for name in ("enrolment", "staff")
    ]
    known = [one for one in series if any(value is not None for value in one.values)]
    if not known:
        return None
    says = _("From %(first)s to %(last)s.") % {
        "first": date_format(profiles[0].on),
        "last": date_format(profiles[-1].on),
    }
    labels = [date_format(profile.on, "Y") for profile in profiles]
    return line(known, labels, caption=_("Students and staff"), says=says)

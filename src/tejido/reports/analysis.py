"""`tejido analyse`: a folder of tables in, a folder of results out. No database, no server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from tejido.reports import files
from tejido.reports.building import Met, Subject, build
from tejido.reports.folder import Reading, read_folder
from tejido.reports.rendering import as_html, as_pdf
from tejido_analytics.options import Options
from tejido_analytics.panorama import Panorama, panorama
from tejido_analytics.tables import ATTENDED, Period


@dataclass(frozen=True, slots=True)
class Result:
    """What was found and which files were written, in order."""

    seen: Panorama
    notes: list[str]
    files: list[str]


def analyse(
    folder: Path,
    out: Path,
    *,
    period: Period | None = None,
    title: str = "",
    say: Callable[[str], None] = lambda step: None,
) -> Result:
    """Analyse the tables in `folder` and write six files to `out`, in the active language.

    period: by default the last twelve months that end with the last gathering or dated tie; where
    nothing is dated, the year up to today. Raises Refusal as `read_folder`; cannot_write.
    Cost: as `panorama`, plus about a second for the PDF of a large network.
    """
    say(_("reading the tables"))
    reading = read_folder(folder)
    chosen = period or _last_twelve_months(reading)
    say(_("computing the indicators"))
    seen = panorama(reading.tables, chosen, options=Options(layout=True))
    document = build(seen, _subject(folder, reading, seen, title), today=dt.date.today())  # noqa: DTZ011 - the reader's own day
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "indicators.json").write_text(
            files.as_json(files.indicators(seen, reading.notes)), encoding="utf-8"
        )
        say(_("writing the network"))
        files.write_ties(seen, out / "ties.csv")
        files.write_graphml(seen, reading, out / "network.graphml")
        (out / "datapackage.json").write_text(files.as_json(files.data_package(reading)), encoding="utf-8")
        say(_("writing the report as a page"))
        (out / "report.html").write_text(as_html(document), encoding="utf-8")
        say(_("writing the report as PDF"))
        (out / "report.pdf").write_bytes(as_pdf(document))
    except OSError as error:
        raise files.cannot_write(out, error) from error
    written = [
        "indicators.json",
        "ties.csv",
        "network.graphml",
        "datapackage.json",
        "report.html",
        "report.pdf",
    ]
    return Result(seen, reading.notes, written)


def _last_twelve_months(reading: Reading) -> Period:
    """Twelve months up to the last day with data; up to today where nothing is dated."""
    span = reading.tables.span()
    return twelve_months_to(span.end if span else dt.date.today())  # noqa: DTZ011 - the reader's own day


def twelve_months_to(last: dt.date) -> Period:
    """The year that ends with a day.

    >>> twelve_months_to(dt.date(2024, 2, 29))
    Period(start=datetime.date(2023, 3, 1), end=datetime.date(2024, 2, 29))
    """
    try:
        year_ago = last.replace(year=last.year - 1)
    except ValueError:  # 29 February
        year_ago = last.replace(year=last.year - 1, day=28)
    return Period(year_ago + dt.timedelta(days=1), last)


def _subject(folder: Path, reading: Reading, seen: Panorama, title: str) -> Subject:
    """What the report may say: names only of people whose row says yes to consent."""
    attended: dict[str, set[str]] = {}
    for row in reading.tables.attendance:
        if row.status in ATTENDED:
            attended.setdefault(row.gathering, set()).add(row.person)
    recorded = {row.gathering for row in reading.tables.attendance}
    gatherings = [
        Met(
            one.date,
            one.title or one.id,
            "",
            "",
            len(attended.get(one.id, ())) if one.id in recorded else None,
        )
        for one in sorted(reading.tables.gatherings, key=lambda one: (one.date, one.id))
        if one.date in seen.period
    ]
    people = {person.id: person for person in reading.tables.people}
    by = next(
        (name for name in ("district", "sector", "school") if any(getattr(p, name) for p in people.values())),
        "",
    )
    words = {"district": _("district"), "sector": _("sector"), "school": _("school")}
    return Subject(
        title=title or folder.resolve().name,
        subtitle=_("How the network met and who took part"),
        gatherings=gatherings,
        names={pk: name for pk, name in reading.names.items() if reading.asks_consent and people[pk].consent},
        groups={pk: getattr(person, by) for pk, person in people.items()} if by else {},
        grouped_by=words.get(by, ""),
        schools={person.school: person.school for person in people.values() if person.school},
        notes=reading.notes,
    )

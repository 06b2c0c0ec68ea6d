"""Lists that others keep, written down as the four tables of `tejido analyse`. One function per data set.

What each of them had to change is what docs/how-to/analyse-lists-of-others.md tells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tejido_analytics.tests.real import folder, rows


def write(out: Path, name: str, headers: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headers)
        writer.writerows(lines)


def roll_calls(out: Path) -> None:
    """A parliament's roll calls: one folder a session, the status word in the third column, no ids but names."""
    groups: dict[str, str] = {}
    sessions, attendance = [], []
    for path in sorted(folder("attendance-peru-congress").rglob("asistencias.csv")):
        stamp = path.parent.name.removesuffix("-asistencia")  # 2021-07-23T08-32
        sessions.append((stamp, stamp[:10], f"Sesión {stamp}"))
        for row in rows(path):
            groups[row["congresista"]] = row["grupo_parlamentario"]
            attendance.append((row["congresista"], stamp, row["asistencia"]))
    write(out, "people", ["id", "sector"], sorted(groups.items()))
    write(out, "gatherings", ["id", "fecha", "título"], sessions)
    write(out, "attendance", ["persona", "encuentro", "asistencia"], attendance)


def training_network(out: Path) -> None:
    """Workshops with coordinates and heads counted, but no people: only gatherings can be written down."""
    workshops = rows(folder("carpentries-assessment") / "all_workshops.csv")
    lines = [
        (row["slug"], row["start_date"], row["host_name"], row["latitude"], row["longitude"])
        for row in workshops
    ]
    write(out, "gatherings", ["id", "date", "title", "latitude", "longitude"], lines)


def discussions(out: Path) -> None:
    """Messages of an online course: an answer is a tie from who writes to whom; American dates; carriage returns."""
    data = folder("educator-net-dlt")
    people = [
        (row["UID"], row["location"].strip(), row["grades"], row["role1"])
        for row in rows(data / "dlt1-nodes.csv")
    ]
    ties = [
        (row["Sender"], row["Receiver"], "replied", row["Timestamp"]) for row in rows(data / "dlt1-edges.csv")
    ]
    write(out, "people", ["id", "district", "sector", "role"], people)
    write(out, "ties", ["sender", "receiver", "kind", "date"], ties)


def advice(out: Path) -> None:
    """Who asks whom for advice in eight schools: every ordered pair is listed, only Outcome = 1 is a tie."""
    data = folder("educator-net-pitts-spillane")
    people = [
        (f"{row['id']}-{row['Node']}", f"School {row['id']}") for row in rows(data / "teacher_nodes.csv")
    ]
    ties = [
        (f"{row['id']}-{row['Sender']}", f"{row['id']}-{row['Receiver']}", "advice")
        for row in rows(data / "advice_edges.csv")
        if row["Outcome"] == "1"
    ]
    write(out, "people", ["id", "school"], people)
    write(out, "ties", ["source", "target", "kind"], ties)


def southern_women(out: Path) -> None:
    """The classic: a table of women by events with month and day; the year is the study's, 1936."""
    data = folder("attendance-southern-women") / "southern_women_incidence.csv"
    with data.open(encoding="utf-8", newline="") as stream:
        header, *lines = list(csv.reader(stream))
    events = header[1:]
    days = [datetime.strptime(f"1936/{event}", "%Y/%m/%d").date().isoformat() for event in events]
    write(out, "gatherings", ["id", "date"], zip(events, days, strict=True))
    write(out, "people", ["id", "name"], [(line[0], line[0].title()) for line in lines])
    seats = [
        (line[0], event, "1")
        for line in lines
        for event, was in zip(events, line[1:], strict=True)
        if was == "1"
    ]
    write(out, "attendance", ["person", "gathering", "status"], seats)

"""Real lists of others brought into Tejido: each community's insight says what `tejido analyse` says of the same lists."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from tests.stories import real_lists

from tejido.accounts.services import system_account
from tejido.communities.models import Community, RecordedTie
from tejido.communities.tests.factories import CommunityFactory
from tejido.directory.models import Person, Purpose, School
from tejido.directory.tests.factories import consents
from tejido.gatherings.models import Attendance, Gathering
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.insights.policies import Eyes
from tejido.insights.selectors import values_of
from tejido.insights.services import compute_insight
from tejido.reports.analysis import analyse
from tejido_analytics.tables import Period
from tejido_analytics.tests.real import folder, rows

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]
ALL = Eyes(ties=True, team=True, small_groups=True)


def brought(data: str | bytes | Path, kind: str, into: Community | None = None, **more: str) -> ImportRun:
    """A list brought in as the command does it: read, compared, decided in bulk, applied."""
    source = data.encode() if isinstance(data, str) else data
    name = source.name if isinstance(source, Path) else "lista.csv"
    actor = system_account()
    run = services.stage_file(source, name, kind, actor=actor, community=into, **more)
    services.match_rows(run, actor=actor, at_once=True)
    services.decide_all(run, "likely", "new", actor=actor)
    services.apply_run(run, actor=actor, at_once=True)
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED, run.failure
    return run


def brought_again_changes_nothing(*given: object, **more: str) -> None:
    before = counts()
    brought(*given, **more)  # type: ignore[arg-type]
    assert counts() == before


def counts() -> dict[str, int]:
    models = (Person, School, Gathering, Attendance, RecordedTie)
    return {model.__name__: getattr(model, "every", model.objects).count() for model in models}


def table(headers: list[str], lines: object) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headers)
    writer.writerows(lines)  # type: ignore[arg-type]
    return stream.getvalue()


def everybody_consents() -> None:
    for person in Person.objects.all():
        consents(person, Purpose.ANALYTICS)


def says_the_same(
    community: Community, lists: Path, period: Period, *, but_for: frozenset[str] = frozenset()
) -> dict:
    """The insight's values by indicator, after each was compared with what `analyse` says of the folder."""
    everybody_consents()
    seen = analyse(lists, lists.parent / "out", period=period).seen
    values = values_of(compute_insight(community, period, actor=system_account()), ALL)
    assert values.keys() == seen.indicators.keys()
    for name in values.keys() - but_for:
        mine, theirs = values[name], seen.indicators[name]
        assert (mine.because, mine.n) == (theirs.because, theirs.n), name
        for found, expected in ((mine.value, theirs.value), (mine.previous, theirs.previous)):
            assert found == (None if expected is None else pytest.approx(expected, abs=1e-9)), name
    return values


def folder_of(tmp_path: Path, write: object, without: str = "") -> Path:
    lists = tmp_path / "lists"
    lists.mkdir()
    write(lists)  # type: ignore[operator]
    if without:
        (lists / f"{without}.csv").unlink()
    return lists


def test_the_southern_women_as_a_wide_list_of_names_by_events(tmp_path):
    lists = folder_of(tmp_path, real_lists.southern_women)
    with (folder("attendance-southern-women") / "southern_women_incidence.csv").open(
        encoding="utf-8"
    ) as file:
        header, *lines = list(csv.reader(file))
    wide = table(
        ["Name", *(f"1936/{event}" for event in header[1:])],
        ([name, *("x" if mark == "1" else "" for mark in marks)] for name, *marks in lines),
    )
    women = CommunityFactory(time_zone="America/Chicago")
    brought(wide, "attendance", women)
    assert (Person.objects.count(), Gathering.objects.count()) == (18, 14)
    assert Attendance.objects.filter(status__in=Attendance.ATTENDED).count() == 89
    values = says_the_same(women, lists, Period(dt.date(1936, 1, 1), dt.date(1936, 12, 31)))
    assert values["active_members"].value == 18
    assert values["density"].value == pytest.approx(97 / 153)
    brought_again_changes_nothing(wide, "attendance", women)


def test_the_roll_calls_of_a_parliament_as_one_long_list(tmp_path):
    lists = folder_of(tmp_path, real_lists.roll_calls, without="people")
    sessions = {row["id"]: row for row in rows(lists / "gatherings.csv")}
    seats = rows(lists / "attendance.csv")
    long = table(
        ["congresista", "encuentro", "fecha", "asistencia"],
        (
            (row["persona"], sessions[row["encuentro"]]["título"], sessions[row["encuentro"]]["fecha"], row["asistencia"])
            for row in seats
        ),
    )  # fmt: skip
    congress = CommunityFactory(time_zone="America/Lima")
    brought(long, "attendance", congress)
    values = says_the_same(congress, lists, Period(dt.date(2021, 7, 1), dt.date(2021, 12, 31)))
    present = Counter(row["asistencia"] for row in seats)["PRESENTE"]
    assert values["active_members"].n == present
    assert values["density"].because == "no recorded group was small enough to say who met whom"


def test_the_training_network_is_a_list_of_gatherings_just_as_it_is(tmp_path):
    lists = folder_of(tmp_path, real_lists.training_network)
    workshops = folder("carpentries-assessment") / "all_workshops.csv"
    network = CommunityFactory(time_zone="UTC")
    brought(workshops, "gatherings", network)
    slugs = {row["slug"] for row in rows(workshops)}
    assert Gathering.objects.count() == len(slugs) == 1869
    assert Gathering.objects.filter(latitude=None).count() == 66  # 65 say none, one says 149 degrees north
    period = Period(dt.date(2012, 1, 1), dt.date(2030, 12, 31))
    # Here a gathering that nobody attended yet is planned; of the folder nobody knows whether it was held.
    says_the_same(network, lists, period, but_for=frozenset({"held"}))
    brought_again_changes_nothing(workshops, "gatherings", network)


def test_the_educators_discussions_are_ties_just_as_they_are(tmp_path):
    lists = folder_of(tmp_path, real_lists.discussions)
    people = [row["id"] for row in rows(lists / "people.csv")]
    (lists / "people.csv").write_text(table(["id"], ([pk] for pk in people)), encoding="utf-8")
    course = CommunityFactory(time_zone="America/New_York")
    since = "2012-01-01"
    brought(
        table(["Código", "Nombre", "Desde"], ((pk, f"Educator {pk}", since) for pk in people)),
        "people",
        course,
    )
    edges = folder("educator-net-dlt") / "dlt1-edges.csv"
    run = brought(edges, "ties", course, tie_kind="replied", region="US")
    said = Counter(note["code"] for notes in run.rows.values_list("notes", flat=True) for note in notes)
    assert said == {"tie_with_oneself": 86}
    assert Person.objects.count() == 445
    values = says_the_same(course, lists, Period(dt.date(2013, 4, 1), dt.date(2013, 6, 30)))
    assert values["reciprocity"].n == 1936
    assert values["reciprocity"].value == pytest.approx(0.219, abs=5e-4)
    brought_again_changes_nothing(edges, "ties", course, tie_kind="replied", region="US")


def test_advice_in_eight_schools_has_the_published_number_of_ties(tmp_path):
    lists = folder_of(tmp_path, real_lists.advice)
    teachers = rows(lists / "people.csv")
    schools = CommunityFactory(time_zone="America/New_York")
    brought(
        table(
            ["Código", "Nombre", "Colegio", "Desde"],
            ((row["id"], f"Teacher {row['id']}", row["school"], "2005-01-01") for row in teachers),
        ),
        "people",
        schools,
    )
    brought((lists / "ties.csv"), "ties", schools)
    values = says_the_same(schools, lists, Period(dt.date(2010, 1, 1), dt.date(2010, 12, 31)))
    published = [61, 103, 75, 54, 76, 162, 314, 172]  # Sweet, Thomas and Junker 2013
    at = Counter(
        code.split("-")[0] for code in RecordedTie.objects.values_list("source__list_code", flat=True)
    )
    assert [at[str(number)] for number in range(1, 9)] == published
    assert values["reciprocity"].n == sum(published)
    assert values["bridging_school"].value == -1.0


@pytest.mark.parametrize(
    ("file", "profile", "schools", "without_place"),
    [
        ("schools-chile-rbd/extract_lagranja_macul_sanjoaquin.csv", "cl-rbd", 221, 63),
        ("schools-colombia-medellin/sedes_educativas.csv", "co-dane", 779, 1),
        ("schools-uk-gias/example_schools_data.csv", "uk-urn", 19, None),
    ],
)
def test_three_registers_of_schools_for_real(file, profile, schools, without_place):
    name, path = file.split("/")
    register = folder(name) / path
    brought(register, "schools", profile=profile)
    assert School.objects.filter(register=profile).count() == schools
    if without_place is not None:
        assert School.objects.filter(latitude=None).count() == without_place
    brought_again_changes_nothing(register, "schools", profile=profile)

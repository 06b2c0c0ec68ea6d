"""Roll calls become attendance: long and wide, with words learnt and names matched."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.tables.reading import read_table
from tejido.foundation.tables.tests.samples import real
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.imports import services
from tejido.imports.tests.samples import bring, rows_of

pytestmark = pytest.mark.django_db
WIDE = (
    "Nombre;Colegio;01/03/2024;08/03/2024;15/03/2024\n"
    "PAZ RÍOS, ANA;Sol;P;P;A\nGil Mora, Eva;Luna;P;J;\nVera, Sol;Sol;A;virtual;P\n"
)
LONG = (
    "Docente;Encuentro;Fecha;Asistió;Minutos\nAna Paz Ríos;Taller de aguas;01/03/2024;Sí;90\n"
    "Eva Gil Mora;Taller de aguas;01/03/2024;No;\nAna Paz Ríos;Taller de suelos;08/03/2024;Sí;60\n"
)


def attendance() -> set[tuple[str, str, str]]:
    rows = Attendance.objects.values_list("person__given_names", "gathering__starts_at__date", "status")
    return {(name, day.isoformat(), status) for name, day, status in rows}


def member(cast, name: str) -> Person:
    given, _, family = name.partition(" ")
    person = PersonFactory(given_names=given, family_names=family)
    MembershipFactory(community=cast.network, person=person)
    return person


def test_a_wide_roll_call_is_recorded(cast):
    run = bring(WIDE, cast, kind="attendance")
    assert [g.starts_at.date().isoformat() for g in run.gatherings.all()] == [
        "2024-03-01",
        "2024-03-08",
        "2024-03-15",
    ]
    services.apply_run(run, actor=cast.rosa)
    assert attendance() == {
        ("Ana", "2024-03-01", "on_site"), ("Ana", "2024-03-08", "on_site"), ("Ana", "2024-03-15", "absent"),
        ("Eva", "2024-03-01", "on_site"), ("Eva", "2024-03-08", "excused"),
        ("Sol", "2024-03-01", "absent"), ("Sol", "2024-03-08", "online"), ("Sol", "2024-03-15", "on_site"),
    }  # fmt: skip
    assert set(Gathering.objects.values_list("state", flat=True)) == {"held"}


def test_a_long_roll_call_is_recorded_with_minutes_and_titles(cast):
    services.apply_run(bring(LONG, cast, kind="attendance"), actor=cast.rosa)
    ana = Person.objects.get(given_names="Ana", family_names="Paz Ríos")
    assert dict(ana.attendances.values_list("gathering__title", "minutes")) == {
        "Taller de aguas": 90,
        "Taller de suelos": 60,
    }
    assert Attendance.objects.get(person__given_names="Eva").status == "absent"


def test_members_are_recognised_and_gatherings_are_found(cast):
    ana = member(cast, "Ana Paz Ríos")
    held = GatheringFactory(
        community=cast.node, title="Taller de aguas", starts_at=datetime(2024, 3, 1, 20, tzinfo=UTC),
        ends_at=datetime(2024, 3, 1, 22, tzinfo=UTC),
    )  # fmt: skip
    run = bring(LONG, cast, kind="attendance")
    row = run.rows.get(number=2)
    assert (row.finding, row.candidates[0]["id"]) == ("likely", ana.pk), "a name alone is proposed, not taken"
    assert run.gatherings.get(title="Taller de aguas").gathering == held
    services.decide_all(run, "likely", "same", actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert held.attendances.get(person=ana).status == "on_site"
    assert ana.attendances.count() == 2, "the other rows of the same person follow"


def test_a_word_can_be_corrected_by_hand(cast):
    run = bring("Nombre;Fecha;Estado\nAna Paz;01/03/2024;P\nEva Gil;01/03/2024;R\n", cast, kind="attendance")
    word = run.words.get(word="R")
    assert word.certain is False
    services.correct_words(run, {word.pk: "absent"}, actor=cast.rosa)
    services.match_rows(run, actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert Attendance.objects.get(person__given_names="Eva").status == "absent"


def test_unknown_words_and_contradictions_are_said_and_left_out(cast):
    text = (
        "Nombre;Fecha;Asistencia\nAna Paz;01/03/2024;P\nAna Paz;01/03/2024;A\nEva Gil;01/03/2024;FALLECIDO\n"
        "Luz Mar;01/03/2024;A\nSol Paz;01/03/2024;A\nRosa Luz;01/03/2024;P\n"
    )
    run = bring(text, cast, kind="attendance")
    rows = rows_of(run)
    assert "row 2 already gave another mark" in rows[1].sentences[0]
    assert "«FALLECIDO»" in rows[2].sentences[0]
    services.apply_run(run, actor=cast.rosa)
    assert Attendance.objects.get(person__given_names="Ana").status == "on_site"
    assert not Attendance.objects.filter(person__given_names="Eva", person__family_names="Gil").exists()


def test_days_ahead_and_columns_without_a_day_are_left_out(cast):
    text = "Nombre;Sesión 1;01/03/2099;01/03/2024\nAna Paz;P;P;P\nEva Gil;P;A;P\n"
    run = bring(text, cast, kind="attendance")
    assert {g.title: g.left_out for g in run.gatherings.all()} == {
        "Sesión 1": True, "Gathering of 1 March 2099": True, "Gathering of 1 March 2024": False,
    }  # fmt: skip
    services.apply_run(run, actor=cast.rosa)
    assert Gathering.objects.count() == 1


def test_a_gathering_without_a_day_can_be_pointed_out(cast):
    held = GatheringFactory(community=cast.network)
    run = bring("Nombre;Sesión 1;Sesión 2\nAna Paz;P;A\nEva Gil;P;P\n", cast, kind="attendance")
    first = run.gatherings.get(title="Sesión 1")
    with pytest.raises(Refusal) as refused:
        services.decide_gathering(first, left_out=False, actor=cast.rosa)
    assert refused.value.code == "no_date"
    services.decide_gathering(first, left_out=False, gathering_id=held.pk, actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert held.attendances.count() == 2


def test_the_same_roll_call_again_changes_nothing(cast):
    services.apply_run(bring(WIDE, cast, kind="attendance"), actor=cast.rosa)
    before = attendance(), Person.objects.count(), Gathering.objects.count()
    again = bring(WIDE, cast, kind="attendance")
    services.apply_run(again, actor=cast.rosa)
    assert (attendance(), Person.objects.count(), Gathering.objects.count()) == before
    assert again.changes.count() == 0


def test_undoing_a_roll_call_brings_back_what_was_recorded(cast):
    ana = member(cast, "Ana Paz Ríos")
    held = GatheringFactory(
        community=cast.network, title="Taller de aguas", starts_at=datetime(2024, 3, 1, 14, tzinfo=UTC),
        ends_at=datetime(2024, 3, 1, 16, tzinfo=UTC), state="held",
    )  # fmt: skip
    Attendance.objects.create(gathering=held, person=ana, status="absent", recorded_by=cast.rosa)
    people = Person.objects.count()
    run = bring(LONG, cast, kind="attendance")
    services.decide_all(run, "likely", "same", actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert held.attendances.get(person=ana).status == "on_site"

    services.undo_run(run, actor=cast.rosa)
    assert attendance() == {("Ana", "2024-03-01", "absent")}
    assert (Person.objects.count(), Gathering.objects.count()) == (people, 1)


def test_undoing_is_refused_where_somebody_corrected_the_attendance(cast):
    run = services.apply_run(bring(WIDE, cast, kind="attendance"), actor=cast.rosa)
    Attendance.objects.filter(person__given_names="Ana", status="absent").update(status="excused")
    with pytest.raises(Refusal) as refused:
        services.undo_run(run, actor=cast.rosa)
    assert refused.value.code == "later_changes"


def test_a_list_without_marks_is_refused(cast):
    with pytest.raises(Refusal) as refused:
        bring("Nombre;Fecha\nAna Paz;01/03/2024\n", cast, kind="attendance")
    assert refused.value.code == "no_marks"


@pytest.mark.real_data
def test_the_roll_calls_of_the_congress_of_peru_go_through(cast):
    calls = sorted(real("attendance-peru-congress").rglob("asistencias.csv"))[:12]
    people: set[str] = set()
    for path in calls:
        day = path.parts[-2][:16]
        lines = ["congresista;fecha;asistencia"]
        for row in read_table(path).rows():
            lines.append(
                f"{row.cells[1]};{day.replace('T', ' ').replace('-', '/', 2).replace('-', ':')};{row.cells[2]}"
            )
            people.add(row.cells[1])
        run = bring("\n".join(lines), cast, kind="attendance")
        services.decide_all(run, "likely", "same", actor=cast.rosa, only_sure=False)
        services.apply_run(run, actor=cast.rosa)
    assert Gathering.objects.count() == len(calls), "calls of one day at other hours are other gatherings"
    brought = Person.objects.filter(attendances__isnull=False).distinct().count()
    assert brought == len(people)


def test_a_member_called_by_one_surname_is_asked_about_and_a_stranger_is_not(cast):
    ana = member(cast, "Ana Paz Ríos")
    PersonFactory(given_names="Eva", family_names="Gil Mora")  # known to the house, no member here
    run = bring("Nombre;01/03/2024\nAna Paz;P\nEva Gil;P\n", cast, kind="attendance")
    found = {
        row.values["given_names"]: (row.finding, [one["id"] for one in row.candidates])
        for row in run.rows.all()
    }
    assert found == {"Ana": ("likely", [ana.pk]), "Eva": ("new", [])}

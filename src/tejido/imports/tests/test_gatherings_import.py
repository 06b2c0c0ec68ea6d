"""Lists of gatherings: when, where and what; those that are here already are recognised."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.tables.columns import recognise_columns
from tejido.foundation.tables.reading import read_table
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import was_at
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.tests.samples import bring, rows_of

pytestmark = pytest.mark.django_db
LIST = (
    "Número;Encuentro;Tipo;Modalidad;Fecha;Hora de inicio;Hora de fin;Lugar;Latitud;Longitud;Nodo\n"
    "E-1;Taller de aguas;taller;presencial;01/03/2024;14:00;16:30;Colegio Sol;-33,45;-70,661;Nodo Agua\n"
    "E-2;Asamblea;asamblea;virtual;08/03/2024;;;;0;0;\n"
    "E-3;;cena;;15/03/2024;18:00;17:00;;120;10;\n"
    "E-3;;;;15/03/2024;;;;;;\n"
    ";Sin fecha;;;;;;;;;\n"
)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("Encuentro;Fecha;Lugar;Latitud;Longitud", ["gathering_title", "date", "place", "latitude", "longitude"]),
        ("slug;start_date;host_name;latitude;longitude", ["gathering_id", "starts", "gathering_title", "latitude", "longitude"]),
        ("Encontro;Data;Hora de início;Endereço;Modalidade", ["gathering_title", "date", "starts", "place", "modality"]),
        ("Title;Kind;Start;End;Venue", ["gathering_title", "gathering_kind", "starts", "ends", "place"]),
    ],
)  # fmt: skip
def test_columns_are_recognised_in_three_languages(headings, fields):
    cells = {"latitude": "4.6", "longitude": "-74.1", "date": "2024-03-01", "starts": "2024-03-01 10:00"}
    row = ";".join(cells.get(field, "x") for field in fields)
    table = read_table(f"{headings}\n{row}\n".encode(), "lista.csv")
    assert [guess.field for guess in recognise_columns(table, "gatherings")] == fields


def test_a_list_is_planned_with_hours_places_and_nodes(cast):
    run = bring(LIST, cast, kind="gatherings")
    services.apply_run(run, actor=cast.rosa)
    water, assembly, third = Gathering.objects.order_by("starts_at")
    assert (water.title, water.kind, water.modality, water.community) == (
        "Taller de aguas", "workshop", "on_site", cast.node,
    )  # fmt: skip
    assert (water.address, water.latitude, water.longitude) == ("Colegio Sol", -33.45, -70.661)
    assert (water.starts_at.isoformat(), (water.ends_at - water.starts_at).seconds) == (
        "2024-03-01T19:00:00+00:00",  # 14:00 in Bogotá
        9000,
    )
    assert (assembly.kind, assembly.modality, assembly.latitude) == ("assembly", "online", None)
    assert assembly.starts_at.isoformat() == "2024-03-08T14:00:00+00:00", "without an hour it begins at nine"
    assert third.title == "Gathering of 15 March 2024" and third.community == cast.network


def test_what_cannot_be_true_is_said_row_by_row(cast):
    said = {one.row.number: " ".join(one.sentences) for one in rows_of(bring(LIST, cast, kind="gatherings"))}
    assert "0, 0" in said[3]
    assert "«cena» is not known" in said[4] and "no place on the globe" in said[4]
    assert "before it starts" in said[4]
    assert "same gathering as in row 4" in said[5]
    assert "does not say when" in said[6]


def test_the_same_list_again_changes_nothing_even_where_a_title_was_changed_since(cast):
    services.apply_run(bring(LIST, cast, kind="gatherings"), actor=cast.rosa)
    Gathering.objects.filter(title="Asamblea").update(title="Asamblea de marzo")
    run = bring(LIST, cast, kind="gatherings")
    assert [row.finding for row in run.rows.order_by("number")[:3]] == ["known"] * 3
    services.apply_run(run, actor=cast.rosa)
    assert Gathering.objects.count() == 3


def test_an_attendance_list_may_speak_of_them_by_the_numbers_of_the_list(cast):
    services.apply_run(bring(LIST, cast, kind="gatherings"), actor=cast.rosa)
    text = "Nombre;ID encuentro;Asistencia\nAna Paz Ríos;E-1;P\nAna Paz Ríos;E-2;A\n"
    services.apply_run(bring(text, cast, kind="attendance"), actor=cast.rosa)
    assert Gathering.objects.count() == 3
    water = Gathering.objects.get(title="Taller de aguas")
    assert water.state == "held" and water.attendances.count() == 1


def test_another_gathering_of_the_same_day_without_a_title_waits_for_a_decision(cast):
    services.apply_run(bring(LIST, cast, kind="gatherings"), actor=cast.rosa)
    run = bring("Fecha;Lugar\n01/03/2024;Colegio Luna\n", cast, kind="gatherings")
    row = rows_of(run)[0]
    assert row.row.finding == "likely" and row.proposals[0].name == "Taller de aguas"
    with pytest.raises(Refusal):
        services.apply_run(run, actor=cast.rosa)
    services.decide_row(row.row, "same", target_id=row.proposals[0].id, actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert Gathering.objects.count() == 3


def test_undoing_takes_them_away_unless_somebody_recorded_who_came(cast):
    run = bring(LIST, cast, kind="gatherings")
    services.apply_run(run, actor=cast.rosa)
    water = Gathering.objects.get(title="Taller de aguas")
    was_at(water, cast.ana.person)
    with pytest.raises(Refusal, match="Taller de aguas"):
        services.undo_run(run, actor=cast.rosa)
    water.attendances.all().delete()
    services.undo_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDONE
    assert not Gathering.objects.exists()


@pytest.mark.parametrize(("who", "may"), [("rosa", True), ("ines", True), ("sole", False), ("ana", False)])
def test_the_team_brings_gatherings(cast, who, may):
    actor = getattr(cast, who)
    if may:
        run = services.stage_file(
            LIST.encode(), "lista.csv", "gatherings", actor=actor, community=cast.network
        )
        services.apply_run(services.match_rows(run, actor=actor), actor=actor)
        assert Gathering.objects.count() == 3
    else:
        with pytest.raises(NotAllowed):
            services.stage_file(LIST.encode(), "lista.csv", "gatherings", actor=actor, community=cast.network)
        assert not ImportRun.objects.exists()


def test_a_list_without_days_is_refused(cast):
    run = bring("Encuentro;Lugar\nTaller;Sol\n", cast, kind="gatherings", match=False)
    with pytest.raises(Refusal) as refused:
        services.match_rows(run, actor=cast.rosa)
    assert refused.value.code == "no_days"


def test_the_review_shows_when_and_where(client, cast):
    run = bring(LIST, cast, kind="gatherings")
    client.force_login(cast.rosa)
    page = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert "Taller de aguas" in page and "2024-03-01 14:00" in page and "Colegio Sol" in page
    client.post(reverse("imports:apply", args=[run.pk]))
    done = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert reverse("gatherings:list", args=[cast.network.pk]) in done

"""Official registers become schools; what cannot be true is said, not dropped."""

from __future__ import annotations

import pytest

from tejido.directory.models import School, SchoolProfile, Territory
from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.tables.tests.samples import real
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.tests.samples import rows_of

pytestmark = pytest.mark.django_db
CHILE = (
    "AGNO;RBD;DGV_RBD;NOM_RBD;NOM_REG_RBD_A;COD_REG_RBD;COD_COM_RBD;NOM_COM_RBD;COD_DEPE2;RURAL_RBD;LATITUD;LONGITUD;"
    "MAT_TOTAL;ESTADO_ESTAB\n"
    "2025;9026;3;ESCUELA LOS COPIHUES;RM;13;13129;SAN JOAQUÍN;2;0;-33,488564;-70,6381;103;1\n"
    "2025;9069;8;LICEO MERCEDES MARÍN;RM;13;13118;MACUL;2;0;0;0;254;1\n"
    "2025;9072;7;LICEO VILLA MACUL;RM;13;13118;MACUL;5;1;48,85;2,35;417;3\n"
    "2025;9026;3;ESCUELA LOS COPIHUES OTRA VEZ;RM;13;13129;SAN JOAQUÍN;2;0;-33,4;-70,6;1;1\n"
    "2025;9075;1;;RM;13;13118;MACUL;5;0; ; ;152;1\n"
)


def bring_register(text: str | bytes, profile: str, actor) -> ImportRun:
    data = text if isinstance(text, bytes) else text.encode()
    run = services.stage_file(data, "registro.csv", "schools", actor=actor, profile=profile)
    return services.match_rows(run, actor=actor)


def test_a_register_becomes_schools_with_places_territories_and_figures(cast):
    services.apply_run(bring_register(CHILE, "cl-rbd", cast.rosa), actor=cast.rosa)
    school = School.objects.get(code="9026")
    assert (school.register, school.latitude, school.longitude, school.rural, school.sector) == (
        "cl-rbd", -33.488564, -70.6381, False, "Particular subvencionado",
    )  # fmt: skip
    assert (school.territory.name, school.territory.level, school.territory.parent.name) == (
        "SAN JOAQUÍN",
        "municipality",
        "RM",
    )
    assert school.profiles.get().enrolment == 103
    assert School.objects.get(code="9072").closed_on.year == 2025


def test_what_cannot_be_true_is_said_and_the_school_is_kept(cast):
    run = bring_register(CHILE, "cl-rbd", cast.rosa)
    said = [" ".join(row.sentences) for row in rows_of(run)]
    assert "check digit" in said[1] and "0, 0" in said[1]
    assert "outside the country" in said[2] and "closed" in said[2]
    assert "row 2 already" in said[3]
    assert "No name" in said[4]
    services.apply_run(run, actor=cast.rosa)
    assert set(School.objects.values_list("code", flat=True)) == {"9026", "9069", "9072"}
    assert School.objects.get(code="9069").latitude is None


def test_the_same_register_again_changes_nothing_and_a_newer_one_corrects(cast):
    services.apply_run(bring_register(CHILE, "cl-rbd", cast.rosa), actor=cast.rosa)
    again = bring_register(CHILE, "cl-rbd", cast.rosa)
    assert [row.finding for row in again.rows.all()][:3] == ["known", "known", "known"]
    newer = CHILE.replace("2025;9026;3;ESCUELA LOS COPIHUES;", "2026;9026;3;ESCUELA COPIHUES;")
    run = bring_register(newer, "cl-rbd", cast.rosa)
    assert run.rows.get(number=2).finding == "update"
    services.apply_run(run, actor=cast.rosa)
    assert School.objects.get(code="9026").name == "ESCUELA COPIHUES"
    assert SchoolProfile.objects.filter(school__code="9026").count() == 2


def test_undoing_a_register_brings_back_what_was(cast):
    known = SchoolFactory(code="9026", register="cl-rbd", name="Los Copihues", address="Calle 1")
    before = list(School.every.values())
    run = services.apply_run(bring_register(CHILE, "cl-rbd", cast.rosa), actor=cast.rosa)
    known.refresh_from_db()
    assert known.name == "ESCUELA LOS COPIHUES"
    services.undo_run(run, actor=cast.rosa)
    assert list(School.every.values()) == before
    assert not SchoolProfile.objects.exists()
    assert not Territory.objects.exists()


def test_a_plain_list_fills_gaps_and_never_overwrites(cast):
    SchoolFactory(code="123", name="Sol", address="Calle 1")
    text = "Código;Nombre;Dirección;Matrícula;Fecha\n123;Escuela del Sol;Calle 2;90;2024-03-01\n"
    services.apply_run(bring_register(text, "", cast.rosa), actor=cast.rosa)
    school = School.objects.get(code="123")
    assert (school.name, school.address, school.profiles.get().enrolment) == ("Sol", "Calle 1", 90)


def test_an_unknown_profile_is_named(cast):
    with pytest.raises(Refusal) as refused:
        bring_register(CHILE, "xx", cast.rosa)
    assert "cl-rbd" in refused.value.message


def test_a_teacher_cannot_change_the_register(cast):
    with pytest.raises(Refusal):
        bring_register(CHILE, "cl-rbd", cast.ana)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("path", "profile", "schools", "placed"),
    [
        ("schools-chile-rbd/extract_lagranja_macul_sanjoaquin.csv", "cl-rbd", 221, 158),
        ("schools-colombia-medellin/sedes_educativas.csv", "co-dane", 779, 778),
        (
            "schools-uk-gias/example_schools_data.csv",
            "uk-urn",
            19,
            9,
        ),  # ten rows are longer than the headings: their last columns say other things
    ],
)
def test_real_registers_go_through(cast, path, profile, schools, placed):
    run = bring_register(real(path).read_bytes(), profile, cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED
    assert School.objects.filter(register=profile).count() == schools
    assert School.objects.exclude(latitude=None).count() == placed

"""Small lists made up for these tests, and a short way to bring them."""

from __future__ import annotations

from tejido.communities.tests.factories import Cast
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.selectors import RowShown, shown_rows

LIST = (
    "Código;NOMBRES;APELLIDOS;Correo;Celular;Institución Educativa;Cargo;Asignatura\n"
    "007;MARÍA JOSÉ;PEÑA NÚÑEZ;Maria@Escuela.edu.co;300 123 4567;Institución Educativa Sol;Docente;Ciencias\n"
    "8;ÁLVARO;IBÁÑEZ GIL;alvaro@escuela.edu.co;301 123 4567;INSTITUCION EDUCATIVA SOL;Rector;\n"
    "9;LUZ;DE LA CRUZ;luz@escuela.edu.co;;Colegio Luna;Docente;Artes\n"
)


def bring(
    text: str | bytes, cast: Cast, *, kind: str = "people", match: bool = True, **more: object
) -> ImportRun:
    """Rosa brings a list into her network; with `match`, it is compared with who is here."""
    data = text if isinstance(text, bytes) else text.encode()
    asked = {"community": cast.network, **more}
    run = services.stage_file(data, "lista.csv", kind, actor=cast.rosa, **asked)  # type: ignore[arg-type]
    return services.match_rows(run, actor=cast.rosa) if match else run


def rows_of(run: ImportRun) -> list[RowShown]:
    return shown_rows(run.rows.all(), actor=run.actor)

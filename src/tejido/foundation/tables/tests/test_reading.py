from __future__ import annotations

import codecs
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.tables.formulas import plain_cell, safe_cell
from tejido.foundation.tables.problems import SENTENCES, Problem
from tejido.foundation.tables.reading import Table, read_table
from tejido.foundation.tables.tests.samples import PEOPLE, ods, ods_row, real, xlsx
from tejido.foundation.tables.unpack_book import cell_text


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows()]


def codes(table: Table) -> set[str]:
    return {problem.code for problem in table.problems}


@pytest.mark.parametrize(
    ("encoding", "mark", "found", "said"),
    [
        ("utf-8", b"", "utf-8", False),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig", False),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16", False),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16", False),
        ("utf-16-le", b"", "utf-16-le", True),
        ("cp1252", b"", "cp1252", True),
        ("mac_roman", b"", "mac_roman", True),
        ("cp850", b"", "cp850", True),
    ],
)
def test_accents_arrive_whole_whatever_program_wrote_the_file(
    encoding: str, mark: bytes, found: str, said: bool
):
    table = read_table(mark + PEOPLE.encode(encoding), "lista.csv")

    assert table.encoding == found
    assert table.headers == ("Nombres", "Apellidos", "Correo")
    assert cells(table)[0] == ("María José", "Peña Núñez", "maria@escuela.edu.co")
    assert ("guessed_encoding" in codes(table)) is said


def test_russian_names_of_an_old_program_are_read_too():
    text = "Имя;Школа\nАнна Иванова;Школа номер один\nПётр Сергеев;Школа номер два\n" * 20
    assert cells(read_table(text.encode("cp1251"), "lista.csv"))[0] == ("Анна Иванова", "Школа номер один")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(separator: str, ending: str):
    lines = [
        ["Nombre", "Nota", "Colegio"],
        ['"Pérez, Ana"', '"3,5"', '"El ""Sol"", sede 2"'],
        ["Luis", "4", "Luna"],
    ]
    text = ending.join(separator.join(line) for line in lines) + ending

    table = read_table(text.encode(), "lista.csv")

    assert table.separator == separator
    assert cells(table) == [("Pérez, Ana", "3,5", 'El "Sol", sede 2'), ("Luis", "4", "Luna")]


def test_decimal_commas_do_not_pass_for_separators():
    text = "nombre;lat;lon\nUno;-33,48;-70,63\nDos;-33,47;-70,57\nTres;-33,49;-70,60\n"
    assert read_table(text.encode(), "x.csv").separator == ";"


def test_a_column_of_surnames_and_names_stays_one_column():
    table = read_table(b"Nombre\nPEREZ, ANA\nRUIZ, EVA\nDIAZ, LUIS\n", "x.csv")
    assert cells(table) == [("PEREZ, ANA",), ("RUIZ, EVA",), ("DIAZ, LUIS",)]


def test_excel_says_its_separator_in_the_first_line():
    table = read_table(b"sep=;\r\nNombre;Correo\r\nAna;ana@x.org\r\n", "x.csv")
    assert (table.headers, cells(table)) == (("Nombre", "Correo"), [("Ana", "ana@x.org")])


def test_titles_above_the_headings_are_left_out_and_said():
    text = "SECRETARÍA DE EDUCACIÓN;;\nListado 2024;;\n;;\nNombre;Cédula;Colegio\nAna Ruiz;12;Sol\n"
    table = read_table(text.encode(), "x.csv")
    assert table.headers == ("Nombre", "Cédula", "Colegio")
    assert (table.header_row, table.row_count) == (4, 1)
    assert {p.code: p.detail for p in table.problems} == {"rows_skipped_above": {"count": 2}}
    assert next(table.rows()).number == 5, "the number is the one that the spreadsheet shows"


def test_the_header_row_can_be_said_by_hand():
    table = read_table(b"a;b\nc;d\ne;f\n", "x.csv", header_row=2)
    assert (table.headers, cells(table)) == (("c", "d"), [("e", "f")])
    assert read_table(b"a;b\nc;d\n", "x.csv", header_row=0).headers == ("A", "B")


def test_a_list_without_headings_is_read_from_its_first_row_and_said():
    table = read_table(b"Ana Ruiz;ana@x.org;300\nLuis Gil;luis@x.org;301\nEva Paz;eva@x.org;302\n", "x.csv")
    assert (table.headers, table.row_count) == (("A", "B", "C"), 3)
    assert codes(table) == {"no_header"}


def test_repeated_and_missing_headings_are_told_apart_and_said():
    table = read_table("Código ,Nombre,Código,,\n05,Ana,05001,extra,\n".encode(), "x.csv")
    assert table.headers == ("Código", "Nombre", "Código (2)", "D"), "the column without anything is gone"
    assert codes(table) == {"duplicated_headers", "unnamed_columns"}
    assert "Código" in next(p.sentence for p in table.problems if p.code == "duplicated_headers")


def test_rows_that_are_too_long_lose_nothing_and_are_said():
    table = read_table(b"Nombre,Colegio\nAna,Sol\nLuis,Luna,Sede 2\nEva\n", "x.csv")
    assert cells(table) == [("Ana", "Sol", ""), ("Luis", "Luna", "Sede 2"), ("Eva", "", "")]
    ragged = next(p for p in table.problems if p.code == "ragged_rows")
    assert ragged.detail["rows"] == [3]


def test_empty_rows_are_left_out_wherever_they_stand():
    table = read_table(b"Nombre;Correo\n;\nAna;a@x.org\n\n ; \nLuis;l@x.org\n;;\n;;\n", "x.csv")
    assert [row.number for row in table.rows()] == [3, 6]
    assert table.row_count == 2


def test_text_like_a_formula_is_kept_as_text_and_said():
    table = read_table(
        b'Nombre;Nota\n=HYPERLINK("http://x";"y")&A1;-3,5\n@SUM(1);+57 300 123 4567\n', "x.csv"
    )
    assert cells(table)[0][0].startswith("=HYPERLINK")
    assert {p.code: p.detail.get("count") for p in table.problems}["formula_text"] == 2


def test_garbled_accents_are_mended_and_said():
    table = read_table("Nombre;Correo\nMarÃ­a PeÃ±a;m@x.org\n".encode(), "x.csv")
    assert cells(table)[0][0] == "María Peña"
    assert "twice_encoded" in codes(table)


def test_letters_that_were_lost_before_are_said():
    table = read_table("Nombre;Correo\nMar�a;m@x.org\n".encode(), "x.csv")
    assert next(p.detail for p in table.problems if p.code == "broken_letters")["cells"] == ["A2"]


def test_a_quotation_mark_that_swallows_lines_is_said():
    rows = "\n".join(f"Persona {i};p{i}@x.org" for i in range(30))
    table = read_table(f'Nombre;Correo\nAna;"a@x.org\n{rows}\n'.encode(), "x.csv")
    assert "swallowed_lines" in codes(table)


def test_rows_can_be_read_again_and_again():
    table = read_table(PEOPLE.encode(), "x.csv")
    assert cells(table) == cells(table)
    assert len(cells(table)) == table.row_count == 2


def test_a_workbook_is_read_as_values_and_from_the_first_sheet_with_data():
    book = xlsx(
        {
            "Portada": [],
            "Lista": [["Nombre", "Código", "Fecha", "Nota"], ["Ana", 5001, date(2024, 3, 1), 3.5]],
            "Otra": [["x"], ["y"]],
        }
    )
    table = read_table(book, "lista.xlsx")
    assert (table.sheet, table.sheets) == ("Lista", ("Lista", "Otra"))
    assert cells(table) == [("Ana", "5001", "2024-03-01", "3.5")]
    assert codes(table) == {"several_sheets"}
    assert cells(read_table(book, "lista.xlsx", sheet="Otra")) == [("y",)]


def test_a_workbook_called_csv_is_still_a_workbook():
    assert cells(read_table(xlsx({"A": [["Nombre"], ["Ana"]]}), "lista.csv")) == [("Ana",)]


def test_the_columns_of_a_sheet_that_begins_further_right_keep_their_letters():
    book = xlsx({"A": [["", "", "Nombre", ""], ["", "", "Ana", "=1+1"]]})
    table = read_table(book, "x.xlsx")
    assert table.headers == ("Nombre", "D")
    assert next(p.detail for p in table.problems if p.code == "unnamed_columns")["columns"] == ["D"]


def test_an_open_document_sheet_is_read():
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    table = read_table(ods(ods_row("Nombre", "Colegio") + ods_row("Ana", "Sol") + empty), "lista.ods")
    assert (table.headers, cells(table)) == (("Nombre", "Colegio"), [("Ana", "Sol")])


@pytest.mark.parametrize(
    ("value", "text"),
    [(105001008206.0, "105001008206"), (0.1, "0.1"), (True, "1"), (None, "None"), (1e300, "1e+300")],
)
def test_a_cell_becomes_the_text_that_a_person_means(value: object, text: str):
    assert cell_text(value) == text


def test_every_problem_has_a_whole_sentence_in_every_language():
    detail = {
        "headings": ["a"], "columns": ["A", "B"], "count": 2, "rows": [2], "cells": ["A2"], "sheets": ["x"], "sheet": "x",
        "encoding": "cp1252", "before": "Ã¡", "after": "á", "row": 3, "lines": 12,
    }  # fmt: skip
    for language in ("es", "en", "pt-br"):
        with translation.override(language):
            for code in SENTENCES:
                sentence = Problem(code, detail).sentence
                assert sentence.endswith((".", "…")), sentence
                assert "%(" not in sentence, sentence


@given(st.text(max_size=30))
def test_what_an_export_guards_an_import_reads_back(text: str):
    assert plain_cell(safe_cell(text)) == text


@given(st.sampled_from("=@"), st.text(min_size=1, max_size=20))
def test_an_export_never_begins_with_a_formula(sign: str, rest: str):
    assert safe_cell(sign + rest).startswith("'")


@given(
    st.lists(
        st.tuples(
            *[st.text(st.characters(codec="utf-8", categories=["L", "Nd", "Zs", "Po"]), max_size=12)] * 3
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_a_spreadsheet_wrote_is_what_is_read(rows: list[tuple[str, str, str]]):
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["Nombres", "Apellidos", "Correo"])
    writer.writerows(tuple(safe_cell(cell) for cell in row) for row in rows)
    expected = [tuple(cell.strip(" \t\r\n\u00a0").replace("\u00a0", " ") for cell in row) for row in rows]
    expected = [row for row in expected if any(row) and not any("Ã" in cell or "Â" in cell for cell in row)]
    if not expected or any("Ã" in cell or "Â" in cell for row in rows for cell in row):
        return
    table = read_table(out.getvalue().encode(), "x.csv", header_row=1)
    assert cells(table) == expected


@pytest.mark.real_data
def test_real_files_are_read_as_their_makers_meant_them():
    chile = read_table(real("schools-chile-rbd/extract_lagranja_macul_sanjoaquin.csv"))
    assert (chile.separator, chile.row_count, len(chile.headers)) == (";", 221, 56)
    medellin = read_table(real("schools-colombia-medellin/sedes_educativas.csv"))
    assert (medellin.encoding, medellin.row_count) == ("cp1252", 779)
    assert any("San Cristóbal" in row.cells for row in medellin.rows())
    divipola = read_table(real("divipola-geo/Divipola.csv"))
    assert divipola.headers[:4] == ("Código", "Nombre", "Código (2)", "Nombre (2)")
    assert next(divipola.rows()).cells[2] == "05001"
    nodes = read_table(real("educator-net-dlt/dlt1-nodes.csv"))
    assert (nodes.row_count, len(nodes.headers)) == (445, 13), "lines end with CR alone"
    women = read_table(real("attendance-southern-women/southern_women_incidence.csv"))
    assert (women.row_count, women.headers[1]) == (18, "6/27")


@pytest.mark.real_data
def test_workbooks_on_which_other_readers_fail_are_read():
    for path in real("xlsform-es-prosecnur").glob("*_inst.xlsx"):
        assert read_table(path).row_count > 20
    assert read_table(real("xlsform-pyxform/widgets.xls")).row_count == 40

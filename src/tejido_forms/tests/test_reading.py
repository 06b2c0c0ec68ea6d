"""The same form in every shape in which people bring it."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
import xlsxwriter

from tejido_forms import reading_apart
from tejido_forms.answers import begin, lay
from tejido_forms.judging import judge
from tejido_forms.problems import FormRefused
from tejido_forms.reading import read_form
from tejido_forms.reading_apart import read_form_apart
from tejido_forms.tests.forms_in_words import TICKET, form, noon

ROWS = {
    "survey": [
        ["type", "name", "label", "relevant"],
        ["integer", "n", "Number", ""],
        ["text", "t", "Text", "${n} > 1"],
    ],
    "settings": [["form_id", "version", "form_title"], ["shape", "1", "Shapes"]],
}
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def as_xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in ROWS.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def as_ods() -> bytes:
    from xml.sax.saxutils import escape

    tables = ""
    for name, rows in ROWS.items():
        lines = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        tables += f'<table:table table:name="{name}">{lines}</table:table>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", ODS.format(tables))
    return out.getvalue()


def as_csv() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for name, rows in ROWS.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_markdown() -> bytes:
    return "\n".join(
        line
        for name, rows in ROWS.items()
        for line in (f"| {name} |", *("| | " + " | ".join(row) + " |" for row in rows))
    ).encode()


SHAPES = {"xlsx": as_xlsx, "ods": as_ods, "csv": as_csv, "markdown": as_markdown}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_form_gives_the_same_form(shape: str):
    read = read_form(SHAPES[shape]())

    assert read.xform == read_form(as_xlsx()).xform
    assert (read.form_id, read.version, read.title) == ("shape", "1", "Shapes")
    assert [node.name for node in read.questions] == ["n", "t"]


def test_the_xform_that_kobo_or_central_export_is_the_form_itself():
    read = read_form(as_xlsx())

    assert read_form(read.xform).by_path.keys() == read.by_path.keys()
    assert read_form(b"\xef\xbb\xbf  " + read.xform).form_id == "shape"


def test_a_form_without_an_id_is_called_after_its_file():
    nameless = b"| survey |\n| | type | name | label |\n| | text | a | A |\n"

    assert read_form(nameless, name="Encuesta de cierre.xlsx").form_id == "encuesta_de_cierre"
    assert read_form(nameless).form_id == "data"
    assert read_form(as_xlsx(), name="other.xlsx").form_id == "shape"


def test_a_form_read_in_a_process_of_its_own_is_the_same_form():
    apart = read_form_apart(as_xlsx(), {"x.csv": b"name,label\n"}, name="x.xlsx")

    assert apart.xform == read_form(as_xlsx()).xform
    with pytest.raises(FormRefused) as refused:
        read_form_apart(b"| survey |\n| | type | name | label | Label |\n| | text | a | A | B |\n")
    assert refused.value.problems[0].code == "duplicate_heading"


def test_lists_in_files_give_their_choices():
    asked = "| survey |\n| | type | name | label |\n| | select_one_from_file schools.csv | s | School |\n"
    read = form(asked, schools=b"name,label\ns1,Uno\ns2,Dos\n")

    assert [(one.value, one.label.plain("")) for one in read.questions[0].choices] == [
        ("s1", "Uno"),
        ("s2", "Dos"),
    ]
    assert read.problems == ()
    answer = begin(read)
    answer.put(answer.at("/data/s")[0], "s3")
    assert [flag.code for flag in judge(answer, noon(read)).flags] == ["unknown_choice"]


def test_an_item_without_a_cell_is_empty_and_can_be_asked_for():
    """As on phones: an item that has no town belongs to those who named no town."""
    read = form(
        "| survey |\n| | type | name | label | choice_filter |\n| | text | town | Town | |\n| | select_one s | s | School | town = ${town} |\n"
        "| choices |\n| | list_name | name | label | town |\n| | s | s1 | Uno | t1 |\n| | s | s2 | Dos | |"
    )
    inside = "<data><town/><s>s2</s></data>"

    assert judge(lay(read, inside.encode()), noon(read)).flags == ()


def test_a_bug_in_the_converter_refuses_the_form_and_says_so(monkeypatch: pytest.MonkeyPatch, capsys):
    import json
    import sys

    def breaks(*_args, **_named):
        raise LookupError("odd")

    monkeypatch.setattr(reading_apart, "read_form", breaks)
    monkeypatch.setattr(reading_apart.resource, "setrlimit", lambda *_all: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps({"form": "", "name": "", "files": {}})))

    reading_apart.main(1, 1)

    said = json.loads(capsys.readouterr().out)
    assert (said["xform"], said["problems"][0]["detail"]) == ("", {"said": "LookupError: odd"})


def test_the_form_of_the_tests_speaks_two_languages():
    assert form(TICKET).languages == ("Español (es)", "English (en)")

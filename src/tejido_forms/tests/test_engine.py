"""A form as the full engine reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tejido_forms.engine import Stylesheets, engine_form
from tejido_forms.tests.forms_in_words import form

BUILT = Path(__file__).parents[2] / "tejido/web/static/dist/engine"
pytestmark = pytest.mark.skipif(not BUILT.exists(), reason="the front end is not built: tools/frontend.py")

LISTED = """
| survey |
| | type | name | label::Español (es) | label::English (en) | media::image::Español (es) | calculation |
| | deviceid | device | | | | |
| | select_one town | town | Municipio | Town | there.png | |
| | calculate | said | | | | jr:choice-name(${town}, '${town}') |
| | note | told | De ${said} [x](https://a.example) | From ${said} | gone.png | |
| | select_one_from_file places.csv | place | Lugar | Place | | |
| choices |
| | list_name | name | label::Español (es) | label::English (en) |
| | town | a | Aba | Abba |
| settings |
| | form_id | version |
| | listed | 1 |
"""


def shown():
    sheets = Stylesheets((BUILT / "form.xsl").read_bytes(), (BUILT / "model.xsl").read_bytes())
    definition = form(LISTED, places=b"name,label\nx,Plaza <b>\n")
    return engine_form(definition, sheets, lambda name: f"file/{name}" if name == "there.png" else "")


def test_lists_in_files_go_into_the_model_and_nothing_is_fetched():
    made = shown()
    assert "Plaza &lt;b&gt;" in made.model
    assert "jr://" not in made.model
    assert "jr://" not in made.html


def test_only_files_that_were_brought_are_shown():
    html = shown().html
    assert 'src="file/there.png"' in html
    assert "gone.png" not in html


def test_languages_go_by_their_codes_and_marks_stand_beside_values():
    made = shown()
    assert made.languages == {"es": "Español (es)", "en": "English (en)"}
    assert 'class="or-output"' in made.html
    assert '<a href="https://a.example" rel="noopener noreferrer" target="_blank">x</a>' in made.html
    assert " style=" not in made.html


def test_the_stylesheets_reach_nothing_outside():
    sheet = b"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">
      <root><form><xsl:copy-of select="document('/etc/passwd')"/></form></root></xsl:template></xsl:stylesheet>"""
    try:
        made = engine_form(form(LISTED), Stylesheets(sheet, sheet), lambda name: name).html
    except Exception as refused:  # noqa: BLE001 - whatever it is, nothing was read
        made = str(refused)
    assert "root:" not in made

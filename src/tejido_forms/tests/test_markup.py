"""What authors may write into labels, and what stays text."""

from __future__ import annotations

import re
import time

import pytest

from tejido_forms.markup import as_html, without_marks

LINK = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'

ALLOWED = [
    ("*uno* y _dos_", "<em>uno</em> y <em>dos</em>", "uno y dos"),
    ("**uno** y __dos__", "<strong>uno</strong> y <strong>dos</strong>", "uno y dos"),
    ("**uno *y* dos**", "<strong>uno <em>y</em> dos</strong>", "uno y dos"),
    (
        "## Antes ##\nUna pregunta",
        '<strong class="heading">Antes</strong>Una pregunta',
        "Antes\nUna pregunta",
    ),
    ("una\notra<br/>más", "una<br>otra<br>más", "una\notra\nmás"),
    ("[aquí](https://e.org/a_b_c?x=1&y=2)", LINK.format("https://e.org/a_b_c?x=1&amp;y=2", "aquí"), "aquí"),
    ("[**aquí**](http://e.org)", LINK.format("http://e.org", "<strong>aquí</strong>"), "aquí"),
    ('<span style="color:red">rojo</span>, H<sub>2</sub>O', "rojo, H2O", "rojo, H2O"),
    (r"\*así\* y \_así\_", "*así* y _así_", "*así* y _así_"),
]
AS_IT_STANDS = [
    "2 * 3 * 4",
    "mi_propio_nombre",
    "# ",
    "5 > 3 y 2 < 4",
    "a ** b",
    "[sin enlace]",
    "(así)",
    "100 #1",
]
HOSTILE = [
    "[aquí](javascript:alert(1))",
    "[aquí](JaVaScRiPt:alert(1))",
    "[aquí](data:text/html,<script>alert(1)</script>)",
    "[aquí](//e.org)",
    "[aquí](vbscript:x)",
    '[aquí](https://e.org/"onmouseover=alert(1))',
    "[aquí](https://e.org/'onmouseover=alert(1))",
    "[aquí](&#106;avascript:alert(1))",
    "[<img src=x onerror=alert(1)>](https://e.org)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<span onclick="alert(1)">aquí</span>',
    "<sp<span>an onclick=alert(1)>aquí",
    "<a href='javascript:alert(1)'>aquí</a>",
    "\ue0000\ue000 **\ue0001\ue000**",
    "*[a*](https://e.org)",
]
MADE_HERE = re.compile(
    r'</?(?:strong|em)>|<strong class="heading">|<br>|</a>'
    r'|<a href="https?://[^"<>]*" target="_blank" rel="noopener noreferrer">'
)


@pytest.mark.parametrize(("text", "html", "bare"), ALLOWED)
def test_what_is_allowed_shows_and_can_be_left_out(text: str, html: str, bare: str):
    assert as_html(text) == html
    assert without_marks(text) == bare


@pytest.mark.parametrize("text", AS_IT_STANDS)
def test_what_is_no_mark_stays_as_it_stands(text: str):
    assert as_html(text) == text.replace(">", "&gt;").replace("<", "&lt;")
    assert without_marks(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_reaches_the_page_but_what_is_made_here(text: str):
    rest = MADE_HERE.sub("", as_html(text))
    assert "<" not in rest
    assert ">" not in rest
    assert '"' not in rest


@pytest.mark.parametrize("piece", ["**a ", "*a ", "_a ", "[a](", "# ", "\\", "__a", "[", "<span ", "&"])
def test_long_texts_are_read_in_a_moment(piece: str):
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    as_html(text)
    without_marks(text)
    assert time.process_time() - began < 2

from __future__ import annotations

import base64
import hashlib
import json
import zlib

import pytest

from tejido_forms import openrosa
from tejido_forms.openrosa import Offered, OfferedFile
from tejido_forms.xml import local, parse


def test_the_list_holds_what_phones_need_in_the_namespace_that_they_know():
    form = Offered(
        "ticket", 'Salida <"&> ${x}', "3", openrosa.md5_of(b"form"), "https://x.org/f/1", "https://x.org/m/1"
    )

    root = parse(openrosa.form_list([form]))

    assert root.tag == "{http://openrosa.org/xforms/xformsList}xforms"
    assert {local(one): one.text for one in root[0]} == {
        "formID": "ticket",
        "name": 'Salida <"&> ${x}',
        "version": "3",
        "hash": "md5:" + hashlib.md5(b"form").hexdigest(),
        "downloadUrl": "https://x.org/f/1",
        "manifestUrl": "https://x.org/m/1",
    }


def test_an_empty_list_is_a_list():
    assert len(parse(openrosa.form_list([]))) == 0


@pytest.mark.parametrize("lacking", ["form_id", "name", "md5", "download_url"])
def test_a_form_that_would_make_the_whole_list_unusable_cannot_be_offered(lacking: str):
    whole = {"form_id": "f", "name": "F", "version": "", "md5": "md5:0", "download_url": "https://x.org"}

    with pytest.raises(ValueError, match="needs"):
        Offered(**{**whole, lacking: ""})


def test_files_are_offered_by_plain_names_only():
    root = parse(
        openrosa.manifest([OfferedFile("people.csv", openrosa.md5_of(b"x"), "https://x.org/people.csv")])
    )

    assert root.tag == "{http://openrosa.org/xforms/xformsManifest}manifest"
    assert [local(one) for one in root[0]] == ["filename", "hash", "downloadUrl"]
    with pytest.raises(ValueError, match="plain name"):
        OfferedFile("../people.csv", "md5:0", "https://x.org")


def test_the_answer_to_a_submission_is_a_sentence_that_the_phone_shows():
    root = parse(openrosa.response("¡Gracias!\x00"))

    assert root.tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    assert (root[0].text, root[0].get("nature")) == ("¡Gracias!", "submit_success")


def test_the_settings_code_is_what_collect_unpacks():
    told = openrosa.settings("https://x.org/c/abc/", project="Red Ñuble", user="Ana")

    code = openrosa.settings_code(told)

    assert json.loads(zlib.decompress(base64.b64decode(code))) == told == openrosa.settings_from(code)
    assert told["general"]["server_url"] == "https://x.org/c/abc"
    assert "password" not in json.dumps(told)
    assert len(code) < 400  # fits a code that a poor camera reads


def test_other_codes_and_bombs_are_no_settings():
    bomb = base64.b64encode(zlib.compress(b'{"a":"' + b"x" * 10_000_000 + b'"}')).decode()
    for code in ("https://x.org", "", base64.b64encode(b"x").decode(), bomb):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, it is refused
            openrosa.settings_from(code)

"""ODK Collect on a real server: what its source says it does, done here, on `tejido serve`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.protocols.installation import Installation, served
from tests.protocols.phone import Collect, Refused
from tests.protocols.world import SCHOOLS

pytestmark = pytest.mark.slow
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82"


class Red:
    """A network in a running installation."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.told: dict[str, Any] = self.ask("begin()")

    def ask(self, call: str, **given: Any) -> Any:
        return self.installation.ask(f"from tests.protocols.world import *\nanswer = {call}", **given)

    def phone(self, whose: str) -> Collect:
        return Collect.scanning(self.told[whose]["code"])

    def give(self, form: str, **terms: Any) -> dict[str, Any]:
        return self.ask(
            "give(given['form'], given['node'], **given['terms'])",
            form=form,
            node=self.told["node"],
            terms=terms,
        )

    def answers(self, to: dict[str, Any]) -> list[dict[str, Any]]:
        return self.ask("answers(collection=given['to'])", to=to["pk"])


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with served(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def red(installation: Installation) -> Red:
    return Red(installation)


def filled(
    to: dict[str, Any], inner: str = "<useful>no</useful>", name: str = "", root: str = "data"
) -> bytes:
    """An answer as the phone writes it."""
    return (
        f'<?xml version=\'1.0\' ?><{root} id="{to["form_id"]}" version="{to["version"]}" '
        f'xmlns:orx="http://openrosa.org/xforms">{inner}<orx:meta><orx:instanceID>{name or new_id()}'
        f"</orx:instanceID></orx:meta></{root}>"
    ).encode()


def new_id() -> str:
    return f"uuid:{uuid.uuid4()}"


def photographs(number: int) -> tuple[str, dict[str, bytes]]:
    """So many photographs: what the answer says, and the files."""
    names = [f"{1_700_000_000_000 + one}.png" for one in range(number)]
    inside = "".join(f"<photos><photo>{name}</photo></photos>" for name in names)
    return f"<school>e1</school>{inside}", {name: PNG + bytes([one % 256]) for one, name in enumerate(names)}


def test_a_phone_is_set_up_by_a_code_and_fetches_the_forms_that_wait_for_its_owner(red):
    ticket, visit = red.give("ticket"), red.give("visit", many=True)

    ana, rosa = red.phone("ana"), red.phone("rosa")

    assert {one.form_id for one in ana.forms()} == {"ticket", "visita"}
    assert {one.form_id for one in rosa.forms()} == {"visita"}  # not asked, but she observes
    form = ana.download(next(one for one in ana.forms() if one.form_id == visit["form_id"]))
    assert form.version == visit["version"]
    assert b"<h:title>Visita</h:title>" in form.xform
    assert form.media == {"schools.csv": SCHOOLS}
    assert ana.download(ana.forms()[0]).xform
    red.ask("turn('close', given['pk'])", pk=ticket["pk"])
    assert {one.form_id for one in ana.forms()} == {"visita"}


def test_an_answer_arrives_once_however_often_it_is_sent(red):
    ticket, ana = red.give("ticket"), red.phone("ana")
    xml = filled(ticket)

    first, again = ana.send(xml), ana.send(xml)

    assert [one.status for one in (*first, *again)] == [201, 201]
    assert [(one["state"], one["values"], one["person"]) for one in red.answers(ticket)] == [
        ("accepted", ["no"], red.told["ana"]["person"])
    ]


def test_the_same_id_with_other_content_is_kept_beside_the_first(red):
    ticket, ana, name = red.give("ticket"), red.phone("ana"), new_id()

    for word in ("no", "si"):
        assert ana.send(filled(ticket, f"<useful>{word}</useful>", name))[0].status == 201

    assert sorted((one["state"], one["values"]) for one in red.answers(ticket)) == [
        ("accepted", ["no"]),
        ("conflict", ["si"]),
    ]


def test_twelve_posts_of_one_answer_at_once_make_one_row(red):
    ticket, ana = red.give("ticket"), red.phone("ana")
    xml = filled(ticket)

    with ThreadPoolExecutor(12) as crowd:
        replies = list(crowd.map(lambda _number: ana.post(xml, {}), range(12)))

    assert [one.status for one in replies] == [201] * 12
    assert [(one["state"], one["flags"]) for one in red.answers(ticket)] == [("accepted", [])]


def test_a_hundred_and_one_files_come_in_one_post_and_more_in_several(red):
    visit, ana = red.give("visit", many=True), red.phone("ana")
    inside, files = photographs(101)
    one = ana.send(filled(visit, inside), files)
    inside, more = photographs(150)
    two = ana.send(filled(visit, inside), more)

    assert [reply.status for reply in one] == [201]
    assert [reply.status for reply in two] == [202, 201]
    assert sorted(len(kept["files"]) for kept in red.answers(visit)) == [101, 150]


def test_a_large_answer_comes_in_parts_and_its_files_are_put_together_again(red):
    visit, ana = red.give("visit", many=True), red.phone("ana")
    files = {f"{number}.png": PNG + bytes(4_000_000) for number in range(4)}
    inside = "<school>e2</school>" + "".join(f"<photos><photo>{name}</photo></photos>" for name in files)

    replies = ana.send(
        filled(visit, inside + "<meta><audit>audit.csv</audit></meta>"), files | {"audit.csv": b"event\n"}
    )

    assert [reply.status for reply in replies] == [202, 201]
    assert [kept["files"] for kept in red.answers(visit)] == [
        ["0.png", "1.png", "2.png", "3.png", "audit.csv"]
    ]


def test_a_body_without_its_length_is_read_whole(red):
    visit, ana = red.give("visit", many=True), red.phone("ana")
    inside, files = photographs(3)

    assert ana.send(filled(visit, inside), files, chunked=True)[0].status == 201

    assert [len(kept["files"]) for kept in red.answers(visit)] == [3]


def test_an_answer_without_an_id_is_known_by_its_content(red):
    ticket, ana = red.give("ticket"), red.phone("ana")
    bare = filled(ticket, name="x").replace(b"<orx:instanceID>x</orx:instanceID>", b"")

    assert [ana.send(bare)[0].status for _ in range(2)] == [201, 201]

    (kept,) = red.answers(ticket)
    assert kept["id"].startswith("hash:")


def test_what_the_form_forbids_and_what_comes_after_the_closing_is_kept(red):
    ticket, ana = red.give("ticket", many=True), red.phone("ana")
    forged = ana.send(filled(ticket, "<useful>quizas</useful><mark>99999</mark><never>asked</never>"))
    red.ask("turn('close', given['pk'])", pk=ticket["pk"])
    late = ana.send(filled(ticket))

    assert (forged[0].status, late[0].status) == (201, 201)
    kept = red.answers(ticket)
    assert sorted(one["state"] for one in kept) == ["flagged", "late"]
    flagged = next(one for one in kept if one["state"] == "flagged")
    assert {"unknown_choice", "unknown_node", "not_relevant"} <= set(flagged["flags"])
    assert "después del cierre" in late[0].message  # in the language of the community


def test_somebody_who_is_not_asked_is_not_counted(red):
    """Rosa coordinates and is in no node: what her phone sends to a ticket for the node is kept, and somebody decides."""
    ticket, rosa = red.give("ticket"), red.phone("rosa")

    assert rosa.send(filled(ticket))[0].status == 201

    assert [(one["state"], one["flags"]) for one in red.answers(ticket)] == [("conflict", ["not_asked"])]


def test_an_anonymous_answer_from_a_phone_carries_no_name(red):
    asked, ana = red.give("phone", anonymous=True), red.phone("ana")
    inside = (
        "<start>2026-03-04T10:11:12.131-05:00</start><deviceid>collect:AbCdEf</deviceid><word>hola</word>"
    )

    assert ana.send(filled(asked, inside))[0].status == 201

    (kept,) = red.answers(asked)
    assert kept["person"] is None
    assert "AbCdEf" not in kept["xml"]
    assert "10:11" not in kept["xml"]


BOMB = b'<!DOCTYPE a [<!ENTITY b "0123456789"><!ENTITY c "&b;&b;&b;&b;">]><data id="ticket" version="1">&c;</data>'
XXE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><data id="ticket" version="1"><give>&b;</give></data>'


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (BOMB, 400),
        (XXE, 400),
        (b"<a>" * 5_000, 400),
        (b"no xml", 400),
        (b"", 400),
        (b'<data id="ticket">' + b" " * 3_000_000 + b"</data>", 400),
        (b'<data id="nobody-knows"/>', 404),
    ],
    ids=["bomb", "xxe", "deep", "broken", "empty", "three megabytes", "unknown form"],
)
def test_what_is_no_answer_is_refused_in_words_and_stays_on_the_phone(red, xml, status):
    ticket, ana = red.give("ticket"), red.phone("ana")
    with pytest.raises(Refused) as refused:
        ana.send(xml)
    assert refused.value.status == status
    assert len(refused.value.words) > 20
    assert red.answers(ticket) == []
    assert ana.send(filled(ticket))[0].status == 201  # the server is as it was


def test_a_post_without_an_answer_or_that_breaks_off_is_refused_in_words(red):
    ana = red.phone("ana")
    for parts in (
        [("photo.png", "photo.png", "image/png", PNG)],
        [("a", f"{n}.png", "image/png", PNG) for n in range(140)],
    ):
        reply = ana.post_parts(parts)
        assert (reply.status, bool(reply.message)) == (400, True)
    broken = ana.request(
        "POST", f"{ana.server}/submission", body=b"--x", headers={"Content-Type": "multipart/form-data"}
    )
    assert (broken.status, bool(broken.message)) == (400, True)


def test_names_of_files_never_lead_anywhere_and_only_those_of_the_answer_are_kept(red):
    visit, ana = red.give("visit", many=True), red.phone("ana")
    inside = "<photos><photo>../../evil.png</photo></photos><photos><photo>good.png</photo></photos>"
    files = {"../../evil.png": PNG, "good.png": PNG, "never-named.png": PNG, "/etc/passwd": b"x"}

    assert ana.send(filled(visit, inside), files)[0].status == 201

    assert [one["files"] for one in red.answers(visit)] == [["good.png"]]


def test_a_code_that_was_taken_back_shuts_every_door_in_words_and_a_new_one_sends_what_waited(red):
    ticket, ana = red.give("ticket"), red.phone("ana")
    waiting = filled(ticket)
    form = ana.forms()[0]
    red.ask("revoke(given['phone'])", phone=red.told["ana"]["phone"])

    for url in (f"{ana.server}/formList", form.download_url, form.manifest_url):
        reply = ana.get(url)
        assert (reply.status, len(reply.message) > 20) == (403, True)
    assert ana.request("HEAD", f"{ana.server}/submission").status == 403
    assert ana.post(waiting, {}).status == 403
    assert red.answers(ticket) == []

    new = red.ask("code_for(Person.objects.get(pk=given['ana']), make.Community.objects.get(pk=given['node']))",
                  ana=red.told["ana"]["person"], node=red.told["node"])  # fmt: skip
    assert Collect.scanning(new["code"]).send(waiting)[0].status == 201
    assert len(red.answers(ticket)) == 1


def test_a_withdrawn_form_refuses_also_what_was_filled_in_before(red):
    ticket, ana = red.give("ticket"), red.phone("ana")
    red.ask("turn('withdraw', given['pk'])", pk=ticket["pk"])
    assert ana.forms() == []
    with pytest.raises(Refused) as refused:
        ana.send(filled(ticket))
    assert refused.value.status == 403


def test_no_form_of_others_can_be_fetched(red, installation):
    other = Red(installation)
    theirs = other.give("ticket")
    ana = red.phone("ana")
    for place in ("form.xml", "manifest.xml", "files/schools.csv"):
        assert ana.get(f"{ana.server}/forms/{theirs['pk']}/{place}").status == 404
    assert ana.get(f"{installation.url}/collect/nobody/formList").status == 403


def test_the_command_makes_a_code_for_somebody_and_prints_what_collect_reads(
    red, installation, tmp_path: Path
):
    import json
    import subprocess

    from tejido.foundation.tests.running import command

    red.give("ticket")
    given = ["collect-settings", str(red.told["node"]), "--person", red.told["ana"]["email"], "--json"]
    ended = subprocess.run(
        command(*given, "--picture", str(tmp_path / "code.svg")),
        env=installation.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    told = json.loads(ended.stdout)
    assert told["project"]["name"] == "Nodo Agua"
    assert "<svg" in (tmp_path / "code.svg").read_text()
    assert [one.form_id for one in Collect(told["general"]["server_url"]).forms()] == ["ticket"]

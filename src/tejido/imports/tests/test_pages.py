"""The pages on which a coordinator brings her lists, with and without JavaScript."""

from __future__ import annotations

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tejido.communities.models import Membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person, School
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory
from tejido.foundation.tables.tests.samples import xlsx, zipped
from tejido.gatherings.models import Attendance, Gathering
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.tests.samples import LIST, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(cast, client):
    client.force_login(cast.rosa)
    return client


def upload(client, cast, data: bytes, name: str = "lista.csv", kind: str = "people"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("imports:bring", args=[cast.network.pk]), {"file": file, "kind": kind})


def confirm(client, run: ImportRun, **fields: str):
    """Press the button below the columns as they are shown, with some of them changed."""
    sent = {f"field-{column.position}": column.field for column in run.columns.all()}
    sent |= {f"word-{word.pk}": word.status for word in run.words.all()}
    return client.post(reverse("imports:columns", args=[run.pk]), {**sent, **fields}, follow=True)


def test_a_coordinator_brings_a_list_from_file_to_people_and_back(rosa, cast):
    answer = upload(rosa, cast, LIST.encode())
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == reverse("imports:columns", args=[run.pk])
    columns = rosa.get(answer.headers["Location"]).content.decode()
    assert "MARÍA JOSÉ" in columns
    assert '<option value="given_names" selected>' in columns

    review = confirm(rosa, run).content.decode()
    assert "To add: 3" in review
    assert "María José Peña Núñez" in review
    assert "will be added." in review, "the new school is said"

    done = rosa.post(reverse("imports:apply", args=[run.pk]), follow=True).content.decode()
    assert "It is in. Added: 3" in done
    assert Person.objects.filter(list_code="007").exists()

    undone = rosa.post(reverse("imports:undo", args=[run.pk]), follow=True).content.decode()
    assert "everything is as it was before" in undone
    assert not Person.objects.filter(list_code="007").exists()
    history = rosa.get(reverse("imports:lists", args=[cast.network.pk])).content.decode()
    assert "lista.csv" in history and "Undone" in history


def test_a_column_is_corrected_by_hand(rosa, cast):
    upload(rosa, cast, "Quién;Correo\nAna Paz;a@x.org\n".encode())
    run = ImportRun.objects.get()
    page = confirm(rosa, run, **{"field-0": "full_name"}).content.decode()
    assert "Ana Paz" in page
    answer = confirm(rosa, run, **{"field-1": "full_name"}).content.decode()
    assert "both said to be the same thing" in answer


def likely(cast) -> tuple[Person, ImportRun]:
    school = SchoolFactory(name="Institución Educativa Sol")
    known = PersonFactory(given_names="Ana", family_names="Paz Ríos")
    PostFactory(person=known, school=school)
    MembershipFactory(community=cast.network, person=known)
    return known, bring("Nombre;Colegio\nPAZ RIOS, ANA;I.E. Sol\nEva Gil;I.E. Sol\n", cast)


def test_a_proposal_is_decided_with_a_tap_or_with_a_form(rosa, cast):
    known, run = likely(cast)
    row = run.rows.get(number=2)
    page = rosa.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert "It is Ana Paz Ríos" in page and "same name, same school" in page
    assert "Bring it in" not in page, "first everything is decided"

    def tap(decision: str):
        return rosa.post(
            reverse("imports:decide", args=[row.pk]), {"decision": decision}, headers={"HX-Request": "true"}
        )

    last = tap(f"same:{known.pk}")
    assert last.headers["HX-Refresh"] == "true", "nothing is open any more: the page says what comes next"
    again = tap("skip")
    assert again.content.decode().strip().startswith(f'<li id="row-{row.pk}"')
    assert "HX-Refresh" not in again.headers
    form = rosa.post(reverse("imports:decide", args=[row.pk]), {"decision": "new"})
    assert form.headers["Location"].endswith(f"#row-{row.pk}")
    assert run.rows.get(number=2).decision == "new"
    assert "Bring it in" in rosa.get(reverse("imports:run", args=[run.pk])).content.decode()


def test_all_proposals_are_decided_at_once(rosa, cast):
    known, run = likely(cast)
    page = rosa.post(
        reverse("imports:decide_all", args=[run.pk]),
        {"finding": "likely", "decision": "same-sure"},
        follow=True,
    )
    assert "1 row is decided." in page.content.decode()
    assert run.rows.get(number=2).target_id == known.pk


def test_rows_are_filtered_by_what_was_found(rosa, cast):
    _known, run = likely(cast)
    address = reverse("imports:run", args=[run.pk])
    assert "Eva Gil" not in rosa.get(address).content.decode(), "first what waits for a decision"
    assert "Eva Gil" in rosa.get(address, {"show": "new"}).content.decode()
    assert "Eva Gil" in rosa.get(address, {"show": "all"}).content.decode()


def test_attendance_is_brought_with_its_words_shown(rosa, cast):
    upload(rosa, cast, b"Nombre;01/03/2024\nAna Paz;P\nEva Gil;x\n", kind="attendance")
    run = ImportRun.objects.get()
    columns = rosa.get(reverse("imports:columns", args=[run.pk])).content.decode()
    assert "What the marks mean" in columns and "«P»" in columns and "Guessed" in columns
    word = run.words.get(word="x")
    review = confirm(rosa, run, **{f"word-{word.pk}": "excused"}).content.decode()
    assert "Gathering of 1 March 2024" in review
    rosa.post(reverse("imports:apply", args=[run.pk]))
    assert Attendance.objects.get(person__given_names="Eva").status == "excused"
    staged = run.gatherings.get()
    assert staged.gathering == Gathering.objects.get()


def test_a_gathering_can_be_left_out(rosa, cast):
    run = bring("Nombre;01/03/2024;08/03/2024\nAna Paz;P;A\nEva Gil;P;P\n", cast, kind="attendance")
    staged = run.gatherings.first()
    rosa.post(reverse("imports:decide_gathering", args=[staged.pk]), {"leave_out": "1"})
    services.apply_run(run, actor=cast.rosa)
    assert Gathering.objects.count() == 1


def test_schools_are_brought_beside_any_community(rosa):
    file = SimpleUploadedFile("colegios.csv", "Código;Nombre\n123;Sol\n".encode())
    rosa.post(reverse("imports:bring_schools"), {"file": file, "kind": "schools", "profile": ""})
    run = ImportRun.objects.get()
    confirm(rosa, run)
    rosa.post(reverse("imports:apply", args=[run.pk]))
    assert School.objects.get().code == "123"
    assert "colegios.csv" in rosa.get(reverse("imports:school_lists")).content.decode()


def test_a_list_can_be_forgotten_before_it_is_brought_in(rosa, cast):
    run = bring(LIST, cast)
    page = rosa.post(reverse("imports:discard", args=[run.pk]), follow=True).content.decode()
    assert "Nothing was changed" in page
    assert not ImportRun.objects.exists()
    applied = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    rosa.post(reverse("imports:discard", args=[applied.pk]))
    assert ImportRun.objects.filter(pk=applied.pk).exists(), "what is in is undone, not forgotten"


def test_progress_is_shown_until_the_page_can_go_on(rosa, cast):
    run = bring(LIST, cast)
    ImportRun.objects.filter(pk=run.pk).update(state="applying", done=1, total=3)
    page = rosa.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert "1 of 3 rows" in page and "Stop" in page
    assert "hx-get" in rosa.get(reverse("imports:progress", args=[run.pk])).content.decode()
    stopped = rosa.post(reverse("imports:stop", args=[run.pk]), follow=True).content.decode()
    assert "It was stopped" in stopped
    assert rosa.get(reverse("imports:progress", args=[run.pk])).headers["HX-Redirect"] == reverse(
        "imports:run", args=[run.pk]
    )
    assert "It is in" in rosa.post(reverse("imports:resume", args=[run.pk]), follow=True).content.decode()


def test_the_way_in_is_shown_to_those_who_may(cast, client):
    for who, seen in [("rosa", True), ("ines", True), ("ana", False)]:
        client.force_login(getattr(cast, who))
        for page in ("communities:people", "gatherings:list"):
            shown = (
                reverse("imports:bring", args=[cast.node.pk])
                in client.get(reverse(page, args=[cast.node.pk])).content.decode()
            )
            assert shown is seen, (who, page)


@pytest.mark.parametrize(
    ("who", "status"),
    [("rosa", 200), ("tomas", 200), ("ines", 404), ("ana", 404), ("sole", 404), ("ze", 404)],
)
def test_who_may_see_an_import_of_people(cast, client, who, status):
    run = bring(LIST, cast)
    client.force_login(getattr(cast, who))
    assert client.get(reverse("imports:run", args=[run.pk])).status_code == status
    assert client.post(
        reverse("imports:decide", args=[run.rows.first().pk]), {"decision": "skip"}
    ).status_code in {302, status}


def test_strangers_are_asked_to_sign_in(cast, client):
    assert client.get(reverse("imports:bring", args=[cast.network.pk])).status_code == 302


@pytest.mark.parametrize("rows", [5, 45])
def test_a_page_of_findings_takes_few_queries_however_many_rows(
    rosa, cast, rows, django_assert_max_num_queries
):
    school = SchoolFactory(name="Sol")
    for number in range(rows):
        person = PersonFactory(given_names=f"Ana{number}", family_names="Paz Ríos")
        PostFactory(person=person, school=school)
        MembershipFactory(community=cast.network, person=person)
    text = "Nombre;Colegio\n" + "".join(f"Ana{number} Paz Ríos;Sol\n" for number in range(rows))
    run = bring(text, cast)
    assert run.rows.filter(finding="likely").count() == rows
    with django_assert_max_num_queries(12):
        rosa.get(reverse("imports:run", args=[run.pk]))


BOOK = xlsx({"A": [["Nombre", "Correo"], ["Ana Paz", "a@x.org"]]})
BOMB = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"<row/>" * 40_000_000})
HOSTILE = {
    "an empty file": (b"", "is empty"),
    "headings without a row": (b"Nombre;Correo\n", "is empty"),
    "ten megabytes of nonsense": (
        random.Random(5).randbytes(10_000_000),
        "no text that can be read as a table",
    ),
    "letters without end": (b"x" * 10_000_000, "more than 10"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(2_000), "is not a table but JPEG"),
    "a workbook that swells": (BOMB, "swells to far more"),
    "half a workbook": (BOOK[:900], "cannot be opened"),
    "columns that nobody knows": (b"zzz;qqq\n1;2\n", "None of the columns"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_bad_input_gets_a_sentence_on_the_page_and_changes_nothing(rosa, cast, case):
    data, sentence = HOSTILE[case]
    before = Person.objects.count(), Membership.objects.count()
    answer = upload(rosa, cast, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert (Person.objects.count(), Membership.objects.count()) == before


def test_a_list_in_an_old_encoding_is_read_and_said(rosa, cast):
    upload(rosa, cast, LIST.encode("cp1252"))
    page = rosa.get(reverse("imports:columns", args=[ImportRun.objects.get().pk])).content.decode()
    assert "PEÑA NÚÑEZ" in page and "it was read as cp1252" in page


def test_formulas_repeated_headings_and_doubles_are_said_on_the_page(rosa, cast):
    text = 'Nombre;Correo;Correo\n"=cmd|calc";a@x.org;\nAna Paz;b@x.org;\nAna Paz;b@x.org;\n'
    upload(rosa, cast, text.encode())
    run = ImportRun.objects.get()
    page = rosa.get(reverse("imports:columns", args=[run.pk])).content.decode()
    assert "carry the same heading" in page and "never" in page
    review = confirm(rosa, run).content.decode()
    assert "The same person as in row 3" in review


def test_everything_reads_in_spanish_and_portuguese(cast, client):
    run = bring(LIST, cast)
    for language in ("es", "pt-br"):
        cast.rosa.language = language
        cast.rosa.save()
        client.force_login(cast.rosa)
        page = client.get(reverse("imports:run", args=[run.pk])).content.decode()
        assert "What will change" not in page
        assert "To add" not in page

"""Lists of ties: who asks, answers, works with or accompanies whom."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from tejido.communities.models import Membership, RecordedTie
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.tables.columns import recognise_columns
from tejido.foundation.tables.reading import read_table
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.selectors import found_rows
from tejido.imports.tests.samples import bring, rows_of

pytestmark = pytest.mark.django_db
NAMES = (
    "Quién pide;A quién;Tipo;Veces;Fecha\n"
    "Ana Paz Ríos;Eva Gil Mora;consejo;3;01/03/2024\n"
    "Eva Gil Mora;Ana Paz Ríos;acompaña;;\n"
    "Sol Vera;ANA PAZ RÍOS;;;\n"
)
CODES = "sender,receiver,timestamp\n17,4,2013-04-04\n4,17,2013-04-04\n17,4,2013-04-04\n17,17,2013-04-05\n"


def ties() -> set[tuple[str, str, str, float, str]]:
    rows = RecordedTie.objects.values_list(
        "source__given_names", "target__given_names", "kind", "weight", "day"
    )
    return {(*row, day.isoformat() if day else "") for *row, day in rows}


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Quién pide;A quién;Tipo de vínculo;Veces;Fecha",
            ["source", "target", "tie_kind", "weight", "date"],
        ),
        ("From;To;Kind;Weight;Date", ["source", "target", "tie_kind", "weight", "date"]),
        ("De;Para;Tipo de relação;Peso;Data", ["source", "target", "tie_kind", "weight", "date"]),
        ("Sender;Receiver;Timestamp;Title;Category", ["source", "target", "date", None, None]),
        ("uno;otro;fecha", ["source", "target", "date"]),
    ],
)
def test_columns_are_recognised_in_three_languages(headings, fields):
    width = headings.count(";")
    table = read_table(f"{headings}\n{';'.join(['2024-03-01'] * (width + 1))}\n".encode(), "lista.csv")
    assert [guess.field for guess in recognise_columns(table, "ties")] == fields


def test_a_list_by_name_brings_its_people_as_guests_and_its_ties(cast):
    run = bring(NAMES, cast, kind="ties", tie_kind="worked")
    assert [one.name for one in rows_of(run) if one.row.decision == "new"] == [
        "Ana Paz Ríos",
        "Eva Gil Mora",
        "Sol Vera",
    ]
    members = Membership.objects.count()
    services.apply_run(run, actor=cast.rosa)
    assert ties() == {
        ("Ana", "Eva", "advice", 3.0, "2024-03-01"),
        ("Eva", "Ana", "accompanied", 1.0, ""),
        ("Sol", "Ana", "worked", 1.0, ""),
    }
    assert Membership.objects.count() == members, "who is only on a list of ties is a guest, not a member"
    entry = JournalEntry.objects.get(fact="imports.applied")
    assert entry.payload["new"] == 3
    assert "Ana" not in str(list(JournalEntry.objects.values_list("payload", flat=True)))


def test_numbers_are_codes_and_name_whoever_has_no_other_name(cast):
    run = bring(CODES, cast, kind="ties", tie_kind="replied")
    services.apply_run(run, actor=cast.rosa)
    assert ties() == {("17", "4", "replied", 2.0, "2013-04-04"), ("4", "17", "replied", 1.0, "2013-04-04")}
    assert set(Person.objects.filter(list_code__in=["17", "4"]).values_list("given_names", flat=True)) == {
        "17",
        "4",
    }
    notes = {note["code"] for row in run.rows.all() for note in row.notes}
    assert "tie_with_oneself" in notes


def test_members_are_known_by_code_and_email_whatever_they_are_called(cast):
    ana = PersonFactory(given_names="Ana", family_names="Paz", list_code="17")
    eva = PersonFactory(given_names="Eva", family_names="Gil")
    for one in (ana, eva):
        MembershipFactory(community=cast.node, person=one)
    ContactPoint.objects.create(person=eva, kind="email", value="eva@escuela.cl")
    before = Person.objects.count()
    run = bring("De;A\n17;Eva@Escuela.cl\n", cast, kind="ties", tie_kind="advice")
    assert [row.finding for row in run.rows.order_by("number")] == ["known", "known"]
    services.apply_run(run, actor=cast.rosa)
    assert ties() == {("Ana", "Eva", "advice", 1.0, "")}
    assert Person.objects.count() == before


def test_a_name_alone_is_proposed_and_one_decision_holds_for_every_line(cast):
    ana = PersonFactory(given_names="Ana", family_names="Paz Ríos")
    MembershipFactory(community=cast.network, person=ana)
    run = bring(NAMES, cast, kind="ties")
    assert found_rows(run, finding="likely").count() == 1
    with pytest.raises(Refusal):
        services.apply_run(run, actor=cast.rosa)
    services.decide_all(run, "likely", "same", actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert ana.ties_from.count() == 1 and ana.ties_to.count() == 2


def test_who_is_left_out_takes_her_ties_along(cast):
    run = bring(NAMES, cast, kind="ties")
    sol = next(one.row for one in rows_of(run) if one.name == "Sol Vera")
    services.decide_row(sol, "skip", actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    assert RecordedTie.objects.count() == 2
    assert not Person.objects.filter(given_names="Sol").exclude(user=None).exists()
    assert not Person.every.filter(given_names="Sol", family_names="Vera", user=None).exists()


def test_pairs_without_weight_are_no_ties_and_unknown_kinds_are_said(cast):
    text = "From;To;Kind;Outcome\nA1;A2;envy;1\nA2;A1;advice;0\nA1;A3;advice;-2\nA3;A1;advice;often\n"
    run = bring(text, cast, kind="ties", tie_kind="advice")
    said = {one.row.line: " ".join(one.sentences) for one in rows_of(run) if one.sentences}
    assert "«envy» is not known" in said[2]
    assert "without weight" in said[3] and "without weight" in said[4]
    assert "counts once" in said[5]
    services.apply_run(run, actor=cast.rosa)
    assert {(a, b) for a, b, *_rest in ties()} == {("A1", "A2"), ("A3", "A1")}


def test_an_address_of_nobody_known_is_said_and_its_tie_left_out(cast):
    run = bring("De;A\nAna Paz Ríos;nadie@escuela.cl\n", cast, kind="ties")
    said = " ".join(sentence for one in rows_of(run) for sentence in one.sentences)
    assert "No name" in said and "One of the two people is not known" in said
    services.apply_run(run, actor=cast.rosa)
    assert not RecordedTie.objects.exists()


def test_the_same_list_again_changes_nothing(cast):
    services.apply_run(bring(NAMES, cast, kind="ties"), actor=cast.rosa)
    before = ties(), Person.every.count()
    run = bring(NAMES, cast, kind="ties")
    services.apply_run(run, actor=cast.rosa)
    assert (ties(), Person.every.count()) == before
    assert JournalEntry.objects.filter(fact="communities.ties_recorded").count() == 1
    assert {one.row.finding for one in rows_of(run)} == {"known"}


def test_undoing_takes_ties_and_guests_away_and_leaves_what_was_there(cast):
    services.apply_run(bring("De;A\n1;2\n", cast, kind="ties"), actor=cast.rosa)
    before = ties(), Person.every.count()
    run = bring("De;A\n1;3\n3;2\n", cast, kind="ties")
    services.apply_run(run, actor=cast.rosa)
    assert RecordedTie.objects.count() == 3
    services.undo_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDONE
    assert (ties(), Person.every.count()) == before


def test_undoing_is_refused_where_a_guest_has_come_since(cast):
    run = bring(NAMES, cast, kind="ties")
    services.apply_run(run, actor=cast.rosa)
    ana = Person.objects.get(given_names="Ana", family_names="Paz Ríos")
    was_at(GatheringFactory(community=cast.network), ana)
    with pytest.raises(Refusal, match="Ana Paz"):
        services.undo_run(run, actor=cast.rosa)
    assert RecordedTie.objects.count() == 3


def test_undoing_is_refused_where_another_list_ties_a_guest_since(cast):
    run = bring("De;A\n1;2\n", cast, kind="ties")
    services.apply_run(run, actor=cast.rosa)
    services.apply_run(bring("De;A\n2;3\n", cast, kind="ties"), actor=cast.rosa)
    with pytest.raises(Refusal) as refused:
        services.undo_run(run, actor=cast.rosa)
    assert refused.value.code == "later_changes"


@pytest.mark.parametrize(("who", "may"), [("rosa", True), ("tomas", True), ("ines", False), ("ana", False)])
def test_who_brings_ties(cast, who, may):
    actor = getattr(cast, who)
    if may:
        assert services.stage_file(
            NAMES.encode(), "lista.csv", "ties", actor=actor, community=cast.network
        ).pk
    else:
        with pytest.raises(NotAllowed):
            services.stage_file(NAMES.encode(), "lista.csv", "ties", actor=actor, community=cast.network)
        assert not ImportRun.objects.exists()


def test_without_two_columns_of_people_there_is_no_tie(cast):
    run = bring("De;Cosa\nAna Paz;x\n", cast, kind="ties", match=False)
    run.columns.filter(field="target").update(field="")
    with pytest.raises(Refusal) as refused:
        services.match_rows(run, actor=cast.rosa)
    assert refused.value.code == "nobody_named"


def test_a_kind_that_does_not_exist_is_refused_before_anything_is_read(cast):
    with pytest.raises(Refusal) as refused:
        bring(NAMES, cast, kind="ties", tie_kind="envy")
    assert refused.value.code == "unknown_tie_kind"
    assert not ImportRun.objects.exists()


def test_ties_are_brought_on_the_page_and_at_the_command_line(client, cast, tmp_path):
    path = tmp_path / "lazos.csv"
    path.write_text(CODES, encoding="utf-8")
    out = StringIO()
    asked = [str(path), "--kind", "ties", "--tie", "replied", "--community", str(cast.network.pk)]
    call_command("import", *asked, "--dry-run", stdout=out, stderr=StringIO())
    assert "2  New" in out.getvalue() and not RecordedTie.objects.exists()

    client.force_login(cast.rosa)
    assert "Ties" in client.get(reverse("imports:bring", args=[cast.network.pk])).content.decode()
    with path.open("rb") as file:
        sent = client.post(
            reverse("imports:bring", args=[cast.network.pk]),
            {"file": file, "kind": "ties", "tie_kind": "replied", "sheet": ""},
        )
    run = ImportRun.objects.get()
    assert sent.url == reverse("imports:columns", args=[run.pk])
    services.match_rows(run, actor=cast.rosa)
    page = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert "3 ties" in page and "1 with oneself" in page
    client.post(reverse("imports:apply", args=[run.pk]))
    assert RecordedTie.objects.filter(kind="replied").count() == 2

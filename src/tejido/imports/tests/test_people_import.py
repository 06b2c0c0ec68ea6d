"""A coordinator's list becomes people of her network."""

from __future__ import annotations

import pytest

from tejido.communities.models import Membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, NotTheSame, Person, Post, School
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.imports import services
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.tests.samples import LIST, bring, rows_of

pytestmark = pytest.mark.django_db


def test_a_list_becomes_people_with_contacts_schools_and_memberships(cast):
    run = bring(LIST, cast)
    assert [row.finding for row in run.rows.all()] == ["new", "new", "new"]
    services.apply_run(run, actor=cast.rosa)

    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED
    maria = Person.objects.get(given_names="María José")
    assert maria.family_names == "Peña Núñez"
    assert set(maria.contacts.values_list("value", flat=True)) == {"maria@escuela.edu.co", "+573001234567"}
    post = maria.posts.get()
    assert (post.school.name, post.function, post.subject) == (
        "Institución Educativa Sol",
        "teacher",
        "Ciencias",
    )
    assert School.objects.filter(name="Institución Educativa Sol").count() == 1, "two rows, one school"
    assert set(cast.network.memberships.filter(person__in=Person.objects.filter(list_code__in=["007", "8", "9"]))
               .values_list("role", flat=True)) == {"member"}  # fmt: skip
    assert JournalEntry.objects.filter(fact="imports.applied", payload__new=3).count() == 1


def test_nothing_is_seen_before_everything_is(cast):
    before = Person.objects.count(), School.objects.count(), Membership.objects.count(), Post.objects.count()
    run = bring(LIST, cast)
    services.applying.move_to(run, ImportRun.State.APPLYING)
    services.applying.bring_schools_of(run)
    services.applying.bring_people_of(run)

    after = Person.objects.count(), School.objects.count(), Membership.objects.count(), Post.objects.count()
    assert after == before
    assert Person.every.filter(arriving_in=run.pk).count() == 3


def test_the_same_list_again_changes_nothing(cast):
    services.apply_run(bring(LIST, cast), actor=cast.rosa)
    counts = [model.objects.count() for model in (Person, ContactPoint, Post, Membership, School)]

    again = bring(LIST, cast)
    assert [row.finding for row in again.rows.all()] == ["known", "known", "known"]
    services.apply_run(again, actor=cast.rosa)

    assert [model.objects.count() for model in (Person, ContactPoint, Post, Membership, School)] == counts
    assert again.changes.count() == 0


def test_a_list_with_nothing_but_names_and_schools_again_changes_nothing_either(cast):
    text = "Nombre;Colegio\nAna Paz;Sol\nEva Ruiz;Luna\n"
    services.apply_run(bring(text, cast), actor=cast.rosa)
    again = bring(text, cast)
    assert [(row.finding, row.candidates[0]["reasons"]) for row in again.rows.all()] == [
        ("known", ["remembered"])
    ] * 2


def test_a_person_twice_in_the_file_is_said_and_joined_once(cast):
    text = (
        "Nombre;Correo;Celular;Colegio\n"
        "Ana Paz;ana@x.org;;Sol\nPAZ, ANA;ana@x.org;300 123 4567;Sol\nEva Paz;eva@x.org;;Sol\n"
    )
    run = bring(text, cast)
    rows = list(run.rows.all())
    assert [row.decision for row in rows] == ["new", "joined", "new"]
    assert rows[1].joined_to == 2
    assert "row 2" in rows_of(run)[1].sentences[0]

    services.apply_run(run, actor=cast.rosa)
    ana = Person.objects.get(given_names="Ana", family_names="Paz")
    assert set(ana.contacts.values_list("value", flat=True)) == {"ana@x.org", "+573001234567"}


def test_who_is_here_is_recognised_and_only_gains_what_was_missing(cast):
    known = PersonFactory(given_names="María", family_names="Peña")
    MembershipFactory(community=cast.network, person=known)
    ContactPoint.objects.create(person=known, kind="email", value="maria@escuela.edu.co")
    run = bring(LIST, cast)
    row = run.rows.get(number=2)
    assert (row.finding, row.target_id) == ("update", known.pk)
    assert rows_of(run)[0].sentences[-1] == "New here: code, phone, school."

    services.apply_run(run, actor=cast.rosa)
    known.refresh_from_db()
    assert (known.given_names, known.list_code) == ("María", "007"), "names are kept, gaps are filled"
    assert known.contacts.count() == 2
    assert Membership.objects.filter(person=known).count() == 1


def test_a_likely_match_waits_for_a_decision_and_is_remembered(cast):
    school = SchoolFactory(name="Institución Educativa Sol")
    known = PersonFactory(given_names="Ana", family_names="Paz Ríos")
    PostFactory(person=known, school=school)
    MembershipFactory(community=cast.network, person=known)
    text = "Nombre;Colegio\nPAZ RIOS, ANA;I.E. Sol\n"
    run = bring(text, cast)
    row = run.rows.get()
    assert (row.finding, row.decision, row.candidates[0]["id"]) == ("likely", "undecided", known.pk)
    with pytest.raises(Refusal) as refused:
        services.apply_run(run, actor=cast.rosa)
    assert refused.value.code == "undecided"

    services.decide_row(row, "new", actor=cast.rosa)
    services.apply_run(run, actor=cast.rosa)
    other = Person.objects.filter(search_name="ana paz rios").exclude(pk=known.pk).get()
    assert NotTheSame.objects.filter(of="people", lower_id=known.pk, higher_id=other.pk).exists()
    again = bring(text, cast)
    assert (again.rows.get().finding, again.rows.get().target_id) == ("known", other.pk)


def test_proposals_are_accepted_in_bulk_where_they_are_sure(cast):
    school = SchoolFactory(name="Sol")
    for name in ("Ana Paz Ríos", "Eva Gil Mora"):
        given, family = name.split(" ", 1)
        person = PersonFactory(given_names=given, family_names=family)
        PostFactory(person=person, school=school)
        MembershipFactory(community=cast.network, person=person)
    run = bring("Nombre;Colegio\nAna Paz Ríos;Sol\nEva Gil;Sol\n", cast)
    assert services.decide_all(run, "likely", "same", actor=cast.rosa, only_sure=True) == 1
    assert [row.decision for row in run.rows.all()] == ["same", "undecided"]
    assert services.decide_all(run, "likely", "skip", actor=cast.rosa) == 2


def test_nobody_outside_the_coordinators_reach_is_proposed(cast):
    stranger = PersonFactory(given_names="María José", family_names="Peña Núñez", list_code="007")
    MembershipFactory(community=cast.elsewhere, person=stranger)
    run = bring(LIST, cast)
    assert run.rows.get(number=2).finding == "new"
    with pytest.raises(Refusal):
        services.decide_row(run.rows.get(number=2), "same", target_id=stranger.pk, actor=cast.rosa)


def test_a_corrected_column_is_read_anew(cast):
    run = bring("Quién;Dónde\nAna Paz;Sol\n", cast, match=False)
    services.correct_columns(run, {0: "full_name", 1: "school_name"}, actor=cast.rosa)
    services.match_rows(run, actor=cast.rosa)
    assert run.rows.get().values == {"given_names": "Ana", "family_names": "Paz", "school_name": "Sol"}
    with pytest.raises(Refusal) as refused:
        services.correct_columns(run, {1: "full_name"}, actor=cast.rosa)
    assert refused.value.code == "field_twice"


def test_dates_in_five_styles_are_read_and_the_odd_one_is_said(cast):
    text = (
        "Nombre;Fecha de ingreso\nAna Paz;2024-03-01\nEva Ruiz;25/03/2024\nLuz Gil;1 de marzo de 2024\n"
        "Rosa Mar;45352\nSol Vera;mar 1, 2024\nPaz Luna;pronto\n"
    )
    run = bring(text, cast)
    assert [row.values.get("starts_on") for row in run.rows.all()] == [
        "2024-03-01", "2024-03-25", "2024-03-01", "2024-03-01", "2024-03-01", None,
    ]  # fmt: skip
    assert "«pronto»" in rows_of(run)[5].sentences[0]
    assert run.columns.get(position=1).order_because == "day_above_12"


def test_an_ambiguous_order_of_dates_is_said_and_can_be_changed(cast):
    run = bring("Nombre;Desde\nAna Paz;01/03/2024\n", cast)
    assert run.columns.get(position=1).order_because == "ambiguous"
    services.correct_columns(run, {}, orders={1: "mdy"}, actor=cast.rosa)
    services.match_rows(run, actor=cast.rosa)
    assert run.rows.get().values["starts_on"] == "2024-01-03"


def test_a_list_of_memberships_puts_people_into_nodes_with_roles_and_dates(cast):
    text = (
        "Nombre;Correo;Nodo;Rol;Desde;Hasta\nAna Paz;ana@x.org;Nodo Agua;Líder de nodo;2023-02-01;\n"
        "Ana Paz;ana@x.org;Nodo Energía;Miembro;2022-02-01;2022-12-01\nEva Gil;eva@x.org;Nodo Fuego;;;\n"
    )
    run = bring(text, cast, kind="memberships")
    services.apply_run(run, actor=cast.rosa)
    ana = Person.objects.get(given_names="Ana", family_names="Paz")
    held = set(ana.memberships.values_list("community__name", "role", "starts_on__year", "ends_on__year"))
    assert held == {("Nodo Agua", "node_leader", 2023, None), ("Nodo Energía", "member", 2022, 2022)}
    assert "Nodo Fuego" in rows_of(run)[2].sentences[0]


def test_formulas_stay_text(cast):
    run = bring('Nombre;Asignatura\nAna Paz;"=HYPERLINK(""http://x"")"\n', cast)
    row = rows_of(run)[0]
    assert "formula" in row.sentences[0]
    assert any(problem["code"] == "formula_text" for problem in run.problems)
    assert StagedRow.objects.get(run=run).values["subject"].startswith("=HYPERLINK")

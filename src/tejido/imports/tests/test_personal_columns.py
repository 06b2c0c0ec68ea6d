"""What people say of themselves and allow, and where their schools are, comes with a list: dated, by policy, undone exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory import services as directory
from tejido.directory.models import Attribute, Consent, ContactPoint, Person, Post, Purpose, School
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, TerritoryFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.selectors import consents_said
from tejido.imports.tests.samples import bring, rows_of

pytestmark = pytest.mark.django_db
TABLES = (Person, School, ContactPoint, Post, Attribute, Consent)
LIST = (
    "Nombre;Correo;Género;Autoriza uso de imagen;Consentimiento análisis;Fecha de autorización\n"
    "Ana Paz;ana@x.org;Mujer;Sí;x;2024-03-01\n"
    "Eva Gil;eva@x.org;F;No;;2024-03-01\n"
    "Luis Mar;luis@x.org;M;;quizás;\n"
)


@pytest.fixture(autouse=True)
def words(system):
    return directory.seed_reference(actor=system)


@pytest.fixture
def known(cast):
    """Ana Paz, who is in the network already, known by her e-mail."""
    person = PersonFactory(given_names="Ana", family_names="Paz")
    MembershipFactory(community=cast.network, person=person)
    ContactPoint.objects.create(person=person, kind="email", value="ana@x.org")
    return person


def everything():
    return {model.__name__: sorted(model._base_manager.values_list(), key=repr) for model in TABLES}


def answers_of(name):
    found = Consent.objects.filter(person__given_names=name, is_current=True)
    return dict(found.values_list("purpose", "given"))


def sentences_of(run, number):
    return " ".join(rows_of(run)[number].sentences)


def test_consents_become_dated_answers_that_say_they_came_with_a_list(cast):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    assert run.state == ImportRun.State.APPLIED, run.failure
    assert answers_of("Ana") == {Purpose.PHOTOGRAPH: True, Purpose.ANALYTICS: True}
    assert answers_of("Eva") == {Purpose.PHOTOGRAPH: False}, "an empty cell is no answer"
    assert answers_of("Luis") == {}, "what is neither yes nor no is no answer"
    answer = Consent.objects.get(person__given_names="Ana", purpose=Purpose.PHOTOGRAPH)
    assert (answer.how, answer.recorded_by) == (Consent.How.IMPORTED, cast.rosa)
    assert timezone.localdate(answer.answered_at) == date(2024, 3, 1)


def test_before_anything_changes_the_page_says_how_many_said_yes_and_no(cast, client):
    run = bring(LIST, cast)
    assert consents_said(run) == [
        "Consent: analytics. Yes: 1. No: 0. Neither of the two: 1. Another answer stands here and stays: 0.",
        "Consent: photographs. Yes: 1. No: 1. Neither of the two: 0. Another answer stands here and stays: 0.",
    ]
    assert "«quizás» (Consentimiento análisis) is neither yes nor no" in sentences_of(run, 2)
    client.force_login(cast.rosa)
    page = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert "Consent: photographs. Yes: 1." in page
    assert not Consent.objects.exists()


def test_a_later_answer_of_the_person_herself_stays(cast, known, system):
    directory.answer_consent(known, Purpose.PHOTOGRAPH, False, actor=system)
    run = bring(LIST, cast)
    assert "it stays (Consent: photographs)" in sentences_of(run, 0)
    services.apply_run(run, actor=cast.rosa)
    assert answers_of("Ana") == {Purpose.PHOTOGRAPH: False, Purpose.ANALYTICS: True}
    assert consents_said(run)[1].endswith("stays: 1.")


def test_an_answer_without_a_day_never_takes_the_place_of_another(cast, known, system):
    directory.answer_consent(known, Purpose.PHOTOGRAPH, False, actor=system)
    Consent.objects.update(answered_at=datetime(2020, 1, 1, tzinfo=UTC))
    services.apply_run(bring("Nombre;Correo;Uso de imagen\nAna Paz;ana@x.org;sí\n", cast), actor=cast.rosa)
    assert answers_of("Ana") == {Purpose.PHOTOGRAPH: False}


def test_a_later_dated_no_withdraws_and_undoing_gives_the_earlier_answer_back(cast, known, system):
    directory.answer_consent(known, Purpose.PHOTOGRAPH, True, actor=system)
    Consent.objects.update(answered_at=datetime(2020, 1, 1, tzinfo=UTC))
    before = everything()
    text = "Nombre;Correo;Uso de imagen;Fecha de firma\nAna Paz;ana@x.org;No;2023-05-02\n"
    run = services.apply_run(bring(text, cast), actor=cast.rosa)
    assert answers_of("Ana") == {Purpose.PHOTOGRAPH: False}
    assert Consent.objects.filter(person=known).count() == 2, "the earlier answer stays as history"
    told = JournalEntry.objects.get(fact="directory.consent_answered", actor=cast.rosa)
    assert (told.person_id, told.payload["given"]) == (known.pk, False)

    services.undo_run(run, actor=cast.rosa)
    assert everything() == before


def test_undoing_is_refused_where_the_person_answered_since(cast, known, system):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    directory.answer_consent(known, Purpose.PHOTOGRAPH, False, actor=system)
    before = everything()
    with pytest.raises(Refusal) as refused:
        services.undo_run(run, actor=cast.rosa)
    assert refused.value.code == "later_changes" and "Ana Paz" in refused.value.message
    assert everything() == before


def test_a_row_that_says_yes_and_one_that_says_no_of_the_same_person_is_a_no(cast):
    text = "Nombre;Correo;Uso de imagen\nAna Paz;ana@x.org;sí\nAna Paz;ana@x.org;no\n"
    services.apply_run(bring(text, cast), actor=cast.rosa)
    assert answers_of("Ana") == {Purpose.PHOTOGRAPH: False}


def test_a_date_in_the_cell_is_a_yes_of_that_day_and_none_of_a_day_to_come(cast):
    ahead = (timezone.localdate() + timedelta(days=30)).isoformat()
    text = f"Nombre;Uso de imagen\nAna Paz;2023-04-05\nEva Gil;{ahead}\n"
    run = bring(text, cast)
    assert "a day to come" in sentences_of(run, 1)
    services.apply_run(run, actor=cast.rosa)
    days = {c.person.given_names: timezone.localdate(c.answered_at) for c in Consent.objects.all()}
    assert days == {"Ana": date(2023, 4, 5), "Eva": timezone.localdate()}


def test_a_consent_that_does_not_say_for_what_waits_for_the_coordination(cast, client):
    run = bring("Nombre;Autoriza tratamiento de datos\nAna Paz;sí\n", cast, match=False)
    column = run.columns.get(position=1)
    assert (column.field, column.because) == ("", "which_purpose")
    client.force_login(cast.rosa)
    page = client.get(reverse("imports:columns", args=[run.pk])).content.decode()
    assert "Say for which purpose it was given" in page
    services.correct_columns(run, {1: "consent_analytics"}, actor=cast.rosa)
    services.apply_run(services.match_rows(run, actor=cast.rosa), actor=cast.rosa)
    assert answers_of("Ana") == {Purpose.ANALYTICS: True}


def test_gender_is_one_word_for_one_group_and_an_m_beside_h_is_mujer(cast):
    services.apply_run(bring(LIST, cast), actor=cast.rosa)
    assert dict(Attribute.objects.values_list("person__given_names", "value")) == {
        "Ana": "F",
        "Eva": "F",
        "Luis": "M",
    }
    services.apply_run(bring("Nombre;Sexo\nSol Vera;M\nIan Rey;H\n", cast), actor=cast.rosa)
    found = Attribute.objects.filter(person__given_names__in=["Sol", "Ian"])
    assert dict(found.values_list("person__given_names", "value")) == {"Sol": "F", "Ian": "M"}


def test_what_people_say_of_themselves_is_for_the_coordination_alone(cast, client):
    services.apply_run(bring(LIST.replace("Mujer", "Muxe"), cast), actor=cast.rosa)
    ana = Person.objects.get(given_names="Ana", family_names="Paz")
    page = reverse("directory:person", args=[ana.pk])
    for who, sees in ((cast.rosa, True), (cast.tomas, True), (cast.ines, False), (cast.ana, False)):
        client.force_login(who)
        assert ("Muxe" in client.get(page).content.decode()) is sees, who


def test_the_same_list_again_changes_nothing(cast, known):
    services.apply_run(bring(LIST, cast), actor=cast.rosa)
    before = everything()
    again = bring(LIST, cast)
    assert {row.finding for row in again.rows.all()} == {"known"}
    services.apply_run(again, actor=cast.rosa)
    assert everything() == before
    assert again.changes.count() == 0


def test_undone_everything_is_as_it_was(cast, known, system):
    directory.set_attribute(known, "gender", "F", actor=system)
    before = everything()
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    assert everything() != before
    services.undo_run(run, actor=cast.rosa)
    assert everything() == before


# The school of the row -------------------------------------------------------------------------

SCHOOLS = (
    "Nombre;Colegio;Localidad;Sector\nAna Paz;Sol;Suba;Oficial\nEva Gil;Luna;Suba;Oficial\n"
    "Luis Mar;Luna;Narnia;Privado\nIan Rey;;Suba;\n"
)


def test_district_and_sector_of_the_row_go_to_its_school_where_they_are_known(cast):
    suba = TerritoryFactory(name="Suba", level="district", country="CO")
    sol = SchoolFactory(name="Sol", sector="", territory=None)
    run = bring(SCHOOLS, cast)
    assert "New here: sector of the school" not in sentences_of(run, 1), "a new school is simply new"
    assert "New here: district of the school, sector of the school." in sentences_of(run, 0)
    assert "There is no territory called «Narnia»" in sentences_of(run, 2)
    assert "an earlier row says «Oficial», this one «Privado»; the first counts" in sentences_of(run, 2)
    assert "the row names none" in sentences_of(run, 3)
    before = everything()
    services.apply_run(run, actor=cast.rosa)
    sol.refresh_from_db()
    assert (sol.territory, sol.sector) == (suba, "Oficial")
    luna = School.objects.get(name="Luna")
    assert (luna.territory, luna.sector) == (suba, "Oficial")
    again = bring(SCHOOLS, cast)
    services.apply_run(again, actor=cast.rosa)
    assert again.changes.count() == 0

    services.undo_run(again, actor=cast.rosa)
    services.undo_run(run, actor=cast.rosa)
    assert everything() == before


def test_a_list_of_people_never_corrects_the_register_of_schools(cast):
    suba = TerritoryFactory(name="Suba", level="district", country="CO")
    usme = TerritoryFactory(name="Usme", level="district", country="CO")
    sol = SchoolFactory(name="Sol", sector="Privado", territory=usme)
    run = bring(SCHOOLS, cast)
    said = sentences_of(run, 0)
    assert "here it stands in Usme, and that stays" in said and "here it is «Privado», and that stays" in said
    services.apply_run(run, actor=cast.rosa)
    sol.refresh_from_db()
    assert (sol.territory, sol.sector) == (usme, "Privado")
    assert School.objects.get(name="Luna").territory == suba


def test_of_two_districts_of_one_name_none_is_taken_unless_one_is_where_the_community_is(cast):
    bogota = TerritoryFactory(name="Bogotá", level="municipality", country="CO")
    TerritoryFactory(name="Centro", level="district", country="CO", code="2")
    here = TerritoryFactory(name="Centro", level="district", country="CO", parent=bogota, code="1")
    text = "Nombre;Colegio;Localidad\nAna Paz;Sol;Centro\n"
    assert "Several territories are called «Centro»" in sentences_of(bring(text, cast), 0)
    cast.network.territory = bogota
    cast.network.save(update_fields=["territory"])
    services.apply_run(bring(text, cast), actor=cast.rosa)
    assert School.objects.get(name="Sol").territory == here


# What differs ------------------------------------------------------------------------------------

OTHER = "Nombre;Correo;Celular;Género;Colegio;Cargo;Asignatura\nAna María Paz;ana@x.org;300 123 4567;F;Sol;Rectora;Artes\n"


@pytest.fixture
def ana(known, system):
    sol = SchoolFactory(name="Sol")
    PostFactory(person=known, school=sol, function="teacher", subject="Ciencias")
    ContactPoint.objects.create(person=known, kind="phone", value="+573009999999")
    directory.set_attribute(known, "gender", "X", actor=system)
    return known


def replacing(cast, text, *fields, actor=None):
    run = bring(text, cast, match=False)
    positions = run.columns.filter(field__in=fields).values_list("position", flat=True)
    services.correct_columns(run, {}, modes=dict.fromkeys(positions, "replace"), actor=cast.rosa)
    return services.match_rows(run, actor=cast.rosa)


def test_what_is_here_is_kept_unless_a_column_may_replace_it(cast, ana):
    services.apply_run(bring(OTHER, cast), actor=cast.rosa)
    ana.refresh_from_db()
    post = ana.posts.get()
    assert (ana.name, post.function, post.subject) == ("Ana Paz", "teacher", "Ciencias")
    assert ana.attributes.get().value == "X"
    assert set(ana.contacts.filter(kind="phone").values_list("value", flat=True)) == {
        "+573009999999",
        "+573001234567",
    }


def test_a_column_that_replaces_shows_old_and_new_and_is_undone(cast, ana):
    before = everything()
    run = replacing(cast, OTHER, "full_name", "phone", "gender", "function", "subject")
    said = rows_of(run)[0].sentences
    assert rows_of(run)[0].row.finding == "update"
    assert set(said) >= {
        "Given names: «Ana» becomes «Ana María».",
        "Phone: «+573009999999» becomes «+573001234567».",
        "Gender: «X» becomes «F».",
        "Function at the school: «Teacher» becomes «Principal or senior leader».",
        "Subject: «Ciencias» becomes «Artes».",
    }
    assert everything() == before, "a dry run"
    services.apply_run(run, actor=cast.rosa)
    ana.refresh_from_db()
    post = ana.posts.get()
    assert (ana.name, ana.search_name) == ("Ana María Paz", "ana maria paz")
    assert (post.function, post.subject, ana.attributes.get().value) == ("senior_leader", "Artes", "F")
    assert ana.contacts.get(kind="phone").value == "+573001234567"
    again = replacing(cast, OTHER, "full_name", "phone", "gender", "function", "subject")
    assert [row.finding for row in again.rows.all()] == ["known"]

    services.undo_run(run, actor=cast.rosa)
    assert everything() == before


def test_undoing_is_refused_where_a_replaced_value_was_changed_since(cast, ana):
    run = services.apply_run(replacing(cast, OTHER, "phone"), actor=cast.rosa)
    ContactPoint.objects.filter(person=ana, kind="phone").update(value="+573000000000")
    with pytest.raises(Refusal) as refused:
        services.undo_run(run, actor=cast.rosa)
    assert "Ana Paz" in refused.value.message


def test_an_empty_cell_replaces_nothing(cast, ana):
    text = "Nombre;Correo;Celular;Género\nAna Paz;ana@x.org;;\n"
    run = replacing(cast, text, "full_name", "phone", "gender")
    assert [row.finding for row in run.rows.all()] == ["known"]


def test_the_choice_is_made_on_the_page_of_the_columns_and_kept(cast, ana, client):
    run = bring(OTHER, cast, match=False)
    client.force_login(cast.rosa)
    address = reverse("imports:columns", args=[run.pk])
    page = client.get(address).content.decode()
    assert "Keep what is here; fill only what is empty" in page
    assert 'name="mode-1"' in page and 'name="mode-4"' not in page, "a school is not replaced"
    sent = {f"field-{c.position}": c.field for c in run.columns.all()} | {
        "mode-2": "replace",
        "mode-4": "replace",
    }
    assert client.post(address, sent).status_code == 302
    assert list(run.columns.filter(replaces=True).values_list("field", flat=True)) == ["phone"]
    page = client.get(reverse("imports:run", args=[run.pk]) + "?show=all").content.decode()
    assert "«+573009999999» becomes «+573001234567»" in page


@pytest.mark.parametrize("replaces", [False, True])
def test_a_list_does_not_set_the_address_by_which_somebody_of_another_network_signs_in(cast, replaces):
    """Whoever signs in with it would be that person, with all their rights elsewhere."""
    shared = PersonFactory(given_names="Eva", family_names="Gil", list_code="77")
    MembershipFactory(community=cast.network, person=shared)
    MembershipFactory(community=cast.elsewhere, person=shared, role="steward")
    text = "Código;Nombre;Correo\n77;Eva Gil;intruder@x.org\n"
    run = replacing(cast, text, *(["email"] if replaces else []))
    assert "the e-mail with which they will sign in is not changed" in sentences_of(run, 0)
    services.apply_run(run, actor=cast.rosa)
    assert not shared.contacts.exists()


def test_a_list_that_broke_off_leaves_no_trace_of_what_new_people_said(cast):
    before = everything()
    run = bring(LIST, cast)
    services.applying.move_to(run, ImportRun.State.APPLYING)
    services.applying.bring_schools_of(run)
    services.applying.bring_people_of(run)
    assert Attribute.objects.exists() and Consent.objects.exists(), (
        "written with the people, hidden as they are"
    )
    assert not Person.objects.filter(given_names="Eva", family_names="Gil").exists()
    ImportRun.objects.filter(pk=run.pk).update(busy_until=None)  # the worker is gone
    services.stop_run(run, actor=cast.rosa)
    run.refresh_from_db()
    services.undo_run(run, actor=cast.rosa)
    assert everything() == before

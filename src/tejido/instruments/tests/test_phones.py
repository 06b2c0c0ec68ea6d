"""Phones with ODK Collect: who gets a code for whom, what it opens, and what becomes of an answer that names only its form."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from tejido.communities.models import Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Purpose
from tejido.directory.tests.factories import PersonFactory, consents
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can
from tejido.instruments import policies, selectors, services
from tejido.instruments.models import Instrument, Phone, Response
from tejido.instruments.selectors import offered_to, phone_at, place_of, settings_of
from tejido.instruments.tests import factories as make
from tejido.instruments.tokens import phone_token
from tejido_forms.openrosa import md5_of

pytestmark = pytest.mark.django_db
ASKING = """
| survey   |                                             |        |                |
|          | type                                        | name   | label          |
|          | select_multiple_from_file tejido-people.csv | advice | Whom do you ask for advice? |
| settings |                                             |        |                |
|          | form_id                                     |        |                |
|          | who                                         |        |                |
"""
EVERYBODY = ("ana", "rosa", "tomas", "ines", "sole", "ze")


def token_of(phone):
    return phone_token(phone.salt)


@pytest.fixture
def eva(cast):
    """A member of the node without an account."""
    return MembershipFactory(community=cast.node, person=PersonFactory(given_names="Eva")).person


@pytest.fixture
def phone(cast, system):
    """Ana's, in the node."""
    return services.connect_phone(cast.ana.person, cast.node, "the blue one", actor=cast.ana)


RIGHTS = [  # who, a code for herself, for Eva, sees Ana's phone and takes it back
    ("ana", True, False, True),
    ("rosa", True, True, True),
    ("tomas", True, True, True),
    ("ines", True, False, False),
    ("sole", True, False, False),
    ("ze", False, False, False),
]


@pytest.mark.parametrize(("who", "own", "for_eva", "sees"), RIGHTS)
def test_who_gets_a_code_for_whom(cast, eva, phone, who, own, for_eva, sees):
    actor = getattr(cast, who)
    assert (
        bool(can(actor, "instruments.connect_phone", Phone(person=actor.person, community=cast.node))) is own
    )
    assert bool(can(actor, "instruments.connect_phone", Phone(person=eva, community=cast.node))) is for_eva
    assert bool(can(actor, "instruments.see_phone", phone)) is sees
    assert Phone.objects.filter(policies.phones_visible_to(actor)).exists() is sees
    if not sees:
        with pytest.raises(NotAllowed):
            services.revoke_phone(phone, actor=actor)
        assert phone_at(token_of(phone)) == phone


def test_a_coordinator_hands_no_code_for_somebody_of_elsewhere(cast):
    with pytest.raises(NotAllowed):
        services.connect_phone(cast.ze.person, cast.node, "x", actor=cast.rosa)
    assert not Phone.objects.exists()


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_open_for_whom_they_are(client, cast, phone, who):
    client.force_login(getattr(cast, who))
    sees = who in {"ana", "rosa", "tomas"}
    pages = {
        reverse("instruments:phones", args=[cast.node.pk]): who != "ze",
        reverse("instruments:phone", args=[phone.pk]): sees,
    }
    for url, opens in pages.items():
        assert client.get(url).status_code == (200 if opens else 404), url
    assert client.post(reverse("instruments:revoke_phone", args=[phone.pk])).status_code == (
        302 if sees else 404
    )
    assert (phone_at(token_of(phone)) is None) is sees


def test_visitors_are_asked_to_sign_in(client, cast, phone):
    for name, key in (("phones", cast.node.pk), ("phone", phone.pk)):
        assert client.get(reverse(f"instruments:{name}", args=[key])).status_code == 302


def test_somebody_gets_her_code_sees_it_until_it_is_scanned_and_takes_it_back(client, cast):
    client.force_login(cast.ana)
    page = client.post(
        reverse("instruments:phones", args=[cast.node.pk]), {"name": "the blue one"}, follow=True
    )
    made = Phone.objects.get()
    assert (made.person, made.community, made.name) == (cast.ana.person, cast.node, "the blue one")
    assert "<svg" in page.content.decode()
    assert settings_of(made)["general"]["server_url"] in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"

    assert client.get(f"/collect/{token_of(made)}/formList").status_code == 200  # the phone
    again = client.get(reverse("instruments:phone", args=[made.pk])).content.decode()
    assert token_of(made) not in again
    assert "It is connected" in again

    gone = client.post(reverse("instruments:revoke_phone", args=[made.pk]), follow=True)
    assert "Code taken back on" in gone.content.decode()
    assert client.get(f"/collect/{token_of(made)}/formList").status_code == 403


def test_a_coordinator_hands_a_member_without_an_account_her_code(client, cast, eva):
    client.force_login(cast.rosa)
    form = {"name": "Eva's", "person": eva.pk}
    page = client.post(reverse("instruments:phones", args=[cast.node.pk]), form, follow=True)
    made = Phone.objects.get()
    assert (made.person, made.waits) == (eva, True)
    assert "For Eva" in page.content.decode()
    collection = make.collection(cast.node)
    assert offered_to(made) == [collection]
    told = JournalEntry.objects.get(fact="instruments.phone_connected")
    assert (told.payload["person_id"], told.actor) == (eva.pk, cast.rosa)
    assert token_of(made) not in json.dumps(told.payload)


def test_a_member_cannot_name_somebody_else(client, cast, eva):
    client.force_login(cast.ana)
    client.post(reverse("instruments:phones", args=[cast.node.pk]), {"name": "x", "person": eva.pk})
    assert Phone.objects.get().person == cast.ana.person


def test_the_database_holds_no_token(phone):
    held = " ".join(str(value) for value in Phone.objects.values().get().values())
    assert token_of(phone) not in held


def test_a_code_that_waits_opens_also_after_the_secret_key_was_changed(client, cast, phone, settings):
    settings.SECRET_KEY = "another one"
    client.force_login(cast.ana)
    assert phone_at(token_of(phone)) is None
    client.get(reverse("instruments:phone", args=[phone.pk]))
    assert phone_at(token_of(phone)) == phone


def test_there_is_an_end_to_phones(cast, monkeypatch):
    monkeypatch.setattr("tejido.instruments.services.phones.MOST_PHONES", 1)
    first = services.connect_phone(cast.ana.person, cast.node, "", actor=cast.ana)
    with pytest.raises(Refusal, match="Take back"):
        services.connect_phone(cast.ana.person, cast.node, "b", actor=cast.ana)
    services.revoke_phone(first, actor=cast.ana)
    assert services.connect_phone(cast.ana.person, cast.node, "b", actor=cast.ana).name == "b"


def test_an_account_that_was_closed_takes_its_phones_along(cast, phone):
    cast.ana.is_active = False
    cast.ana.save()
    assert phone_at(token_of(phone)) is None


# What it may fetch -------------------------------------------------------------------------------


def test_a_phone_sees_what_its_owner_is_asked_and_what_she_records(cast, system):
    asked = make.collection(cast.node)
    for other in (cast.sister, cast.elsewhere):
        make.collection(other)
    make.collection(cast.node, make.brought(make.PHONE), audience="link", link=True)
    observation = make.instrument(cast.network, make.brought(make.PHONE), kind=Instrument.Kind.OBSERVATION)
    visits = make.collection(
        cast.network,
        version=observation.versions.get(),
        audience="list",
        people=[cast.tomas.person],
        many=True,
    )
    sees = {
        who: set(
            offered_to(services.connect_phone(getattr(cast, who).person, cast.network, "x", actor=system))
        )
        for who in EVERYBODY
    }
    assert sees == {
        "ana": {asked}, "rosa": {visits}, "tomas": {visits}, "ines": {visits}, "sole": set(), "ze": set(),
    }  # fmt: skip


def test_what_is_early_closed_or_withdrawn_is_not_on_the_list(cast, phone, system):
    now = timezone.now()
    make.collection(cast.node, opens_at=now + timedelta(hours=1))
    assert offered_to(phone) == []
    collection = make.collection(cast.node, make.brought(make.PHONE))
    assert offered_to(phone) == [collection]
    services.close_collection(collection, actor=system)
    assert offered_to(phone) == []


def test_the_list_costs_the_same_for_any_number_of_forms(client, cast, phone, django_assert_max_num_queries):
    for number in range(3):
        make.collection(cast.node, make.brought(make.PHONE.replace("visit  ", f"visit{number} ")))
    services.note_use(phone)
    with django_assert_max_num_queries(3):
        listed = client.get(f"/collect/{token_of(phone)}/formList")
    assert listed.content.count(b"<xform>") == 3
    assert listed["X-OpenRosa-Version"] == "1.0"


def test_the_checksum_is_of_the_bytes_that_are_handed_over(client, cast, phone):
    collection = make.collection(cast.node)
    listed = client.get(f"/collect/{token_of(phone)}/formList").content.decode()
    url = re.search(r"<downloadUrl>(.*?)</downloadUrl>", listed).group(1)
    form = client.get(url.partition("127.0.0.1:8000")[2])
    assert form.content == bytes(collection.version.xform)
    assert md5_of(form.content) in listed


def test_a_form_that_asks_for_people_brings_the_list_that_was_made_for_its_owner(client, cast, phone):
    for given in ("Eva", "Luz"):
        friend = PersonFactory(given_names=given, family_names="Soto")
        MembershipFactory(community=cast.node, person=friend)
        consents(friend, Purpose.ANALYTICS)
    collection = make.collection(cast.node, make.brought(ASKING))
    door = f"/collect/{token_of(phone)}/forms/{collection.pk}"
    told = client.get(f"{door}/manifest.xml").content.decode()
    people = client.get(f"{door}/files/tejido-people.csv")
    assert "Eva Soto" in people.content.decode()
    assert "Ana Rojas" not in people.content.decode()  # nobody names herself
    assert md5_of(people.content) in told


# What an answer belongs to -----------------------------------------------------------------------


def test_an_answer_goes_to_the_version_that_it_names_although_a_newer_one_is_open(cast, phone, system):
    first = make.collection(cast.node)
    services.close_collection(first, actor=system)
    newer = services.publish_version(first.version.instrument, make.ticket("2"), actor=system)
    second = make.collection(cast.node, version=newer)
    assert place_of(phone, "ticket", "1").collection == first
    assert place_of(phone, "ticket", "2").collection == second
    assert place_of(phone, "ticket", "from an old phone").collection == second


def test_an_answer_goes_where_its_author_is_asked_before_where_she_is_not(cast, phone):
    version = make.instrument(cast.network).versions.get()
    mine = make.collection(cast.node, version=version)
    theirs = make.collection(cast.network, version=version, audience="list", people=[cast.ines.person])
    assert (place_of(phone, "ticket", "1").collection, place_of(phone, "ticket", "1").standing) == (
        mine,
        "asked",
    )
    mine.delete()
    assert (place_of(phone, "ticket", "1").collection, place_of(phone, "ticket", "1").standing) == (
        theirs,
        "uninvited",
    )


def test_an_observer_records_as_often_as_she_likes_and_is_not_noted_as_asked(cast, system):
    kind = Instrument.Kind.OBSERVATION
    collection = make.collection(
        cast.node,
        version=make.instrument(cast.node, kind=kind).versions.get(),
        audience="list",
        people=[cast.ana.person],
    )
    ines = services.connect_phone(cast.ines.person, cast.node, "x", actor=system)
    for _visit in range(2):
        services.ingest_phone(ines, make.submission(collection.version, useful="no"), {})
    kept = Response.objects.all()
    assert [(one.state, one.person, one.collection) for one in kept] == [
        ("accepted", cast.ines.person, collection)
    ] * 2
    assert [one.person for one in collection.invitations.all()] == [cast.ana.person]


def test_a_form_that_nobody_gave_out_is_kept_for_the_community(cast, phone):
    version = make.instrument(cast.node).versions.get()
    received = services.ingest_phone(phone, make.submission(version, useful="no"), {})
    assert (received.response.collection, received.response.community) == (None, cast.node)


def test_an_anonymous_answer_leaves_nothing_with_the_phone_that_sent_it(client, cast, phone):
    collection = make.collection(cast.node, anonymous=True)
    before = Phone.objects.values().get()
    xml = make.submission(collection.version, useful="no")
    sent = {"xml_submission_file": SimpleUploadedFile("a.xml", xml)}
    assert client.post(f"/collect/{token_of(phone)}/submission", sent).status_code == 201
    assert Phone.objects.values().get() == before
    kept = Response.objects.get()
    assert (kept.person, kept.community) == (None, cast.node)
    assert collection.invitations.get(person=cast.ana.person).has_answered


def test_the_sentence_on_the_phone_is_in_the_language_of_its_owner(client, cast, phone):
    cast.ana.person.language = "es"
    cast.ana.person.save()
    make.collection(cast.node)
    reply = client.post(f"/collect/{token_of(phone)}/submission", {})
    assert reply.status_code == 400
    assert "formulario" in reply.content.decode()


# On a person's own page, and on the command line ----------------------------------------------------


def test_the_phones_stand_on_ones_own_page_and_on_nobody_elses(client, cast, phone):
    url, phones = reverse("directory:person", args=[cast.ana.person.pk]), reverse("instruments:my_phones")
    for who, shown in (("ana", True), ("rosa", False)):
        client.force_login(getattr(cast, who))
        assert (phones in client.get(url).content.decode()) is shown
        assert ("the blue one" in client.get(phones).content.decode()) is shown


def test_the_command_says_what_it_cannot_find(cast):
    for given, words in (
        (["Nowhere", "--person", "ana@example.org"], "no community"),
        (["Nodo Agua", "--person", "nobody@example.org"], "Nobody"),
        (["Nodo Agua", "--person", "ana@example.org", "--picture", "code.exe"], "can end in"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("collect-settings", *given)
    assert not Phone.objects.exists()


def test_the_command_prints_settings(cast, capsys):
    make.collection(cast.node)
    call_command("collect-settings", "nodo agua", "--person", "Ana@Example.org", "--json")
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert told == settings_of(Phone.objects.get())
    assert err == ""


def test_role_of_the_team_is_what_lets_record(cast, system):
    """A member becomes a facilitator, and her phone lists the observations of her node."""
    kind = Instrument.Kind.OBSERVATION
    version = make.instrument(cast.node, kind=kind).versions.get()
    collection = make.collection(
        cast.node, version=version, audience="list", people=[cast.rosa.person], many=True
    )
    phone = services.connect_phone(cast.ana.person, cast.node, "x", actor=system)
    assert offered_to(phone) == []
    MembershipFactory(community=cast.node, person=cast.ana.person, role=Role.FACILITATOR)
    assert list(selectors.for_phone(phone)) == [collection]

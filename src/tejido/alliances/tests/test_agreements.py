"""Agreements with organisations: what holds, what each gives, what is to be renewed, who may read it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tejido.alliances import policies, selectors, services
from tejido.alliances.models import Agreement, Contribution, Document
from tejido.alliances.services.documents import document_type
from tejido.alliances.tests.factories import agreed, given
from tejido.alliances.values import Gift, Terms
from tejido.directory.models import ContactPoint
from tejido.directory.tests.factories import OrganisationFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")
PDF = b"%PDF-1.7 signed"


def test_what_each_organisation_gave_adds_up_by_kind_and_currency(cast):
    museum, university = agreed(cast.network), agreed(cast.node, "Universidad")
    given(museum, value=Decimal("1200000"), currency="COP")
    given(museum, value=Decimal("300000"), currency="COP", what="Transport")
    given(museum, value=Decimal("50000"), currency="COP", delivered=False, what="Snacks")
    given(museum, kind="kits", what="Robots", quantity=Decimal(40), unit="kits")
    given(university, kind="speaker", what="A talk on water")
    found = [
        (one.organisation.name, one.kind, one.times, one.said, one.amount, one.currency or one.unit)
        for one in selectors.totals_in(cast.network, cast.rosa)
    ]
    assert found == [
        ("Museo de la Ciencia", "Kits and materials", 1, 0, Decimal(40), "kits"),
        ("Museo de la Ciencia", "Venue", 3, 1, Decimal(1500000), "COP"),
        ("Universidad", "Speaker", 1, 0, None, ""),
    ]
    assert [one.organisation.name for one in selectors.totals_in(cast.node, cast.rosa)] == ["Universidad"]


def test_what_cannot_be_is_refused_and_nothing_is_written(cast, system):
    museum = OrganisationFactory(name="Museo")
    for terms, words in (
        (Terms(" "), "needs a title"),
        (Terms("Convenio", state="signed"), "from which day"),
        (Terms("Convenio", starts_on=date(2025, 2, 1), ends_on=date(2025, 1, 1)), "before it starts"),
    ):
        with pytest.raises(Refusal, match=words):
            services.make_agreement(cast.network, museum, terms, actor=system)
    assert not Agreement.objects.exists()
    agreement = agreed(cast.network)
    elsewhere = GatheringFactory(community=cast.elsewhere)
    for gift, words in (
        (Gift("venue", " "), "Say what"),
        (Gift("venue", "Hall", value=Decimal(5)), "needs its currency"),
        (Gift("venue", "Hall", currency="COP"), "needs its currency"),
        (Gift("venue", "Hall", quantity=Decimal(0)), "above zero"),
        (Gift("venue", "Hall", gathering=elsewhere), "another community"),
    ):
        with pytest.raises(Refusal, match=words):
            services.record_contribution(agreement, gift, actor=system)
    assert not Contribution.objects.exists()


def test_the_database_holds_what_is_always_true(cast):
    agreement = agreed(cast.network)
    row = given(agreement)
    for model, pk, wrong in (
        (Agreement, agreement.pk, {"starts_on": None}),
        (Agreement, agreement.pk, {"ends_on": date(2024, 1, 1)}),
        (Agreement, agreement.pk, {"title": ""}),
        (Contribution, row.pk, {"currency": "COP"}),
        (Contribution, row.pk, {"quantity": 0}),
        (Contribution, row.pk, {"kind": "love"}),
    ):
        with transaction.atomic(), pytest.raises(IntegrityError):
            model.objects.filter(pk=pk).update(**wrong)


def test_who_supported_a_gathering_stands_on_its_page(client, cast):
    gathering = GatheringFactory(community=cast.node)
    given(agreed(cast.network), gathering=gathering)
    given(agreed(cast.network, "Promesas SA"), gathering=gathering, delivered=False)
    client.force_login(cast.ana)
    text = client.get(reverse("gatherings:gathering", args=[gathering.pk])).content.decode()
    assert "With the support of" in text
    assert "Museo de la Ciencia" in text
    assert "Promesas SA" not in text  # only said so far


def test_a_letter_recalls_a_renewal_once_for_a_date(cast):
    rosa = cast.rosa.person
    ContactPoint.objects.create(person=rosa, kind=ContactPoint.Kind.EMAIL, value="rosa@example.org")
    soon = timezone.localdate() + timedelta(days=20)
    agreement = agreed(cast.network, renew_by=soon)
    agreed(cast.network, "Later", renew_by=soon + timedelta(days=60))
    agreed(cast.network, "In conversation", renew_by=soon, state="talking")
    assert services.recall_renewals() == 1
    assert services.recall_renewals() == 0
    letter = Message.objects.get(person=rosa)
    assert letter.batch.about == f"alliances.agreement:{agreement.pk}"
    assert JournalEntry.objects.filter(fact="alliances.renewal_recalled").count() == 1
    agreement.refresh_from_db()
    later = Terms("Convenio", state="signed", starts_on=date(2025, 1, 1), renew_by=soon + timedelta(days=1))
    services.change_agreement(agreement, later, actor=cast.rosa)
    assert services.recall_renewals() == 1  # another date


def test_what_is_to_be_renewed_stands_on_the_door_of_the_team(client, cast):
    agreed(cast.network, renew_by=timezone.localdate() + timedelta(days=20))
    governance = reverse("communities:governance", args=[cast.network.pk])
    for who, reads in (("rosa", True), ("tomas", True), ("ines", True), ("ana", False)):
        client.force_login(getattr(cast, who))
        text = client.get(governance).content.decode()
        assert ("1 agreement is to be renewed soon." in text) is reads, who


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "known"),
    [
        (PDF, True),
        (b"\x89PNG\r\n\x1a\n....", True),
        (b"\xff\xd8\xff....", True),
        (zipped("word/document.xml"), True),
        (zipped("mimetype", "content.xml"), True),
        (zipped("virus.exe"), False),
        (b"PK\x03\x04 broken", False),
        (b"<html><script>alert(1)</script>", False),
        (b"<svg onload=alert(1)>", False),
        (b"", False),
    ],
)
def test_a_paper_is_known_by_its_bytes(content, known):
    assert (document_type(content) is not None) is known


def test_papers_are_kept_handed_over_and_removed(
    client, cast, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    agreement = agreed(cast.network)
    client.force_login(cast.rosa)
    add = reverse("alliances:add_document", args=[agreement.pk])
    bad = client.post(add, {"file": SimpleUploadedFile("x.pdf", b"<svg onload=alert(1)>")})
    assert bad.status_code == 422
    assert client.post(add, {"file": SimpleUploadedFile("../convenio.pdf", PDF)}).status_code == 302
    paper = Document.objects.get()
    assert paper.name == "convenio.pdf"
    got = client.get(reverse("alliances:document", args=[paper.pk]))
    assert b"".join(got) == PDF
    assert got["Content-Disposition"].startswith("attachment")
    with pytest.raises(Refusal, match="hang on it"):
        services.discard_agreement(agreement, actor=cast.rosa)
    with pytest.raises(Refusal, match="larger than 10 MB"):
        services.add_document(agreement, "big.pdf", PDF + b"x" * (10 * 1024 * 1024), actor=cast.rosa)
    assert sum(one.is_file() for one in tmp_path.rglob("*")) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("alliances:remove_document", args=[paper.pk]))
    assert sum(one.is_file() for one in tmp_path.rglob("*")) == 0


RIGHTS = [  # who, reads agreements, sees papers, writes them down
    ("ana", False, False, False),
    ("rosa", True, True, True),
    ("tomas", True, True, True),
    ("ines", True, True, False),
    ("sole", True, False, False),
    ("ze", False, False, False),
]


@pytest.mark.parametrize(("who", "reads", "papers", "writes"), RIGHTS)
def test_rights(client, cast, settings, tmp_path, who, reads, papers, writes):
    settings.MEDIA_ROOT = tmp_path
    actor, agreement = getattr(cast, who), agreed(cast.network)
    row = given(agreement)
    paper = services.add_document(agreement, "c.pdf", PDF, actor=cast.rosa)
    assert bool(can(actor, "alliances.see_agreement", agreement)) is reads
    assert bool(can(actor, "alliances.see_documents", agreement)) is papers
    assert bool(can(actor, "alliances.agree", cast.network)) is writes
    client.force_login(actor)
    for name, pk, may in (
        ("agreements", cast.network.pk, reads),
        ("totals", cast.network.pk, reads),
        ("agreement", agreement.pk, reads),
        ("document", paper.pk, papers),
        ("new", cast.network.pk, writes),
        ("edit", agreement.pk, writes),
        ("record", agreement.pk, writes),
        ("change", row.pk, writes),
    ):
        assert client.get(reverse(f"alliances:{name}", args=[pk])).status_code == (200 if may else 404), name
    if not writes:
        for name, pk in (
            ("discard", agreement.pk),
            ("add_document", agreement.pk),
            ("remove_document", paper.pk),
            ("remove", row.pk),
        ):
            assert client.post(reverse(f"alliances:{name}", args=[pk])).status_code == 404, name
        with pytest.raises(NotAllowed):
            services.change_agreement(agreement, Terms("Other"), actor=actor)
    assert Contribution.objects.filter(pk=row.pk).exists()


def test_a_visitor_signs_in_first(client, cast):
    assert client.get(reverse("alliances:agreement", args=[agreed(cast.network).pk])).status_code == 302


def test_lists_and_questions_agree_for_everybody(cast, system):
    for community in (cast.network, cast.node, cast.elsewhere):
        agreed(community)
    for actor in [*(getattr(cast, who) for who in WHO), system]:
        for verb, listed in (
            ("see_agreement", policies.agreements_visible_to(actor)),
            ("see_documents", policies.documents_visible_to(actor)),
        ):
            said = {one.pk for one in Agreement.objects.all() if can(actor, f"alliances.{verb}", one)}
            assert set(Agreement.objects.filter(listed).values_list("pk", flat=True)) == said


def test_through_the_pages_an_agreement_is_written_down_with_what_comes_of_it(client, cast):
    gathering = GatheringFactory(community=cast.node, title="Cátedra itinerante")
    OrganisationFactory(name="Museo de la Ciencia")
    client.force_login(cast.rosa)
    told = {"organisation": "museo", "title": "Convenio", "state": "signed"}
    new = reverse("alliances:new", args=[cast.network.pk])
    assert client.post(new, told).status_code == 422  # in force from when?
    assert client.post(new, told | {"starts_on": "2025-01-01", "contact_here": "Rosa"}).status_code == 302
    agreement = Agreement.objects.get()
    assert agreement.contact_here == cast.rosa.person
    gift = {"kind": "venue", "what": "Auditorio", "value": "1200000", "currency": "COP", "delivered": "on"}
    client.post(reverse("alliances:record", args=[agreement.pk]), gift | {"gathering": "itinerante"})
    row = Contribution.objects.get()
    assert row.gathering == gathering
    change = reverse("alliances:change", args=[row.pk])
    assert "Cátedra itinerante" in client.get(change).content.decode()
    client.post(change, gift | {"gathering": "Cátedra itinerante", "value": "1000000"})
    page = client.get(reverse("alliances:agreement", args=[agreement.pk])).content.decode()
    assert "1,000,000 COP" in page
    assert (
        "Convenio"
        in client.get(reverse("directory:organisation", args=[agreement.organisation_id])).content.decode()
    )
    file = b"".join(client.get(reverse("alliances:agreements", args=[cast.network.pk]) + "?download=csv"))
    assert "Museo de la Ciencia" in file.decode()
    client.post(reverse("alliances:remove", args=[row.pk]))
    client.post(reverse("alliances:discard", args=[agreement.pk]))
    assert not Agreement.objects.exists()


def test_the_list_is_filtered_and_costs_the_same_for_any_number(client, cast, django_assert_max_num_queries):
    for number in range(12):
        given(agreed(cast.node, f"Organisation {number}"))
    agreed(cast.network, "Talking", state="talking")
    client.force_login(cast.rosa)
    address = reverse("alliances:agreements", args=[cast.network.pk])
    with django_assert_max_num_queries(12):
        assert "Organisation 11" in client.get(address).content.decode()
    assert "Organisation 11" not in client.get(address + "?state=talking").content.decode()
    assert "Organisation 11" not in client.get(address + "?due=yes").content.decode()
    assert "Organisation 11" in client.get(address + "?q=organisation").content.decode()

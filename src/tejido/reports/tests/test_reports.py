from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Purpose
from tejido.directory.tests.factories import (
    PersonFactory,
    PostFactory,
    SchoolFactory,
    TerritoryFactory,
    consents,
)
from tejido.foundation.errors import NotAllowed
from tejido.foundation.models import JournalEntry
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.reports.models import Report
from tejido.reports.policies import may_see, visible_to
from tejido.reports.services import make_report
from tejido_analytics.tables import Period

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def met(cast):
    """Six teachers of the node who met three times; two of them agreed to be named."""
    people = [
        PersonFactory(given_names=name, family_names="Soto")
        for name in ("Alba", "Bea", "Cira", "Dora", "Elva", "Fina")
    ]
    for person in people:
        MembershipFactory(community=cast.node, person=person, starts_on=date(2024, 1, 1))
        consents(person, Purpose.ANALYTICS)
    consents(people[0], Purpose.PUBLICATION)
    consents(people[1], Purpose.PUBLICATION)
    for month in (3, 5, 8):
        start = datetime(2025, month, 4, 15, tzinfo=UTC)
        gathering = GatheringFactory(
            community=cast.node,
            title=f"Encuentro {month}",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
        )
        was_at(gathering, *people[: 7 - month // 3])
    return people


def texts(report: Report) -> str:
    return str(report.document["sections"])


def test_districts_are_said_by_name_in_the_drawing_and_in_the_table(cast, met):
    for name, people in (("Ribera", met[:3]), ("Cordillera", met[3:])):
        place = TerritoryFactory(name=name)
        school = SchoolFactory(territory=place)
        for person in people:
            PostFactory(person=person, school=school, starts_on=date(2024, 1, 1))
    report = make_report(cast.node, YEAR, actor=cast.rosa, language="en", audience=Report.Audience.TEAM)
    blocks = [block for section in report.document["sections"] for block in section["blocks"]]
    (legend,) = [{entry["name"] for entry in block["legend"]} for block in blocks if block.get("legend")]
    (table,) = [block for block in blocks if block["kind"] == "table" and block["headers"][0] == "District"]
    assert legend == {row[0] for row in table["rows"]} == {"Ribera", "Cordillera"}


def test_a_coordinator_makes_a_report_and_the_history_knows(cast, met):
    report = make_report(cast.node, YEAR, actor=cast.rosa, language="es")
    assert report.document["language"] == "es"
    assert "Encuentro 5" in texts(report)
    assert report.data["indicators"]["active_members"]["value"] == 6
    assert JournalEntry.objects.filter(fact="reports.made", community_id=cast.node.pk).exists()


def test_only_those_are_named_who_agreed_to_be(cast, met):
    said = texts(make_report(cast.node, YEAR, actor=cast.rosa, language="es"))
    assert "Alba Soto" in said
    assert "Bea Soto" in said
    for name in ("Cira", "Dora", "Elva", "Fina"):
        assert name not in said


def test_only_the_coordination_reads_who_drifts_away(cast, met):
    for year, month, who in ((2024, 9, met), (2025, 9, met[2:]), (2025, 10, met[2:])):
        start = datetime(year, month, 4, 15, tzinfo=UTC)
        gathering = GatheringFactory(community=cast.node, starts_at=start, ends_at=start + timedelta(hours=2))
        was_at(gathering, *who)  # the two who may be named came in 2024, and stay away in the end
    watched = {}
    for audience in (Report.Audience.OUTSIDE, Report.Audience.TEAM):
        report = make_report(cast.node, YEAR, actor=cast.rosa, language="en", audience=audience)
        watched[audience] = next(s for s in report.document["sections"] if "What to watch" in s.values())
    assert "missed the last two gatherings: Alba Soto, Bea Soto." in str(watched[Report.Audience.TEAM])
    assert "2 people who were active before missed the last two" in str(watched[Report.Audience.OUTSIDE])
    assert "Soto" not in str(watched[Report.Audience.OUTSIDE])


def test_later_corrections_do_not_change_a_report(cast, met):
    report = make_report(cast.node, YEAR, actor=cast.rosa, language="es")
    consents(met[0], Purpose.PUBLICATION, given=False)
    assert "Alba Soto" in texts(Report.objects.get(pk=report.pk))
    assert "Alba Soto" not in texts(make_report(cast.node, YEAR, actor=cast.rosa, language="es"))


RIGHTS = [  # who, makes one for others, makes one for the team, sees one for others, sees one for the team
    ("ana", False, False, False, False),
    ("rosa", True, True, True, True),
    ("tomas", True, True, True, True),
    ("ines", True, False, True, False),
    ("sole", True, False, True, False),
    ("ze", False, False, False, False),
]


@pytest.mark.parametrize(("who", "makes", "makes_team", "sees", "sees_team"), RIGHTS)
def test_who_makes_and_who_reads(cast, met, client, who, makes, makes_team, sees, sees_team):
    outside = make_report(cast.node, YEAR, actor=cast.rosa, language="en")
    team = make_report(cast.node, YEAR, actor=cast.rosa, language="en", audience=Report.Audience.TEAM)
    actor = getattr(cast, who)
    client.force_login(actor)
    for report, may in ((outside, sees), (team, sees_team)):
        assert client.get(f"/reports/{report.pk}/").status_code == (200 if may else 404)
        assert client.get(f"/reports/{report.pk}/report.pdf").status_code == (200 if may else 404)
        assert client.get(f"/reports/{report.pk}/data.zip").status_code == (200 if may else 404)
        assert bool(may_see(actor, report)) is may
        assert Report.objects.filter(visible_to(actor), pk=report.pk).exists() is may
    for audience, may in ((Report.Audience.OUTSIDE, makes), (Report.Audience.TEAM, makes_team)):
        before = Report.objects.count()
        if may:
            make_report(cast.node, YEAR, actor=actor, language="en", audience=audience)
        else:
            with pytest.raises(NotAllowed):
                make_report(cast.node, YEAR, actor=actor, language="en", audience=audience)
        assert Report.objects.count() == before + may


def test_a_report_for_others_hides_groups_of_fewer_than_five(cast, met):
    for person, subject in zip(met, ["Arte", "Arte", "Arte", "Arte", "Arte", "Física"], strict=True):
        PostFactory(person=person, subject=subject)
    outside = make_report(cast.node, YEAR, actor=cast.rosa, language="es")
    team = make_report(cast.node, YEAR, actor=cast.rosa, language="es", audience=Report.Audience.TEAM)

    def cells(report: Report) -> list[tuple[str, object]]:
        found = report.data["indicators"]["equity"]["detail"]["attributes"].get("subject", [])
        return [(cell["key"], cell["people"]) for cell in found]

    assert ("Física", 1) in cells(team)
    assert ("Física", 1) not in cells(outside)


def test_the_page_makes_one_in_portuguese_with_pdf_and_data(cast, met, client):
    client.force_login(cast.rosa)
    page = client.get(f"/c/{cast.node.pk}/reports/")
    assert page.status_code == 200
    answer = client.post(
        f"/c/{cast.node.pk}/reports/",
        {
            "period": "other",
            "first": "2025-01-01",
            "last": "2025-12-31",
            "language": "pt-br",
            "audience": "outside",
        },
        follow=True,
    )
    report = Report.objects.get()
    assert answer.redirect_chain[-1][0] == f"/reports/{report.pk}/"
    pdf = client.get(f"/reports/{report.pk}/report.pdf").content
    assert "Quem participou" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/reports/{report.pk}/data.zip").content))
    rows = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(archive.read("indicators.csv").decode("utf-8-sig")))
    }
    assert rows["active_members"]["value"] == "6"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"period": "other", "first": "2025-01-01"}, "Give the day, or choose one of the periods above."),
        ({"period": "other", "first": "2025-02-01", "last": "2025-01-01"}, "A period ends after it starts."),
        ({"period": "nonsense"}, "nonsense"),
    ],
)
def test_days_that_make_no_period_are_said_and_nothing_is_made(cast, met, client, given, sentence):
    client.force_login(cast.rosa)
    answer = client.post(f"/c/{cast.node.pk}/reports/", {"language": "es", "audience": "outside", **given})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Report.objects.exists()


def test_a_member_learns_who_makes_the_reports_and_an_outsider_finds_nothing(cast, client):
    client.force_login(cast.ana)
    page = client.get(f"/c/{cast.node.pk}/reports/")
    assert page.status_code == 200
    assert "made by the team" in page.content.decode()
    client.force_login(cast.ze)
    assert client.get(f"/c/{cast.node.pk}/reports/").status_code == 404


def test_a_report_is_thrown_away_by_who_made_it_or_runs_the_community(cast, met, client):
    report = make_report(cast.node, YEAR, actor=cast.rosa, language="es")
    client.force_login(cast.ze)
    assert client.post(f"/reports/{report.pk}/discard/").status_code == 404
    client.force_login(cast.sole)  # reads it and makes her own, but this one is not hers
    assert b"discard" not in client.get(f"/reports/{report.pk}/").content
    assert client.post(f"/reports/{report.pk}/discard/").status_code == 403
    hers = make_report(cast.node, YEAR, actor=cast.sole, language="es")
    assert client.post(f"/reports/{hers.pk}/discard/").status_code == 302
    assert Report.objects.get() == report
    client.force_login(cast.rosa)
    assert client.post(f"/reports/{report.pk}/discard/").status_code == 302
    assert not Report.objects.exists()

"""iCalendar: files and private addresses, read back as a calendar would."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tejido.communities.models import Membership
from tejido.communities.tests.factories import CommunityFactory
from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import NotAllowed
from tejido.gatherings import services
from tejido.gatherings.ical import as_calendar
from tejido.gatherings.models import FeedToken, Gathering
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db


def ahead(days: int = 5) -> datetime:
    return (timezone.now() + timedelta(days=days)).replace(microsecond=0)


def events(written: bytes) -> dict[str, object]:
    return {str(event["summary"]): event for event in Calendar.from_ical(written).walk("VEVENT")}


def read(feed: FeedToken, **headers: str):
    """A calendar asks, knowing nothing but the address."""
    return Client(headers=headers).get(reverse("gatherings:feed", args=[feed.key]))


def test_seven_in_the_evening_stays_seven_across_a_clock_change():
    """Chile puts its clocks forward on 7 September 2025."""
    santiago = ZoneInfo("America/Santiago")
    community = CommunityFactory(time_zone="America/Santiago")
    for day in (datetime(2025, 9, 5, 19, tzinfo=santiago), datetime(2025, 9, 12, 19, tzinfo=santiago)):
        GatheringFactory(community=community, title=f"On {day:%d}", starts_at=day.astimezone(UTC))
    written = as_calendar(Gathering.objects.select_related("community", "school", "organisation"), name="Red")
    before, after = (events(written)[title]["dtstart"] for title in ("On 05", "On 12"))
    assert before.params["TZID"] == after.params["TZID"] == "America/Santiago"
    assert (before.dt.hour, after.dt.hour) == (19, 19)
    assert (before.dt.astimezone(UTC).hour, after.dt.astimezone(UTC).hour) == (23, 22)
    (zone,) = Calendar.from_ical(written).walk("VTIMEZONE")
    offsets = {sub["TZOFFSETTO"].td for sub in zone.subcomponents}
    assert offsets >= {timedelta(hours=-4), timedelta(hours=-3)}, "both halves of the year are described"


def test_a_calendar_says_where_and_keeps_its_identity(cast):
    school = SchoolFactory(
        name="Escuela Ñandú, sede norte", address="Calle 5; piso 2", latitude=4.6, longitude=-74.08
    )
    gathering = GatheringFactory(
        community=cast.node, school=school, description="Traer «cuaderno»\ny lápiz " * 20
    )
    first = events(as_calendar([gathering], name="Red"))["Reading circle"]
    services.change_gathering(gathering, {"title": "Reading circle", "address": "Portería"}, actor=cast.rosa)
    gathering.refresh_from_db()
    second = events(as_calendar([gathering], name="Red"))["Reading circle"]
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert str(first["location"]) == "Escuela Ñandú, sede norte, Calle 5; piso 2"
    assert str(second["location"]) == "Escuela Ñandú, sede norte, Portería"
    assert (first["geo"].latitude, first["geo"].longitude) == (4.6, -74.08)
    assert "Traer «cuaderno»\ny lápiz" in str(first["description"])


def test_lines_are_folded_at_75_octets(cast):
    gathering = GatheringFactory(community=cast.node, title="Educación inclusiva en la región de Ñuble " * 4)
    written = as_calendar([gathering], name="Red")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert list(events(written)) == [gathering.title]


def test_what_is_called_off_says_so(cast):
    gathering = GatheringFactory(community=cast.node)
    services.cancel_gathering(gathering, actor=cast.rosa)
    gathering.refresh_from_db()
    (event,) = events(as_calendar([gathering], name="Red")).values()
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)
    assert str(event["summary"]) == "Cancelled: Reading circle"


def test_my_own_address_shows_what_i_am_invited_to_and_where_i_was(cast):
    starts = ahead()
    GatheringFactory(community=cast.node, title="Node", starts_at=starts)
    GatheringFactory(community=cast.network, title="Assembly", starts_at=starts)
    GatheringFactory(community=cast.sister, title="Sister", starts_at=starts)
    listed = GatheringFactory(community=cast.network, title="For Rosa", starts_at=starts)
    services.invite(listed, [cast.rosa.person], actor=cast.rosa)
    feed = services.open_feed(None, actor=cast.ana)
    answer = read(feed)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert set(events(answer.content)) == {"Node", "Assembly"}
    services.invite_also(listed, [cast.ana.person], actor=cast.rosa)
    assert set(events(read(feed).content)) == {"Node", "Assembly", "For Rosa"}


def test_the_address_of_a_community_shows_what_its_owner_may_see_today(cast):
    starts = ahead()
    GatheringFactory(community=cast.network, title="Assembly", starts_at=starts)
    GatheringFactory(community=cast.sister, title="Sister", starts_at=starts)
    rosas = services.open_feed(cast.network, actor=cast.rosa)
    anas = services.open_feed(cast.network, actor=cast.ana)
    assert set(events(read(rosas).content)) == {"Assembly", "Sister"}
    assert set(events(read(anas).content)) == {"Assembly"}
    Membership.objects.filter(person=cast.ana.person).update(ends_on=date(2024, 1, 1))
    assert not events(read(anas).content), "who left sees nothing more, without revoking anything"


def test_renewing_and_revoking_stop_the_old_address(client, cast):
    client.force_login(cast.ana)
    client.post(reverse("gatherings:open_feed"), {"community": cast.node.pk})
    old = FeedToken.objects.get()
    assert read(old).status_code == 200
    page = client.get(reverse("gatherings:feeds"))
    assert f"/calendar/{old.key}.ics" in page.text
    client.post(reverse("gatherings:open_feed"), {"community": cast.node.pk})
    new = FeedToken.objects.get()
    assert (read(old).status_code, read(new).status_code) == (404, 200)
    client.force_login(cast.rosa)
    assert client.post(reverse("gatherings:revoke_feed", args=[new.pk])).status_code == 404, "not hers"
    with pytest.raises(NotAllowed):
        services.revoke_feed(new, actor=cast.rosa)
    client.force_login(cast.ana)
    client.post(reverse("gatherings:revoke_feed", args=[new.pk]))
    assert read(new).status_code == 404


def test_a_closed_account_reads_nothing_and_zes_address_is_empty(cast):
    GatheringFactory(community=cast.node, starts_at=ahead())
    feed, empty = services.open_feed(None, actor=cast.ana), services.open_feed(None, actor=cast.ze)
    assert not events(read(empty).content)
    cast.ana.is_active = False
    cast.ana.save()
    assert read(feed).status_code == 404


def test_ze_gets_no_address_of_a_community_that_he_does_not_see(client, cast):
    client.force_login(cast.ze)
    assert client.post(reverse("gatherings:open_feed"), {"community": cast.node.pk}).status_code == 404
    assert not FeedToken.objects.exists()


def test_a_calendar_that_asks_again_is_told_that_nothing_changed(cast, django_assert_max_num_queries):
    for number in range(30):
        GatheringFactory(community=cast.node, starts_at=ahead(number), title=f"N{number}")
    feed = services.open_feed(cast.network, actor=cast.rosa)
    with django_assert_max_num_queries(4):
        first = read(feed)
    assert len(events(first.content)) == 30
    again = read(feed, **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first.headers["Cache-Control"]

"""A workshop, through the pages: planned like the last one, seated, attended, asked about, closed, certified. At 15 people and at 200.

Published: *Avanzando Juntas* brought fifteen principals of three districts together in workshops. Who they are and what they say is invented.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone
from tests.stories.walking import Walker

from tejido.agenda.services import begin_as_usual
from tejido.certificates.models import Certificate
from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import SchoolFactory, TerritoryFactory
from tejido.foundation.journal import pay_all
from tejido.gatherings.models import Gathering, Seat
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.instruments.tests.factories import instrument
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db
DISTRICTS = ("La Granja", "San Joaquín", "Macul")


@pytest.fixture
def network(cast):
    """A network that Rosa coordinates, its first workshop held with an agenda, and a form of its own."""
    community = cast.elsewhere
    MembershipFactory(community=community, person=cast.rosa.person, role="coordinator")
    begins = timezone.now() - timedelta(days=30)
    cast.first = GatheringFactory(
        community=community,
        title="First workshop",
        kind="workshop",
        state=Gathering.State.HELD,
        starts_at=begins,
        ends_at=begins + timedelta(hours=4),
        closed_at=begins + timedelta(hours=5),
    )
    begin_as_usual(cast.first, actor=cast.rosa)
    instrument(community)
    return community


def principals(community: Community, count: int) -> list[Person]:
    """So many, of three districts in turn."""
    schools = [SchoolFactory(territory=TerritoryFactory(name=name)) for name in DISTRICTS]
    people = []
    for number in range(count):
        person = MembershipFactory(community=community, starts_on="2020-01-01").person
        schools[number % len(schools)].posts.create(person=person, starts_on="2020-01-01")
        people.append(person)
    return people


def pairs_met_twice(gathering: Gathering) -> int:
    """How many two sat together in more than one round."""
    met: dict[tuple[int, int], int] = {}
    tables: dict[tuple[int, int], list[int]] = {}
    for seat in Seat.objects.filter(round__gathering=gathering):
        tables.setdefault((seat.round_id, seat.table), []).append(seat.person_id)
    for people in tables.values():
        for pair in combinations(sorted(people), 2):
            met[pair] = met.get(pair, 0) + 1
    return sum(times > 1 for times in met.values())


@pytest.mark.parametrize(("count", "rounds", "size"), [(15, 3, 3), (200, 5, 5)])
def test_a_workshop_from_the_last_one_to_its_closing_act(cast, network, count, rounds, size):
    people = principals(network, count)
    rosa = Walker(cast.rosa)

    # One more like the last: the agenda comes along.
    yesterday = timezone.localdate() - timedelta(days=1)
    rosa.open(f"/g/{cast.first.pk}/").follow("Plan one more like this")
    rosa.press(
        "Plan", {"title": "Second workshop", "day": str(yesterday), "starts": "10:00", "ends": "14:00"}
    )
    pay_all()
    workshop = Gathering.objects.get(title="Second workshop")
    here = f"/g/{workshop.pk}/"
    assert workshop.segments.count() == cast.first.segments.count() > 0

    # Tables at which nobody meets the same person twice.
    rosa.open(f"{here}seating/").follow("Plan the tables")
    rosa.press("Save", {"who": "invited", "rounds": str(rounds), "size": str(size)})
    rosa.press("Propose the tables").press("Confirm the tables")
    assert Seat.objects.filter(round__gathering=workshop).count() == rounds * (count + 1)  # and Rosa
    assert pairs_met_twice(workshop) == 0

    # A rule for certificates; attendance; the exit ticket for those who came.
    rosa.open(f"{here}certificates/").follow("Set the rule")
    rosa.press("Save", {"share": "80", "signer_name": "Rosa Díaz"})
    rosa.open(f"{here}attendance/?show=unmarked")
    absent = people[0]
    rosa.client.post(f"{here}attendance/mark/", {"person": absent.pk, "status": "absent"})
    rosa.open(f"{here}attendance/").press("Mark them all", {"status": "on_site"})
    rosa.open(f"{here}ask/").press("Open it for answers")
    shared = next(link for link in rosa.values("//input/@value | //a/@href") if "/a/" in link)
    for _number in range(6):
        Walker().open(shared).press("Send", {"q/useful": "si", "q/mark": "4", "_agree": True}).sees(
            "Thank you"
        )

    # The closing act.
    rosa.open(f"{here}closing/").press("It is right: close attendance")
    rosa.press("Save the minutes", {"text": "We tried peer observation.\n\n- in pairs\n- for a week"})
    rosa.press("Write it down", {"text": "Each school observes once before June"})
    rosa.open(f"{here}closing/commitments/new/").press(
        "Write it down", {"what": "Share the guide", "people": [str(people[1].pk)]}
    )
    rosa.open(f"{here}closing/").sees("Share the guide", "in pairs", "Each school observes once")
    rosa.press("Close the gathering")
    pay_all()
    rosa.open(f"{here}summary/").sees("Each school observes once before June", f"{count} people were there")

    # Everybody who can be written to got one letter; who was there has a certificate, who was not has none.
    told = Message.objects.filter(batch__kind__in=["closing.attended", "closing.missed"])
    assert told.count() == told.values("person").distinct().count() > 0
    assert Certificate.objects.count() == count
    assert not Certificate.objects.filter(person=absent).exists()

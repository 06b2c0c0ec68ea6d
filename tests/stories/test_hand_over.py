"""What hangs on a node's leader is gathered from every domain, so that whoever takes over finds it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.stories.walking import Walker

from tejido.alliances.models import Agreement
from tejido.communities.models import Role
from tejido.communities.services import pause_membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.consultations.tests import factories as deciding
from tejido.directory.models import ContactPoint
from tejido.directory.tests.factories import OrganisationFactory
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.instruments.services import remind
from tejido.instruments.tests import factories as asking
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


def test_the_list_names_what_is_planned_open_undecided_and_agreed(cast, django_assert_max_num_queries):
    leader = MembershipFactory(community=cast.node, role=Role.NODE_LEADER)
    soon = timezone.now() + timedelta(days=9)
    planned = Gathering.State.PLANNED
    GatheringFactory(community=cast.node, title="River walk", state=planned, starts_at=soon)
    GatheringFactory(community=cast.sister, title="Not hers", state=planned, starts_at=soon)
    form = asking.collection(cast.node)
    deciding.asked(cast.node, "Water", "Energy", question="What comes next?")
    Agreement.objects.create(
        community=cast.node,
        organisation=OrganisationFactory(name="Museo del Agua"),
        title="Rooms and guides",
        contact_here=leader.person,
    )
    rosa = Walker(cast.rosa)
    with django_assert_max_num_queries(16):
        rosa.open(reverse("communities:hand_over", args=[leader.pk]))
    rosa.sees("River walk", form.title, "What comes next?", "Rooms and guides · Museo del Agua")
    rosa.does_not_see("Not hers")

    # Of somebody who only belongs to the node nothing of this is said to hang on her.
    ana = MembershipFactory(community=cast.node, role=Role.RESEARCHER)
    rosa.open(reverse("communities:hand_over", args=[ana.pk])).does_not_see("River walk", "Rooms and guides")


def test_who_pauses_is_not_reminded_of_a_form(cast):
    collection = asking.collection(cast.node)
    eva = MembershipFactory(community=cast.node).person
    for person in (cast.ana.person, eva):
        ContactPoint.objects.create(person=person, kind="email", value=f"p{person.pk}@example.org")
    pause_membership(cast.ana.person.memberships.get(), actor=cast.ana)
    assert remind(collection, actor=cast.rosa) == 1
    assert [one.person for one in Message.objects.all()] == [eva]

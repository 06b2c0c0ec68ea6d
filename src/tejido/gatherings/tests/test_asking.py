"""An exit ticket for those who came, from the page of the gathering."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.directory.tests.factories import PersonFactory
from tejido.gatherings.models import Attendance
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.instruments.models import Collection, Instrument
from tejido.instruments.tests import factories as forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(cast):
    """A gathering of the node to which Ana came and Zé did not."""
    gathering = GatheringFactory(community=cast.node, title="Taller 3")
    was_at(gathering, cast.ana.person)
    was_at(gathering, cast.ze.person, status=Attendance.Status.ABSENT)
    return gathering


def ready(shown, **changed):
    """What the page would send without a change."""
    form = shown.context["form"]
    return {name: form[name].initial for name in form.fields} | changed


def test_two_taps_from_the_gathering_to_a_link_for_those_who_came(client, cast, workshop):
    client.force_login(cast.rosa)
    ask = reverse("gatherings:ask", args=[workshop.pk])
    assert ask in client.get(reverse("gatherings:gathering", args=[workshop.pk])).content.decode()

    sent = client.post(ask, ready(client.get(ask)))

    collection = Collection.objects.get()
    assert sent["Location"] == reverse("instruments:share", args=[collection.pk])
    assert (collection.audience, collection.title) == ("attended", "Exit ticket · Taller 3")
    assert [one.person for one in collection.invitations.all()] == [cast.ana.person]
    assert collection.public_token


def test_a_second_time_the_same_form_is_given_and_the_community_s_own_comes_first(client, cast, workshop):
    client.force_login(cast.rosa)
    ask = reverse("gatherings:ask", args=[workshop.pk])
    client.post(ask, ready(client.get(ask)))
    own = forms.instrument(cast.node, title="Nuestro boleto")
    forms.instrument(cast.sister)

    offered = [words for _value, words in client.get(ask).context["form"].fields["form"].choices]
    client.post(ask, ready(client.get(ask), names="anonymous", audience="link"))

    assert offered == ["Nuestro boleto", "Exit ticket"]
    newest = Collection.objects.latest("pk")
    assert (newest.version.instrument, newest.anonymous, newest.audience) == (own, True, "link")
    assert Instrument.objects.filter(community=cast.node).count() == 2


def test_where_nobody_is_noted_whoever_has_the_link_is_asked(client, cast):
    client.force_login(cast.rosa)
    ask = reverse("gatherings:ask", args=[GatheringFactory(community=cast.node).pk])

    shown = client.get(ask)

    assert [value for value, _words in shown.context["form"].fields["audience"].choices] == ["link"]
    assert client.post(ask, ready(shown, audience="attended")).status_code == 422
    assert not Collection.objects.exists()


def test_a_form_of_another_community_cannot_be_given(client, cast, workshop):
    client.force_login(cast.rosa)
    ask = reverse("gatherings:ask", args=[workshop.pk])
    strange = forms.instrument(cast.elsewhere)

    assert client.post(ask, ready(client.get(ask), form=str(strange.pk))).status_code == 422
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("rosa", 200), ("tomas", 200), ("ines", 403), ("ana", 403), ("sole", 403), ("ze", 404)],
)
def test_who_runs_the_community_asks(client, cast, workshop, who, status):
    ask = reverse("gatherings:ask", args=[workshop.pk])
    client.force_login(getattr(cast, who))

    assert client.get(ask).status_code == status
    shown = client.get(reverse("gatherings:gathering", args=[workshop.pk])).content.decode()
    assert (ask in shown) is (status == 200)
    client.logout()
    assert client.get(ask).status_code == 302


def test_the_page_costs_no_more_with_more_people(client, cast, workshop, django_assert_max_num_queries):
    client.force_login(cast.rosa)
    was_at(workshop, *PersonFactory.create_batch(5), status=Attendance.Status.ONLINE)
    with django_assert_max_num_queries(12):
        client.get(reverse("gatherings:ask", args=[workshop.pk]))

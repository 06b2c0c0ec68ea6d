"""Many answer at one moment: the last place is given once, and nobody is lost."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tejido.accounts.services import system_account
from tejido.communities.tests.factories import CommunityFactory
from tejido.invitations import services
from tejido.invitations.models import Reply
from tejido.invitations.tests import factories as make
from tejido.invitations.values import Place, Said
from tejido.messages.models import Message


def at_once(deeds):
    """Each in a thread of its own; what went wrong, if anything did."""
    trouble: list[BaseException] = []

    def do(deed):
        try:
            deed()
        except BaseException as error:  # noqa: BLE001 - it is handed to the test
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trouble


@pytest.mark.django_db(transaction=True)
def test_the_last_places_are_given_once_and_move_on_once():
    community = CommunityFactory()
    gathering = make.coming(community)
    people = [make.member(community, f"Luz{number}") for number in range(10)]
    system = system_account()
    services.set_asking(gathering, places=3, remind_days=3, actor=system)

    def says(person, answer):
        return lambda: services.answer(Place(gathering, person), Said(answer), actor=system)

    assert at_once([says(person, "yes") for person in people]) == []
    rows = Reply.objects.filter(gathering=gathering)
    assert rows.filter(waiting=False).count() == 3
    assert rows.filter(waiting=True).count() == 7
    seated = [row.person for row in rows.filter(waiting=False).select_related("person")]
    assert at_once([says(person, "no") for person in seated]) == []
    assert rows.filter(answer="yes", waiting=False).count() == 3
    assert rows.filter(waiting=True).count() == 4
    longest = rows.filter(answer="yes").order_by("in_line_since", "pk").values_list("waiting", flat=True)
    assert list(longest) == [False] * 3 + [True] * 4
    assert Message.objects.filter(batch__kind="invitations.place").count() == 3

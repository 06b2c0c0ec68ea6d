"""Forms that ask for people, and who answers them."""

from __future__ import annotations

import re

from tejido.accounts.services import system_account
from tejido.communities.models import RecordedTie
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Purpose
from tejido.directory.tests.factories import PersonFactory, consents
from tejido.instruments import services
from tejido.instruments.models import RosterCode
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import opened, send
from tejido.instruments.tokens import personal_token

ASKING = """
| survey   |                                             |        |                               |            |                        |                    |
|          | type                                        | name   | label                         | appearance | constraint             | constraint_message |
|          | select_multiple_from_file tejido-people.csv | advice | Whom do you ask for advice?   | tie-advice | count-selected(.) <= 2 | Two people at most |
|          | select_one_from_file tejido-people.csv      | pair   | With whom would you like to work? |        |                        |                    |
| settings |                                             |        |                               |            |                        |                    |
|          | form_id                                     |        |                               |            |                        |                    |
|          | who                                         |        |                               |            |                        |                    |
"""
NEW_ONLY = ASKING.replace("tejido-people.csv | advice", "tejido-new-people.csv | advice").replace(
    "who ", "new "
)


def member(community, name="", **more):
    """A member who agreed to appear in the network."""
    given, _space, family = name.partition(" ")
    named = {"given_names": given, "family_names": family} if name else {}
    person = PersonFactory(**named)
    MembershipFactory(community=community, person=person, **more)
    consents(person, Purpose.ANALYTICS)
    return person


def asked(community, form=None, **terms):
    return make.collection(community, form or make.brought(ASKING), **terms)


def token_of(collection, person):
    services.personal_links(collection, actor=system_account())
    return personal_token(collection.pk, person.pk, collection.invitations.get(person=person).turn)


def codes(collection):
    rows = RosterCode.objects.filter(community=collection.community)
    return {code.person_id: code.code for code in rows}


def says(client, collection, person, *named, **more):
    """The person answers on the page, and names these people."""
    token, code = token_of(collection, person), codes(collection)
    return send(client, token, opened(client, token), advice=[code[one.pk] for one in named], **more)


def told(community):
    return set(RecordedTie.objects.filter(community=community).values_list("source_id", "target_id", "kind"))


def shown(client, collection, person, **more):
    """Names on the page, in order."""
    html = client.get(f"/a/{token_of(collection, person)}/", **more).content.decode()
    return re.findall(r'name="q/advice"\s+value="\w+"\s*>\s*<span>([^<]*)</span>', html)

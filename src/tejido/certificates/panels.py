"""What this domain adds to pages of the floors below (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.certificates import selectors
from tejido.certificates.addresses import path_of
from tejido.certificates.wording import duration_words, reason_words
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.web.slots import only_where

MOST = 20


def door(request: HttpRequest, gathering: Gathering) -> str:
    """The way to the certificates, for the team. No query."""
    return render_to_string("certificates/panels/door.html", {"gathering": gathering}, request)


@only_where(selectors.has_rule)
def mine(request: HttpRequest, gathering: Gathering) -> str:
    """The reader's own certificate (one query), or why there is none (three), where a rule asks for certificates."""
    assert isinstance(request.user, User)
    if gathering.closed_at is None:
        return ""
    rule, key = selectors.rule_and_key(gathering, request.user)
    if rule is None:
        return ""
    standing = None if key else selectors.standing_without(rule, request.user)
    if not key and standing is None:
        return ""
    shown = {
        "path": path_of(key) if key else "",
        "reason": reason_words(standing) if standing else "",
        "meets": standing is not None and standing.meets,
    }
    return render_to_string("certificates/panels/mine.html", shown, request)


@only_where(selectors.has_certificates)
def hours_of_person(request: HttpRequest, person: Person) -> str:
    """Hours by kind and the newest certificates: for the person and the teams of those communities. One query."""
    assert isinstance(request.user, User)
    given = list(selectors.certificates_seen(request.user).filter(person=person))
    if not given:
        return ""
    hours = selectors.hours_among(given)
    shown = {
        "lines": [(one, path_of(one.key), duration_words(one.minutes)) for one in given[:MOST]],
        "hours": [(line.words, duration_words(line.minutes)) for line in hours],
    }
    return render_to_string("certificates/panels/person.html", shown, request)

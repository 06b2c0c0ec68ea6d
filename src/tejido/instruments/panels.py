"""What this domain adds to pages of other domains (config/slots.py)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage
from tejido.directory.models import Person
from tejido.instruments import selectors

MOST = 5


def asked_of_reader(request: HttpRequest, _reader_of_home: User) -> str:
    """What waits for the reader's answer, on the home page. One query."""
    return _asked(request, Q())


def asked_in_community(request: HttpRequest, community: Community) -> str:
    """What waits for the reader's answer in a community or above it. One query."""
    here = Lineage.objects.filter(community=community).values("ancestor_id")
    return _asked(request, Q(community__in=here), community)


def _asked(request: HttpRequest, where: Q, community: Community | None = None) -> str:
    assert isinstance(request.user, User)  # pages with slots stand behind an account
    waiting = selectors.to_answer(request.user).filter(where, Q(answered=False) | Q(many=True))[:MOST]
    shown = {"waiting": waiting, "community": community}
    return render_to_string("instruments/panels/asked.html", shown, request) if waiting else ""


def phones_of_person(request: HttpRequest, person: Person) -> str:
    """On somebody's own page: the way to the phones that answer in their name. No query."""
    if person.user_id is None or person.user_id != request.user.pk:
        return ""
    return render_to_string("instruments/panels/phones.html", {}, request)

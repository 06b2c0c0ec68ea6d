"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.charters import selectors
from tejido.charters.models import CharterVersion
from tejido.communities.models import Community
from tejido.consultations.models import Consultation
from tejido.consultations.selectors import is_over
from tejido.directory.models import Person
from tejido.web.slots import only_where


def charter_on_overview(request: HttpRequest, community: Community) -> str:
    """The challenge of the community and the way to its charter. No query: the overview has none to spare."""
    return render_to_string("charters/panels/overview.html", {"community": community}, request)


def door(request: HttpRequest, community: Community) -> str:
    """The way to the charter, on the page of governance. One query."""
    known = {one.state: one for one in selectors.versions_in(community)[:20]}
    shown = {
        "community": community,
        "held": known.get(CharterVersion.State.IN_FORCE),
        "proposed": known.get(CharterVersion.State.PROPOSED),
        "draft": known.get(CharterVersion.State.DRAFT),
    }
    return render_to_string("charters/panels/door.html", shown, request)


@only_where(selectors.has_awaited)
def acceptances_awaited(request: HttpRequest, person: Person) -> str:
    """Charters that the reader was asked to accept and has not, on her own page. One query there, else none."""
    if person.user_id is None or person.user_id != request.user.pk:
        return ""
    assert isinstance(request.user, User)  # pages with slots stand behind an account
    waiting = list(selectors.acceptances_awaited(request.user)[:5])
    return render_to_string("charters/panels/awaited.html", {"waiting": waiting}, request) if waiting else ""


def text_of_vote(request: HttpRequest, consultation: Consultation) -> str:
    """The charter on which a vote is held, for whoever may see the vote: also by a link, without an account. Two queries."""
    found = CharterVersion.objects.filter(vote_for__consultation=consultation).first()
    if found is None:
        return ""
    shown = {
        "version": found,
        "articles": selectors.begun_articles(found),
        "community": consultation.community,
    }
    return render_to_string("charters/panels/text.html", shown, request)


def outcome_of_vote(request: HttpRequest, consultation: Consultation) -> str:
    """What follows from a vote on a charter, on the page of the vote. One query: who runs the community writes its charter."""
    found = CharterVersion.objects.filter(vote_for__consultation=consultation).first()
    if found is None or not is_over(consultation):
        return ""
    shown = {"version": found, "writes": consultation.managed_by_reader}
    return render_to_string("charters/panels/outcome.html", shown, request)

"""What this domain adds to pages of the floors below (config/slots.py)."""

from __future__ import annotations

from django.db.models import Count, Window
from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Person, School
from tejido.foundation.policies import can
from tejido.gatherings import selectors

MOST = 8
OF_ALL = Window(Count("pk"))  # how many there are besides those that are shown, in the same query


def next_gatherings(request: HttpRequest, community: Community) -> str:
    """What is coming in a community, and for its team what still waits for its attendance. One query, and one for the right where the page has not asked for it."""
    reader = _reader(request)
    rights = getattr(community, "rights_of_reader", None)
    may_plan = "record" in rights if rights is not None else bool(can(reader, "gatherings.plan", community))
    if may_plan:
        coming, waiting = selectors.coming_and_waiting(reader, community)
    else:
        coming, waiting = selectors.coming_for(reader, community), []
    shown = {"community": community, "coming": coming, "may_plan": may_plan, "waiting": waiting}
    return render_to_string("gatherings/panels/community.html", shown, request)


def attended_by_person(request: HttpRequest, person: Person) -> str:
    """Where a person was: for the teams of those communities and for the person. One query."""
    attended = selectors.attended_by(_reader(request), person).annotate(of=OF_ALL)[:MOST]
    shown = {"person": person, "attended": attended, "count": attended[0].of if attended else 0}
    return render_to_string("gatherings/panels/person.html", shown, request) if shown["count"] else ""


def hosted_by_school(request: HttpRequest, school: School) -> str:
    """What took place at a school, and to how many gatherings its people went. Two queries."""
    reader = _reader(request)
    hosted = selectors.hosted_at(reader, school).annotate(of=OF_ALL)[:MOST]
    shown = {
        "school": school,
        "hosted": hosted,
        "count": hosted[0].of if hosted else 0,
        "reached": selectors.reached_from(reader, school),
    }
    if not shown["count"] and not shown["reached"]:
        return ""
    return render_to_string("gatherings/panels/school.html", shown, request)


def guests_of_community(request: HttpRequest, community: Community) -> str:
    """How many came and belong nowhere in the network. The page shows it to the team. One query."""
    count = selectors.guests_of(community).order_by().count()
    shown = {"community": community, "count": count}
    return render_to_string("gatherings/panels/guests.html", shown, request) if count else ""


def _reader(request: HttpRequest) -> User:
    """Pages with slots stand behind @members."""
    assert isinstance(request.user, User)
    return request.user

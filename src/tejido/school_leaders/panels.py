"""What this domain adds to pages of others (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import School
from tejido.gatherings.models import Gathering
from tejido.school_leaders import selectors
from tejido.web.slots import only_where


def _reader(request: HttpRequest) -> User:
    """Pages with slots stand behind an account."""
    assert isinstance(request.user, User)
    return request.user


@only_where(selectors.is_asked_as_head)
def asked_of_head(request: HttpRequest, _reader_of_home: User) -> str:
    """What a head has not answered yet, on her home page. One query."""
    waiting = list(selectors.waiting_for_head(_reader(request))[:3])
    return (
        render_to_string("school_leaders/panels/asked.html", {"waiting": waiting}, request) if waiting else ""
    )


def door(request: HttpRequest, community: Community) -> str:
    """The way to the schools and their heads, for the team. No query."""
    if "record" not in community.rights_of_reader:
        return ""
    return render_to_string("school_leaders/panels/door.html", {"community": community}, request)


def of_school(request: HttpRequest, school: School) -> str:
    """On the page of a school, for its head: the way to what she alone sees. One query."""
    hers = selectors.commitments_of_head(_reader(request)).filter(school=school).first()
    return render_to_string("school_leaders/panels/school.html", {"hers": hers}, request) if hers else ""


@only_where(selectors.has_substitutes)
def instead_of_heads(request: HttpRequest, gathering: Gathering) -> str:
    """Who comes to a gathering instead of a head, for the team. One query."""
    found = list(selectors.substitutions_at(gathering, _reader(request)))
    return render_to_string("school_leaders/panels/instead.html", {"found": found}, request) if found else ""

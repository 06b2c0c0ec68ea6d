"""What this domain adds to pages of the directory (config/slots.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from tejido.accounts.models import User
from tejido.communities import selectors
from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person, School


def memberships_of_person(request: HttpRequest, person: Person) -> str:
    """To what a person belongs and belonged, as far as the reader may see it. One query."""
    held = selectors.memberships_of(person, _reader(request))
    return render_to_string(
        "communities/panels/person.html", {"memberships": held, "person": person}, request
    )


def communities_of_school(request: HttpRequest, school: School) -> str:
    """To which communities people of a school belong, as far as the reader may see them. One query."""
    found = selectors.communities_of_school(school, _reader(request))
    return render_to_string(
        "communities/panels/school.html", {"communities": found, "school": school}, request
    )


def communities_of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    """To which communities an organisation belongs and belonged, as far as the reader may see them. One query."""
    held = selectors.communities_of_organisation(organisation, _reader(request))
    return render_to_string("communities/panels/organisation.html", {"held": held}, request)


def terms_due(request: HttpRequest, _reader_of_home: User) -> str:
    """Terms that are over or end soon, on the home page of whoever looks after them. One query."""
    held = list(selectors.terms_due(_reader(request))[:4])
    if not held:
        return ""
    return render_to_string(
        "communities/panels/terms_due.html", {"held": held[:3], "more": len(held) > 3}, request
    )


def organisations_door(request: HttpRequest, community: Community) -> str:
    """The way to the organisations that belong, on the page of governance. One query."""
    number = selectors.organisations_now(community).count()
    context = {"community": community, "number": number}
    return render_to_string("communities/panels/organisations_door.html", context, request)


def roles_door(request: HttpRequest, community: Community) -> str:
    """The way to roles and terms, and how many places are empty. One query."""
    number = selectors.without_leader(community, _reader(request)).count()
    context = {"community": community, "number": number}
    return render_to_string("communities/panels/roles_door.html", context, request)


def steering_door(request: HttpRequest, community: Community) -> str:
    """The way to the seats, for a network or its steering node. No query."""
    if community.kind not in (Community.Kind.NETWORK, Community.Kind.STEERING_NODE):
        return ""
    return render_to_string("communities/panels/steering_door.html", {"community": community}, request)


def messages_door(request: HttpRequest, community: Community) -> str:
    """The way to the messages, for whoever runs the community. No query."""
    if "run" not in community.rights_of_reader:
        return ""
    return render_to_string("communities/panels/messages_door.html", {"community": community}, request)


def _reader(request: HttpRequest) -> User:
    """Pages with slots stand behind @members."""
    assert isinstance(request.user, User)
    return request.user

"""How roles look: one tone for each family of roles, the same on every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from tejido.communities.models import Community, MembershipPause, Role

register = template.Library()

TONES = {
    Role.MEMBER: "plain",
    Role.NODE_LEADER: "indigo",
    Role.COORDINATOR: "indigo",
    Role.STEWARD: "plum",
    Role.FACILITATOR: "lagoon",
    Role.RESEARCHER: "clay",
    Role.REPRESENTATIVE: "leaf",
}


@register.filter
def tone_of_role(role: str) -> str:
    """The tone of a role's chip: {% chip words role|tone_of_role %}."""
    return TONES[Role(role)]


@register.filter
def roles_held(person: Any) -> list[tuple[str, str]]:
    """(role, words) of a person of `selectors.roster`, each once."""
    return list(dict.fromkeys((one.role, one.get_role_display()) for one in person.here))


@register.filter
def rests(person: Any) -> bool:
    """Whether a person of `selectors.roster` pauses in everything for which they are listed."""
    return bool(person.here) and all(one.rests for one in person.here)


@register.filter
def is_over(community: Community) -> bool:
    """Whether the last day of the community is behind us."""
    return community.ends_on is not None and community.ends_on < timezone.localdate()


@register.filter
def is_past(pause: MembershipPause) -> bool:
    """Whether the last day of the pause is behind us."""
    return pause.ends_on is not None and pause.ends_on < timezone.localdate()

"""Somebody new at the door: a person by name, marked as present in the same step."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.services import add_member
from tejido.directory.models import Person
from tejido.directory.selectors import people_for, search_form
from tejido.directory.services import add_guest
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.gatherings.services.attendance import locked, record_known
from tejido.gatherings.values import NewFace, Presence


@transaction.atomic
def welcome(gathering: Gathering, face: NewFace, status: str, *, actor: User) -> Person:
    """Add a person by name and mark them as `status` at `gathering`: all of it or nothing.

    Whoever is in the team writes down a new face; members are made by whoever runs the community.

    Raises: NotAllowed: of adding guests, members or attendance; Refusal("person_without_name");
    Refusal("same_name_known"): there is somebody of that name and `is_another` was not said.
    Announces PersonAdded, AttendanceRecorded and, if they join, MemberJoined.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.record_attendance", gathering)
    name = search_form(f"{face.given_names} {face.family_names}")
    if not face.is_another and people_for(actor, search=name).filter(search_name=name).exists():
        raise Refusal(
            "same_name_known",
            _(
                "There is already somebody called %(name)s. Choose them from the list, or say that this is another person."
            )
            % {"name": f"{face.given_names} {face.family_names}".strip()},
        )
    person = add_guest(face.given_names, face.family_names, actor=actor)
    if face.joins:
        add_member(gathering.community, person, starts_on=gathering.day, actor=actor)
    record_known(gathering, {person.pk: Presence(status)}, actor=actor)
    return person

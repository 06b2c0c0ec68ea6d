"""Deeds on schools and their numbers over the years."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.events import SchoolAdded, SchoolChanged
from tejido.directory.models import Organisation, School, SchoolProfile, Territory
from tejido.directory.names import search_form
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


class SchoolFields(TypedDict, total=False):
    """What can be said of a school in one go; absent keys stay as they are."""

    code: str
    register: str
    name: str
    territory: Territory | None
    group: Organisation | None
    address: str
    latitude: float | None
    longitude: float | None
    rural: bool | None
    sector: str
    closed_on: date | None
    is_invented: bool


def _set(school: School, fields: SchoolFields) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(school, name) != value]
    for name in changed:
        setattr(school, name, fields[name])  # type: ignore[literal-required]
    if not school.name.strip():
        raise Refusal("school_without_name", _("A school needs a name."))
    school.search_name = search_form(school.name)[:200]
    if school.code:
        same = School.objects.filter(register=school.register, code=school.code).exclude(pk=school.pk).first()
        if same is not None:
            raise Refusal(
                "school_code_taken",
                _("Code %(code)s already belongs to %(school)s. Open that school, or check the code.")
                % {"code": school.code, "school": same.name},
                school_id=same.pk,
            )
    return changed


@transaction.atomic
def add_school(fields: SchoolFields, *, actor: User) -> School:
    """A new school. Raises: NotAllowed; Refusal("school_without_name", "school_code_taken"). Announces SchoolAdded."""
    require(actor, "directory.keep_schools", None)
    school = School()
    _set(school, fields)
    school.full_clean(exclude=["search_name"], validate_unique=False)
    school.save()
    announce(SchoolAdded(school.pk), actor=actor)
    return school


@transaction.atomic
def change_school(school: School, fields: SchoolFields, *, actor: User) -> School:
    """Correct what is said of a school; nothing happens where nothing differs.

    Raises: NotAllowed; Refusal("school_without_name", "school_code_taken"). Announces SchoolChanged.
    """
    school = School.objects.select_for_update().get(pk=school.pk)
    require(actor, "directory.keep_schools", school)
    changed = _set(school, fields)
    if changed:
        school.full_clean(exclude=["search_name"], validate_unique=False)
        school.save()
        announce(SchoolChanged(school.pk, changed), actor=actor)
    return school


@transaction.atomic
def record_profile(
    school: School, on: date, *, actor: User, source: str = "", **numbers: int | None
) -> SchoolProfile:
    """The school's numbers on a date: enrolment, staff, educators, technicians, staff_on_leave.

    Recording the same date again replaces the numbers given. Raises NotAllowed. Announces SchoolChanged.
    """
    require(actor, "directory.keep_schools", school)
    profile, _made = SchoolProfile.objects.update_or_create(
        school=school, on=on, defaults={**numbers, **({"source": source} if source else {})}
    )
    announce(SchoolChanged(school.pk, ["profile"]), actor=actor)
    return profile


@transaction.atomic
def forget_profile(profile: SchoolProfile, *, actor: User) -> None:
    """The numbers of that date were entered by mistake and go. Raises NotAllowed. Announces SchoolChanged."""
    require(actor, "directory.keep_schools", profile.school)
    announce(SchoolChanged(profile.school_id, ["profile"]), actor=actor)
    profile.delete()

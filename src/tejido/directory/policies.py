"""Who may do what with people, schools and organisations.

Who a coordinator's people are is known to the communities domain, two floors up; its answers
come through foundation.reach. A person always reaches their own row.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Organisation, Person, School
from tejido.foundation.policies import Decision, policy
from tejido.foundation.reach import within_reach

EVERYTHING = Q(pk__gt=0)


def people_visible_to(actor: User) -> Q:
    """`directory.see_person`, for lists of Person."""
    return people_for(actor, "see")


def people_for(actor: User, verb: str) -> Q:
    """People on whom `actor` may do `verb`: see, contact, edit, merge. A `Q` on Person.

    Merging gives one person the roles of two, so it takes the right in every community of both.
    """
    if actor.is_system:
        return EVERYTHING
    reached = within_reach("directory.person", actor, verb)
    if verb == "merge":
        return reached & ~within_reach("directory.person", actor, "beyond")
    return reached | Q(user_id=actor.pk)


def schools_visible_to(actor: User) -> Q:
    """`directory.see_school`, for lists of School."""
    if actor.is_system or actor.is_superuser:  # a steward of the installation keeps the registers
        return EVERYTHING
    return within_reach("directory.school", actor, "see")


def organisations_visible_to(actor: User) -> Q:
    """`directory.see_organisation`, for lists of Organisation."""
    if actor.is_system or actor.is_superuser:
        return EVERYTHING
    return within_reach("directory.organisation", actor, "see")


def _on_person(actor: User, person: Person, verb: str, no: str) -> Decision:
    if Person.objects.filter(people_for(actor, verb), pk=person.pk).exists():
        return Decision(True, "within reach")
    return Decision(False, no)


@policy("directory.see_person")
def may_see_person(actor: User, person: Person) -> Decision:
    return _on_person(actor, person, "see", _("This person is in none of your communities."))


@policy("directory.see_contact")
def may_see_contact(actor: User, person: Person) -> Decision:
    return _on_person(
        actor,
        person,
        "contact",
        _("Only the coordination sees how to reach this person. Ask her to pass on a message."),
    )


@policy("directory.edit_person")
def may_edit_person(actor: User, person: Person) -> Decision:
    return _on_person(
        actor, person, "edit", _("Only the person and the coordination of their communities can change this.")
    )


@policy("directory.set_email")
def may_set_email(actor: User, person: Person) -> Decision:
    """The address by which somebody without an account will find their page when they sign in with it.

    Whoever could put in an address of their own would get all that the person may. So it takes what giving
    the person their memberships and roles takes.
    """
    if person.user_id == actor.pk:
        return Decision(True, "their own")
    reached = people_for(actor, "edit") & ~within_reach("directory.person", actor, "beyond")
    if Person.objects.filter(reached, pk=person.pk).exists():
        return Decision(True, "within reach")
    return Decision(
        False,
        _(
            "This person also belongs elsewhere. Only the coordination of all their communities sets the e-mail."
        ),
    )


@policy("directory.record_consent")
def may_record_consent(actor: User, person: Person) -> Decision:
    return may_edit_person(actor, person)


@policy("directory.merge_people")
def may_merge_people(actor: User, person: Person) -> Decision:
    return _on_person(
        actor, person, "merge", _("Only the coordination of both people's communities can merge them.")
    )


def keeps_the_registers(actor: User) -> bool:
    """Whether the actor runs a community: those keep the shared lists of schools and organisations. One query."""
    runs = Person.objects.filter(within_reach("directory.person", actor, "run"), user_id=actor.pk)
    return actor.is_superuser or runs.exists()


@policy("directory.see_school")
def may_see_school(actor: User, school: School) -> Decision:
    if School.objects.filter(schools_visible_to(actor), pk=school.pk).exists():
        return Decision(True, "within reach")
    return Decision(False, _("This school is in none of your communities."))


@policy("directory.see_organisation")
def may_see_organisation(actor: User, organisation: Organisation) -> Decision:
    if Organisation.objects.filter(organisations_visible_to(actor), pk=organisation.pk).exists():
        return Decision(True, "within reach")
    return Decision(False, _("This organisation is in none of your communities."))


@policy("directory.keep_schools")
def may_keep_schools(actor: User, school: Any) -> Decision:
    """Adding, changing and merging schools, organisations and territories, adding topics. `school` may be None."""
    if keeps_the_registers(actor):
        return Decision(True, "runs a community")
    return Decision(False, _("Only people who coordinate a community can change schools and organisations."))


@policy("directory.add_guest")
def may_add_guest(actor: User, person: Any) -> Decision:
    """Writing down somebody unknown at the door, by name alone: for whoever accompanies or runs a community."""
    accompanies = Person.objects.filter(
        within_reach("directory.person", actor, "accompany"), user_id=actor.pk
    )
    if actor.is_superuser or accompanies.exists():
        return Decision(True, "in the team of a community")
    return Decision(False, _("Only the team of a community writes down people who are new."))


@policy("directory.add_person")
def may_add_person(actor: User, person: Any) -> Decision:
    if keeps_the_registers(actor):
        return Decision(True, "runs a community")
    return Decision(False, _("Only people who coordinate a community can add people."))

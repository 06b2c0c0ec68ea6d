"""Who was accepted becomes a member or a leader: found in the directory or entered, with post, role and dates."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.calls.events import ApplicantTakenIn
from tejido.calls.models import Application, OpenCall
from tejido.calls.services.calls import locked
from tejido.communities.models import Community, Membership, Role
from tejido.communities.services import add_member, set_term
from tejido.directory.models import ContactPoint, Person, Post
from tejido.directory.selectors import people_for
from tejido.directory.services import PersonFields, add_person, set_contacts, take_up_post
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def take_in(application: Application, person: Person | None, *, actor: User) -> Membership:
    """The accepted applicant belongs to the community, or leads the node, for the term of the call. Again changes nothing.

    person: who she is in the directory, as whoever runs the call confirmed; None: she is in no list yet, and is entered with
    what she wrote, post at her school included.
    Raises: NotAllowed; Refusal("not_accepted", "unknown_person"). Announces ApplicantTakenIn; directory and communities theirs.
    """
    call = locked(application.call, actor)
    found = Application.objects.select_for_update(of=("self",)).select_related("school", "node", "membership")
    application = found.get(pk=application.pk)
    require(actor, "calls.choose", application)
    if application.state != Application.State.ACCEPTED:
        raise Refusal(
            "not_accepted", _("Only who was accepted is taken in. Decide about the application first.")
        )
    if application.membership is not None:
        return application.membership
    if person is not None and not people_for(actor).filter(pk=person.pk).exists():
        raise Refusal("unknown_person", _("This person is in none of your communities. Enter her anew."))
    who = person or _enter(application, actor)
    made = _join(call, application, who, actor)
    if person is None:
        _complete(application, who, actor)
    application.person, application.membership = who, made
    application.save(update_fields=["person", "membership"])
    announce(ApplicantTakenIn(call.community_id, call.pk, application.pk), actor=actor)
    return made


def _enter(application: Application, actor: User) -> Person:
    fields = PersonFields(
        given_names=application.given_names,
        family_names=application.family_names,
        language=application.language,
        is_invented=application.is_invented,
    )
    return add_person(fields, actor=actor)


def _join(call: OpenCall, application: Application, person: Person, actor: User) -> Membership:
    leads = call.kind == OpenCall.Kind.LEAD
    where: Community = application.node if leads and application.node is not None else call.community
    starts = call.term_starts or where.today
    if not leads:
        return add_member(where, person, actor=actor, starts_on=starts, ends_on=call.term_ends)
    held = add_member(where, person, actor=actor, role=Role.NODE_LEADER, starts_on=starts)
    return set_term(
        held, call.term_ends, actor=actor
    )  # a letter reminds of its end; it does not lapse unseen


def _complete(application: Application, person: Person, actor: User) -> None:
    """Contact and post of somebody new. She is in reach of whoever took her in only now."""
    contacts = [
        (ContactPoint.Kind.EMAIL, application.email),
        (ContactPoint.Kind.PHONE, application.phone),
    ]
    set_contacts(person, [(str(kind), value) for kind, value in contacts], actor=actor)
    if application.school is not None:
        take_up_post(person, application.school, function=Post.Function.TEACHER, actor=actor)

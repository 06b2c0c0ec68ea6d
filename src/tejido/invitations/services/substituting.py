"""Somebody of the same school comes instead."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.directory.models import Person, Post, School
from tejido.directory.selectors import search_form
from tejido.directory.services import add_guest, take_up_post
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.invitations.events import SubstituteNamed
from tejido.invitations.models import Asking, Reply
from tejido.invitations.selectors.doors import colleagues_of, school_of
from tejido.invitations.services.answering import release
from tejido.invitations.services.asking import must_be_coming, open_doors
from tejido.invitations.services.letters import INSTEAD, write_about
from tejido.invitations.services.lining_up import fill_places, is_full, locked
from tejido.invitations.values import Place, Substitute

Answer, Modality = Reply.Answer, Reply.Modality


@transaction.atomic
def name_substitute(place: Place, substitute: Substitute, *, actor: User) -> Person:
    """Somebody of the person's own school comes instead, with a link of their own and the place that the person had.

    A typed name is looked for among the people of the school; nobody there so called is entered, with a post there. Naming
    somebody else replaces whoever was named before.
    Raises: NotAllowed; Refusal("begun", "cancelled", "no_school", "of_another_school", "invited_already", "nobody_named",
    "stands_in"). Announces SubstituteNamed.
    """
    gathering, asking = locked(place.gathering)
    place = Place(gathering, place.person)
    require(actor, "invitations.answer", place)
    must_be_coming(gathering)
    _not_instead_of_another(place)
    person = _person(place, substitute)
    before = Reply.objects.filter(gathering=gathering, person=place.person).first()
    if before is not None and before.substitute_id == person.pk:
        return person
    _may_come_instead(gathering, person)
    if before is not None and before.substitute_id:
        release(gathering, before.substitute_id, actor=actor)
    _swap(place, person, asking, before, actor)
    open_doors(gathering, [place.person.pk, person.pk])
    write_about(gathering, INSTEAD, [person.pk], actor=actor)
    fill_places(gathering, asking, actor=actor)
    announce(SubstituteNamed(gathering.community_id, gathering.pk), actor=actor)
    return person


def _swap(place: Place, person: Person, asking: Asking, before: Reply | None, actor: User) -> None:
    """The one who cannot come says no, and whoever comes instead takes over the place, or the place in line."""
    now, gathering = timezone.now(), place.gathering
    common = {"answered_at": now, "answered_by": actor}
    said_no = {**common, "answer": Answer.NO, "modality": "", "waiting": False, "in_line_since": now}
    said_no |= {"substitute": person, "wheelchair": False, "interpreter": False, "other_needs": ""}
    said_no |= {"transport": "", "seats": None}
    Reply.objects.update_or_create(gathering=gathering, person=place.person, defaults=said_no)
    hers = before if before is not None and before.answer == Answer.YES else None
    modality = hers.modality if hers else _usual(gathering)
    kept = hers if hers and modality == Modality.ON_SITE else None
    waits = modality == Modality.ON_SITE and is_full(gathering, asking)
    Reply.objects.create(
        gathering=gathering,
        person=person,
        answer=Answer.YES,
        modality=modality,
        waiting=kept.waiting if kept else waits,
        in_line_since=kept.in_line_since if kept else now,
        **common,
    )


def _usual(gathering: Gathering) -> str:
    return Modality.ONLINE if gathering.modality == Gathering.Modality.ONLINE else Modality.ON_SITE


def _not_instead_of_another(place: Place) -> None:
    if not invited_to(place.gathering).filter(pk=place.person.pk).exists():
        raise Refusal(
            "stands_in",
            _(
                "Whoever comes in somebody's place sends nobody else. Say no, and your colleague can choose again."
            ),
        )


def _may_come_instead(gathering: Gathering, person: Person) -> None:
    taken = Reply.objects.filter(gathering=gathering, substitute=person).exists()
    if taken or invited_to(gathering).filter(pk=person.pk).exists():
        raise Refusal(
            "invited_already",
            _("%(name)s is expected at this gathering anyway. Choose somebody else.") % {"name": person.name},
        )


def _person(place: Place, substitute: Substitute) -> Person:
    school = school_of(place.person)
    if school is None:
        raise Refusal(
            "no_school",
            _(
                "It is not known at which school you work, so nobody can come in your place. Ask the coordination."
            ),
        )
    there = colleagues_of(place.person)
    if isinstance(substitute, Person):
        if substitute not in there:
            raise _of_another_school(substitute.name, school)
        return substitute
    name = " ".join(substitute.split())
    if not name:
        raise Refusal("nobody_named", _("Write the name of whoever comes."))
    called = [one for one in there if one.search_name == search_form(name)]
    return called[0] if called else _entered(place.gathering, name, school)


def _entered(gathering: Gathering, name: str, school: School) -> Person:
    """Somebody new of the school. One who is known here at another school is not of this one."""
    known = invited_to(gathering).filter(search_name=search_form(name)).values("pk")
    elsewhere = Post.objects.filter(person__in=known, ends_on=None).exclude(school=None)
    if elsewhere.exclude(school=school).exists():
        raise _of_another_school(name, school)
    given, _space, family = name.partition(" ")
    system = system_account()  # somebody new of the school, entered on a colleague's word
    person = add_guest(given[:100], family[:100], actor=system)
    take_up_post(person, school, function=Post.Function.OTHER, actor=system)
    return person


def _of_another_school(name: str, school: School) -> Refusal:
    words = _(
        "%(name)s works at another school. In your place comes somebody of %(school)s, so that what is learnt reaches it."
    )
    return Refusal("of_another_school", words % {"name": name, "school": school.name})

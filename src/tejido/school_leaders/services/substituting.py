"""A head sends somebody of her school to a gathering in her place."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.directory.models import Person, Post
from tejido.directory.selectors import search_form
from tejido.directory.services import add_guest, take_up_post
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.school_leaders.events import SubstituteNamed, SubstituteTakenBack
from tejido.school_leaders.models import SchoolCommitment, Substitution
from tejido.school_leaders.selectors import colleagues_of, coming_for_school
from tejido.school_leaders.values import Substitute


@transaction.atomic
def send_substitute(
    commitment: SchoolCommitment, gathering: Gathering, substitute: Substitute, *, actor: User
) -> Substitution:
    """Somebody of the school comes instead of its head; naming somebody else replaces whoever was named.

    A typed name is looked for among the people of the school; nobody there so called is entered, with a post there.
    That she comes changes no attendance: that is recorded on the day, as her own.
    Raises: NotAllowed; Refusal("not_hers", "not_of_the_school", "nobody_named"). Announces SubstituteNamed.
    """
    require(actor, "school_leaders.answer", commitment)
    _hers(commitment, gathering)
    person = _person(commitment, substitute)
    known = Substitution.objects.filter(gathering=gathering, head_id=commitment.head_id).first()
    if known is not None and known.substitute_id == person.pk:
        return known
    made, _new = Substitution.objects.update_or_create(
        gathering=gathering,
        head_id=commitment.head_id,
        defaults={"school_id": commitment.school_id, "substitute": person, "named_at": timezone.now()},
    )
    announce(SubstituteNamed(gathering.community_id, gathering.pk, commitment.school_id), actor=actor)
    return made


@transaction.atomic
def take_back_substitute(commitment: SchoolCommitment, gathering: Gathering, *, actor: User) -> None:
    """The head comes herself after all. Raises: NotAllowed; Refusal("not_hers"). Announces SubstituteTakenBack."""
    require(actor, "school_leaders.answer", commitment)
    _hers(commitment, gathering)
    gone, _each = Substitution.objects.filter(gathering=gathering, head_id=commitment.head_id).delete()
    if gone:
        announce(SubstituteTakenBack(gathering.community_id, gathering.pk, commitment.school_id), actor=actor)


def _hers(commitment: SchoolCommitment, gathering: Gathering) -> None:
    """The gathering is one of those that her page shows: still to come, of her teachers' communities."""
    if gathering.pk not in {one.pk for one in coming_for_school(commitment)}:
        raise Refusal("not_hers", _("This gathering is over, or your school is not invited to it."))


def _person(commitment: SchoolCommitment, substitute: Substitute) -> Person:
    there = colleagues_of(commitment, all_of_them=True)
    if isinstance(substitute, Person):
        if substitute not in there:
            raise Refusal("not_of_the_school", _("This person has no post at your school. Write the name."))
        return substitute
    name = " ".join(substitute.split())
    if not name:
        raise Refusal("nobody_named", _("Choose somebody of your school, or write who comes."))
    called = [one for one in there if one.search_name == search_form(name)]
    if called:
        return called[0]
    given, _space, family = name.partition(" ")
    system = system_account()  # somebody new of the school, entered on its head's word
    person = add_guest(given[:100], family[:100], actor=system)
    take_up_post(person, commitment.school, function=Post.Function.OTHER, actor=system)
    return person

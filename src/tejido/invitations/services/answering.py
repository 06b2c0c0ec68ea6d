"""What people answer: themselves, by their link, or told to somebody of the team."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.invitations.events import Answered
from tejido.invitations.models import Asking, Reply
from tejido.invitations.services.asking import must_be_coming, open_doors
from tejido.invitations.services.letters import RELEASED, write_about
from tejido.invitations.services.lining_up import fill_places, is_full, locked
from tejido.invitations.values import Place, Said

Answer, Modality = Reply.Answer, Reply.Modality


@transaction.atomic
def answer(place: Place, said: Said, *, actor: User) -> Reply:
    """Take an answer; answering again replaces it, and keeps the place in line of whoever comes on site as before.

    Where no place is left on site, a yes waits. A place that becomes free goes to whoever waits longest. Who comes after all
    needs no substitute: whoever was named is told so.
    Raises: NotAllowed; Refusal("begun", "cancelled", "no_such_answer", "not_that_way"). Announces Answered.
    """
    gathering, asking = locked(place.gathering)
    place = Place(gathering, place.person)
    require(actor, "invitations.answer", place)
    must_be_coming(gathering)
    before = Reply.objects.filter(gathering=gathering, person=place.person).first()
    values = _values(gathering, asking, before, said, actor)
    reply, _new = Reply.objects.update_or_create(gathering=gathering, person=place.person, defaults=values)
    if before is not None and before.substitute_id and values["substitute"] is None:
        release(gathering, before.substitute_id, actor=actor)
    open_doors(gathering, [place.person.pk])
    fill_places(gathering, asking, actor=actor)
    announce(Answered(gathering.community_id, gathering.pk), actor=actor)
    reply.refresh_from_db()
    return reply


@transaction.atomic
def answer_for(gathering: Gathering, person: Person, said: Said, *, actor: User) -> Reply:
    """Write down what somebody said on the phone. As `answer`, for the team only: one's own answer is another deed."""
    require(actor, "invitations.look_after", gathering)
    return answer(Place(gathering, person), said, actor=actor)


def _values(
    gathering: Gathering, asking: Asking, before: Reply | None, said: Said, actor: User
) -> dict[str, Any]:
    now = timezone.now()
    modality = _modality(gathering, said)
    on_site = said.answer == Answer.YES and modality == Modality.ON_SITE
    had_it = before is not None and before.answer == Answer.YES and before.modality == Modality.ON_SITE
    kept = before if had_it and on_site else None
    comes = said.answer != Answer.NO
    offers = comes and said.transport == Reply.Transport.OFFERS
    return {
        "answer": said.answer,
        "modality": modality,
        "waiting": kept.waiting if kept else (on_site and is_full(gathering, asking)),
        "in_line_since": kept.in_line_since if kept else now,
        "substitute": before.substitute if before is not None and not comes else None,
        "wheelchair": comes and said.needs.wheelchair,
        "interpreter": comes and said.needs.interpreter,
        "other_needs": said.needs.other.strip()[:300] if comes else "",
        "transport": said.transport if comes else "",
        "seats": (said.seats or 1) if offers else None,
        "note": said.note.strip()[:300],
        "answered_at": now,
        "answered_by": actor,
    }


def _modality(gathering: Gathering, said: Said) -> str:
    if said.answer not in Answer.values or said.transport not in ("", *Reply.Transport.values):
        raise Refusal("no_such_answer", _("Please choose one of the answers."))
    if said.answer == Answer.NO:
        return ""
    if gathering.modality != Gathering.Modality.HYBRID:
        return gathering.modality
    if said.modality not in Modality.values:
        raise Refusal("not_that_way", _("On site or online? Please choose one of the two."))
    return said.modality


def release(gathering: Gathering, person_id: int, *, actor: User) -> None:
    """A substitute is not needed any more: the answer goes, and a letter says so. For services."""
    Reply.objects.filter(gathering=gathering, person_id=person_id).delete()
    write_about(gathering, RELEASED, [person_id], actor=actor)

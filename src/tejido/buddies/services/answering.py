"""What the people of a pair say: yes, not this time, we talked, somebody else please."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.buddies.events import CameTogether, PairEnded
from tejido.buddies.models import Pair, Partner, Talk
from tejido.buddies.services.letters import NOT_NOW, ROUND_ABOUT, TOGETHER, address_of, write_to
from tejido.buddies.values import Talked
from tejido.communities.models import RecordedTie
from tejido.communities.services import TieLine, record_ties, take_back_ties
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.messages.services import Kind

UNDO = timedelta(days=1)
Answer, State = Partner.Answer, Pair.State
ONLY_TALKED = Talked()


def _held(partner: Partner, actor: User) -> tuple[Pair, Partner]:
    """The pair, locked, and this one of it. Raises NotAllowed."""
    pair = (
        Pair.objects.select_for_update(of=("self",))
        .select_related("round__community")
        .get(pk=partner.pair_id)
    )
    partner = pair.partners.select_related("person").get(pk=partner.pk)
    require(actor, "buddies.answer", partner)
    return pair, partner


@transaction.atomic
def answer(partner: Partner, *, yes: bool, shares_contact: bool = False, actor: User) -> Pair:
    """Yes, or not this time; until they are together it may be changed. When all who are left said yes, they are buddies.

    A three of which one says «not this time» goes on as two. shares_contact: the others see, once together, how to reach them.
    Raises: NotAllowed; Refusal("not_asked"). Announces CameTogether.
    """
    pair, partner = _held(partner, actor)
    if pair.state != State.SENT:
        raise Refusal("not_asked", _("This proposal is not open any more."))
    partner.answer = Answer.YES if yes else Answer.NOT_NOW
    partner.shares_contact = yes and shares_contact
    partner.save(update_fields=["answer", "shares_contact"])
    left = [one for one in pair.partners.all() if one.answer != Answer.NOT_NOW]
    if len(left) < 2:
        _over(pair, left)
    elif all(one.answer == Answer.YES for one in left):
        pair.state, pair.together_on = State.TOGETHER, timezone.localdate()
        pair.save(update_fields=["state", "together_on"])
        announce(CameTogether(pair.round.community_id, pair.pk), actor=actor)
        _write(pair, TOGETHER, left)
    return pair


def _over(pair: Pair, left: list[Partner]) -> None:
    """It did not come about. Who said yes reads it; who has not answered need not know that anybody asked."""
    pair.state, pair.ended_on = State.NOT_NOW, timezone.localdate()
    pair.save(update_fields=["state", "ended_on"])
    _write(pair, NOT_NOW, [one for one in left if one.answer == Answer.YES])


def _write(pair: Pair, kind: Kind, partners: list[Partner]) -> None:
    about = f"{ROUND_ABOUT}{pair.round_id}"
    people = [one.person_id for one in partners]
    write_to(pair.round.community, kind, about, people, actor=system_account())


@transaction.atomic
def share_contact(partner: Partner, *, shares: bool, actor: User) -> Partner:
    """Whether the others see how to reach them; may be changed at any time after a yes. Raises: NotAllowed; Refusal("not_together")."""
    pair, partner = _held(partner, actor)
    _together(pair, partner)
    partner.shares_contact = shares
    partner.save(update_fields=["shares_contact"])
    return partner


def _together(pair: Pair, partner: Partner) -> None:
    if pair.state != State.TOGETHER or partner.answer != Answer.YES:
        raise Refusal("not_together", _("These buddies are not together any more."))


@transaction.atomic
def talked(partner: Partner, talk: Talked = ONLY_TALKED, *, actor: User) -> Talk:
    """They talked, today, as this one says; said again on the day it is the same talk.

    Ties follow in the community: *works with*, from who says it to each of the others, and *asks for advice* as they say.
    Raises: NotAllowed; Refusal("not_together").
    """
    pair, partner = _held(partner, actor)
    _together(pair, partner)
    today, me = timezone.localdate(), partner.person_id
    told, _is_new = Talk.objects.get_or_create(pair=pair, day=today, told_by=partner.person)
    pair.talked_on = today
    pair.save(update_fields=["talked_on"])
    others = set(
        pair.partners.filter(answer=Answer.YES).exclude(pk=partner.pk).values_list("person_id", flat=True)
    )
    kinds = RecordedTie.Kind
    lines = [TieLine(me, other, kinds.WORKED, day=today) for other in sorted(others)]
    lines += [TieLine(me, other, kinds.ADVICE, day=today) for other in talk.asked if other in others]
    lines += [TieLine(other, me, kinds.ADVICE, day=today) for other in talk.was_asked if other in others]
    record_ties(pair.round.community, lines, actor=system_account(), brought_in=-told.pk)
    return told


@transaction.atomic
def take_back_talk(talk: Talk, *, actor: User) -> None:
    """It was a mistake: the talk goes, and its ties. Within a day. Raises: NotAllowed; Refusal("too_late")."""
    talk = Talk.objects.select_related("pair__round__community").get(pk=talk.pk)
    pair, _partner = _held(talk.pair.partners.get(person_id=talk.told_by_id), actor)
    if timezone.localdate() - talk.day > UNDO:
        raise Refusal("too_late", _("That was more than a day ago. Ask the coordination to correct it."))
    take_back_ties(pair.round.community, brought_in=-talk.pk, actor=system_account())
    talk.delete()
    last = pair.talks.order_by("-day").first()
    pair.talked_on = last.day if last else None
    pair.save(update_fields=["talked_on"])


@transaction.atomic
def ask_for_another(partner: Partner, *, actor: User) -> Pair:
    """It does not work out: the pair ends, and everybody of it waits for another. Nobody is told who asked.

    Raises: NotAllowed; Refusal("not_together"). Announces PairEnded, as the system's deed.
    """
    pair, partner = _held(partner, actor)
    _together(pair, partner)
    end(pair, actor=system_account())
    return pair


@transaction.atomic
def end(pair: Pair, *, actor: User) -> None:
    """The pair comes to its end. For services. Announces PairEnded."""
    pair.state, pair.ended_on = State.FADED, timezone.localdate()
    pair.save(update_fields=["state", "ended_on"])
    announce(PairEnded(pair.round.community_id, pair.pk), actor=actor)


@transaction.atomic
def link_of_my_own(partner: Partner, *, actor: User) -> str:
    """The address at which the actor, who is signed in, answers. Raises NotAllowed."""
    require(actor, "buddies.answer", partner)
    return address_of(partner)

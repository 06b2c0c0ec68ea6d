"""Bringing people together two by two: proposed, looked at, changed, sent, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.buddies.events import ProposalsSent, RoundClosed
from tejido.buddies.models import BuddyRound, Pair, Partner
from tejido.buddies.selectors.matching import people_for_buddies, prices
from tejido.buddies.services.letters import PROPOSAL, ROUND_ABOUT, write_to
from tejido.buddies.tokens import buddy_token
from tejido.buddies.values import Weeks
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.foundation.policies import require

CANDIDATES = 24  # partners with whom each is looked at, in large communities
USUAL = Weeks()


@transaction.atomic
def open_round(
    community: Community, *, actor: User, answer_by: date | None = None, weeks: Weeks = USUAL
) -> BuddyRound:
    """A round of buddies with its first proposals; nobody is told before they are sent.

    Raises: NotAllowed; Refusal("round_is_running", "too_few"); ValidationError for impossible weeks.
    """
    require(actor, "buddies.run", community)
    Community.objects.select_for_update().get(pk=community.pk)
    if community.buddy_rounds.exclude(state=BuddyRound.State.CLOSED).exists():
        raise Refusal(
            "round_is_running", _("A round of buddies is running here. Close it, or propose more in it.")
        )
    wave = BuddyRound(
        community=community, answer_by=answer_by, first_nudge_weeks=weeks.first,
        second_nudge_weeks=weeks.second, fades_weeks=weeks.fades,
    )  # fmt: skip
    wave.full_clean()
    wave.save()
    propose_pairs(wave, actor=actor)
    return wave


@transaction.atomic
def propose_pairs(wave: BuddyRound, *, actor: User) -> int:
    """Propose pairs, and threes, among everybody who would like a buddy and has none; what was proposed and not sent goes.

    As many as can be, those first who learn most from each other (`selectors.matching.prices`). How many there are.
    Raises: NotAllowed; Refusal("round_is_closed", "too_few").
    """
    wave = running(wave, actor)
    wave.pairs.filter(state=Pair.State.PROPOSED).delete()
    from tejido_analytics.pairing import buddies

    people = people_for_buddies(wave.community)
    table, km = prices(people)
    found = buddies([str(key) for key in people.ids], table, candidates=CANDIDATES)
    if not found.groups:
        raise Refusal(
            "too_few",
            _(
                "There are no two people who would like a buddy and fit together. Ask more people what they can share."
            ),
        )
    at = {str(key): place for place, key in enumerate(people.ids)}
    pairs = Pair.objects.bulk_create(
        (Pair(round=wave, km=_farthest(km, [at[key] for key in group])) for group in found.groups),
        batch_size=500,
    )
    _partners(zip(pairs, ([int(key) for key in group] for group in found.groups), strict=True))
    return len(pairs)


def _farthest(km: object, places: Sequence[int]) -> float | None:
    """Between the two of them that are farthest apart; None where a place is not known."""
    import numpy as np

    worst = float(np.max(np.asarray(km)[np.ix_(places, places)]))
    return None if np.isnan(worst) else worst


def _partners(pairs: object) -> None:
    Partner.objects.bulk_create(
        (
            Partner(pair=pair, person_id=key, token_hash=token_hash(buddy_token(pair.pk, key)))
            for pair, keys in pairs  # type: ignore[attr-defined]
            for key in keys
        ),
        batch_size=500,
    )


def running(wave: BuddyRound, actor: User) -> BuddyRound:
    """The round, locked, while it runs. For services. Raises: NotAllowed; Refusal("round_is_closed")."""
    wave = BuddyRound.objects.select_for_update(of=("self",)).select_related("community").get(pk=wave.pk)
    require(actor, "buddies.manage", wave)
    if wave.state == BuddyRound.State.CLOSED:
        raise Refusal("round_is_closed", _("This round is closed. Open a new one."))
    return wave


@transaction.atomic
def swap(wave: BuddyRound, one: Partner, other: Partner, *, actor: User) -> None:
    """Exchange two people of two proposals that are not sent. Raises: NotAllowed; Refusal("round_is_closed", "not_to_swap")."""
    wave = running(wave, actor)
    proposed = {each.pk: each for each in Partner.objects.filter(
        pk__in=[one.pk, other.pk], pair__round=wave, pair__state=Pair.State.PROPOSED
    )}  # fmt: skip
    if len(proposed) < 2 or one.pair_id == other.pair_id:
        raise Refusal("not_to_swap", _("Choose two people of two different proposals that are not sent yet."))
    here, there = proposed[one.pk], proposed[other.pk]
    places = [(here.pair_id, there.person_id), (there.pair_id, here.person_id)]
    Partner.objects.filter(pk__in=proposed).delete()
    Partner.objects.bulk_create(
        Partner(pair_id=pair, person_id=person, token_hash=token_hash(buddy_token(pair, person)))
        for pair, person in places
    )
    Pair.objects.filter(pk__in=[pair for pair, _person in places]).update(km=None)


@transaction.atomic
def leave_out(partner: Partner, *, actor: User) -> None:
    """Somebody is not proposed now; with fewer than two, the proposal goes. Raises: NotAllowed; Refusal("round_is_closed", "already_sent")."""
    partner = Partner.objects.select_related("pair__round").get(pk=partner.pk)
    running(partner.pair.round, actor)
    if partner.pair.state != Pair.State.PROPOSED:
        raise Refusal("already_sent", _("This proposal was sent already."))
    pair = partner.pair
    partner.delete()
    if pair.partners.count() < 2:
        pair.delete()


@transaction.atomic
def send_proposals(wave: BuddyRound, *, actor: User) -> int:
    """Ask everybody who is proposed, by letter with a link of their own. How many pairs.

    Raises: NotAllowed; Refusal("round_is_closed", "nothing_to_send"). Announces ProposalsSent.
    """
    wave = running(wave, actor)
    pairs = list(wave.pairs.filter(state=Pair.State.PROPOSED).values_list("pk", flat=True))
    if not pairs:
        raise Refusal("nothing_to_send", _("There are no proposals to send. Propose pairs first."))
    people = list(Partner.objects.filter(pair_id__in=pairs).values_list("person_id", flat=True))
    wave.pairs.filter(state=Pair.State.PROPOSED).update(state=Pair.State.SENT)
    wave.state = BuddyRound.State.OPEN
    wave.save(update_fields=["state"])
    announce(ProposalsSent(wave.community_id, wave.pk, len(pairs)), actor=actor)
    write_to(wave.community, PROPOSAL, f"{ROUND_ABOUT}{wave.pk}", people, actor=actor)
    return len(pairs)


@transaction.atomic
def close_round(wave: BuddyRound, *, actor: User) -> BuddyRound:
    """Nobody is asked any more, and what is not answered lapses; pairs that are together stay so. Raises NotAllowed. Announces RoundClosed."""
    wave = BuddyRound.objects.select_for_update().get(pk=wave.pk)
    require(actor, "buddies.manage", wave)
    if wave.state != BuddyRound.State.CLOSED:
        wave.pairs.filter(state=Pair.State.PROPOSED).delete()
        asked = wave.pairs.filter(state=Pair.State.SENT)
        asked.update(state=Pair.State.NOT_NOW, ended_on=timezone.localdate())
        wave.state = BuddyRound.State.CLOSED
        wave.save(update_fields=["state"])
        announce(RoundClosed(wave.community_id, wave.pk), actor=actor)
    return wave

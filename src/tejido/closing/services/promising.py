"""Commitments: made and corrected while a gathering is written down; settled and given another day for as long as they live."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.closing.events import CommitmentChanged, CommitmentMade, CommitmentRemoved, CommitmentSettled
from tejido.closing.models import Commitment, Key, Owner
from tejido.closing.selectors import today_in
from tejido.closing.services.holding import held_open
from tejido.closing.values import Promise
from tejido.communities.models import Lineage
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.foundation.acts import once
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import on_sheet

MOST = 100
State = Commitment.State


@transaction.atomic
def make_commitment(gathering: Gathering, promise: Promise, *, actor: User) -> Commitment:
    """Write down who will do what by when; nothing but the what is asked for.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "nothing_said", "too_many", "node_elsewhere", "due_before").
    Announces CommitmentMade.
    """
    gathering = held_open(gathering, actor)
    if Commitment.objects.filter(gathering=gathering).count() >= MOST:
        raise Refusal("too_many", _("These are very many commitments. Which of them will be kept?"))
    commitment = Commitment(gathering=gathering, community=gathering.community)
    _write(commitment, promise, actor)
    announce(CommitmentMade(gathering.community_id, gathering.pk, commitment.pk), actor=actor)
    return commitment


@transaction.atomic
def change_commitment(commitment: Commitment, promise: Promise, *, actor: User) -> Commitment:
    """Say anew what was promised, while the gathering is not closed. Raises as `make_commitment`. Announces CommitmentChanged."""
    gathering = held_open(commitment.gathering, actor)
    row = _locked(commitment)
    _write(row, promise, actor)
    announce(CommitmentChanged(gathering.community_id, gathering.pk, row.pk), actor=actor)
    return row


@transaction.atomic
def remove_commitment(commitment: Commitment, *, actor: User) -> None:
    """It was written down by mistake. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces CommitmentRemoved."""
    gathering = held_open(commitment.gathering, actor)
    removed, _by_model = Commitment.objects.filter(pk=commitment.pk).delete()
    if removed:
        announce(CommitmentRemoved(gathering.community_id, gathering.pk), actor=actor)


def _check_people(row: Commitment, promise: Promise, actor: User) -> None:
    wanted = {person.pk for person in promise.people} - on_sheet(row.gathering)
    if not wanted:
        return
    known = Person.objects.filter(people_visible_to(actor), pk__in=wanted)
    if known.count() < len(wanted):
        raise Refusal(
            "unknown_person", _("Somebody of these is in none of your communities. Add them first.")
        )


def _write(row: Commitment, promise: Promise, actor: User) -> None:
    _check_people(row, promise, actor)
    what = " ".join(promise.what.split())[:300]
    if not what:
        raise Refusal("nothing_said", _("Say what will be done."))
    if promise.due_on is not None and promise.due_on < row.gathering.day:
        raise Refusal("due_before", _("That day lies before the gathering. Check the date."))
    node = promise.node
    inside = Lineage.objects.filter(ancestor_id=row.community_id)
    if node is not None and not inside.filter(community_id=node.pk).exists():
        raise Refusal("node_elsewhere", _("That node belongs to another community. Choose one of this one."))
    row.what, row.due_on, row.note = what, promise.due_on, promise.note.strip()[:300]
    row.organisation, row.node = promise.organisation, node
    row.save()
    wanted = {person.pk for person in promise.people}
    row.owners.exclude(person_id__in=wanted).delete()
    known = set(row.owners.values_list("person_id", flat=True))
    Owner.objects.bulk_create(Owner(commitment=row, person_id=pk) for pk in sorted(wanted - known))


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("gathering", "community")
    return rows.get(pk=commitment.pk)


@transaction.atomic
def settle_commitment(commitment: Commitment, state: str, *, actor: User, note: str | None = None) -> str:
    """It is done, dropped, or open again; said again it changes nothing. Also after the gathering was closed.

    note: a word on how it went; None leaves what stands. Returns the state that stood before.
    Raises: NotAllowed; Refusal("no_such_state"). Announces CommitmentSettled.
    """
    row = _locked(commitment)
    require(actor, "closing.settle", row)
    if state not in State.values:
        raise Refusal("no_such_state", _("A commitment is open, done or dropped. Choose one of them."))
    before = row.state
    said = row.note if note is None else note.strip()[:300]
    if (before, row.note) == (state, said):
        return before
    if before != state:
        row.state = state
        row.settled_on = None if state == State.OPEN else today_in(row.community)
    row.note = said
    row.save(update_fields=["state", "settled_on", "note"])
    if before != state:
        announce(CommitmentSettled(row.community_id, row.gathering_id, row.pk, state), actor=actor)
    return before


@transaction.atomic
def postpone_commitment(commitment: Commitment, due_on: date, *, actor: User) -> Commitment:
    """Give an open commitment another day; who owes it is reminded of that one.

    Raises: NotAllowed; Refusal("not_open", "day_gone"). Announces CommitmentChanged.
    """
    row = _locked(commitment)
    require(actor, "closing.settle", row)
    if row.state != State.OPEN:
        raise Refusal("not_open", _("It is settled already. Open it again to give it another day."))
    if due_on < today_in(row.community):
        raise Refusal("day_gone", _("That day has gone by. Choose today or a later one."))
    if row.due_on != due_on:
        row.due_on = due_on
        row.save(update_fields=["due_on"])
        announce(CommitmentChanged(row.community_id, row.gathering_id, row.pk), actor=actor)
    return row


def settle_by_link(key: Key, state: str, act: UUID, *, actor: User) -> tuple[str, bool]:
    """One tap from a letter: done once, however often the phone sends it. Returns (the state now, whether this was new).

    act: the key that the page made for this tap. Raises as `settle_commitment`.
    """

    def deed() -> str:
        settle_commitment(key.commitment, state, actor=actor)
        return state

    return once(act, "closing.settle", deed, actor=actor)

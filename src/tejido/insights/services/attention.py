"""Attention: what the signals of an insight mean for the list of things to do, and what becomes of each.

A signal makes one item per subject. An item is done, put off or set aside by a person, or closes itself when its
signal no longer holds. What happened afterwards is checked with every new insight, so that advice is itself measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below, pausing_people
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.insights.events import AttentionDismissed, AttentionDone, AttentionReopened, AttentionSnoozed
from tejido.insights.models import AttentionItem, Insight
from tejido.insights.services.standing import standing_signals
from tejido_analytics import signals as codes
from tejido_analytics.activity import Activity
from tejido_analytics.agendas import balanced
from tejido_analytics.panorama import Panorama
from tejido_analytics.place import active_schools
from tejido_analytics.signals import Signal
from tejido_analytics.tables import Tables

QUIET_DAYS = 60  # after something was done: time to work, before the same is said again
DISMISSED_DAYS = 180  # what was set aside is not said again for so long
LONGEST_SNOOZE_DAYS = 180

Signal_, State, Outcome = AttentionItem.Signal, AttentionItem.State, AttentionItem.Outcome


@dataclass(frozen=True, slots=True)
class Now:
    """How things stand, as far as signals and outcomes ask. Ids are those of the library (text)."""

    signals: tuple[Signal, ...]
    members: frozenset[str]
    tied: frozenset[str]
    last_seen: Mapping[str, date]
    active_at_school: Mapping[str, int]
    balanced: frozenset[str] = frozenset()  # gatherings whose agenda leaves time to do and talk

    @classmethod
    def of(cls, tables: Tables, seen: Panorama) -> Now:
        """Read from what an insight was computed from. O(rows)."""
        activity, end = Activity(tables), seen.period.end
        been = {
            person: [day for key in keys if (day := activity.date_of(key)) <= end]
            for person, keys in activity.history.items()
        }
        return cls(
            seen.signals,
            activity.members_on(end),
            frozenset(node.id for node in seen.nodes if node.degree),
            {person: days[-1] for person, days in been.items() if days},
            {school: len(people) for school, people in active_schools(activity, seen.period).items()},
            balanced(activity),
        )


def refresh_attention(insight: Insight, now: Now) -> None:
    """Bring the community's items up to date with a new insight. Called within the transaction that stores it.

    New signals make items; known ones get the new numbers; items whose signal no longer holds close themselves with
    what happened; of items that were done the outcome is written, as soon as it is good or its time has passed.
    """
    community, today = insight.community, insight.community.today
    now = replace(now, signals=(*now.signals, *standing_signals(community)))
    resting = _resting(community, timezone.localdate())
    found = {
        (signal.code, signal.subject): signal
        for signal in now.signals
        if not (signal.code == codes.DRIFTING and signal.subject in resting)
    }
    lately = Q(outcome__in=["", Outcome.NOT_YET]) | Q(until__gt=today)
    alive = Q(state__in=AttentionItem.UNSETTLED) | Q(state__in=[State.DONE, State.DISMISSED]) & lately
    items = list(AttentionItem.objects.filter(alive, community=community).order_by("pk"))
    quiet: set[tuple[str, str]] = set()
    for item in items:
        here = (item.signal, item.key)
        if item.state in AttentionItem.UNSETTLED:
            quiet.add(here)
            _update(item, found.get(here), now, today)
        elif item.state in (State.DONE, State.DISMISSED):
            if item.state == State.DONE and item.outcome in ("", Outcome.NOT_YET):
                _check(item, holds=here in found, now=now, today=today)
            if item.until is not None and item.until > today:
                quiet.add(here)
    AttentionItem.objects.bulk_update(
        items,
        ["evidence", "state", "settled_at", "until", "outcome", "outcome_on"],
        batch_size=200,
    )
    _write(community.pk, [signal for here, signal in found.items() if here not in quiet], today)


def _resting(community: Community, today: date) -> set[str]:
    """Who pauses in all of it: nobody proposes to call them because they stay away. One query."""
    return {str(row["person_id"]) for row in pausing_people(below(community), today)}


def _update(item: AttentionItem, signal: Signal | None, now: Now, today: date) -> None:
    if signal is not None:
        item.evidence = _evidence(signal)
        return
    item.state, item.settled_at, item.until = State.CLOSED, timezone.now(), None
    item.outcome, item.outcome_on = _outcome(item, now) or "", today


def _check(item: AttentionItem, *, holds: bool, now: Now, today: date) -> None:
    """What came of something that was done. A good outcome is said at once, "not yet" when its time has passed."""
    outcome = _outcome(item, now)
    if outcome is None and item.until is not None and today >= item.until:
        outcome = Outcome.NOT_YET
    if outcome is not None and outcome != item.outcome:
        item.outcome, item.outcome_on = outcome, today


def _outcome(item: AttentionItem, now: Now) -> str | None:
    """How the subject stands now, or None where nothing has changed."""
    key = item.key
    if item.signal in (Signal_.ISOLATE, Signal_.DRIFTING) and key not in now.members:
        return Outcome.LEFT
    if item.signal == Signal_.ISOLATE:
        return Outcome.TIED if key in now.tied else None
    if item.signal == Signal_.DRIFTING:
        seen = now.last_seen.get(key)
        return Outcome.CAME_BACK if seen is not None and seen > item.since else None
    if item.signal == Signal_.SCHOOL_LOST:
        return Outcome.MORE_MEMBERS if now.active_at_school.get(key, 0) >= 1 else None
    if item.signal == Signal_.SCHOOL_ON_ONE:
        return Outcome.MORE_MEMBERS if now.active_at_school.get(key, 0) >= 2 else None
    if item.signal == Signal_.TALK:
        return Outcome.MORE_TIME if key in now.balanced else None
    if any(signal.code == item.signal and signal.subject == key for signal in now.signals):
        return None
    return {
        Signal_.BRIDGING: Outcome.MIXED,
        Signal_.HEADS: Outcome.HEADS_CAME,
        Signal_.LEADERLESS: Outcome.LED,
        Signal_.LED: Outcome.MORE_LEAD,
        Signal_.USEFULNESS: Outcome.USEFUL,
    }.get(Signal_(item.signal), Outcome.SHARED)


def _write(community_id: int, signals: Iterable[Signal], today: date) -> None:
    AttentionItem.objects.bulk_create(
        [
            AttentionItem(
                community_id=community_id,
                signal=signal.code,
                key=signal.subject,
                person_id=int(signal.subject) if signal.kind == "person" else None,
                school_id=int(signal.subject) if signal.kind == "school" else None,
                evidence=_evidence(signal),
                rank=Signal_.values.index(signal.code),
                since=signal.since or today,
            )
            for signal in signals
        ],
        batch_size=500,
    )


def _evidence(signal: Signal) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in signal.evidence.items()
    }


def _open_item(item: AttentionItem, actor: User) -> AttentionItem:
    """The item, locked, if the actor may settle it and nobody has."""
    item = AttentionItem.objects.select_for_update().select_related("community").get(pk=item.pk)
    require(actor, "insights.attend_item", item)
    if item.state not in AttentionItem.UNSETTLED:
        raise Refusal(
            "already_settled", _("Somebody has dealt with this in the meantime. Load the page again.")
        )
    return item


@transaction.atomic
def mark_done(item: AttentionItem, *, actor: User) -> AttentionItem:
    """The step was taken. It is not said again for two months, and what came of it is checked.

    Raises: NotAllowed; Refusal("already_settled"). Announces AttentionDone.
    """
    item = _open_item(item, actor)
    item.until = item.community.today + timedelta(days=QUIET_DAYS)
    _settle(item, State.DONE, actor)
    announce(AttentionDone(item.community_id, item.pk), actor=actor)
    return item


@transaction.atomic
def snooze(item: AttentionItem, days: int, *, actor: User) -> AttentionItem:
    """Say it again in `days` days (1 to 180).

    Raises: NotAllowed; Refusal("already_settled", "bad_snooze"). Announces AttentionSnoozed.
    """
    item = _open_item(item, actor)
    if not 1 <= days <= LONGEST_SNOOZE_DAYS:
        raise Refusal("bad_snooze", _("It can be put off for 1 to 180 days."))
    item.until = item.community.today + timedelta(days=days)
    _settle(item, State.SNOOZED, actor)
    announce(AttentionSnoozed(item.community_id, item.pk, days), actor=actor)
    return item


@transaction.atomic
def dismiss(item: AttentionItem, reason: str, *, actor: User, note: str = "") -> AttentionItem:
    """Set it aside for half a year, with a reason (`AttentionItem.Reason`).

    Raises: NotAllowed; Refusal("already_settled", "no_reason"). Announces AttentionDismissed.
    """
    item = _open_item(item, actor)
    if reason not in AttentionItem.Reason.values:
        raise Refusal("no_reason", _("Choose a reason, so that others know why it was set aside."))
    item.reason, item.note = reason, note.strip()[:300]
    item.until = item.community.today + timedelta(days=DISMISSED_DAYS)
    _settle(item, State.DISMISSED, actor)
    announce(AttentionDismissed(item.community_id, item.pk, reason), actor=actor)
    return item


@transaction.atomic
def reopen(item: AttentionItem, *, actor: User) -> AttentionItem:
    """Undo done, put off or set aside.

    Raises: NotAllowed; Refusal("not_settled"): open already, closed by itself, or said anew meanwhile.
    Announces AttentionReopened.
    """
    item = AttentionItem.objects.select_for_update().select_related("community").get(pk=item.pk)
    require(actor, "insights.attend_item", item)
    same = AttentionItem.objects.filter(
        community=item.community, signal=item.signal, key=item.key, state__in=AttentionItem.UNSETTLED
    )
    if item.state in (State.OPEN, State.CLOSED) or same.exclude(pk=item.pk).exists():
        raise Refusal("not_settled", _("There is nothing to undo here any more."))
    item.state, item.until, item.reason, item.note = State.OPEN, None, "", ""
    item.settled_at = item.settled_by = item.outcome_on = None
    item.outcome = ""
    item.save()
    announce(AttentionReopened(item.community_id, item.pk), actor=actor)
    return item


def _settle(item: AttentionItem, state: str, actor: User) -> None:
    item.state, item.settled_at, item.settled_by = state, timezone.now(), actor
    item.save()

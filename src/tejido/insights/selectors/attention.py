"""What needs attention, in words: why, for whom, since when, and the one step that helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.insights.models import AttentionItem
from tejido.insights.policies import attention_visible_to
from tejido.insights.selectors.cards import say
from tejido.insights.selectors.weave import consenting

SHOWN = 7
OF_ONE_SIGNAL = 3  # so that one kind of signal does not fill the page

Signal = AttentionItem.Signal


@dataclass(frozen=True, slots=True)
class Notice:
    """An item as it is read. step and url: the one button."""

    item: AttentionItem
    title: str
    why: str
    step: str
    url: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a settled item."""

    item: AttentionItem
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """How well the advice of one signal has worked: of those done and checked, how many turned out well."""

    signal: str
    done: int
    well: int
    waiting: int
    alone: int  # turned out well without anybody having done anything


def items_for(actor: User, community: Community | None = None) -> QuerySet[AttentionItem]:
    """Items `actor` may see, of people who consent, with community, person and school. One query."""
    rows = AttentionItem.objects.filter(attention_visible_to(actor)).filter(
        Q(person=None) | consenting("person_id")
    )
    if community is not None:
        rows = rows.filter(community=community)
    return rows.select_related("community__parent", "person", "school")


def open_items(actor: User, community: Community | None = None) -> QuerySet[AttentionItem]:
    """Those that wait for somebody today: open, or put off until now. One query."""
    awake = Q(state=AttentionItem.State.OPEN) | Q(
        state=AttentionItem.State.SNOOZED, until__lte=timezone.localdate()
    )
    return items_for(actor, community).filter(awake)


def attention_for(actor: User, *, limit: int = SHOWN, community: Community | None = None) -> list[Notice]:
    """At most `limit` notices, the most pressing first; not more than three of one signal while there are others.

    What a network and its node both say is said once, for the higher one. Two queries for any number of items.
    """
    ranked = open_items(actor, community).annotate(
        height=Subquery(
            Lineage.objects.filter(community=OuterRef("community")).order_by("-depth").values("depth")[:1]
        ),
        place=Window(RowNumber(), partition_by=F("signal"), order_by=["since", "pk"]),
    )
    rows = ranked.filter(place__lte=limit * 3).order_by("rank", "since", "height", "pk")
    return notices(_varied(_once(rows), limit))


def _once(rows: Iterable[AttentionItem]) -> list[AttentionItem]:
    """One item per signal and subject, of the highest community. An attribute is a subject of each community."""
    best: dict[tuple[str, str, int], AttentionItem] = {}
    for item in rows:
        apart = item.community_id if item.signal in (Signal.BRIDGING, Signal.USEFULNESS) else 0
        here = (item.signal, item.key, apart)
        height: int = item.height  # type: ignore[attr-defined]
        if here not in best or height < best[here].height:  # type: ignore[attr-defined]
            best[here] = item
    return sorted(best.values(), key=lambda item: (item.rank, item.since, item.pk))


def _varied(items: Sequence[AttentionItem], limit: int) -> list[AttentionItem]:
    seen: Counter[str] = Counter()
    first: list[AttentionItem] = []
    rest: list[AttentionItem] = []
    for item in items:
        seen[item.signal] += 1
        (first if seen[item.signal] <= OF_ONE_SIGNAL else rest).append(item)
    chosen = {item.pk for item in [*first, *rest][:limit]}
    return [item for item in items if item.pk in chosen]


def notices(items: Sequence[AttentionItem]) -> list[Notice]:
    """Items in words. A query for the people named in evidence, and one for gatherings, where there are such."""
    named = {int(item.evidence["person"]) for item in items if item.evidence.get("person")}
    people = Person.every.filter(pk__in=named).filter(consenting()) if named else []
    names = {person.pk: person.name for person in people}
    _name_gatherings(items)
    return [
        Notice(
            item,
            str(item.get_signal_display()),
            why(item, names),
            step_of(item.signal),
            reverse("insights:attention_item", args=[item.community_id, item.pk]),
        )
        for item in items
    ]


def _name_gatherings(items: Sequence[AttentionItem]) -> None:
    """Evidence of a gathering gets its title as it is now; the team that reads the item runs the community or its node."""
    told = [(item, pk) for item in items if (pk := gathering_of(item)) is not None]
    wanted = {pk for _item, pk in told}
    titles = dict(Gathering.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}
    for item, pk in told:
        item.evidence["title"] = titles.get(pk, "")


def gathering_of(item: AttentionItem) -> int | None:
    """The gathering that an item is about, or begins with."""
    if item.signal == Signal.TALK:
        return int(item.key)
    return int(item.evidence["gathering"]) if item.signal == Signal.USEFULNESS else None


def step_of(signal: str) -> str:
    """The words of the one button."""
    return {
        Signal.ISOLATE: _("Introduce a colleague"),
        Signal.DRIFTING: _("Prepare a call"),
        Signal.BRIDGING: _("Mix the next gathering"),
        Signal.SCHOOL_ON_ONE: _("Write to the school"),
        Signal.SCHOOL_LOST: _("Write to the school"),
        Signal.CONCENTRATED: _("Share it with a second person"),
        Signal.LEADERLESS: _("Name a leader"),
        Signal.TALK: _("Change the agenda"),
        Signal.LED: _("Ask others to lead"),
        Signal.USEFULNESS: _("Read the exit tickets"),
        Signal.HEADS: _("Win the heads"),
    }[Signal(signal)]


def subject_of(item: AttentionItem) -> str:
    """Whom or what it is about."""
    if item.person is not None:
        return item.person.name
    if item.school is not None:
        return item.school.name
    if item.signal == Signal.LEADERLESS:
        return str(item.evidence["name"])
    return {
        "district": _("Districts"),
        "school": _("Schools"),
        "sector": _("Sectors"),
        "subject": _("Subjects"),
        "heads": _("Heads of schools"),
        "usefulness": _("Usefulness"),
    }.get(item.key, item.key)


def why(item: AttentionItem, names: Mapping[int, str]) -> str:
    """The reason in a sentence, with its numbers."""
    evidence, subject = item.evidence, subject_of(item)
    if item.signal == Signal.ISOLATE:
        return ngettext(
            "%(name)s has been to %(n)d gathering in small groups and is not tied to anybody yet.",
            "%(name)s has been to %(n)d gatherings in small groups and is not tied to anybody yet.",
            evidence["gatherings"],
        ) % {"name": subject, "n": evidence["gatherings"]}
    if item.signal == Signal.LEADERLESS:
        return _("%(node)s has no leader. What nobody leads falls asleep.") % {"node": subject}
    if item.signal == Signal.DRIFTING:
        return _why_drifting(evidence, subject)
    if item.signal == Signal.BRIDGING:
        return _why_apart(item.key) % {
            "value": say("mixing", evidence["value"]),
            "expected": say("mixing", evidence["expected"]),
        }
    if item.signal == Signal.CONCENTRATED:
        return _(
            "%(share)s of the shortest ways between two others pass through %(name)s. "
            "That is precious, and fragile: if this person were missing, many would lose touch."
        ) % {"name": subject, "share": say("share", evidence["share"])}
    if item.signal == Signal.HEADS:
        return _why_heads(evidence)
    if item.signal in (Signal.TALK, Signal.LED, Signal.USEFULNESS):
        return _why_meetings(item, subject)
    return _why_school(item, subject, names)


def _why_heads(evidence: Mapping[str, int]) -> str:
    return ngettext(
        "Of %(schools)d school that takes part, %(engaged)d is there with a principal or leader of its own.",
        "Of %(schools)d schools that take part, %(engaged)d are there with a principal or leader of their own.",
        evidence["schools"],
    ) % {"schools": evidence["schools"], "engaged": evidence["engaged"]}


def _why_meetings(item: AttentionItem, subject: str) -> str:
    evidence = item.evidence
    if item.signal == Signal.TALK:
        return _(
            "The agenda of «%(title)s» on %(day)s plans %(share)s of the time as presentation. People come to talk with "
            "each other and to try things out."
        ) % {
            "title": evidence["title"],
            "day": _day(evidence["day"]),
            "share": say("share", evidence["share"]),
        }
    if item.signal == Signal.LED:
        return _(
            "%(name)s led %(share)s of what members led: %(led)s of %(of)s. If this person were missing, much would stop."
        ) % {
            "name": subject,
            "share": say("share", evidence["share"]),
            "led": say("spread", evidence["led"]),
            "of": say("spread", evidence["of"]),
        }
    return _(
        "«%(title)s» was found less useful than chance alone would explain: %(mean)s, where %(centre)s is usual."
    ) % {
        "title": evidence["title"],
        "mean": say("rating", evidence["mean"]),
        "centre": say("rating", evidence["centre"]),
    }


def _why_drifting(evidence: Mapping[str, object], subject: str) -> str:
    sentence = (
        _(
            "%(name)s took part before and excused themselves from the last two gatherings. Last seen on %(day)s."
        )
        if evidence["excused"] == 2
        else _("%(name)s took part before and missed the last two gatherings. Last seen on %(day)s.")
    )
    return sentence % {"name": subject, "day": _day(str(evidence["last_attended"]))}


def _why_apart(attribute: str) -> str:
    return {
        "district": _(
            "People from different districts are tied less than chance alone would bring about "
            "(%(value)s, by chance %(expected)s)."
        ),
        "school": _(
            "People from different schools are tied less than chance alone would bring about "
            "(%(value)s, by chance %(expected)s)."
        ),
        "sector": _(
            "People from different sectors are tied less than chance alone would bring about "
            "(%(value)s, by chance %(expected)s)."
        ),
    }.get(
        attribute,
        _(
            "People of different subjects are tied less than chance alone would bring about "
            "(%(value)s, by chance %(expected)s)."
        ),
    )


def _why_school(item: AttentionItem, subject: str, names: Mapping[int, str]) -> str:
    person = names.get(int(item.evidence["person"])) if item.evidence.get("person") else None
    if item.signal == Signal.SCHOOL_LOST:
        return (
            _("%(person)s was the only one from %(school)s and has left. Nobody has followed yet.")
            if person
            else _("The only one from %(school)s has left. Nobody has followed yet.")
        ) % {"person": person, "school": subject}
    return (
        _("%(school)s takes part through %(person)s alone.")
        if person
        else _("%(school)s takes part through one person alone.")
    ) % {"person": person, "school": subject}


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")


def happened(actor: User, community: Community, *, limit: int = 10) -> list[Happened]:
    """What became of settled items, the newest first. One query."""
    settled = items_for(actor, community).exclude(state__in=AttentionItem.UNSETTLED)
    told = settled.filter(~Q(outcome="") | ~Q(state=AttentionItem.State.CLOSED))
    return [Happened(item, _what_happened(item)) for item in told.order_by("-settled_at", "-pk")[:limit]]


def _what_happened(item: AttentionItem) -> str:
    state, outcome = AttentionItem.State(item.state), item.get_outcome_display()
    if state == AttentionItem.State.DISMISSED:
        return _("Set aside: %(reason)s.") % {"reason": item.get_reason_display()}
    if state == AttentionItem.State.DONE:
        if not outcome:
            return _("Done. What comes of it will show with the next gatherings.")
        return _("Done. Afterwards: %(outcome)s.") % {"outcome": outcome}
    return _("Settled by itself: %(outcome)s.") % {"outcome": outcome}


def scales(actor: User, community: Community) -> list[Scale]:
    """How well each kind of advice has worked here. One query; signals on which nothing was done are left out."""
    well, done = Q(outcome__in=AttentionItem.IMPROVED), Q(state=AttentionItem.State.DONE)
    rows = (
        AttentionItem.objects.filter(attention_visible_to(actor), community=community)
        .values("signal")
        .annotate(
            done=Count("pk", filter=done),
            well=Count("pk", filter=done & well),
            waiting=Count("pk", filter=done & Q(outcome="")),
            alone=Count("pk", filter=Q(state=AttentionItem.State.CLOSED) & well),
            first=Max("rank"),
        )
        .order_by("first")
    )
    return [
        Scale(str(Signal(row["signal"]).label), row["done"], row["well"], row["waiting"], row["alone"])
        for row in rows
        if row["done"] or row["alone"]
    ]

"""Who meets a rule and who does not, from attendance as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.certificates.models import Certificate, Rule
from tejido.certificates.values import Standing
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Attendance, Gathering, Series

State = Gathering.State
JOINED = ("community__parent", "series", "gathering")


def rule_of(subject: Gathering | Series) -> Rule | None:
    """The rule of a series; of a gathering: that of its series, else its own. One query."""
    return _rules_of(subject).first()


def _rules_of(subject: Gathering | Series) -> QuerySet[Rule]:
    wanted = Q(series=subject) if isinstance(subject, Series) else Q(gathering=subject)
    if isinstance(subject, Gathering) and subject.series_id is not None:
        wanted = Q(series_id=subject.series_id)
    return Rule.objects.filter(wanted).select_related(*JOINED)


def has_rule() -> Exists:
    """A condition on Gathering: certificates are given for it."""
    return Exists(Rule.objects.filter(Q(gathering=OuterRef("pk")) | Q(series=OuterRef("series"))))


def counted_gatherings(rule: Rule) -> list[Gathering]:
    """What the rule is about and was not called off, earliest first. One query."""
    wanted = Q(series_id=rule.series_id) if rule.series_id else Q(pk=rule.gathering_id)
    rows = Gathering.objects.filter(wanted).exclude(state=State.CANCELLED)
    return list(rows.order_by("starts_at", "pk"))


def why_not_yet(gatherings: Collection[Gathering]) -> Refusal | None:
    """Why certificates cannot be given yet; None: they can. No query."""
    if not gatherings:
        return Refusal("nothing_held", _("No gathering has taken place yet."))
    if any(one.state == State.PLANNED for one in gatherings):
        return Refusal(
            "not_over", _("Some gatherings are still to come. Certificates are given after the last one.")
        )
    if any(one.closed_at is None for one in gatherings):
        return Refusal(
            "not_closed",
            _(
                "Attendance is not closed everywhere yet. Close it first, so that it does not change any more."
            ),
        )
    return None


def length_of(gathering: Gathering) -> int:
    """How long a gathering is, in minutes; at least one."""
    return max(1, round((gathering.ends_at - gathering.starts_at).total_seconds() / 60))


def minutes_at(attendance: Attendance, gathering: Gathering) -> int:
    """How long somebody was there: what was measured, at most its length; else all of it. 0: was not there."""
    if attendance.status not in Attendance.ATTENDED:
        return 0
    whole = length_of(gathering)
    return whole if attendance.minutes is None else min(attendance.minutes, whole)


def standings(rule: Rule, *, only: Q | None = None) -> list[Standing]:
    """Everybody who was marked at a gathering of the rule, by name, and how they stand. Three queries; only: a condition on `person`."""
    given = Certificate.objects.filter(only or Q(), rule=rule, revoked_at=None).select_related("person")
    return _lines(rule, list(given), only or Q())


def standing_of(rule: Rule, person: Person) -> Standing | None:
    """How one person stands; None: nothing is known of her there. Three queries."""
    return next(iter(standings(rule, only=Q(person=person))), None)


def rule_and_key(gathering: Gathering, reader: User) -> tuple[Rule | None, str]:
    """The rule of a gathering, and the key of the reader's own valid certificate ("": has none). One query."""
    own = Certificate.objects.filter(rule=OuterRef("pk"), person__user=reader, revoked_at=None)
    found = _rules_of(gathering).annotate(key_of_reader=Subquery(own.values("key")[:1])).first()
    return (found, found.key_of_reader or "") if found else (None, "")


def standing_without(rule: Rule, reader: User) -> Standing | None:
    """How a reader stands who has no certificate; None: nothing is known of her there. Two queries."""
    return next(iter(_lines(rule, [], Q(person__user=reader))), None)


def _lines(rule: Rule, given: Collection[Certificate], only: Q) -> list[Standing]:
    held = {one.pk: one for one in counted_gatherings(rule) if one.state == State.HELD}
    rows = Attendance.objects.filter(
        only, gathering__in=held, person__arriving_in=None, person__merged_into=None
    ).select_related("person")
    people: dict[int, Person] = {}
    there: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        people[row.person_id] = row.person
        there[row.person_id].append(minutes_at(row, held[row.gathering_id]))
    certificates = {one.person_id: one for one in given}
    people |= {pk: one.person for pk, one in certificates.items()}
    whole = sum(map(length_of, held.values()))
    lines = [
        Standing(
            person=person,
            minutes=sum(there[pk]),
            whole=whole,
            gatherings=sum(1 for minutes in there[pk] if minutes),
            share_asked=rule.share,
            gatherings_asked=rule.gatherings_needed,
            certificate=certificates.get(pk),
        )
        for pk, person in people.items()
    ]
    return sorted(lines, key=lambda line: (line.person.search_name, line.person.pk))

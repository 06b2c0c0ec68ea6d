"""Meetings: were they held, and did those who were asked come. Shares 0..1."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, share
from tejido_analytics.options import Options
from tejido_analytics.privacy import protect
from tejido_analytics.tables import Period

KINDS_OF_TIME = ("presentation", "hands_on", "discussion", "reflection", "social", "admin")
ACTIVE = ("hands_on", "discussion", "reflection")
MOST_PRESENTATION, LEAST_ACTIVE = 0.5, 0.4


def time_mix(segments: Iterable[tuple[str, float]]) -> Measure:
    """How the time of gatherings is divided: value = share of hands-on, discussion and reflection together (0..1).

    segments: (kind of `KINDS_OF_TIME`, minutes). n = denominator = minutes in all; numerator = active minutes. None where no minute is known.
    detail: `minutes` and `shares` by kind, every kind of `KINDS_OF_TIME` there; `warnings`: "much_presentation" above half
    of the time, "little_active" below two fifths. Raises ValueError for a kind that is not one of them or minutes below 0.
    Source of the thresholds: indicators of the house (Meetings, time_mix), after what five programmes reported: people
    come for peers and for what they can use, and too much talk at them drives them away. O(segments).

    >>> mix = time_mix([("presentation", 60), ("discussion", 30), ("social", 10)])
    >>> mix.value, mix.n, mix.detail["warnings"]
    (0.3, 100, ['much_presentation', 'little_active'])
    """
    minutes = dict.fromkeys(KINDS_OF_TIME, 0.0)
    for kind, given in segments:
        if kind not in minutes or given < 0:
            raise ValueError(f"{kind!r}, {given!r}: a kind of time and its minutes, from 0")
        minutes[kind] += given
    total = sum(minutes.values())
    active = sum(minutes[kind] for kind in ACTIVE)
    shares = {kind: given / total if total else 0.0 for kind, given in minutes.items()}
    warnings = ["much_presentation"] if shares["presentation"] > MOST_PRESENTATION else []
    if total and active / total < LEAST_ACTIVE:
        warnings.append("little_active")
    detail = {"minutes": minutes, "shares": shares, "warnings": warnings}
    return share(active, total, reasons.NO_TIMES, detail=detail)


def held(activity: Activity, period: Period, as_of: dt.date | None = None) -> Measure:
    """Gatherings held / planned in the period (share; n = gatherings planned).

    Planned: every gathering of the period in state planned, held or cancelled, dated no later than `as_of`.
    Gatherings whose state nobody recorded are left out and counted as missing; None where no state is known.

    >>> from tejido_analytics.tables import Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> states = [Gathering(state, day, state=state) for state in ("held", "cancelled")]
    >>> held(Activity(Tables(gatherings=states)), Period(day, day)).value
    0.5
    """
    rows = [row for row in activity.every_gathering.values() if row.date in period]
    if not rows:
        return Measure(
            None, 0, reasons.NO_GATHERINGS_IN_PERIOD if activity.every_gathering else reasons.NO_GATHERINGS
        )
    due = [row for row in rows if as_of is None or row.date <= as_of]
    known = [row for row in due if row.state]
    states = {state: sum(row.state == state for row in known) for state in ("held", "planned", "cancelled")}
    return share(
        states["held"],
        len(known),
        reasons.NO_STATES if due else reasons.NO_GATHERINGS_IN_PERIOD,
        missing={
            reasons.GATHERINGS_WITHOUT_STATE: len(due) - len(known),
            reasons.GATHERINGS_NOT_DUE: len(rows) - len(due),
        },
        detail={"states": states},
    )


def attendance_rate(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Attended / invited members, over all gatherings of the period with attendance (share).

    rate = Σ_g |attended_g ∩ invited_g| / Σ_g |invited_g|; n = denominator = invitations. Those who came without
    being invited are counted apart. Invited where nothing is recorded: see `Activity.invited`.
    detail: `by_kind`, `by_modality` (cells of key, value, numerator, denominator, gatherings, people) and
    `by_gathering` (every gathering with its own numbers). People without consent count here.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> came = [Attendance("ana", "g"), Attendance("eva", "g", "excused")]
    >>> attendance_rate(Activity(Tables(gatherings=[Gathering("g", day)], attendance=came)), Period(day, day)).value
    0.5
    """
    options = options or Options()
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    by_gathering, uninvited = [], 0
    for key in activity.gatherings_in(period):
        invited, came = activity.invited(key), activity.attended[key]
        uninvited += len(came - invited)
        row = activity.gatherings[key]
        by_gathering.append((row.kind, row.modality, key, came & invited, invited))
    detail: dict[str, Any] = {
        "by_kind": _cells([(kind, came, asked) for kind, _m, _k, came, asked in by_gathering], options),
        "by_modality": _cells([(mode, came, asked) for _k, mode, _g, came, asked in by_gathering], options),
        "by_gathering": _gathering_rows(activity, by_gathering, options),
    }
    return share(
        sum(len(came) for *_other, came, _asked in by_gathering),
        sum(len(asked) for *_other, asked in by_gathering),
        reasons.NOBODY_INVITED,
        missing=activity.gaps(period) | {reasons.NOT_INVITED: uninvited},
        detail=detail,
    )


def _cells(rows: list[tuple[str, frozenset[str], frozenset[str]]], options: Options) -> list[dict[str, Any]]:
    """One cell for each word that was recorded; gatherings without a word make no cell."""
    by_word: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    for word, came, asked in rows:
        by_word[word].append((came, asked))
    cells: list[dict[str, Any]] = []
    for word, pairs in sorted(by_word.items()):
        numerator = sum(len(came) for came, _asked in pairs)
        denominator = sum(len(asked) for _came, asked in pairs)
        people = len(frozenset().union(*(asked for _came, asked in pairs)))
        value = numerator / denominator if denominator else None
        cells.append(
            {
                "key": word,
                "value": value,
                "numerator": numerator,
                "denominator": denominator,
                "gatherings": len(pairs),
                "people": people,
            }
        )
    if [cell["key"] for cell in cells] == [""]:
        return []
    return protect(cells, suppress=options.suppress, smallest=options.smallest_cell)


def _gathering_rows(
    activity: Activity,
    rows: list[tuple[str, str, str, frozenset[str], frozenset[str]]],
    options: Options,
) -> list[dict[str, Any]]:
    cells = [
        {
            "key": key,
            "date": activity.date_of(key),
            "value": len(came) / len(asked) if asked else None,
            "numerator": len(came),
            "denominator": len(asked),
            "people": len(asked),
        }
        for _kind, _modality, key, came, asked in rows
    ]
    return protect(cells, suppress=options.suppress, smallest=options.smallest_cell, keep=("key", "date"))

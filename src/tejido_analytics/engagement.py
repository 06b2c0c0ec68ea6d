"""Heads who stand behind their schools: what was promised, beside who came. Shares of schools, 0..1.

`leadership.leaders_engaged` asks who of the leaders comes; here it is asked which schools have a head who committed
herself. The two are read together: a head who comes and promises nothing, and one who promises and never comes, are
different conversations.

Source: plain shares. What they ask is what the evaluations of Connecting STEM Teachers (Royal Academy of Engineering,
2011 to 2023) found: senior leaders open doors, and a school whose head stands behind it outlasts one teacher's leaving.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, share


@dataclass(frozen=True, slots=True)
class Standing:
    """One school with members. committed: a commitment holds today; came: its head came to a gathering of the period."""

    school: str
    committed: bool
    came: bool = False


def engagement(schools: Iterable[Standing]) -> Measure:
    """Schools with a head who is committed today / schools with members; n = schools with members.

    None where no school is known. detail: `committed`, `came` and `both` (numbers of schools), `without`: schools
    whose head neither promised nor came.

    >>> told = engagement([Standing("a", True, True), Standing("b", False, True), Standing("c", False)])
    >>> round(told.value, 2), told.n, told.detail["without"]
    (0.33, 3, ['c'])
    """
    found = list(schools)
    committed = sum(one.committed for one in found)
    return share(
        committed,
        len(found),
        reasons.NO_SCHOOLS_ACTIVE,
        detail={
            "committed": committed,
            "came": sum(one.came for one in found),
            "both": sum(one.committed and one.came for one in found),
            "without": sorted(one.school for one in found if not (one.committed or one.came)),
        },
    )

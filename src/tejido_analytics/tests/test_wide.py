"""The same numbers from an engine as from memory: every indicator that is a sum over rows, on generated tables."""

from __future__ import annotations

from typing import Any

import pytest

from tejido_analytics.activity import Activity
from tejido_analytics.catalogue import DEFINITIONS
from tejido_analytics.inside import Inside
from tejido_analytics.measure import Measure
from tejido_analytics.options import Options
from tejido_analytics.panorama import period_before
from tejido_analytics.tables import Period, Tables
from tejido_analytics.tests.samples import YEAR
from tejido_analytics.tests.wide_samples import OPTIONS, country
from tejido_analytics.wide import Wide, connect, held, indicators, roll_of
from tejido_analytics.wide.panorama import NOT_SUMS

LISTS = {
    "people",
    "not_active_any_more",
    "schools",
    "territories",
    "without",
    "on_one_member",
    "lost",
    "survived",
}
LISTS |= {"ended", "new_ties", "lost_ties", "by_gathering", "bands", "most_asked"}


def told(value: Any) -> Any:
    """A detail without its lists of people and schools, which the wide indicators do not make."""
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items() if not (key in LISTS and isinstance(one, list))}
    return [told(one) for one in value] if isinstance(value, list) else value


def differences(wide: Measure, memory: Measure) -> list[str]:
    """What is not the same: counts and phrases exactly, floats to 1e-9."""
    plain = ("n", "because", "missing", "value", "numerator", "denominator")
    found = [field for field in plain if not close(getattr(wide, field), getattr(memory, field))]
    return found if close(told(dict(wide.detail)), told(dict(memory.detail))) else [*found, "detail"]


def close(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(close(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(close, one, other))
    return bool(one == pytest.approx(other, rel=1e-9, abs=1e-9)) if isinstance(one, float) else one == other


def in_memory(tables: Tables, period: Period, options: Options) -> dict[str, Measure]:
    import dataclasses

    quick = dataclasses.replace(options, permutations=0)
    return Inside(Activity(tables), period, period_before(period, options), quick).measures()


@pytest.mark.parametrize("seed", range(8))
def test_every_sum_is_the_same_as_in_memory(seed: int) -> None:
    tables, options = country(seed), OPTIONS[seed % len(OPTIONS)]
    found = indicators(roll_of(Wide(held(connect(threads=1), tables)), YEAR, options=options))
    memory = in_memory(tables, YEAR, options)
    assert found.keys() | set(NOT_SUMS) == DEFINITIONS.keys()
    wrong = {name: differences(measure, memory[name]) for name, measure in found.items()}
    assert not {name: (fields, found[name], memory[name]) for name, fields in wrong.items() if fields}

"""The time mix: against hand-made sums, at its thresholds, and where nothing is known."""

from __future__ import annotations

import pytest

from tejido_analytics import reasons
from tejido_analytics.meetings import KINDS_OF_TIME, time_mix


def test_shares_are_minutes_over_all_minutes_and_add_up_to_one():
    mix = time_mix(
        [("presentation", 30), ("hands_on", 45), ("reflection", 15), ("presentation", 10), ("social", 20)]
    )
    assert mix.n == 120
    assert mix.value == pytest.approx(60 / 120)
    assert mix.detail["minutes"]["presentation"] == 40
    assert sum(mix.detail["shares"].values()) == pytest.approx(1)
    assert set(mix.detail["shares"]) == set(KINDS_OF_TIME)


@pytest.mark.parametrize(
    ("segments", "warnings"),
    [
        ([("presentation", 50), ("discussion", 50)], []),
        ([("presentation", 51), ("discussion", 49)], ["much_presentation"]),
        ([("discussion", 40), ("admin", 60)], []),
        ([("discussion", 39), ("admin", 61)], ["little_active"]),
        ([("presentation", 100)], ["much_presentation", "little_active"]),
    ],
)
def test_warnings_begin_just_beyond_the_thresholds(segments, warnings):
    assert time_mix(segments).detail["warnings"] == warnings


def test_without_minutes_nothing_is_said_and_nothing_is_warned_of():
    mix = time_mix([])
    assert (mix.value, mix.because, mix.detail["warnings"]) == (None, reasons.NO_TIMES, [])


@pytest.mark.parametrize("wrong", [("nap", 5), ("social", -1)])
def test_what_is_no_kind_and_no_time_is_refused(wrong):
    with pytest.raises(ValueError, match="minutes"):
        time_mix([wrong])

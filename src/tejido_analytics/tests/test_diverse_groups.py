"""Groups as varied as can be: proved optima of MDGPLIB, our own best values, and nothing that breaks the bounds."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Impossible
from tejido_analytics.seating.diverse import most_diverse_groups
from tejido_analytics.seating.problem import Table
from tejido_analytics.tests.real import folder, rows


def instance(path: Path) -> tuple[np.ndarray, list[Table]]:
    """MDGPLIB: people, groups, type, bounds of each group; then a line for each pair."""
    first, *lines = path.read_text().strip().splitlines()
    people, groups, _kind, *bounds = first.split()
    far = np.zeros((int(people), int(people)))
    for line in lines:
        one, other, distance = line.split()
        far[int(one), int(other)] = far[int(other), int(one)] = float(distance)
    return far, [Table(int(bounds[2 * at]), int(bounds[2 * at + 1])) for at in range(int(groups))]


@pytest.mark.real_data
def test_every_proved_optimum_of_mdgplib_is_found_and_the_best_values_of_thirty_people_nearly():
    place, below = folder("mdgplib"), []
    for row in rows(place / "REFERENCE_values.csv"):
        name, known = row["instance"], float(row["value"])
        far, sizes = instance(place / name.split("_")[0] / f"{name}.txt")
        proved = row["kind"].startswith("proved")
        found = most_diverse_groups(far, sizes, steps=300_000 if proved else 1_000_000, seed=1)
        if proved:
            assert found.value == pytest.approx(known, abs=1e-3), name
        else:
            below.append(found.value / known)
    assert len(below) == 30
    assert min(below) > 0.99
    assert float(np.median(below)) >= 0.99999


def test_the_value_is_the_best_of_all_divisions_of_eight_people_and_is_counted_afresh():
    draw = np.random.default_rng(3)
    half = np.triu(draw.integers(0, 100, (8, 8)), 1)
    far = half + half.T
    found = most_diverse_groups(far, [Table(3, 3), Table(3, 3), Table(2, 2)], steps=100_000)

    def value(order: tuple[int, ...]) -> int:
        parts = (order[:3], order[3:6], order[6:])
        return sum(int(far[np.ix_(part, part)].sum()) // 2 for part in parts)

    assert found.value == max(value(order) for order in permutations(range(8)))
    inside = found.group[:, None] == found.group[None, :]
    assert found.value == far[inside].sum() / 2


def test_groups_keep_their_bounds_and_the_same_seed_gives_the_same_groups():
    far = np.abs(np.subtract.outer(np.arange(20.0) ** 2, np.arange(20.0) ** 2))
    sizes = [Table(2, 9), Table(5, 5), Table(4, 8)]
    found, again = (most_diverse_groups(far, sizes, steps=20_000, seed=7) for _time in range(2))
    counts = np.bincount(found.group, minlength=3)
    assert all(size.smallest <= count <= size.largest for size, count in zip(sizes, counts, strict=True))
    assert (found.group == again.group).all()
    assert most_diverse_groups(far, [Table(20, 20)], steps=10).value == far.sum() / 2


def test_people_who_do_not_fit_and_tables_that_are_no_distances_are_refused():
    with pytest.raises(Impossible) as many:
        most_diverse_groups(np.zeros((5, 5)), [Table(1, 2), Table(1, 2)])
    assert (many.value.code, many.value.numbers["seats"]) == (codes.TOO_FEW_SEATS, 4)
    with pytest.raises(Impossible) as few:
        most_diverse_groups(np.zeros((5, 5)), [Table(3, 4), Table(3, 4)])
    assert few.value.code == codes.TOO_FEW_PEOPLE_FOR_TABLES
    for wrong in (np.zeros((2, 3)), np.array([[0, 1], [2, 0]]), np.array([[0, np.nan], [np.nan, 0]])):
        with pytest.raises(ValueError, match="distances"):
            most_diverse_groups(wrong, [Table(1, 2), Table(1, 2)])

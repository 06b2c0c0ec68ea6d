"""Small groups are hidden, and enough around them that subtraction does not bring them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tejido_analytics import reasons

SMALLEST_CELL = 5


def hide_small(
    sizes: Sequence[int], smallest: int = SMALLEST_CELL, *, total_known: bool = True
) -> dict[int, str]:
    """Which cells of one breakdown to hide: position -> why.

    sizes: how many people each cell rests on. A cell of 1 to `smallest` - 1 people is hidden; an empty one tells
    nothing about anybody and stays. Where `total_known` and the hidden cells together still hold fewer than
    `smallest` people (one hidden cell, or two tiny ones, would be the rest of the total), the smallest shown cells
    that hold people follow until they hold enough. Ties go to the earlier cell. Complementary suppression as in
    Hundepool et al., Statistical Disclosure Control (2012), ch. 4, for one dimension.

    >>> hide_small([12, 3, 8])
    {1: 'rests on fewer than five people', 2: 'hidden so that a smaller group cannot be worked out'}
    >>> hide_small([12, 3, 8], total_known=False)
    {1: 'rests on fewer than five people'}
    >>> hide_small([12, 0, 8])
    {}
    """
    hidden = {at: reasons.SUPPRESSED for at, size in enumerate(sizes) if 0 < size < smallest}
    if not hidden or not total_known:
        return hidden
    others = sorted((size, at) for at, size in enumerate(sizes) if size > 0 and at not in hidden)
    for _size, at in others:
        # One small cell never holds so many: at least two are hidden then.
        if sum(sizes[number] for number in hidden) >= smallest:
            break
        hidden[at] = reasons.SUPPRESSED_WITH_ANOTHER
    return dict(sorted(hidden.items()))


def protect(
    cells: Sequence[Mapping[str, Any]],
    *,
    suppress: bool,
    smallest: int = SMALLEST_CELL,
    total_known: bool = True,
    keep: Sequence[str] = ("key",),
) -> list[dict[str, Any]]:
    """The cells of a breakdown as shown: each gets `because`; hidden ones lose every entry but `keep`.

    cells: dicts with `people`, the number of different people the cell rests on. Not mutated.
    smallest: fewest people of a cell that is shown.

    >>> protect([{"key": "rural", "people": 3, "value": 0.5}, {"key": "urban", "people": 9, "value": 0.2}],
    ...         suppress=True, total_known=False)[0]
    {'key': 'rural', 'people': None, 'value': None, 'because': 'rests on fewer than five people'}
    """
    sizes = [int(cell["people"]) for cell in cells]
    hidden = hide_small(sizes, smallest, total_known=total_known) if suppress else {}
    shown = []
    for at, cell in enumerate(cells):
        because = hidden.get(at, "")
        kept = {name: value if not because or name in keep else None for name, value in cell.items()}
        shown.append({**kept, "because": because})
    return shown

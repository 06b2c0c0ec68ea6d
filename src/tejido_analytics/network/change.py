"""How a network changed from one period to the next."""

from __future__ import annotations

from collections.abc import Set

from tejido_analytics import reasons
from tejido_analytics.measure import Measure
from tejido_analytics.network.ties import Network

Pairs = Set[tuple[str, str]]


def tie_change(before: Network, now: Network) -> Measure:
    """Persistence: of the ties that stood in P-1, the share that still stands: kept / (kept + lost). n = those ties.

    detail: `new`, `kept`, `lost` (counts), `new_ties`, `lost_ties` (pairs of ids, sorted). None where none stood.

    >>> change = tie_change(Network.of({("a", "b"): 1, ("b", "c"): 1}), Network.of({("a", "b"): 1, ("a", "c"): 1}))
    >>> change.value, change.detail["new_ties"], change.detail["lost_ties"]
    (0.5, [('a', 'c')], [('b', 'c')])
    """
    old, new = before.pairs(), now.pairs()
    kept = len(old & new)
    detail = {
        "new": len(new - old),
        "kept": kept,
        "lost": len(old - new),
        "new_ties": sorted(new - old),
        "lost_ties": sorted(old - new),
    }
    if not old:
        return Measure(None, 0, reasons.NO_TIES_BEFORE, detail=detail)
    return Measure(kept / len(old), len(old), "", kept, len(old), detail=detail)


def core_moves(
    core_before: Set[str], before: Set[str], core_now: Set[str], now: Set[str]
) -> dict[str, list[str]]:
    """Who moved between core and edge from one period to the next: ids, sorted.

    core_before, core_now: in the core (`core.core_periphery`); before, now: in the network at all. `inward` from the
    edge to the core, `outward` from the core to the edge, `stayed` in the core; `came` straight into the core,
    `went` from the core out of the network.

    >>> core_moves({"ana", "eva"}, {"ana", "eva", "luz"}, {"ana", "luz"}, {"ana", "eva", "luz"})["inward"]
    ['luz']
    """
    return {
        "inward": sorted((core_now & before) - core_before),
        "outward": sorted((core_before & now) - core_now),
        "stayed": sorted(core_before & core_now),
        "came": sorted(core_now - before),
        "went": sorted(core_before - now),
    }

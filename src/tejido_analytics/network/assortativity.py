"""Do people tie with people like themselves: of the same group, or with as many ties as they have?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, with_counts
from tejido_analytics.network.ties import Network


def assortativity(network: Network, group_of: Mapping[str, str]) -> Measure:
    """Newman's coefficient for groups: 1 where all ties stay within them, 0 as by chance, below where they cross.

    r = (Σ_g e_gg - Σ_g a_g²) / (1 - Σ_g a_g²), e_gh the share of tie ends that join groups g and h, a_g = Σ_h e_gh;
    at least -1. n = ties, counted and not weighed. Beside the E-I index (`bridging`) it allows for how many ties each
    group has, where that allows for how many people. group_of: person -> group, empty or absent where unknown; ties
    with such a person are left out and counted as missing. detail: `within`, how many ties stay within a group.
    None without such ties, or where they join one group only. Newman, Mixing patterns in networks, Phys. Rev. E 67
    (2003), eq. 2.

    >>> assortativity(Network.of({("a", "b"): 1, ("c", "d"): 1}), dict(zip("abcd", "nnss"))).value
    1.0
    """
    names = sorted({group_of[name] for name in network.people if group_of.get(name)})
    code = {name: at for at, name in enumerate(names)}
    groups = np.array([code.get(group_of.get(name, ""), -1) for name in network.people], dtype=np.int64)
    usable = (groups[network.a] >= 0) & (groups[network.b] >= 0) if network.ties else np.zeros(0, dtype=bool)
    a, b = groups[network.a[usable]], groups[network.b[usable]]
    missing = with_counts(
        {
            reasons.PEOPLE_WITHOUT_GROUP: int((groups < 0).sum()),
            reasons.TIES_WITHOUT_GROUP: network.ties - len(a),
        }
    )
    because = _why_not(network, names, len(a))
    if because:
        return Measure(None, len(a), because, missing=missing)
    ends = np.bincount(np.concatenate([a, b]), minlength=len(names)) / (2 * len(a))
    within = int((a == b).sum())
    chance = float((ends**2).sum())
    if chance >= 1 - 1e-12:
        return Measure(None, len(a), reasons.ONE_GROUP, missing=missing)
    value = (within / len(a) - chance) / (1 - chance)
    return Measure(value, len(a), missing=missing, detail={"within": within})


def _why_not(network: Network, names: list[str], ties: int) -> str:
    if not network.ties:
        return reasons.NO_TIES if network.size else reasons.NO_PEOPLE
    if not names:
        return reasons.NO_GROUPS_KNOWN
    if len(names) == 1:
        return reasons.ONE_GROUP
    return "" if ties else reasons.NO_TIES_WITH_GROUPS


def degree_assortativity(network: Network) -> Measure:
    """Correlation of the numbers of ties at the two ends of a tie, -1..1; n = ties.

    Above 0 people with many ties are tied to one another; below 0 they are tied to people with few, as a hub is to
    its circle. Pearson's r over both directions of every tie. None without ties, and where all ends have as many.
    Newman, Assortative mixing in networks, Phys. Rev. Lett. 89 (2002), eq. 4.

    >>> degree_assortativity(Network.of({("a", "hub"): 1, ("b", "hub"): 1})).value
    -1.0
    """
    if not network.ties:
        return Measure(None, 0, reasons.NO_TIES if network.size else reasons.NO_PEOPLE)
    here = network.degree[np.concatenate([network.a, network.b])].astype(np.float64)
    there = network.degree[np.concatenate([network.b, network.a])].astype(np.float64)
    here, there = here - here.mean(), there - there.mean()
    spread = float((here**2).sum())
    if spread == 0:
        return Measure(None, network.ties, reasons.EQUAL_DEGREES)
    return Measure(float((here * there).sum()) / spread, network.ties)

"""The settings of a panorama: every threshold of the indicators in one place, with its default."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tejido_analytics.tables import Period

LEADER_ROLES: Final = frozenset(
    {
        "leader",
        "senior leader",
        "senior_leader",
        "middle leader",
        "middle_leader",
        "head",
        "headteacher",
        "principal",
        "deputy head",
        "vice principal",
        "rector",
        "rectora",
        "director",
        "directora",
        "diretor",
        "diretora",
        "coordinador académico",
        "coordinadora académica",
        "coordenador pedagógico",
        "coordenadora pedagógica",
        "jefe utp",
        "jefa utp",
    }
)


@dataclass(frozen=True, slots=True)
class Options:
    """How to measure. The defaults are those of the definitions that readers see.

    half_life_days: after so many days an encounter counts half. tie_threshold: weight from which a met tie stands.
    hall_limit: most people at a gathering without tables for it to count as one encounter.
    silence_days, silence_gatherings: a school has fallen silent when nobody of it came for so many days, in which at
        least so many gatherings took place.
    core_share_from, core_gatherings: share attended and gatherings invited to that make a core member.
    kinds: tie kinds of the network ("met" and kinds of `Tables.ties`); None: "met" where attendance
        is recorded, else all the kinds there are.
    periods: the community's own periods (terms, cycles), used for P-1 and cohorts; empty: same length just before.
    as_of: the reader's day; gatherings after it are not yet due. None: all of the period is due.
    suppress: hide breakdown cells of fewer than `smallest_cell` people (everyone but the community's coordinators).
    equity_attributes: fields of `Person` compared beside `Person.attributes`.
    reach_km: how far a skill may be away; None: anywhere in the community.
    permutations, seed: of the bridging test; the seed also steers Leiden and the layout.
    layout: whether positions are computed; positions: earlier ones to start from, person -> (x, y) in 0..1.
    """

    half_life_days: float = 365.0
    tie_threshold: float = 0.1
    hall_limit: int = 30
    core_share_from: float = 0.6
    core_gatherings: int = 3
    silence_days: int = 180
    silence_gatherings: int = 2
    kinds: tuple[str, ...] | None = None
    periods: tuple[Period, ...] = ()
    as_of: dt.date | None = None
    suppress: bool = True
    smallest_cell: int = 5
    leader_roles: frozenset[str] = LEADER_ROLES
    equity_attributes: tuple[str, ...] = ("sector", "subject", "district")
    reach_km: float | None = None
    permutations: int = 999
    seed: int = 20240229
    layout: bool = True
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    most_cohorts: int = 24

    def __post_init__(self) -> None:
        if self.half_life_days <= 0 or self.tie_threshold <= 0:
            raise ValueError("half-life and threshold are above 0")
        if self.hall_limit < 2:
            raise ValueError("an encounter takes at least two people")
        if self.silence_days < 1 or self.silence_gatherings < 1:
            raise ValueError("a silence takes at least a day and a gathering")

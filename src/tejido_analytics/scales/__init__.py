"""Scales: several items that are meant to measure one thing. Scores, and how far they can be relied on."""

from tejido_analytics.scales.alpha import cronbach, item_rest
from tejido_analytics.scales.groups import RaterForms, icc_of_groups, icc_of_raters
from tejido_analytics.scales.omega import Omega, OmegaOptions, omega, omega_of
from tejido_analytics.scales.scoring import Key, Scores, score
from tejido_analytics.scales.within import GroupAgreement, r_wg, r_wg_j

__all__ = [
    "GroupAgreement",
    "Key",
    "Omega",
    "OmegaOptions",
    "RaterForms",
    "Scores",
    "cronbach",
    "icc_of_groups",
    "icc_of_raters",
    "item_rest",
    "omega",
    "omega_of",
    "r_wg",
    "r_wg_j",
    "score",
]

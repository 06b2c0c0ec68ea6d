"""Estimates as objects for other programs."""

from __future__ import annotations

from typing import Any

from tejido_analytics.effects import Change
from tejido_analytics.estimate import Estimate


def of(found: Estimate, *, detail: bool = False) -> dict[str, Any]:
    """value, low, high, n, because, method; numbers are not rounded. because is empty where there is a value."""
    plain = {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "because": found.because,
        "method": found.method,
    }
    return {**plain, **(dict(found.detail) if detail else {})}


def of_change(change: Change) -> dict[str, Any]:
    """Both sides, the difference, g and the mixed model, with what they rest on."""
    return {
        "linked_by": change.linked_by,
        "groups": change.groups,
        "left_out": change.left_out,
        "before": {"n": change.before.n, "mean": change.before.mean, "sd": change.before.deviation},
        "after": {"n": change.after.n, "mean": change.after.mean, "sd": change.after.deviation},
        "difference": of(change.difference, detail=True),
        "g": of(change.g, detail=True),
        "mixed": of(change.mixed, detail=True),
        "cautions": list(change.cautions),
    }

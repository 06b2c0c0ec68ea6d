"""What is read about certificates. Each says what it costs."""

from __future__ import annotations

from tejido.certificates.selectors.given import (
    HoursLine,
    certificate_by_key,
    certificates_of,
    certificates_seen,
    has_certificates,
    hours_among,
    hours_by_kind,
    public_keys,
    revoked_between,
)
from tejido.certificates.selectors.standing import (
    counted_gatherings,
    has_rule,
    rule_and_key,
    rule_of,
    standing_of,
    standing_without,
    standings,
    why_not_yet,
)

__all__ = [
    "HoursLine",
    "certificate_by_key",
    "certificates_of",
    "certificates_seen",
    "counted_gatherings",
    "has_certificates",
    "has_rule",
    "hours_among",
    "hours_by_kind",
    "public_keys",
    "revoked_between",
    "rule_and_key",
    "rule_of",
    "standing_of",
    "standing_without",
    "standings",
    "why_not_yet",
]

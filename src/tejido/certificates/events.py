"""Facts this domain announces. Past tense, ids only: whose certificate it is stands in no history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What has to be met for a certificate was said, or said anew."""

    NAME: ClassVar[str] = "certificates.rule_set"
    community_id: int
    rule_id: int


@dataclass(frozen=True, slots=True)
class CertificatesIssued:
    NAME: ClassVar[str] = "certificates.issued"
    community_id: int
    rule_id: int
    count: int


@dataclass(frozen=True, slots=True)
class CertificateRevoked:
    NAME: ClassVar[str] = "certificates.revoked"
    community_id: int
    rule_id: int
    certificate_id: int

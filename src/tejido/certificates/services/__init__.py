"""Deeds about certificates. Each is one transaction and says what it raises and announces."""

from __future__ import annotations

from tejido.certificates.services.issuing import issue_for, issue_if_ready
from tejido.certificates.services.keys import keep_signing_key
from tejido.certificates.services.revoking import revoke
from tejido.certificates.services.ruling import set_rule

__all__ = ["issue_for", "issue_if_ready", "keep_signing_key", "revoke", "set_rule"]

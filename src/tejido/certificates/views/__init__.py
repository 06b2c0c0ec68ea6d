from __future__ import annotations

from tejido.certificates.views.public import paper, verify
from tejido.certificates.views.team import all_as_zip, certificate, certificates, issue, revoke, rule

__all__ = ["all_as_zip", "certificate", "certificates", "issue", "paper", "revoke", "rule", "verify"]

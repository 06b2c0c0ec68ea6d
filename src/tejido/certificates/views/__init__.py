from __future__ import annotations

from tejido.certificates.views.badges import badge, keys, status_list
from tejido.certificates.views.public import paper, verify
from tejido.certificates.views.team import all_as_zip, certificate, certificates, issue, revoke, rule

__all__ = [
    "all_as_zip",
    "badge",
    "certificate",
    "certificates",
    "issue",
    "keys",
    "paper",
    "revoke",
    "rule",
    "status_list",
    "verify",
]

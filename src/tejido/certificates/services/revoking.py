"""Taking a certificate back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.certificates.events import CertificateRevoked
from tejido.certificates.models import Certificate
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def revoke(certificate: Certificate, reason: str, *, actor: User) -> Certificate:
    """It holds no longer; whoever checks it reads so. There is no way back: who meets the rule gets a new one.

    Raises: NotAllowed; Refusal("no_reason", "revoked_already"). Announces CertificateRevoked.
    """
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("rule__community")
    found = rows.get(pk=certificate.pk)
    require(actor, "certificates.run", found.rule.community)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refusal("no_reason", _("Say why. Whoever holds it and the team can read it later."))
    if not found.is_valid:
        raise Refusal("revoked_already", _("It was revoked already."))
    found.revoked_at, found.reason = timezone.now(), reason
    found.save(update_fields=["revoked_at", "reason"])
    announce(CertificateRevoked(found.rule.community_id, found.rule_id, found.pk), actor=actor)
    return found

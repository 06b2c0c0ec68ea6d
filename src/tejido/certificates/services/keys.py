"""Which keys this installation has signed with."""

from __future__ import annotations

from django.db import transaction

from tejido.certificates.models import SigningKey


@transaction.atomic
def keep_signing_key() -> SigningKey:
    """Write down the public key of today, so that what it signs can be verified after the secret key has changed. Once each."""
    from tejido.certificates.badges.keys import multikey  # cryptography is slow to load

    return SigningKey.objects.get_or_create(multikey=multikey())[0]

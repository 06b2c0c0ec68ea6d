"""The public list that says which badges are revoked (W3C Bitstring Status List 1.0). It tells numbers, never names."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from tejido.certificates.badges.keys import issuer_id
from tejido.certificates.badges.signing import CREDENTIALS, moment, signed

LENGTH = 131_072  # bits: the least that the standard allows, so that asking for the list tells nobody whose badge is meant


def encoded(indexes: Iterable[int]) -> str:
    """Bits at `indexes` (0 to LENGTH - 1, leftmost first) set, packed, as multibase base64url.

    >>> bits = gzip.decompress(base64.urlsafe_b64decode(encoded([0, 9])[1:] + "=="))
    >>> len(bits), bits[:3]
    (16384, b'\\x80@\\x00')
    """
    bits = bytearray(LENGTH // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> (index % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def status_list(number: int, revoked: Iterable[int]) -> dict[str, Any]:
    """The signed list with this number; revoked: ids of certificates that belong to it."""
    address = settings.TEJIDO_URL + reverse("certificates:status_list", args=[number])
    now = datetime.now(UTC)
    return signed(
        {
            "@context": [CREDENTIALS],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer_id(),
            "validFrom": moment(now),
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": encoded(pk % LENGTH for pk in revoked),
            },
        },
        now,
    )

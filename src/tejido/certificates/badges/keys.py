"""The key with which this installation signs badges (Ed25519), and how others find its public half.

The private half follows from the secret key (HKDF, RFC 5869): every process has it, nothing new has to be kept safe, and
whoever has the secret key could make links and sessions anyway. The public halves that were ever used stand in the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"  # multicodec


def base58(data: bytes) -> str:
    """`data` in base58 (Bitcoin's alphabet), as multibase "z" writes it after its letter.

    >>> base58(b"Hello World!"), base58(bytes([0, 1]))
    ('2NEpo7TZRRrLZSi2U', '12')
    """
    number, digits = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        digits = ALPHABET[rest] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def private_key() -> Ed25519PrivateKey:
    derived = HKDF(SHA256(), 32, salt=None, info=b"tejido.certificates.badges")
    return Ed25519PrivateKey.from_private_bytes(derived.derive(settings.SECRET_KEY.encode()))


def multikey() -> str:
    """The public half of today's key, as a Multikey (W3C Controlled Identifiers)."""
    return "z" + base58(ED25519_PUBLIC + private_key().public_key().public_bytes_raw())


def issuer_id() -> str:
    """Who signs: `did:web` of the address of this installation.

    >>> from django.test import override_settings
    >>> with override_settings(TEJIDO_URL="http://127.0.0.1:8000"): issuer_id()
    'did:web:127.0.0.1%3A8000'
    """
    return "did:web:" + quote(urlsplit(settings.TEJIDO_URL).netloc, safe="")


def method_id(key: str) -> str:
    return f"{issuer_id()}#{key}"


def did_document(keys: Iterable[str]) -> dict[str, Any]:
    """What stands under /.well-known/did.json: all public keys that were ever used (Multikeys)."""
    methods = [
        {"id": method_id(key), "type": "Multikey", "controller": issuer_id(), "publicKeyMultibase": key}
        for key in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer_id(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }

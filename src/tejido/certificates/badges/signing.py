"""A Data Integrity proof by eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2).

Canonical form: RDFC-1.0, by pyld. The vocabularies were built in with the front end; nothing is ever fetched.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyld import jsonld

import tejido.web
from tejido.certificates.badges.keys import base58, method_id, multikey, private_key

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}
FOLDER = (
    Path(tejido.web.__file__).parent / "static" / "dist" / "vocabularies"
)  # by frontend/build.mjs; a wheel brings it

Json = dict[str, Any]


@cache
def _context(name: str) -> Json:
    found: Json = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def _load(address: str, _options: Any) -> Json:
    """A vocabulary that was built in. Raises KeyError for any other: nothing is fetched."""
    return {
        "contextUrl": None,
        "documentUrl": address,
        "contentType": "application/ld+json",
        "document": _context(FILES[address]),
    }


def _digest(document: Json) -> bytes:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    return sha256(jsonld.normalize(document, options).encode()).digest()


def moment(when: datetime) -> str:
    """As XML Schema writes it, in UTC, to the second.

    >>> from datetime import UTC
    >>> moment(datetime(2025, 3, 1, 14, tzinfo=UTC))
    '2025-03-01T14:00:00Z'
    """
    return f"{when:%Y-%m-%dT%H:%M:%S}Z"


def signed(document: Json, created: datetime) -> Json:
    """The document with its proof by today's key. `created`: when, in UTC. About 50 ms."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": moment(created),
        "verificationMethod": method_id(multikey()),
        "proofPurpose": "assertionMethod",
    }
    to_sign = _digest({"@context": document["@context"], **proof}) + _digest(document)
    return {**document, "proof": {**proof, "proofValue": "z" + base58(private_key().sign(to_sign))}}

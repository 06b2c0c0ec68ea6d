"""What a verifier elsewhere has in hand: what our pages answer to anybody, and an implementation that is not ours (verify.mjs)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tools.frontend import commands

from tejido.certificates.addresses import path_of

VERIFIER = Path(__file__).parent / "verify.mjs"
SITE = "https://tejido.example.org"


def badge(client, certificate, name="credential.json"):
    return client.get(path_of(certificate.key) + name)


def read(answer):
    assert answer.status_code == 200
    return json.loads(answer.content)


def published(client, *credentials):
    """What anybody can fetch: the keys, and the lists that the credentials name."""
    documents = {f"{SITE}/.well-known/did.json": read(client.get("/.well-known/did.json"))}
    for one in credentials:
        address = one["credentialStatus"]["statusListCredential"]
        documents[address] = read(client.get(address.removeprefix(SITE)))
    return documents


def verified(documents, *credentials):
    asked = json.dumps({"credentials": credentials, "documents": documents})
    _npm, node, environment = commands()
    done = subprocess.run(
        [*node, str(VERIFIER)], input=asked, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)

"""Bring in what a new installation starts with. As often as one likes: what is there stays."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from tejido.accounts.models import User
from tejido.directory import reference
from tejido.directory.models import ConsentText, Territory, Topic
from tejido.directory.reference.consents import CONSENT_WORDS, Words
from tejido.directory.services.consents import publish_consent_text
from tejido.directory.services.places import add_territory
from tejido.foundation.policies import require

FOLDER = Path(reference.__file__).parent


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows were new, of how many there are in the reference."""

    consent_texts: tuple[int, int]
    topics: tuple[int, int]
    territories: tuple[int, int]


@transaction.atomic
def seed_reference(*, actor: User) -> Seeded:
    """Consent texts, topics and territories of the folder `reference`. Idempotent. Raises NotAllowed.

    An installation that published words of its own for a purpose keeps them.
    """
    require(actor, "directory.keep_schools", None)
    return Seeded(_consent_texts(actor), _topics(), _territories(actor))


def _consent_texts(actor: User) -> tuple[int, int]:
    new = total = 0
    for purpose, versions in CONSENT_WORDS.items():
        total += len(versions)
        published = [_words(text) for text in ConsentText.objects.filter(purpose=purpose)]
        if any(words not in versions for words in published):
            continue  # the installation's own words stand
        for words in versions:
            if words not in published:
                publish_consent_text(purpose, words, actor=actor)
                new += 1
    return new, total


def _words(text: ConsentText) -> Words:
    return {"es": text.body_es, "en": text.body_en, "pt": text.body_pt}


def _topics() -> tuple[int, int]:
    rows = list(_read("topics.csv"))
    before = Topic.objects.count()
    Topic.objects.bulk_create(
        (Topic(code=row["code"], name_es=row["es"], name_en=row["en"], name_pt=row["pt"]) for row in rows),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_es", "name_en", "name_pt"],
    )
    return Topic.objects.count() - before, len(rows)


def _territories(actor: User) -> tuple[int, int]:
    """In the order of the file: a part comes after its whole."""
    before, known = Territory.objects.count(), dict[tuple[str, str], Territory]()
    for row in _read("territories.csv"):
        parent = known.get((row["country"], row["parent"])) if row["parent"] else None
        known[row["country"], row["code"]] = add_territory(
            row["name"], row["level"], row["country"], actor=actor, parent=parent, code=row["code"]
        )
    return Territory.objects.count() - before, len(known)


def _read(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)

"""What a badge says: an OpenBadgeCredential (1EdTech Open Badges 3.0) with the words of the certificate."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tejido.certificates.addresses import address_of
from tejido.certificates.badges.keys import issuer_id
from tejido.certificates.badges.signing import CREDENTIALS, OPEN_BADGES, moment, signed
from tejido.certificates.badges.status import LENGTH
from tejido.certificates.models import Certificate
from tejido.certificates.wording import duration_words

Json = dict[str, Any]


def credential_of(certificate: Certificate) -> Json:
    """The signed credential; the same each time for the same key. About 50 ms. The rule is joined."""
    issued = certificate.issued_at.astimezone(UTC)
    return signed(_said(certificate), issued)


def _said(certificate: Certificate) -> Json:
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": f"{address_of(certificate.key)}credential.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.title,
        "issuer": {
            "id": issuer_id(),
            "type": ["Profile"],
            "name": certificate.given_by,
            "url": settings.TEJIDO_URL,
        },
        "validFrom": moment(certificate.issued_at.astimezone(UTC)),
        "credentialSubject": _subject(certificate),
        "credentialStatus": _status(certificate),
    }


def _subject(certificate: Certificate) -> Json:
    with translation.override(certificate.language):
        kind = str(certificate.get_hours_kind_display())
        hours = f"{duration_words(certificate.minutes)} · {kind}"
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": certificate.name,
                "identityType": "name",
            }
        ],
        "activityStartDate": _day(certificate.first_day),
        "activityEndDate": _day(certificate.last_day),
        "narrative": hours,
        "achievement": {
            "id": uuid.uuid5(
                uuid.NAMESPACE_URL, f"{settings.TEJIDO_URL}/certificates/rules/{certificate.rule_id}"
            ).urn,
            "type": ["Achievement"],
            "name": certificate.title,
            "description": certificate.text or f"{certificate.title} · {certificate.given_by}",
            "criteria": {"narrative": certificate.criteria},
            "inLanguage": certificate.language,
        },
    }


def _status(certificate: Certificate) -> Json:
    number, index = divmod(certificate.pk, LENGTH)
    listed = settings.TEJIDO_URL + reverse("certificates:status_list", args=[number])
    return {
        "id": f"{listed}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": listed,
    }


def _day(day: date) -> str:
    return moment(datetime(day.year, day.month, day.day, tzinfo=UTC))

"""Saying what has to be met for a certificate."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from tejido.accounts.models import User
from tejido.certificates.events import RuleSet
from tejido.certificates.models import Rule
from tejido.certificates.values import Asked
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering, Series


@transaction.atomic
def set_rule(subject: Gathering | Series, asked: Asked, *, actor: User) -> Rule:
    """What holds from now on; a gathering of a series sets that of the series. Certificates that were given stand.

    Raises: NotAllowed; ValidationError. Announces RuleSet, where something changed.
    """
    require(actor, "certificates.run", subject.community)
    of = subject.series if isinstance(subject, Gathering) and subject.series else subject
    which: dict[str, Any] = {"series": of} if isinstance(of, Series) else {"gathering": of}
    rule = Rule.objects.select_for_update().filter(**which).first()
    rule = rule or Rule(community=subject.community, **which)
    fields = asdict(asked)
    if rule.pk and all(getattr(rule, name) == value for name, value in fields.items()):
        return rule
    for name, value in fields.items():
        setattr(rule, name, value)
    rule.full_clean(validate_unique=False, validate_constraints=False)
    rule.save()
    announce(RuleSet(rule.community_id, rule.pk), actor=actor)
    return rule

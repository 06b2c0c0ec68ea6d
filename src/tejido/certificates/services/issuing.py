"""Giving certificates to everybody who meets the rule."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.certificates.events import CertificatesIssued
from tejido.certificates.models import Certificate, Rule
from tejido.certificates.selectors import counted_gatherings, rule_of, standings, why_not_yet
from tejido.certificates.services.keys import keep_signing_key
from tejido.certificates.services.letters import write_to_holders
from tejido.certificates.values import Standing
from tejido.certificates.wording import asked_words
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering, Series


@transaction.atomic
def issue_for(subject: Gathering | Series, *, actor: User) -> list[Certificate]:
    """A certificate to everybody who meets the rule and has none that is valid, with a letter. Again: nothing is given twice.

    Raises: NotAllowed; Refusal("no_rule", "nothing_held", "not_over", "not_closed"). Announces CertificatesIssued.
    """
    require(actor, "certificates.run", subject.community)
    found = rule_of(subject)
    if found is None:
        raise Refusal("no_rule", _("Say first what has to be met for a certificate."))
    rule = Rule.objects.select_for_update(of=("self",)).select_related("community").get(pk=found.pk)
    gatherings = counted_gatherings(rule)
    too_early = why_not_yet(gatherings)
    if too_early is not None:
        raise too_early
    new = [line for line in standings(rule) if line.meets and line.certificate is None]
    given = Certificate.objects.bulk_create(_certificate(rule, line, gatherings, actor) for line in new)
    if given:
        keep_signing_key()
        write_to_holders(rule, given, actor=actor)
        announce(CertificatesIssued(rule.community_id, rule.pk, len(given)), actor=actor)
    return given


@transaction.atomic
def issue_if_ready(gathering: Gathering, *, actor: User) -> list[Certificate]:
    """What closing a gathering calls: certificates where a rule asks for them and nothing is still to come, else none.

    Raises: NotAllowed. Announces CertificatesIssued.
    """
    rule = rule_of(gathering)
    if rule is None or why_not_yet(counted_gatherings(rule)) is not None:
        return []
    return issue_for(gathering, actor=actor)


def _certificate(rule: Rule, line: Standing, gatherings: list[Gathering], actor: User) -> Certificate:
    with translation.override(rule.community.language):
        criteria = asked_words(rule)
    return Certificate(
        rule=rule,
        person=line.person,
        key=secrets.token_urlsafe(18),
        criteria=criteria,
        language=rule.community.language,
        name=line.person.name,
        title=str(rule.subject),
        given_by=rule.community.name,
        minutes=rule.minutes_counted or line.minutes,
        hours_kind=rule.hours_kind,
        first_day=gatherings[0].day,
        last_day=gatherings[-1].day,
        signer_name=rule.signer_name,
        signer_function=rule.signer_function,
        text=rule.text,
        issued_by=actor,
    )

"""Deeds on agreements with organisations, and on what the organisations contribute."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.alliances.events import (
    AgreementChanged,
    AgreementDiscarded,
    AgreementMade,
    ContributionRecorded,
    ContributionRemoved,
)
from tejido.alliances.models import Agreement, Contribution
from tejido.alliances.values import Gift, Terms
from tejido.communities.models import Community, Lineage
from tejido.directory.models import Organisation
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


def _check_terms(terms: Terms) -> None:
    if not terms.title.strip():
        raise Refusal("agreement_without_title", _("An agreement needs a title."))
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise Refusal("ends_before_start", _("The agreement ends before it starts. Check the two dates."))
    if terms.state == Agreement.State.SIGNED and terms.starts_on is None:
        raise Refusal("in_force_without_day", _("Say from which day the agreement is in force."))


def _set(row: Any, told: Terms | Gift) -> None:
    for one in fields(told):
        setattr(row, one.name, getattr(told, one.name))


@transaction.atomic
def make_agreement(
    community: Community, organisation: Organisation, terms: Terms, *, actor: User
) -> Agreement:
    """Write down an agreement of the community with an organisation.

    Raises: NotAllowed; Refusal("agreement_without_title", "ends_before_start", "in_force_without_day"). Announces AgreementMade.
    """
    require(actor, "alliances.agree", community)
    _check_terms(terms)
    agreement = Agreement(community=community, organisation=organisation)
    _set(agreement, terms)
    agreement.save()
    announce(AgreementMade(community.pk, organisation.pk, agreement.pk), actor=actor)
    return agreement


@transaction.atomic
def change_agreement(agreement: Agreement, terms: Terms, *, actor: User) -> Agreement:
    """Say anew what was agreed. Raises as `make_agreement`. Announces AgreementChanged."""
    agreement = _locked(agreement)
    require(actor, "alliances.agree", agreement.community)
    _check_terms(terms)
    _set(agreement, terms)
    agreement.save()
    announce(AgreementChanged(agreement.community_id, agreement.organisation_id, agreement.pk), actor=actor)
    return agreement


@transaction.atomic
def discard_agreement(agreement: Agreement, *, actor: User) -> None:
    """An agreement entered by mistake is gone. One under which something was given, or that has papers, stays.

    Raises: NotAllowed; Refusal("agreement_in_use"). Announces AgreementDiscarded.
    """
    agreement = _locked(agreement)
    require(actor, "alliances.agree", agreement.community)
    if agreement.contributions.exists() or agreement.documents.exists():
        raise Refusal(
            "agreement_in_use",
            _("Contributions or papers hang on it. Note its last day instead, or remove those first."),
        )
    announce(AgreementDiscarded(agreement.community_id, agreement.organisation_id), actor=actor)
    agreement.delete()


def _check_gift(agreement: Agreement, gift: Gift) -> None:
    if not gift.what.strip():
        raise Refusal("contribution_without_words", _("Say what is contributed."))
    if (gift.value is None) != (gift.currency == ""):
        raise Refusal("value_and_currency", _("A value needs its currency, and a currency its value."))
    if any(number is not None and number <= 0 for number in (gift.value, gift.quantity)):
        raise Refusal(
            "not_positive", _("Numbers of a contribution are above zero. Leave empty what is not known.")
        )
    if gift.gathering is not None:
        inside = Lineage.objects.filter(
            ancestor_id=agreement.community_id, community_id=gift.gathering.community_id
        )
        if not inside.exists():
            raise Refusal(
                "gathering_elsewhere",
                _("That gathering belongs to another community. Choose one of this one."),
            )


@transaction.atomic
def record_contribution(
    agreement: Agreement, gift: Gift, *, actor: User, changing: Contribution | None = None
) -> Contribution:
    """Write down what the organisation gives, or say anew what was written down (`changing`).

    Raises: NotAllowed; Refusal("contribution_without_words", "value_and_currency", "not_positive", "gathering_elsewhere").
    Announces ContributionRecorded.
    """
    agreement = _locked(agreement)
    require(actor, "alliances.agree", agreement.community)
    _check_gift(agreement, gift)
    row = agreement.contributions.get(pk=changing.pk) if changing else Contribution(agreement=agreement)
    _set(row, gift)
    row.save()
    fact = ContributionRecorded(
        agreement.community_id, agreement.organisation_id, agreement.pk, gift.delivered
    )
    announce(fact, actor=actor)
    return row


@transaction.atomic
def remove_contribution(contribution: Contribution, *, actor: User) -> None:
    """It was entered by mistake and goes. Raises NotAllowed. Announces ContributionRemoved."""
    agreement = contribution.agreement
    require(actor, "alliances.agree", agreement.community)
    fact = ContributionRemoved(agreement.community_id, agreement.organisation_id, agreement.pk)
    announce(fact, actor=actor)
    contribution.delete()


def _locked(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("community", "organisation")
    return rows.get(pk=agreement.pk)

"""How a draft comes into force: by a vote of the community, or by a deed of its coordination, said as such."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.charters.events import CharterAdopted, CharterNotAdopted, CharterProposed
from tejido.charters.models import CharterVersion
from tejido.charters.selectors import begun_articles, in_force
from tejido.charters.services.drafting import drafting
from tejido.consultations.models import Consultation
from tejido.consultations.selectors import is_over, winners_of
from tejido.consultations.services import (
    Asked,
    Note,
    ask,
    open_voting,
    withdraw_consultation,
    write_down_proposals,
)
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def put_to_vote(
    version: CharterVersion,
    *,
    actor: User,
    secret: bool = True,
    quorum: int = 0,
    closes_at: datetime | None = None,
) -> Consultation:
    """Ask the community whether it adopts the draft, and open the vote. The draft is frozen meanwhile.

    Keeping what holds stands first on the ballot, because of two that have as many votes whichever was proposed first wins:
    nothing changes without a majority. Raises: NotAllowed; Refusal("not_a_draft", "says_nothing", and those of `open_voting`).
    Announces CharterProposed, and what consultations announce.
    """
    version = drafting(version, actor)
    _check_says_something(version)
    community = version.community
    with translation.override(community.language):
        keep, adopt_it = _("Keep things as they are"), _("Adopt it")
        asked = Asked(
            question=_("Do we adopt %(charter)s?") % {"charter": version},
            members_propose=False,
            method=Consultation.Method.PLURALITY,
            tie_rule=Consultation.TieRule.EARLIER,
            secret=secret,
            quorum=quorum,
            about=f"charters.version:{version.pk}",
        )
    consultation = ask(community, asked, actor=actor)
    proposals = write_down_proposals(consultation, [Note(keep), Note(adopt_it)], actor=actor)
    consultation = open_voting(consultation, actor=actor, closes_at=closes_at)
    version.state, version.vote_for = CharterVersion.State.PROPOSED, proposals[1]
    version.save(update_fields=["state", "vote_for"])
    announce(CharterProposed(community.pk, version.pk, consultation.pk), actor=actor)
    return consultation


def _check_says_something(version: CharterVersion) -> None:
    if not begun_articles(version):
        raise Refusal("says_nothing", _("Nothing is written in this draft yet."))


def _proposed(version: CharterVersion, actor: User) -> tuple[CharterVersion, Consultation | None]:
    """The version, locked, with the vote on it. Raises: NotAllowed; Refusal("not_proposed")."""
    version = CharterVersion.objects.select_for_update().get(pk=version.pk)
    require(actor, "charters.write", version.community)
    if version.state != CharterVersion.State.PROPOSED:
        raise Refusal("not_proposed", _("This version is not put to the vote."))
    return version, version.vote_for.consultation if version.vote_for else None


@transaction.atomic
def settle_vote(version: CharterVersion, *, actor: User) -> CharterVersion:
    """Do what the vote decided: the version is in force from today, or it is a draft again.

    Raises: NotAllowed; Refusal("not_proposed", "not_decided"). Announces CharterAdopted or CharterNotAdopted.
    """
    version, consultation = _proposed(version, actor)
    withdrawn = consultation is None or consultation.state == Consultation.State.WITHDRAWN
    if consultation is not None and not withdrawn and not is_over(consultation):
        raise Refusal("not_decided", _("The vote is still open. Close it first, or wait until it closes."))
    won = [] if consultation is None or withdrawn else winners_of(consultation)
    if version.vote_for_id in {one.pk for one in won}:
        return _put_in_force(version, version.community.today, actor=actor, by_vote=True)
    return _draft_again(version, actor=actor)


@transaction.atomic
def take_back(version: CharterVersion, *, actor: User) -> CharterVersion:
    """End the vote without a decision: the question is withdrawn, the version is a draft again.

    Raises: NotAllowed; Refusal("not_proposed", "already_closed"). Announces CharterNotAdopted, and ConsultationWithdrawn.
    """
    version, consultation = _proposed(version, actor)
    if consultation is not None:
        withdraw_consultation(consultation, actor=actor)
    return _draft_again(version, actor=actor)


@transaction.atomic
def take_back_withdrawn(consultation_id: int) -> None:
    """The question was withdrawn on its own page: what it was about is a draft again. Announces CharterNotAdopted."""
    found = CharterVersion.objects.select_for_update().filter(
        vote_for__consultation_id=consultation_id, state=CharterVersion.State.PROPOSED
    )
    for version in found:
        _draft_again(version, actor=system_account())


@transaction.atomic
def _draft_again(version: CharterVersion, *, actor: User) -> CharterVersion:
    version.state = CharterVersion.State.DRAFT
    version.save(update_fields=["state"])
    announce(CharterNotAdopted(version.community_id, version.pk), actor=actor)
    return version


@transaction.atomic
def adopt(version: CharterVersion, how: str, *, actor: User, on: date | None = None) -> CharterVersion:
    """Declare the draft in force, where it was decided elsewhere or the network has no vote. how: in which way, for everybody to read.

    Raises: NotAllowed; Refusal("not_a_draft", "says_nothing", "no_reason", "too_early"). Announces CharterAdopted.
    """
    version = drafting(version, actor)
    _check_says_something(version)
    how = " ".join(how.split())[:300]
    if not how:
        raise Refusal("no_reason", _("Say how it was decided: everybody reads it under the charter."))
    version.adopted_how, version.vote_for = how, None
    return _put_in_force(version, on or version.community.today, actor=actor, by_vote=False)


@transaction.atomic
def _put_in_force(version: CharterVersion, day: date, *, actor: User, by_vote: bool) -> CharterVersion:
    before = in_force(version.community)
    if day > version.community.today:
        raise Refusal("too_late", _("This day has not come yet. Declare it in force on the day."))
    if before is not None and before.in_force_since is not None:
        if day < before.in_force_since:
            raise Refusal(
                "too_early", _("The charter before it is in force since a later day. Choose another day.")
            )
        before.state, before.replaced_on = CharterVersion.State.REPLACED, day
        before.save(update_fields=["state", "replaced_on"])
    version.state, version.in_force_since = CharterVersion.State.IN_FORCE, day
    version.save(update_fields=["state", "in_force_since", "adopted_how", "vote_for"])
    announce(CharterAdopted(version.community_id, version.pk, by_vote), actor=actor)
    return version

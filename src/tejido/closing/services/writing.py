"""Writing down what happened, piece by piece: minutes, decisions, organisations that helped, when people meet again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.closing.events import PieceWritten
from tejido.closing.models import Closing, Contributor, Decision
from tejido.closing.services.holding import held_open, written
from tejido.directory.models import Organisation
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.models import Gathering

MOST_DECISIONS, MOST_CONTRIBUTORS = 60, 60


@transaction.atomic
def write_minutes(gathering: Gathering, text: str, *, seen: int, actor: User) -> Closing:
    """Keep the minutes as they are now.

    seen: the edition that stood on the page when they were written. Where somebody has written otherwise meanwhile, theirs
    stands, so that nobody writes over what they have not read.
    Raises: NotAllowed; Refusal("sealed", "cancelled"); Refusal("changed_meanwhile"), with nothing written. Announces PieceWritten.
    """
    gathering = held_open(gathering, actor)
    closing, text = written(gathering), _lines(text)
    if text == closing.minutes:
        return closing
    if seen != closing.edition:
        raise Refusal(
            "changed_meanwhile",
            _(
                "Somebody else has changed the minutes meanwhile. Theirs stands below yours: put together what belongs together, and save again."
            ),
        )
    closing.minutes, closing.edition = text, closing.edition + 1
    closing.full_clean(exclude=["gathering"])
    closing.save(update_fields=["minutes", "edition"])
    _announce(gathering, "minutes", actor=actor)
    return closing


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def add_decision(gathering: Gathering, text: str, *, actor: User) -> Decision:
    """One thing that was decided; the same words again are the same decision.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "nothing_said", "too_many"). Announces PieceWritten.
    """
    gathering = held_open(gathering, actor)
    text = _said(text, 500)
    known = Decision.objects.filter(gathering=gathering)
    same = known.filter(text=text).first()
    if same is not None:
        return same
    if known.count() >= MOST_DECISIONS:
        raise Refusal("too_many", _("These are very many decisions. Put some of them together."))
    decision = Decision.objects.create(gathering=gathering, text=text)
    _announce(gathering, "decisions", actor=actor)
    return decision


def _said(text: str, most: int) -> str:
    text = " ".join(text.split())[:most]
    if not text:
        raise Refusal("nothing_said", _("Write a few words first."))
    return text


@transaction.atomic
def change_decision(decision: Decision, text: str, *, seen: int, actor: User) -> Decision:
    """Say a decision otherwise. seen: its edition on the page.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "nothing_said", "changed_meanwhile"). Announces PieceWritten.
    """
    gathering = held_open(decision.gathering, actor)
    text = _said(text, 500)
    row = Decision.objects.filter(pk=decision.pk).first()
    if row is None:  # somebody took it out meanwhile: what is written here is not lost
        return add_decision(gathering, text, actor=actor)
    if row.text == text:
        return row
    if row.edition != seen:
        raise Refusal(
            "changed_meanwhile",
            _(
                "Somebody else has changed this meanwhile. Now it says «%(theirs)s»; you wrote «%(yours)s». Write it once more if yours should stand."
            )
            % {"theirs": row.text, "yours": text},
        )
    row.text, row.edition = text, row.edition + 1
    row.save(update_fields=["text", "edition"])
    _announce(gathering, "decisions", actor=actor)
    return row


@transaction.atomic
def remove_decision(decision: Decision, *, actor: User) -> None:
    """It was not decided after all. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces PieceWritten."""
    gathering = held_open(decision.gathering, actor)
    removed, _by_model = Decision.objects.filter(pk=decision.pk).delete()
    if removed:
        _announce(gathering, "decisions", actor=actor)


@transaction.atomic
def name_contributor(
    gathering: Gathering, organisation: Organisation, what: str = "", *, actor: User
) -> Contributor:
    """An organisation gave something to this gathering; named again, what it gave is said anew.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "too_many"). Announces PieceWritten.
    """
    gathering = held_open(gathering, actor)
    rows = Contributor.objects.filter(gathering=gathering)
    what = " ".join(what.split())[:200]
    row = rows.filter(organisation=organisation).first()
    if row is not None and row.what == what:
        return row
    if row is None and rows.count() >= MOST_CONTRIBUTORS:
        raise Refusal("too_many", _("These are very many organisations. Is each of them one?"))
    row = row or Contributor(gathering=gathering, organisation=organisation)
    row.what = what
    row.save()
    _announce(gathering, "organisations", actor=actor)
    return row


@transaction.atomic
def remove_contributor(contributor: Contributor, *, actor: User) -> None:
    """It gave nothing after all. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces PieceWritten."""
    gathering = held_open(contributor.gathering, actor)
    removed, _by_model = Contributor.objects.filter(pk=contributor.pk).delete()
    if removed:
        _announce(gathering, "organisations", actor=actor)


@transaction.atomic
def say_when_next(gathering: Gathering, day: date | None, words: str = "", *, actor: User) -> Closing:
    """When people meet again, and where or for what; None where it is not known.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "before_this_one"). Announces PieceWritten.
    """
    gathering = held_open(gathering, actor)
    closing, words = written(gathering), " ".join(words.split())[:200]
    if day is not None and day < gathering.day:
        raise Refusal("before_this_one", _("That day lies before this gathering. Check the date."))
    if (closing.next_on, closing.next_words) == (day, words):
        return closing
    closing.next_on, closing.next_words = day, words
    closing.save(update_fields=["next_on", "next_words"])
    _announce(gathering, "next", actor=actor)
    return closing


@transaction.atomic(savepoint=False)
def _announce(gathering: Gathering, piece: str, *, actor: User) -> None:
    announce(PieceWritten(gathering.community_id, gathering.pk, piece), actor=actor)

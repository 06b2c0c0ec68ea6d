"""Questions from the room: asked and supported by whoever is there, looked at and answered by the team."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.during.events import QuestionAsked, QuestionSettled
from tejido.during.models import Question, Room, Support
from tejido.during.selectors.questions import SEEN
from tejido.during.services.holding import held_open
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.models import Gathering

MOST_OF_ONE, MOST_OF_ALL = 10, 500
State = Question.State
SETTLED = {State.OPEN, State.LATER, State.ANSWERED, State.HIDDEN}


@transaction.atomic
def ask_from_room(gathering: Gathering, text: str, name: str, whose: str, *, actor: User) -> Question:
    """Somebody in the room asks; they are the first who supports it. The same words again are the same question.

    whose: of `tokens.whose`. Raises: NotAllowed; Refusal("sealed", "cancelled", "not_taken", "nothing_said", "no_name", "too_many").
    Announces QuestionAsked, of nobody.
    """
    gathering = held_open(gathering, actor, "during.take_part")
    room = Room.objects.filter(gathering=gathering, hears=True).first()
    if room is None:
        raise Refusal("not_taken", _("Questions are not taken at the moment. Keep yours, or ask aloud."))
    text, name = " ".join(text.split())[:300], " ".join(name.split())[:80]
    if not text:
        raise Refusal("nothing_said", _("Write your question."))
    if not name and not room.nameless:
        raise Refusal("no_name", _("Write your name: at this gathering questions are signed."))
    here = Question.objects.filter(gathering=gathering)
    same = here.filter(whose=whose, text=text).first()
    if same is not None:
        return same
    if here.filter(whose=whose).count() >= MOST_OF_ONE or here.count() >= MOST_OF_ALL:
        raise Refusal(
            "too_many", _("These are very many questions. Support those that are there, or ask aloud.")
        )
    state = State.WAITING if room.moderated else State.OPEN
    question = Question.objects.create(gathering=gathering, whose=whose, text=text, name=name, state=state)
    Support.objects.create(question=question, whose=whose)
    announce(QuestionAsked(gathering.community_id, gathering.pk, question.pk), actor=system_account())
    return question


@transaction.atomic
def back(question: Question, whose: str, *, backed: bool, actor: User) -> None:
    """Somebody has the same question, or takes that back. Twice is once; of one's own question it stays.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "gone"). Announces nothing, as with answers.
    """
    held_open(question.gathering, actor, "during.take_part")
    row = Question.objects.filter(pk=question.pk, state__in=SEEN).first()
    if row is None:
        raise Refusal("gone", _("This question is not there any more. Look at those that are."))
    if backed:
        Support.objects.get_or_create(question=row, whose=whose)
    elif row.whose != whose:
        Support.objects.filter(question=row, whose=whose).delete()


def _locked(question: Question) -> Question:
    return Question.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=question.pk)


@transaction.atomic
def settle_question(question: Question, state: str, because: str = "", *, actor: User) -> Question:
    """Let a question through (open), say that it was answered, or will be in writing (later), or do not show it (hidden).

    because: why it is not shown; the team alone reads it. What was put together with another is let go from it.
    Raises: NotAllowed; Refusal("sealed", "cancelled", "no_such_state", "no_reason"). Announces QuestionSettled where anything changed.
    """
    gathering = held_open(question.gathering, actor)
    row, because = _locked(question), " ".join(because.split())[:200]
    if state not in SETTLED:
        raise Refusal("no_such_state", _("Choose what becomes of the question."))
    if state == State.HIDDEN and not because:
        raise Refusal("no_reason", _("Say why it is not shown; only the team reads it."))
    because = because if state == State.HIDDEN else ""
    if (row.state, row.because) == (state, because):
        return row
    row.state, row.because, row.into = state, because, None
    row.save(update_fields=["state", "because", "into"])
    announce(QuestionSettled(gathering.community_id, gathering.pk, row.pk, state), actor=actor)
    return row


@transaction.atomic
def write_answer(question: Question, text: str, *, seen: int, actor: User) -> Question:
    """Answer in writing, or correct what was answered. seen: the edition that stood on the page.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "nothing_said", "changed_meanwhile"). Announces QuestionSettled.
    """
    gathering = held_open(question.gathering, actor)
    row, text = _locked(question), text.replace("\r\n", "\n").strip()[:2000]
    if not text:
        raise Refusal("nothing_said", _("Write the answer."))
    if row.answer == text and row.state == State.ANSWERED:
        return row
    if row.edition != seen:
        raise Refusal(
            "changed_meanwhile",
            _(
                "Somebody else has answered meanwhile. Now it says «%(theirs)s»; you wrote «%(yours)s». Write it once more if yours should stand."
            )
            % {"theirs": row.answer, "yours": text},
        )
    row.answer, row.edition = text, row.edition + 1
    row.state, row.because, row.into = State.ANSWERED, "", None
    row.save(update_fields=["answer", "edition", "state", "because", "into"])
    announce(QuestionSettled(gathering.community_id, gathering.pk, row.pk, row.state), actor=actor)
    return row


@transaction.atomic
def merge_questions(question: Question, into: Question, *, actor: User) -> Question:
    """Put a question together with another that asks the same; whoever asks one asks the other, each counted once.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "not_together"). Announces QuestionSettled.
    """
    gathering = held_open(question.gathering, actor)
    row = _locked(question)
    other = Question.objects.filter(gathering=gathering, pk=into.pk, into=None).first()
    if other is None or other.pk == row.pk or other.state == State.HIDDEN:
        raise Refusal(
            "not_together", _("These two cannot be put together. Choose another question that is shown.")
        )
    have = set(other.supports.values_list("whose", flat=True))
    theirs = Support.objects.filter(question__in=[row.pk, *row.merged.values_list("pk", flat=True)])
    new = dict.fromkeys(one for one in theirs.values_list("whose", flat=True) if one not in have)
    Support.objects.bulk_create(Support(question=other, whose=one) for one in new)
    Question.objects.filter(into=row).update(into=other)
    row.state, row.because, row.into = State.MERGED, "", other
    row.save(update_fields=["state", "because", "into"])
    announce(QuestionSettled(gathering.community_id, gathering.pk, row.pk, row.state), actor=actor)
    return row

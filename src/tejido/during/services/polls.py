"""Quick questions: asked, answered, closed, opened again, taken out."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.during.events import PollAsked, PollClosed, PollRemoved
from tejido.during.models import MOST_OPTIONS, SCALE, Choice, Option, Poll, Room, SeenWord, Voice
from tejido.during.services.holding import held_open, room_in
from tejido.during.tokens import voice_of
from tejido.during.values import Asked, Said, counted_as
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce, announce_many
from tejido.gatherings.models import Gathering

MOST_POLLS = 60


@transaction.atomic
def ask(gathering: Gathering, asked: Asked, *, actor: User) -> Poll:
    """Ask everybody in the room; it is open at once and stands on the wall. One that was open is closed.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "nothing_asked", "options", "too_many").
    Announces PollAsked, and PollClosed for one that was open.
    """
    gathering = held_open(gathering, actor)
    text, options = " ".join(asked.text.split())[:200], _options(asked)
    if not text or asked.kind not in Poll.Kind.values:
        raise Refusal("nothing_asked", _("Write what you want to ask."))
    if Poll.objects.filter(gathering=gathering).count() >= MOST_POLLS:
        raise Refusal("too_many", _("These are very many quick questions. Take out some that are over."))
    _close_open(gathering, actor=actor)
    scale = asked.kind == Poll.Kind.SCALE
    poll = Poll.objects.create(
        gathering=gathering,
        kind=asked.kind,
        text=text,
        most=max(1, min(asked.most, len(options))),
        low=asked.low.strip()[:60] if scale else "",
        high=asked.high.strip()[:60] if scale else "",
        hidden=asked.hidden,
    )
    Option.objects.bulk_create(
        Option(poll=poll, place=place, text=one) for place, one in enumerate(options, start=1)
    )
    _on_the_wall(gathering, poll)
    announce(PollAsked(gathering.community_id, gathering.pk, poll.pk), actor=actor)
    return poll


def _options(asked: Asked) -> list[str]:
    if asked.kind != Poll.Kind.CHOICE:
        return []
    texts = (" ".join(one.split())[:80] for one in asked.options)
    options = list(dict.fromkeys(one for one in texts if one))
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise Refusal("options", _("Write from two to six different answers to choose from."))
    return options


def _on_the_wall(gathering: Gathering, poll: Poll) -> None:
    room = room_in(gathering)
    room.shows, room.poll = Room.Shows.POLL, poll
    room.save(update_fields=["shows", "poll"])


@transaction.atomic(savepoint=False)
def _close_open(gathering: Gathering, *, actor: User) -> None:
    rows = Poll.objects.filter(gathering=gathering, closed_at=None)
    known = list(rows.values_list("pk", flat=True))
    rows.update(closed_at=timezone.now())
    announce_many([PollClosed(gathering.community_id, gathering.pk, pk) for pk in known], actor=actor)


@transaction.atomic
def close_poll(poll: Poll, *, actor: User) -> None:
    """Nobody answers it any more; what came out stands. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces PollClosed."""
    gathering = held_open(poll.gathering, actor)
    if Poll.objects.filter(pk=poll.pk, closed_at=None).update(closed_at=timezone.now()):
        announce(PollClosed(gathering.community_id, gathering.pk, poll.pk), actor=actor)


@transaction.atomic
def open_poll(poll: Poll, *, actor: User) -> None:
    """Take answers to it again, and put it on the wall; one that was open is closed. Raises as `close_poll`. Announces PollAsked."""
    gathering = held_open(poll.gathering, actor)
    _close_open(gathering, actor=actor)
    if Poll.objects.filter(pk=poll.pk).update(closed_at=None):
        _on_the_wall(gathering, poll)
        announce(PollAsked(gathering.community_id, gathering.pk, poll.pk), actor=actor)


@transaction.atomic
def remove_poll(poll: Poll, *, actor: User) -> None:
    """Take it out with what was answered. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces PollRemoved."""
    gathering = held_open(poll.gathering, actor)
    Room.objects.filter(poll=poll).update(shows=Room.Shows.WELCOME, poll=None)
    removed, _by_model = Poll.objects.filter(pk=poll.pk).delete()
    if removed:
        announce(PollRemoved(gathering.community_id, gathering.pk), actor=actor)


@transaction.atomic
def see_word(poll: Poll, word: str, *, shown: bool, actor: User) -> None:
    """Let a word of the room onto the wall, or keep it off. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces nothing."""
    held_open(poll.gathering, actor)
    SeenWord.objects.update_or_create(poll=poll, word=counted_as(word), defaults={"shown": shown})


@transaction.atomic
def answer_poll(poll: Poll, said: Said, whose: str, *, actor: User) -> Voice:
    """What one phone or person answers, in place of what they answered before. whose: of `tokens.whose`.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "closed", "nothing_said", "too_many_chosen").
    Announces nothing: the order of answers would say who gave which.
    """
    held_open(poll.gathering, actor, "during.take_part")
    known = Poll.objects.filter(pk=poll.pk, closed_at=None).first()
    if known is None:
        raise Refusal("closed", _("This question is closed already. Thank you; look what is asked now."))
    chosen = _checked(known, said)
    words = known.kind == Poll.Kind.WORDS
    text = " ".join(said.text.split())[:60] if words else ""
    told = {
        "step": said.step if known.kind == Poll.Kind.SCALE else None,
        "text": text,
        "word": counted_as(text),
    }
    voice, _new = Voice.objects.update_or_create(poll=known, whose=voice_of(known.pk, whose), defaults=told)
    Choice.objects.filter(voice=voice).delete()
    Choice.objects.bulk_create(Choice(voice=voice, option_id=pk) for pk in chosen)
    return voice


def _checked(poll: Poll, said: Said) -> list[int]:
    """Ids of the options that are chosen. Raises: Refusal("nothing_said", "too_many_chosen")."""
    if poll.kind == Poll.Kind.SCALE and said.step not in range(1, SCALE + 1):
        raise Refusal("nothing_said", _("Choose a number from 1 to 5."))
    if poll.kind == Poll.Kind.WORDS and not counted_as(said.text):
        raise Refusal("nothing_said", _("Write a word, or a few."))
    if poll.kind != Poll.Kind.CHOICE:
        return []
    there = set(poll.options.values_list("pk", flat=True))
    chosen = sorted(there & set(said.options))
    if not chosen:
        raise Refusal("nothing_said", _("Choose one of the answers."))
    if len(chosen) > poll.most:
        raise Refusal(
            "too_many_chosen",
            _("Choose %(most)d at most; you chose %(chosen)d.") % {"most": poll.most, "chosen": len(chosen)},
            most=poll.most,
            chosen=len(chosen),
        )
    return chosen

"""Quick questions and what came of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tejido.during.models import SCALE, Choice, Poll, SeenWord, Voice
from tejido.during.tokens import voice_of
from tejido.during.values import Bar, Result, WordCount
from tejido.gatherings.models import Gathering
from tejido_analytics.privacy import SMALLEST_CELL

MOST_WORDS = 24  # on a wall


def polls_of(gathering: Gathering) -> QuerySet[Poll]:
    """Quick questions of a gathering, the last first, with `.n`: how many answered; options fetched along. Two queries."""
    rows = Poll.objects.filter(gathering=gathering).annotate(n=Count("voices"))
    return rows.prefetch_related("options").order_by("-pk")


def open_poll_of(gathering: Gathering) -> Poll | None:
    """The one that is open, with its options. Two queries."""
    return polls_of(gathering).filter(closed_at=None).first()


def voice_in(poll: Poll, whose: str) -> Voice | None:
    """What this phone or person answered, with its choices. Two queries."""
    rows = Voice.objects.filter(poll=poll, whose=voice_of(poll.pk, whose))
    return rows.prefetch_related("choices").first()


def result_of(poll: Poll, *, moderated: bool) -> Result:
    """What came of one, as the room may see it. Four queries at most. moderated: as `results_of`."""
    return results_of([poll], moderated=moderated)[0]


def results_of(polls: Sequence[Poll], *, moderated: bool, team: bool = False) -> list[Result]:
    """What came of each. Five queries at most for any number.

    Words are shown once the team has let them through; where the room is not moderated, all but those that it took down, once
    five have answered. What is hidden until it is closed says only how many answered. team: sees all of it.
    """
    voices = Counter[int]()
    steps: dict[int, Counter[int]] = defaultdict(Counter)
    rows = Voice.objects.filter(poll__in=polls).order_by()
    for poll_id, step, number in rows.values_list("poll_id", "step").annotate(number=Count("pk")):
        voices[poll_id] += number
        steps[poll_id][step or 0] += number
    votes = _votes([one for one in polls if one.kind == Poll.Kind.CHOICE])
    told = _words([one for one in polls if one.kind == Poll.Kind.WORDS])
    found = []
    for poll in polls:
        n = voices[poll.pk]
        if poll.hidden and poll.closed_at is None and not team:
            found.append(Result(poll, n, held=_("What comes out is shown when the question is closed.")))
        elif poll.kind == Poll.Kind.CHOICE:
            found.append(Result(poll, n, [_bar(one.text, votes[one.pk], n) for one in poll.options.all()]))
        elif poll.kind == Poll.Kind.SCALE:
            found.append(_scale(poll, n, steps[poll.pk]))
        else:
            found.append(_worded(poll, n, told[poll.pk], moderated=moderated, team=team))
    return found


def _bar(label: str, count: int, n: int) -> Bar:
    return Bar(label, count, round(100 * count / n) if n else 0)


def _scale(poll: Poll, n: int, steps: Counter[int]) -> Result:
    bars = [_bar(str(step), steps[step], n) for step in range(1, SCALE + 1)]
    mean = sum(step * count for step, count in steps.items()) / n if n else None
    return Result(poll, n, bars, mean=mean, ends=(poll.low, poll.high))


def _votes(polls: Sequence[Poll]) -> Counter[int]:
    """Option id -> how many chose it. One query, none without polls."""
    if not polls:
        return Counter()
    rows = Choice.objects.filter(voice__poll__in=polls).order_by()
    return Counter(dict(rows.values_list("option_id").annotate(n=Count("pk"))))


def words_of(poll: Poll) -> list[WordCount]:
    """Every word of one, for the team, the most frequent first. Two queries."""
    return _words([poll])[poll.pk]


def _words(polls: Sequence[Poll]) -> dict[int, list[WordCount]]:
    found: dict[int, list[WordCount]] = defaultdict(list)
    if not polls:
        return found
    seen = {
        (poll_id, word): shown
        for poll_id, word, shown in SeenWord.objects.filter(poll__in=polls).values_list(
            "poll_id", "word", "shown"
        )
    }
    counts: Counter[tuple[int, str]] = Counter()
    texts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for poll_id, word, text in Voice.objects.filter(poll__in=polls).values_list("poll_id", "word", "text"):
        counts[poll_id, word] += 1
        texts[poll_id, word][text] += 1
    for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0][1])):
        written = min(texts[key].items(), key=lambda one: (-one[1], one[0]))[0]
        found[key[0]].append(WordCount(key[1], written, count, seen.get(key)))
    return found


def _worded(poll: Poll, n: int, words: list[WordCount], *, moderated: bool, team: bool) -> Result:
    if team:
        return Result(poll, n, words=words)
    shown = [
        one for one in words if one.shown or (one.shown is None and not moderated and n >= SMALLEST_CELL)
    ]
    held = ""
    if n and not shown:
        held = (
            _("The team looks at the words before they stand here.")
            if moderated
            else _("The words stand here once five people have answered.")
        )
    return Result(poll, n, words=shown[:MOST_WORDS], held=held)

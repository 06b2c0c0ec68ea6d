"""What people allow: now, before, and on which words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import get_language

from tejido.directory.models import Consent, ConsentText, Person, Purpose


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the past or present: what, when, how, to which version and its words."""

    given: bool
    when: datetime
    how: str  # a value of Consent.How
    version: int
    words: str

    @property
    def how_words(self) -> str:
        return str(Consent.How(self.how).label)


@dataclass(slots=True)
class Standing:
    """One purpose for one person. now: the answer that counts, None if never asked; before: the others, newest first."""

    purpose: str
    words: str  # the newest version's; "" while nothing is published
    version: int
    now: Answer | None = None
    before: list[Answer] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(Purpose(self.purpose).label)

    @property
    def given(self) -> bool:
        return self.now is not None and self.now.given

    @property
    def renewed(self) -> bool:
        """Whether the words have changed since the answer."""
        return self.now is not None and self.now.version < self.version


def consents_of(person: Person) -> list[Standing]:
    """Every purpose with the person's answers, in the order of `Purpose`. One query."""
    language = get_language() or "es"
    found = {purpose: Standing(purpose, "", 0) for purpose in Purpose.values}
    rows = (
        ConsentText.objects.annotate(
            answer=FilteredRelation("answers", condition=Q(answers__person=person.pk)),
            given=F("answer__given"),
            when=F("answer__answered_at"),
            how=F("answer__how"),
            current=F("answer__is_current"),
        )
        .order_by("version", "when", "answer__pk")
    )  # fmt: skip
    for text in rows:
        standing, words = found[text.purpose], text.body(language)
        standing.words, standing.version = words, text.version
        if text.given is None:
            continue
        answer = Answer(text.given, text.when, text.how, text.version, words)
        if text.current:
            standing.now = answer
        else:
            standing.before.append(answer)
    for standing in found.values():
        standing.before.sort(key=lambda answer: answer.when, reverse=True)
    return list(found.values())


def who_consented(purpose: str, person_ids: Collection[int] | None = None) -> set[int]:
    """Ids of the people whose current answer for `purpose` is yes. One query; None asks for everybody."""
    given = Consent.objects.filter(purpose=purpose, is_current=True, given=True)
    if person_ids is not None:
        given = given.filter(person_id__in=person_ids)
    return set(given.values_list("person_id", flat=True))


def purposes_with_words() -> set[str]:
    """Purposes for which something can be answered: words are published. One query."""
    return set(ConsentText.objects.values_list("purpose", flat=True))

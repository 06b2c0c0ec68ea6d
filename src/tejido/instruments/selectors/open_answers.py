"""Open answers to one question, and the topics under which people put them."""

from __future__ import annotations

from dataclasses import dataclass

from tejido.instruments.models import Answer, Collection, Sorted, Topic
from tejido.instruments.selectors.lists import counted


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One open answer. key: for forms. topics: keys of the topics it stands under. Never with a name."""

    key: str
    text: str
    topics: frozenset[int]


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with how many answers stand under it."""

    topic: Topic
    count: int


def open_answers(collection: Collection, path: str) -> tuple[list[OpenAnswer], list[TopicCount]]:
    """Every open answer to a question in an order that says nothing, and the topics, the largest first. Three queries."""
    topics = list(Topic.objects.filter(collection=collection, path=path))
    under: dict[str, set[int]] = {}
    for topic_id, response, repeat in Sorted.objects.filter(topic__in=topics).values_list(
        "topic_id", "response_id", "repeat"
    ):
        under.setdefault(key_of(str(response), repeat), set()).add(topic_id)
    rows = Answer.objects.filter(response__in=counted(collection), path=path).order_by(
        "response_id", "repeat"
    )
    answers = [
        OpenAnswer(key, text, frozenset(under.get(key, ())))
        for response, repeat, text in rows.values_list("response_id", "repeat", "text")
        for key in [key_of(str(response), repeat)]
    ]
    shown = [TopicCount(one, sum(one.pk in answer.topics for answer in answers)) for one in topics]
    return answers, sorted(shown, key=lambda one: (-one.count, one.topic.name))


def key_of(response: str, repeat: str) -> str:
    """The key of an answer in a form.

    >>> key_of("1b", "2.1"), key_of("1b", "")
    ('1b~2.1', '1b')
    """
    return f"{response}~{repeat}" if repeat else response

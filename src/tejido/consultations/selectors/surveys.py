"""Open answers to forms, as proposals: each answer a note with its author, or each topic under which they were put."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.consultations.values import Note
from tejido.instruments.models import Answer, Collection, Item, Topic
from tejido.instruments.policies import answers_readable_by
from tejido.instruments.selectors import counted

NEWEST = 30


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An open question of a collection, or the topics that were made of its answers. key: for a form."""

    key: str
    words: str


def open_questions(community: Community, actor: User) -> list[OpenQuestion]:
    """Open questions of the newest collections of the community whose answers the actor may read. Four queries."""
    collections = list(
        Collection.objects.filter(answers_readable_by(actor), community=community)
        .exclude(state=Collection.State.WITHDRAWN)
        .order_by("-opens_at")[:NEWEST]
    )
    items: dict[int, list[Item]] = {}
    for item in Item.objects.filter(
        version__in={one.version_id for one in collections}, type="string", control="input"
    ).prefetch_related("texts"):
        items.setdefault(item.version_id, []).append(item)
    topics = set(
        Topic.objects.filter(collection__in=collections).values_list("collection_id", "path").distinct()
    )
    found = []
    for one in collections:
        for item in items.get(one.version_id, []):
            words = f"{one.title}: {_label(item)}"
            found.append(OpenQuestion(f"{one.pk}|answers|{item.path}", words))
            if (one.pk, item.path) in topics:
                by_topic = _("%(question)s (topics)") % {"question": words}
                found.append(OpenQuestion(f"{one.pk}|topics|{item.path}", by_topic))
    return found


def _label(item: Item) -> str:
    language = get_language() or ""
    texts = list(item.texts.all())
    mine = next((one for one in texts if f"({language[:2]})" in one.language), None)
    chosen = mine or (texts[0] if texts else None)
    return chosen.label if chosen else item.name


def notes_from(key: str, community: Community, actor: User) -> list[Note]:
    """The notes behind a key of `open_questions`: answers with their authors where they carry names. Three queries."""
    pk, what, path = key.split("|", 2)
    collection = Collection.objects.filter(answers_readable_by(actor), community=community).get(pk=pk)
    if what == "topics":
        names = Topic.objects.filter(collection=collection, path=path).values_list("name", flat=True)
        return [Note(name) for name in names]
    rows = Answer.objects.filter(response__in=counted(collection), path=path).select_related(
        "response__person"
    )
    return [
        Note(
            _first_line(one.text),
            one.text if len(one.text) > len(_first_line(one.text)) else "",
            one.response.person,
        )
        for one in rows.order_by("response_id", "repeat")
    ]


def _first_line(text: str) -> str:
    """What fits on a note.

    >>> _first_line("Clean water\\nfor all")
    'Clean water'
    """
    return (text.strip().splitlines() or [""])[0][:200]

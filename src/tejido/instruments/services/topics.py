"""Grouping open answers by hand. Notes of whoever reads them: no entries of the journal."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.instruments.models import Collection, Sorted, Topic
from tejido.instruments.selectors.lists import counted


def name_topic(collection: Collection, path: str, name: str, *, actor: User) -> Topic:
    """A topic for answers to one question; one that is there is returned as it is. Raises NotAllowed; Refusal("no_name")."""
    require(actor, "instruments.read_answers", collection)
    name = " ".join(name.split())[:120]
    if not name:
        raise Refusal("no_name", _("Give the topic a name."))
    topic, _made = Topic.objects.get_or_create(collection=collection, path=path, name=name)
    return topic


def drop_topic(topic: Topic, *, actor: User) -> None:
    """The topic goes; the answers stay. Raises NotAllowed."""
    require(actor, "instruments.read_answers", topic.collection)
    topic.delete()


@transaction.atomic
def sort_answers(collection: Collection, path: str, under: Mapping[str, Some[int]], *, actor: User) -> None:
    """Say under which topics answers stand: key of an answer (`selectors.key_of`) -> keys of topics, instead of those before.

    Answers that are not named stay where they are. Keys that are not of this question are passed over. Raises NotAllowed.
    """
    require(actor, "instruments.read_answers", collection)
    topics = set(Topic.objects.filter(collection=collection, path=path).values_list("pk", flat=True))
    known = {str(pk) for pk in counted(collection).values_list("pk", flat=True)}
    for key, chosen in under.items():
        response, _mark, repeat = key.partition("~")
        if response not in known:
            continue
        Sorted.objects.filter(topic__in=topics, response_id=response, repeat=repeat).delete()
        Sorted.objects.bulk_create(
            Sorted(topic_id=pk, response_id=response, repeat=repeat) for pk in sorted(set(chosen) & topics)
        )

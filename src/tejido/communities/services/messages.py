"""Writing to the people of a community, and the words in which it writes."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.accounts.models import User
from tejido.communities.events import MessagesReworded, PeopleWrittenTo
from tejido.communities.models import Community
from tejido.communities.selectors import recipients_of
from tejido.communities.values import Note
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.messages import services as messages
from tejido.messages.models import Channel
from tejido.messages.services import Kind, Writing, Written

NOTE = messages.register(
    Kind(
        "communities.note",
        gettext_lazy("Message to people of the community"),
        subject=gettext_lazy("News from {community}"),
        text=gettext_lazy("Hello {name},\n\n…\n\n{community}"),
        placeholders=("name", "community"),
    )
)


def letter_of(
    community: Community, kind: Kind, about: str, values: Mapping[str, str], *, discreet: bool = False
) -> Writing:
    """A letter that a deed of a higher floor writes in the name of the community, as the queue takes it.

    about: what it is about, "<domain>.<model>:<pk>". Each call is a deed of its own; see `written_just_now` for second taps.
    """
    return Writing(
        kind=kind.key,
        key=f"{about}:{uuid4()}",
        about=about,
        community_id=community.pk,
        sender=community.name,
        values={"community": community.name, **values},
        language=community.language,
        time_zone=community.time_zone,
        discreet=discreet,
    )


def writing_of(community: Community, note: Note, actor: User) -> Writing:
    """The note as the queue takes it."""
    return Writing(
        kind=NOTE.key,
        key=f"communities.note:{community.pk}:{note.key}",
        channel=note.channel,
        community_id=community.pk,
        sender=community.name,
        reply_to=actor.email if note.answers_to_me else "",
        about=f"communities.community:{community.pk}",
        subject=note.subject,
        text=note.text,
        values={"community": community.name},
        language=community.language,
        time_zone=community.time_zone,
        not_before=note.not_before,
    )


@transaction.atomic
def write_to_members(community: Community, note: Note, *, actor: User) -> Written:
    """Write to the people of the community or below it, whoever is in it today. The same note again sends nothing.

    Raises: NotAllowed; Refusal("nobody_to_write_to"), and those of `messages.services.write`. Announces PeopleWrittenTo.
    """
    require(actor, "communities.run", community)
    people = []
    if note.channel != Channel.SHARE:
        people = list(recipients_of(community, role=note.role, node=note.node).select_related("user"))
        if not people:
            raise Refusal("nobody_to_write_to", _("Nobody here has this role today. Choose somebody else."))
    written = messages.write(writing_of(community, note, actor), people, actor=actor)
    if written.is_new:
        fact = PeopleWrittenTo(community.pk, written.batch.pk, note.channel, written.batch.people)
        announce(fact, actor=actor)
    return written


@transaction.atomic
def word_messages(
    community: Community, kind: str, language: str, words: tuple[str, str], *, actor: User
) -> None:
    """Word one kind of message in one language: (subject, text); both empty for the house's words.

    Raises: NotAllowed; Refusal("no_text"), Refusal("wrong_placeholders"). Announces MessagesReworded.
    """
    require(actor, "communities.run", community)
    messages.keep_words(community.pk, kind, language, words)
    announce(MessagesReworded(community.pk, kind, language), actor=actor)

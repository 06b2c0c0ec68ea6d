"""The table of messages: its columns and filters."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.accounts.access import MemberRequest
from tejido.accounts.models import User
from tejido.communities import selectors
from tejido.communities.models import Community
from tejido.directory.selectors import search_form
from tejido.messages.models import Channel, Message
from tejido.messages.selectors import log_for
from tejido.messages.services import kinds
from tejido.web.tables import BoundTable, Column, Filter, TableSpec
from tejido.web.tables.spec import Rows

CELL = "communities/partials/{}_cell.html"


def messages_of(actor: User, community: Community) -> QuerySet[Message]:
    """Messages of the community and of those below it, as far as the actor looks after them. One query."""
    return log_for(actor).filter(community_id__in=selectors.below(community))


def log_table(request: MemberRequest, community: Community) -> BoundTable:
    """The messages as the address asks for them, the newest first. Two queries on a page."""
    kind_words = {kind.key: str(kind.name) for kind in kinds()}
    spec = TableSpec(
        key="messages",
        caption=_("Messages of %(community)s") % {"community": community.name},
        columns=_columns(kind_words),
        filters=_filters(kind_words),
    )
    return spec.read(request, messages_of(request.user, community))


def _columns(kinds_in_words: dict[str, str]) -> list[Column]:
    state_cell = CELL.format("message_state")
    return [
        Column("to", pgettext("of a message", "To"), to_whom, cell=CELL.format("message")),
        Column("subject", _("Subject"), lambda row: row.subject),
        Column("kind", _("Kind"), lambda row: kinds_in_words.get(row.batch.kind, row.batch.kind)),
        Column("state", _("State"), lambda row: row.get_state_display(), cell=state_cell),
        Column("when", pgettext("of a message", "When"), _when, order=("not_before",)),
        Column("trouble", _("Why not"), lambda row: row.trouble_words, only="files"),
    ]


def _filters(kinds_in_words: dict[str, str]) -> list[Filter]:
    sorts = sorted(kinds_in_words.items())
    return [
        Filter("q", _("Name"), _named),
        Filter("state", _("State"), _by("state"), Message.State.choices, _("Any state")),
        Filter("channel", _("How"), _by("channel"), Channel.choices, _("Any way")),
        Filter("kind", _("Kind"), _by("batch__kind"), sorts, _("Any kind")),
    ]


def to_whom(row: Message) -> str:
    if row.person:
        return row.person.name
    return row.address or _("Whoever it is shared with")


def _when(row: Message) -> object:
    return row.sent_at or row.not_before


def _named(rows: Rows, words: str) -> Rows:
    assert isinstance(rows, QuerySet)
    for word in search_form(words).split():
        rows = rows.filter(Q(person__search_name__contains=word) | Q(person=None, address__contains=word))
    return rows


def _by(field: str) -> Callable[[Rows, str], Rows]:
    def narrowed(rows: Rows, value: str) -> Rows:
        assert isinstance(rows, QuerySet)
        return rows.filter(**{field: value})

    return narrowed

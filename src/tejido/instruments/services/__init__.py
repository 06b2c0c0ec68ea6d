"""Deeds on instruments, collections and answers."""

from tejido.instruments.services.deriving import derive_again
from tejido.instruments.services.drafting import make_from_draft, publish_draft, use_template
from tejido.instruments.services.forgetting import forget_responses
from tejido.instruments.services.inviting import (
    invite_people,
    link_of_my_own,
    personal_links,
    remind,
    renew_link,
    revoke_link,
)
from tejido.instruments.services.opening import (
    close_collection,
    open_collection,
    reopen_collection,
    withdraw_collection,
)
from tejido.instruments.services.paging import ingest_page
from tejido.instruments.services.phones import (
    connect_phone,
    files_for_phone,
    ingest_phone,
    note_use,
    revoke_phone,
    settings_to_show,
)
from tejido.instruments.services.publishing import Brought, make_instrument, publish_version, read_brought
from tejido.instruments.services.receiving import Received, Sent, ingest
from tejido.instruments.services.rosters import lists_for, with_roster
from tejido.instruments.services.scales import Part, define_scale, drop_scale
from tejido.instruments.services.settling import settle_response
from tejido.instruments.services.topics import drop_topic, name_topic, sort_answers
from tejido.instruments.values import Terms

__all__ = [
    "Brought",
    "Part",
    "Received",
    "Sent",
    "Terms",
    "close_collection",
    "connect_phone",
    "define_scale",
    "derive_again",
    "drop_scale",
    "drop_topic",
    "files_for_phone",
    "forget_responses",
    "ingest",
    "ingest_page",
    "ingest_phone",
    "invite_people",
    "link_of_my_own",
    "lists_for",
    "make_from_draft",
    "make_instrument",
    "name_topic",
    "note_use",
    "open_collection",
    "personal_links",
    "publish_draft",
    "publish_version",
    "read_brought",
    "remind",
    "renew_link",
    "reopen_collection",
    "revoke_link",
    "revoke_phone",
    "settings_to_show",
    "settle_response",
    "sort_answers",
    "use_template",
    "with_roster",
    "withdraw_collection",
]

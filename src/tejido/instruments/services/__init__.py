"""Deeds on instruments, collections and answers."""

from tejido.instruments.services.deriving import derive_again
from tejido.instruments.services.opening import (
    Terms,
    close_collection,
    open_collection,
    reopen_collection,
    withdraw_collection,
)
from tejido.instruments.services.publishing import Brought, make_instrument, publish_version, read_brought
from tejido.instruments.services.receiving import Received, Sent, ingest

__all__ = [
    "Brought",
    "Received",
    "Sent",
    "Terms",
    "close_collection",
    "derive_again",
    "ingest",
    "make_instrument",
    "open_collection",
    "publish_version",
    "read_brought",
    "reopen_collection",
    "withdraw_collection",
]

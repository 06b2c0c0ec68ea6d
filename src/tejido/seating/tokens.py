"""The link of a table: it follows from the secret key, so that it can be printed again; whoever sits there may write."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from tejido.foundation.links import token_for

SALT = "tejido.seating.table"


def table_path(gathering_id: int, table: int) -> str:
    """Where the people at a table write down what came out of it. No query."""
    token = token_for(SALT, gathering_id, table)
    return reverse("seating:table", args=[gathering_id, table, token])


def table_address(gathering_id: int, table: int) -> str:
    """The same, absolute: for a code on a card. No query."""
    return f"{settings.TEJIDO_URL}{table_path(gathering_id, table)}"


def is_of_table(token: str, gathering_id: int, table: int) -> bool:
    """Whether this is the token of that table."""
    return constant_time_compare(token, token_for(SALT, gathering_id, table))

"""Keeping what a page sent: a second tap is the same answer, also where the form writes the moment into it."""

from __future__ import annotations

from tejido.accounts.models import User
from tejido.instruments.models import Response
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.services.receiving import Received, Sent, ingest
from tejido_forms.answers import Answer, lay


def ingest_page(sent: Sent, *, actor: User) -> Received:
    """`ingest` for a page. The same id with the same answers is the answer that is here, whenever it was sent.

    `sent.collection` is set. Raises as `ingest`.
    """
    here = _said_before(sent)
    return Received(here, "known") if here is not None else ingest(sent, actor=actor)


def _said_before(sent: Sent) -> Response | None:
    """The answer of this page that is here and in which people said the same. One query."""
    collection = sent.collection
    assert collection is not None
    definition = definition_of(collection.version)
    mine = lay(definition, sent.xml)
    found = Response.objects.filter(
        collection=collection, instance_id=mine.instance_id, version=collection.version
    )
    return next((one for one in found if _said(lay(definition, bytes(one.xml))) == _said(mine)), None)


def _said(answer: Answer) -> list[tuple[str, str]]:
    """What people said, without what the form writes by itself."""
    return [(node.path, answer.text(element)) for element, node in answer.leaves() if node.asked]

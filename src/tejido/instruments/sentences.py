"""How the facts of this domain read in a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from tejido.accounts.models import User
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Named, Names, naming, sentence
from tejido.instruments.models import Collection, Instrument
from tejido.instruments.policies import instruments_visible_to, results_visible_to

INSTRUMENT = "instruments.Instrument"
COLLECTION = "instruments.Collection"
FORM = ("instruments:instrument", "instrument_id")
PERSON = "directory.Person"
PAGE = ("instruments:collection", "collection_id")


@naming(
    instruments_Instrument=pgettext_lazy("in place of a name", "a form that was removed"),
    instruments_Collection=pgettext_lazy("in place of a name", "a form that was removed"),
)
def _titles(ids: Mapping[str, set[int]], reader: User) -> Mapping[str, Mapping[int, Named]]:
    """Titles, which whoever reads the history may know; hidden, and so without a link, for who may not open the page. One query."""
    forms = _of(Instrument.objects.filter(pk__in=ids.get(INSTRUMENT, ())), instruments_visible_to(reader))
    given = _of(Collection.objects.filter(pk__in=ids.get(COLLECTION, ())), results_visible_to(reader))
    named: dict[str, dict[int, Named]] = {INSTRUMENT: {}, COLLECTION: {}}
    for is_form, pk, title, seen in forms.union(given, all=True):
        named[INSTRUMENT if is_form else COLLECTION][pk] = Named(title, hidden=not seen)
    return named


def _of(rows: QuerySet[Any], visible: Q) -> QuerySet[Any, Any]:
    """(is it a form, key, title, may the reader open it)."""
    seen = rows.model.objects.filter(visible).order_by().values("pk")
    told = rows.order_by().annotate(
        is_form=Value(rows.model is Instrument), seen=Case(When(pk__in=seen, then=True), default=False)
    )
    listed: QuerySet[Any, Any] = told.values_list("is_form", "pk", "title", "seen")
    return listed


def _on_form(names: Names) -> dict[str, object]:
    return {"actor": names.actor, "form": names["instrument_id"]}


def _on_collection(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "collection": names["collection_id"], **more}


@sentence("instruments.made", instrument_id=INSTRUMENT, link=FORM)
def _made(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s brought the form «%(form)s».") % _on_form(names)


@sentence("instruments.version_published", instrument_id=INSTRUMENT, link=FORM)
def _published(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s published a new version of the form «%(form)s».") % _on_form(names)


@sentence("instruments.scale_defined", instrument_id=INSTRUMENT, link=FORM)
def _scale(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s said which questions of «%(form)s» make a scale.") % _on_form(names)


@sentence("instruments.scale_dropped", instrument_id=INSTRUMENT, link=FORM)
def _no_scale(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took away the scale of the form «%(form)s».") % _on_form(names)


@sentence("instruments.collection_opened", collection_id=COLLECTION, link=PAGE)
def _opened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened «%(collection)s» for answers.") % _on_collection(names)


@sentence("instruments.collection_closed", collection_id=COLLECTION, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed «%(collection)s».") % _on_collection(names)


@sentence("instruments.collection_reopened", collection_id=COLLECTION, link=PAGE)
def _reopened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened «%(collection)s» for answers again.") % _on_collection(names)


@sentence("instruments.collection_withdrawn", collection_id=COLLECTION, link=PAGE)
def _withdrawn(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s withdrew «%(collection)s»: its links no longer work.") % _on_collection(names)


@sentence("instruments.people_reminded", collection_id=COLLECTION, link=PAGE)
def _reminded(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s reminded %(count)d person of «%(collection)s».",
        "%(actor)s reminded %(count)d people of «%(collection)s».",
        count,
    ) % _on_collection(names, count=count)


@sentence("instruments.response_settled", collection_id=COLLECTION, link=PAGE)
def _settled(entry: JournalEntry, names: Names) -> str:
    if entry.payload["counts"]:
        return _("%(actor)s let an answer to «%(collection)s» count.") % _on_collection(names)
    return _("%(actor)s left an answer to «%(collection)s» out of the count.") % _on_collection(names)


@sentence("instruments.phone_connected", person_id=PERSON)
def _connected(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s made a code for a phone of %(person)s.") % _on_phone(names)


@sentence("instruments.phone_revoked", person_id=PERSON)
def _revoked(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back the code of a phone of %(person)s.") % _on_phone(names)


def _on_phone(names: Names) -> dict[str, object]:
    return {"actor": names.actor, "person": names["person_id"]}

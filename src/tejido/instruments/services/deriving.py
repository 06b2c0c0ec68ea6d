"""From the XML of an answer to its rows, at once and whenever that is wanted again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.policies import require
from tejido.instruments.anonymous import without_traces
from tejido.instruments.models import Answer, Flag, Instrument, Response, Version
from tejido.instruments.selectors.rosters import definition_to_judge
from tejido.instruments.services.naming import follow
from tejido_forms import dates
from tejido_forms.answers import Answer as Filled
from tejido_forms.answers import attachments, lay, parsed
from tejido_forms.definition import FormDefinition
from tejido_forms.judging import Judgement, judge, scene_for
from tejido_forms.problems import AnswerRefused
from tejido_forms.rows import Row, rows
from tejido_forms.xml import UnsafeXml

AT_ONCE = 500  # responses in one transaction: others write in between
OWN = (
    "answered_before",
    "not_asked",
    "same_id",
    "unknown_version",
    "early",
)  # flags that the XML does not tell


@dataclass(slots=True)
class Read:
    """An answer that was read: what is stored of it. flags: (code, path, repeat, value)."""

    xml: bytes
    instance_id: str
    content_hash: str
    version_said: str
    rows: list[Row]
    names: set[str]
    flags: list[tuple[str, str, str, str]] = field(default_factory=list)

    def flag(self, code: str, path: str = "", repeat: str = "", value: str = "") -> None:
        """Note something about the answer."""
        self.flags.append((code, path, repeat, value))

    def flags_of(self, response: Response) -> list[Flag]:
        """The flags as rows of `response`."""
        return [
            Flag(response=response, code=code, path=path[:1000], repeat=repeat[:60], value=value[:200])
            for code, path, repeat, value in self.flags
        ]


def read_answer(version: Version, community: Community, xml: bytes, *, anonymous: bool) -> Read:
    """Read a submission against its version: values, flags, names of files. Changes nothing.

    anonymous: what tells its author apart is taken out before anything is kept; it is judged as it was sent.
    community: where it was sent to; its people are those who can be named. Raises AnswerRefused.
    """
    definition = definition_to_judge(version, community)
    sent = lay(definition, xml)
    judged = _judged(definition, sent)
    kept, told, stored = sent, judged, xml
    if anonymous:
        try:
            stored = without_traces(definition, xml)
        except UnsafeXml as error:
            raise AnswerRefused("not_xml") from error
        kept = lay(definition, stored)
        told = _judged(definition, kept)
    digest = hashlib.sha256(stored).hexdigest()
    read = Read(
        xml=stored,
        instance_id=(kept.instance_id or f"hash:{digest}")[:200],
        content_hash=digest,
        version_said=(parsed(xml).get("version") or "")[:200],
        rows=rows(kept, told),
        names=set(attachments(kept)) | ({"audit.csv"} if not anonymous else set()),
    )
    read.flags = [(one.code, one.path, one.repeat, one.value) for one in judged.flags]
    return read


def _judged(definition: FormDefinition, answer: Filled) -> Judgement:
    """Judged by the day on which it was filled in, where it says so: it may arrive weeks later."""
    return judge(answer, scene_for(definition, _moment(answer) or timezone.now(), seed=answer.instance_id))


def _moment(answer: Filled) -> dt.datetime | None:
    """When it was filled in, by the form's own stamps: its end, else its beginning, else its day."""
    found: dict[str, str] = {}
    for element, node in answer.leaves():
        if node.preload in {"timestamp", "date"} and answer.text(element):
            found[node.preload_params if node.preload == "timestamp" else "today"] = answer.text(element)
    for name in ("end", "start", "today"):
        day = dates.date_of(found.get(name, ""))
        if day is not None:
            clock = dates.time_of(found[name]) or dt.time(12)
            moment = dt.datetime.combine(day, clock)
            return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return None


def answer_rows(response: Response, read: Read) -> None:
    """Write the values of an answer. For services."""
    Answer.objects.bulk_create(_rows(response, read.rows), batch_size=500)


def _rows(response: Response, found: Iterable[Row]) -> Iterator[Answer]:
    for row in found:
        yield Answer(
            response=response,
            path=row.path,
            repeat=row.repeat[:60],
            position=row.position,
            text=row.text,
            number=row.number,
            day=row.day,
        )


def derive_again(instrument: Instrument, *, actor: User) -> int:
    """Make the values and flags of all answers to an instrument again from their XML. Returns how many answers.

    May be done at any time and twice. Batches of AT_ONCE, each a transaction. Raises NotAllowed.
    """
    require(actor, "instruments.change", instrument)
    done = 0
    for version in instrument.versions.all():
        responses = Response.objects.filter(version=version).select_related("collection", "community")
        keys = list(responses.values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            done += _derive(version, responses.filter(pk__in=keys[start : start + AT_ONCE]))
    return done


def _derive(version: Version, responses: QuerySet[Response]) -> int:
    read = [
        (
            one,
            read_answer(version, one.community, bytes(one.xml), anonymous=_is_anonymous(one)),
        )
        for one in responses
    ]
    keys = [one.pk for one, _read in read]
    with transaction.atomic():
        Answer.objects.filter(response__in=keys).delete()
        Answer.objects.bulk_create(
            [row for one, found in read for row in _rows(one, found.rows)], batch_size=2_000
        )
        # Of an anonymous answer the flags stay: it was judged before what they rest on was taken out.
        named = [(one, found) for one, found in read if not _is_anonymous(one)]
        Flag.objects.filter(response__in=[one.pk for one, _found in named]).exclude(code__in=OWN).delete()
        Flag.objects.bulk_create([flag for one, found in named for flag in found.flags_of(one)])
        for one, _found in named:
            follow(one)
    return len(read)


def _is_anonymous(response: Response) -> bool:
    return response.collection is not None and response.collection.anonymous

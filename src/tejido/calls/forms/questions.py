"""The form of a call inside of an application: asked by the machinery of instruments, filled in again when it is changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from tejido.calls.models import Application, OpenCall
from tejido.instruments.forms.answering import AnswerForm
from tejido.instruments.forms.questions import OWN
from tejido.instruments.models import Response
from tejido.instruments.selectors import Door, definition_of
from tejido.instruments.services import Sent
from tejido_forms.answers import lay
from tejido_forms.judging import scene_for
from tejido_forms.markup import without_marks
from tejido_forms.pages import Field, page, spoken


def questions_of(
    call: OpenCall, data: QueryDict | None, application: Application | None
) -> AnswerForm | None:
    """The questions, empty, as they were sent, or as they were answered before. None where the call has no form."""
    if call.collection is None:
        return None
    door, reader = Door(call.collection), get_language() or ""
    if data is None and application is not None and application.response is not None:
        return AnswerForm(door, reader, _said_before(application.response, reader))
    return AnswerForm(door, reader, data)


def _said_before(response: Response, reader: str) -> QueryDict:
    """What was answered, as the page would send it. `_language` says that it is shown and not sent."""
    said = QueryDict(mutable=True)
    said["_language"] = spoken(definition_of(response.version), [reader])
    for field in answered(response, reader):
        chosen = [one.value for one in field.options if one.chosen]
        said.setlist(OWN + field.name, chosen if field.options else [field.value])
    return said


def answered(response: Response, reader: str) -> Iterator[Field]:
    """The questions of an answer with what was answered, notes left out. At most one query."""
    definition = definition_of(response.version)
    mine = lay(definition, bytes(response.xml))
    language = spoken(definition, [reader])
    scene = scene_for(definition, timezone.now(), language, mine.instance_id)
    return (field for field in page(mine, scene, language).fields() if field.kind != "note")


def sent_of(form: AnswerForm | None, call: OpenCall) -> Sent | None:
    """The answers, for `services.apply`; the form is valid."""
    if form is None:
        return None
    return Sent(form.xml, Response.Channel.PAGE, call.community, call.collection, language=form.language)


def read_back(response: Response | None) -> list[tuple[str, str]]:
    """(question, answer) in words, in the reader's language, without what was left empty. At most one query."""
    if response is None:
        return []
    found = answered(response, get_language() or "")
    return [(without_marks(field.label), words) for field in found if (words := _words(field))]


def _words(field: Field) -> str:
    if field.options:
        return ", ".join(without_marks(one.label) for one in field.options if one.chosen)
    return field.value

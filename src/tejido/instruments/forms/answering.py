"""What somebody filled in on a page: read, judged, with a sentence beside each question that needs another look."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
import zoneinfo
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from tejido.instruments.forms.moments import as_sent
from tejido.instruments.forms.people import FIND, People
from tejido.instruments.forms.questions import OWN, Part, parts_of
from tejido.instruments.forms.rules import rules_of
from tejido.instruments.rosters import Roster, roster_questions
from tejido.instruments.selectors import Door, definition_of, definition_with, files_shown
from tejido_forms.answers import Answer, begin, new_instance_id, write
from tejido_forms.definition import FormDefinition
from tejido_forms.expressions import EvaluationFailed, scene
from tejido_forms.functions import Scene
from tejido_forms.judging import Flag, judge, scene_for
from tejido_forms.markup import without_marks
from tejido_forms.pages import Field, Page, page, spoken, take
from tejido_forms.texts import language_code
from tejido_forms.words import clean

FILES: Final = frozenset({"image", "audio", "video", "file"})
NAME: Final = "_name"
MOST_FILE_BYTES: Final = 10 * 1024 * 1024
# What somebody at a page can mend. Anything else cannot come from the page itself: it is kept, and flagged.
MENDED: Final = frozenset({"required", "constraint", "wrong_type"})
_OWN_ID: Final = re.compile(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class AnswerForm:
    """The form of the collection behind a door, on a page. What it asks is decided by its version, so that this is no Django form.

    language: as the form names it, "" for the one that fits the reader. is_valid() says whether it can be sent; then
    `xml` is the submission, `files` go with it and `left_out` names the questions whose answers do not apply.
    """

    def __init__(
        self,
        door: Door,
        reader: str,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
    ) -> None:
        self.collection = collection = door.collection
        self.roster = door.roster
        self.definition = self._definition(door)
        # Whoever has a link of their own is known, and who answers anonymously is not asked.
        self.asks_name = door.invitation is None and not collection.anonymous
        self.data, self.sent_files = data, files or MultiValueDict()
        self.now = timezone.now().astimezone(zoneinfo.ZoneInfo(collection.community.time_zone))
        fits = spoken(self.definition, [reader])
        asked = (data.get("_language") or data.get("_spoken", "")) if data else ""
        self.language = asked if asked in self.definition.languages else fits
        self.instance_id, self.begun = self._id(), self._begun()
        self.files: dict[str, bytes] = {}
        self.wrong: dict[str, str] = {}
        self.spare: frozenset[str] = frozenset()
        self.xml = b""
        self.name = clean(data.get("_name", ""))[:200] if data and self.asks_name else ""
        self.agrees = bool(data and data.get("_agree"))
        # A button of a language, or of a search among people, only shows the page again.
        self.is_sent = data is not None and "_language" not in data and "_search" not in data
        if self.is_sent:
            self._look()

    def _definition(self, door: Door) -> FormDefinition:
        version = door.collection.version
        return definition_with(version, door.roster.files()) if door.roster else definition_of(version)

    def _id(self) -> str:
        given = self.data.get("_id", "") if self.data else ""
        return given if _OWN_ID.fullmatch(given) else new_instance_id(uuid.uuid4())

    def _begun(self) -> dt.datetime:
        """When the page was opened, as it says itself; now where it says nothing that can be."""
        try:
            begun = dt.datetime.fromisoformat(self.data.get("_begun", "") if self.data else "")
        except ValueError:
            return self.now
        return begun if begun.tzinfo and begun <= self.now else self.now

    # Reading

    @cached_property
    def scene(self) -> Scene:
        return scene_for(self.definition, self.now, self.language, self.instance_id)

    def _blank(self) -> Answer:
        """An answer with the form's defaults and what it writes by itself: when it was begun and ended, which day it is."""
        answer = begin(self.definition)
        answer.instance_id = self.instance_id
        stamps = {"start": self.begun, "end": self.now}
        for element, node in list(answer.leaves()):
            if node.preload == "timestamp" and node.preload_params in stamps:
                answer.put(element, stamps[node.preload_params].isoformat(timespec="milliseconds"))
            elif node.preload == "date":
                answer.put(element, self.now.date().isoformat())
        with scene(self.scene):
            for path, value in self.definition.first_values:
                for element in answer.at(path):
                    try:
                        answer.put(element, value.text(element, answer.root))
                    except EvaluationFailed:
                        continue  # stays empty, as on a phone
        return answer

    def _typed(self) -> Answer:
        answer = self._blank()
        if self.data is not None:
            take(answer, self._values(answer))
        return answer

    def _values(self, blank: Answer) -> dict[str, list[str]]:
        """What was sent for each question that the page shows; one that sent nothing was left empty."""
        zone = zoneinfo.ZoneInfo(self.collection.community.time_zone)
        values: dict[str, list[str]] = {}
        for field in self._fields(blank):
            if field.kind in FILES:
                values[field.name] = [self._file(field)]
            elif field.kind != "note" and not field.readonly:
                sent = self.data.getlist(OWN + field.name) if self.data else []
                values[field.name] = [as_sent(field.kind, value, zone) for value in sent] or [""]
        return values

    def _fields(self, answer: Answer) -> tuple[Field, ...]:
        return tuple(page(answer, self.scene, self.language).fields())

    def _file(self, field: Field) -> str:
        """The name under which the file of a question is kept: made from its content, so that sending twice is sending once."""
        given = self.sent_files.get(OWN + field.name)
        if given is None:
            return ""
        if (given.size or 0) > MOST_FILE_BYTES:
            self.wrong[field.name] = _("This file is larger than 10 MB. Choose a smaller one.")
            return ""
        given.seek(0)
        content = given.read()
        ending = PurePosixPath(given.name or "").suffix.lower()
        ending = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
        name = f"{hashlib.sha256(content).hexdigest()[:24]}{ending}"
        self.files[name] = content
        return name

    # Judging

    def _look(self) -> None:
        kept = self._typed()
        fields = {field.path: field for field in self._fields(kept)}
        judged = judge(kept, self.scene, settle=True)
        for flag in judged.flags:
            if flag.code in MENDED and flag.path in fields:
                self.wrong.setdefault(fields[flag.path].name, sentence(flag, fields[flag.path]))
        needless = {kept.nodes[element].path for element in judged.irrelevant}
        self.spare = frozenset(
            field.name
            for field in fields.values()
            if field.path in needless and field.value and field.kind != "note" and not field.readonly
        )
        if self.name and not self.agrees:
            self.wrong[NAME] = _("Tick the box below if your name may be kept, or leave the name empty.")
        self.xml = write(kept, skip=judged.irrelevant)

    @property
    def is_bound(self) -> bool:
        """Whether the page holds what somebody sent, and not what a draft says."""
        return self.data is not None

    def is_valid(self) -> bool:
        return self.is_sent and not self.wrong

    @property
    def left_out(self) -> list[str]:
        """Names of the questions that were answered and do not apply, given the other answers."""
        return sorted(self.spare)

    # Showing

    @cached_property
    def page(self) -> Page:
        return page(self._typed(), self.scene, self.language)

    def parts(self) -> tuple[Part, ...]:
        """The page for the template, with everything that was typed."""
        return parts_of(self.page, self.wrong, self.spare, self._people())

    def _people(self) -> People:
        """The questions that ask for people, and what was searched for in each."""
        paths = {node.path for node in roster_questions(self.definition)} if self.roster else set()
        find = {
            field.name: self.data.get(FIND + field.name, "")[:100] if self.data else ""
            for field in self.page.fields()
            if field.path in paths
        }
        return People(self.roster or Roster(), find)

    def rules(self) -> dict[str, Any]:
        """For the script of the page."""
        return rules_of(self.page)

    @property
    def count(self) -> int:
        """How many questions the page asks at most; notes are none."""
        return sum(field.kind != "note" and not field.readonly for field in self.page.fields())

    @cached_property
    def shown_files(self) -> frozenset[str]:
        """Names of pictures, sounds and films that stand with questions and are there. One query where the form names files."""
        return files_shown(self.collection.version) if self.definition.files else frozenset()

    @property
    def has_files(self) -> bool:
        return any(field.kind in FILES for field in self.page.fields())

    @property
    def has_rules(self) -> bool:
        """Whether some questions are only for some."""
        return any(node.relevant is not None for node in self.definition.nodes())

    @property
    def language_code(self) -> str:
        """For the lang attribute; "" where the form does not say."""
        return language_code(self.language)

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The languages of the form, where there is a choice."""
        names = self.definition.languages if len(self.definition.languages) > 1 else ()
        return [
            {"name": name, "words": name.partition("(")[0].strip() or name, "code": language_code(name)}
            for name in names
        ]

    def problems(self) -> list[tuple[str, str, str]]:
        """(id of the question, its label, what is wrong), in the order of the page."""
        asked = [field for field in self.page.fields() if field.name in self.wrong]
        found = [
            (f"q-{one.name.replace('/', '-')}", without_marks(one.label), self.wrong[one.name])
            for one in asked
        ]
        return [*found, ("own-name", _("Your name"), self.wrong[NAME])] if NAME in self.wrong else found

    @property
    def wrong_name(self) -> str:
        return self.wrong.get(NAME, "")


def sentence(flag: Flag, field: Field) -> str:
    """What is wrong with an answer, in the words of the form where it has some."""
    if flag.code == "required":
        return field.required_message or _("This question needs an answer.")
    if flag.code == "constraint":
        return field.constraint_message or _("This answer does not fit here. Please look at it again.")
    words: Mapping[str, str] = {
        "integer": _("Write a whole number, for example 3."),
        "decimal": _("Write a number, for example 2.5."),
        "range": _("Write a number, for example 2.5."),
        "date": _("Write a date, for example 2026-03-15."),
        "time": _("Write a time, for example 14:30."),
        "date_time": _("Write a date with a time, for example 2026-03-15T14:30."),
    }
    return words.get(field.kind, _("This answer does not fit here. Please look at it again."))


def labels_of(form: AnswerForm, names: list[str]) -> list[str]:
    """The labels of these questions; names that the form does not have are passed over."""
    return [
        without_marks(field.label) or field.name for field in form.page.fields() if field.name in set(names)
    ]

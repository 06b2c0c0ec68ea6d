"""What the full engine sends, and what its page is told."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from tejido.instruments.forms.answering import MOST_FILE_BYTES
from tejido.instruments.selectors import Door, definition_of
from tejido_forms.engine import EngineForm
from tejido_forms.pages import spoken
from tejido_forms.words import clean

XML: Final = "xml_submission_file"


class EngineAnswer:
    """An answer of the engine as it arrived: `xml`, `files` by name, the `language` it was given in, the `name` to be kept.

    wrong: why it cannot be taken, "" where it can.
    """

    def __init__(self, door: Door, data: QueryDict, files: MultiValueDict[str, UploadedFile]) -> None:
        given = files.get(XML)
        self.xml = given.read() if isinstance(given, UploadedFile) else b""
        rest = {name: file for name, file in files.items() if name != XML and isinstance(file, UploadedFile)}
        large = any((file.size or 0) > MOST_FILE_BYTES for file in rest.values())
        self.files = {} if large else {name: file.read() for name, file in rest.items()}
        language = data.get("_language", "")
        self.language = language if language in door.collection.version.spoken else ""
        asks_name = door.invitation is None and not door.collection.anonymous
        self.name = clean(data.get("_name", ""))[:200] if asks_name else ""
        self.wrong = _("A file is larger than 10 MB. Choose a smaller one.") if large else ""


class EnginePage:
    """What the page of the engine needs. token: of the link; reader: the code of the reader's language."""

    def __init__(self, door: Door, form: EngineForm, token: str, reader: str) -> None:
        self.door, self.form, self.token = door, form, token
        fits = spoken(definition_of(door.collection.version), [reader])
        self.language = next((tag for tag, name in form.languages.items() if name == fits), "")
        # The same partial asks for a name here and on the plain page.
        self.asks_name = door.invitation is None and not door.collection.anonymous
        self.wrong_name = self.name = ""
        self.agrees = False

    @property
    def data(self) -> dict[str, Any]:
        """For the script."""
        return {
            "model": self.form.model,
            "version": self.door.collection.version.digest,
            "language": self.language,
            "languages": self.form.languages,
            "several": self.door.invitation is None or self.door.collection.many,
            "worker": reverse("instruments:engine_worker", args=[self.token]),
        }

    @property
    def words(self) -> dict[str, str]:
        """What the script says. Keys with a dot are those of enketo-core."""
        return {**_of_the_form(), **_of_sending()}


def _of_the_form() -> dict[str, str]:
    return {
        "constraint.invalid": _("This answer does not fit here. Please look at it again."),
        "constraint.required": _("This question needs an answer."),
        "hint.guidance.details": _("More about this question"),
        "confirm.repeatremove.heading": _("Remove this part with everything written in it?"),
        "needed": _("(needed)"),
        "language": _("Language of the form"),
        "add_repeat": _("Add another"),
        "remove_repeat": _("Remove this part"),
        "search": _("Search these choices"),
        "found_choices": _("%(count)s choices shown"),
        "order_right": _("The order is right as it is"),
        "earlier": _("Move up: %(choice)s"),
        "later": _("Move down: %(choice)s"),
        "clear": _("Clear"),
        "picture_instead": _("Or choose a picture"),
        "drawn": _("drawn"),
        "not_drawn": _("nothing drawn yet"),
        "kept_file": _("Kept with your answers (%(size)s KB)."),
        "remove_file": _("Remove the file"),
        "too_large": _("This file is larger than 10 MB. Choose a smaller one."),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "here": _("Use the place of this device"),
        "add_point": _("Add a point"),
        "remove_point": _("Remove the point"),
        "not_a_place": _("Write latitude and longitude as numbers, for example 4.6097 and -74.0817."),
        "looking": _("Looking for the place of this device…"),
        "found": _("Found, within %(metres)s metres."),
        "not_found": _("This device did not say where it is. Latitude and longitude can be written."),
    }


def _of_sending() -> dict[str, str]:
    return {
        "look_again": _("Something needs another look. It is marked above."),
        "tick_name": _("Tick the box below if your name may be kept, or leave the name empty."),
        "waits": _("One answer is kept on this device and waits to be sent."),
        "waits_many": _("%(count)s answers are kept on this device and wait to be sent."),
        "refused": _("The server did not take it."),
        "not_taken": _("An answer from this device was not taken: %(why)s It is still here."),
        "save_copy": _("Save a copy"),
        "forget": _("Delete it from this device"),
    }

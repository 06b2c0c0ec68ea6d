"""A version as the full engine shows it. Versions never change, so that each is made once in a process."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from urllib.parse import quote

import tejido.web
from tejido.instruments.models import Version
from tejido.instruments.rosters import Roster
from tejido.instruments.selectors.definitions import definition_of, definition_with
from tejido_forms.definition import FormDefinition
from tejido_forms.engine import EngineForm, Stylesheets, engine_form

BUILT = Path(tejido.web.__file__).parent / "static" / "dist" / "engine"
_lock = Lock()  # one transformation at a time: a stylesheet belongs to one thread


@cache
def _sheets() -> Stylesheets:
    return Stylesheets((BUILT / "form.xsl").read_bytes(), (BUILT / "model.xsl").read_bytes())


class _Key:
    """A version, known by what it says: the same digest is the same page."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.version.digest == other.version.digest

    def __hash__(self) -> int:
        return hash(self.version.digest)


@lru_cache(maxsize=32)
def _made(key: _Key) -> EngineForm:
    return _shown(key.version, definition_of(key.version))


def _shown(version: Version, definition: FormDefinition) -> EngineForm:
    """Files that were announced and never brought have no address: nobody's phone asks for them."""
    brought = set(version.files.values_list("name", flat=True))
    with _lock:
        return engine_form(
            definition, _sheets(), lambda name: f"file/{quote(name)}" if name in brought else ""
        )


def engine_form_of(version: Version, roster: Roster | None = None) -> EngineForm:
    """`version` for the full engine; addresses of its files stand below the page. One query, none where it was made before.

    roster: whom the reader can name, where the form asks for people; then it is made anew.

    Raises NotShown: the stylesheets cannot show it. FileNotFoundError: the front end was not built.
    """
    if roster is None:
        return _made(_Key(version))
    return _shown(version, definition_with(version, roster.files()))

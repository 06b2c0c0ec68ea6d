"""The compiled form of a version. Versions never change, so that each is compiled once in a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from tejido.instruments.models import Version
from tejido_forms.compiling import compile_form
from tejido_forms.definition import FormDefinition

MOST_KEPT = 64
_kept: OrderedDict[str, FormDefinition] = OrderedDict()
_lock = Lock()


def files_shown(version: Version) -> frozenset[str]:
    """Names of the files of `version` that its questions and choices show: pictures, sounds, films; no lists. One query."""
    texts = [
        text
        for node in definition_of(version).nodes()
        for text in (node.label, *(choice.label for choice in node.choices))
    ]
    named = {file for text in texts for files in text.media.values() for file in files.values()}
    return frozenset(version.files.filter(name__in=named).values_list("name", flat=True))


def definition_of(version: Version) -> FormDefinition:
    """What `version` asks, compiled. No query where it was asked for before, else one for its files.

    Shared between threads: nobody changes it.
    """
    with _lock:
        found = _kept.get(version.digest)
        if found is not None:
            _kept.move_to_end(version.digest)
            return found
    made = definition_with(version, {})
    with _lock:
        _kept[version.digest] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def definition_with(version: Version, lists: Mapping[str, bytes]) -> FormDefinition:
    """The same with lists that are made for one reader or one day (see `rosters`). Compiled anew: 5 ms for 300 people."""
    files = {file.name: bytes(file.content) for file in version.files.all()}
    return compile_form(bytes(version.xform), {**files, **lists})

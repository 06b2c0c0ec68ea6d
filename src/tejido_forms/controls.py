"""The body of an XForm: which node is asked for how, and under which label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tejido_forms.xml import Element, local

JR: Final = "{http://openrosa.org/javarosa}"
ASKING: Final = frozenset(
    {"input", "select1", "select", "rank", "upload", "trigger", "range", "secret", "textarea"}
)


@dataclass(frozen=True, slots=True)
class Control:
    """tag: input, select1, select, odk:rank, upload, trigger, range, group, repeat. labelled: the element with label and hint.

    count: the expression of a repeat's number, "" where people decide.
    """

    tag: str
    element: Element
    labelled: Element
    appearance: str = ""
    count: str = ""


def controls_of(body: Element, root: str) -> dict[str, Control]:
    """path -> Control for every reference in `body`; a group around a repeat gives the repeat its label."""
    found: dict[str, Control] = {}
    for element in body.iter("{*}*"):
        name = local(element)
        where = plain_path(element.get("nodeset") if name == "repeat" else element.get("ref"), root)
        if not where:
            continue
        look = element.get("appearance") or ""
        if name == "repeat":
            above = element.getparent()
            labelled = above if above is not None and local(above) == "group" else element
            counted = element.get(f"{JR}count") or ""
            look = look or (labelled.get("appearance") or "")
            found[where] = Control("repeat", element, labelled, look, counted)
        elif name == "group" and where not in found:
            found[where] = Control("group", element, element, look)
        elif name in ASKING and (where not in found or found[where].tag == "group"):
            tag = {"rank": "odk:rank", "secret": "input", "textarea": "input"}.get(name, name)
            found[where] = Control(tag, element, element, look)
    return found


def plain_path(text: str | None, root: str) -> str:
    """An absolute path without namespace prefixes; relative ones stand below the root.

    >>> plain_path("/data/orx:meta/a", "/data"), plain_path("a", "/data"), plain_path(None, "/data")
    ('/data/meta/a', '/data/a', '')
    """
    steps = [step.rpartition(":")[2] for step in (text or "").strip().split("/")]
    path = "/".join(steps)
    return path if path.startswith("/") or not path else f"{root}/{path}"

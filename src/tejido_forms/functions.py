"""The functions that OpenRosa adds to XPath 1.0, for lxml.

Source of names and meanings: the ODK XForms specification (section XPath Functions). Where JavaRosa, the engine in phones, and
the specification differ, JavaRosa is followed; the differences that stay are listed in docs/reference/expressions.md.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from tejido_forms import dates
from tejido_forms.numbers import as_number, checked, java_round, seeded_order
from tejido_forms.patterns import matches
from tejido_forms.places import area, distance, within
from tejido_forms.text_functions import (
    concat,
    contains,
    ends_with,
    join,
    normalize_space,
    starts_with,
    string,
    string_length,
    substr,
    substring_after,
    substring_before,
)
from tejido_forms.values import as_boolean, as_text, numbers_of, numeric, texts, texts_of
from tejido_forms.xml import Element

JAVAROSA: Final = "http://openrosa.org/javarosa"
CORE: Final = frozenset(
    [
        "last",
        "count",
        "id",
        "local-name",
        "namespace-uri",
        "name",
        "substring",
        "translate",
        "true",
        "false",
        "lang",
        "floor",
        "ceiling",
    ]
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What an expression may see beside the answer.

    now: the moment of judging, in the zone of the person who answered. instances: id -> root of a list of the form.
    label_of: (path of a question, value) -> the label in the language of the answer, for jr:choice-name().
    text_of: id of a text -> what it says in that language, for jr:itext(). random: numbers 0..1, one after the other. properties: device properties by name.
    """

    now: dt.datetime
    instances: Mapping[str, Element] = field(default_factory=dict)
    label_of: Callable[[str, str], str] = lambda _path, value: value
    text_of: Callable[[str], str] = lambda name: name
    random: Callable[[], float] = lambda: 0.5
    properties: Mapping[str, str] = field(default_factory=dict)


scene_of_now: ContextVar[Scene] = ContextVar("scene_of_now")


# Choice


def choose(_c: Any, condition: Any, yes: Any, no: Any) -> Any:
    return yes if as_boolean(condition) else no


def coalesce(_c: Any, *values: Any) -> str:
    return next((text for text in map(as_text, values) if text), "")


def once(context: Any, value: Any) -> Any:
    there = as_text([context.context_node])
    return there if there else value


def boolean(_c: Any, value: Any) -> bool:
    return as_boolean(value)


def negated(_c: Any, value: Any) -> bool:
    return not as_boolean(value)


def boolean_from_string(_c: Any, value: Any) -> bool:
    return as_text(value).strip().lower() in {"true", "1"}


# Several choices


def selected(_c: Any, value: Any, wanted: Any) -> bool:
    """As phones do it: nothing is selected where nothing is."""
    return f" {as_text(wanted).strip()} " in f" {as_text(value)} "


def selected_at(_c: Any, value: Any, place: Any) -> str:
    words, at = as_text(value).split(), numeric(place)
    return words[int(at)] if not math.isnan(at) and 0 <= at < len(words) else ""


def count_selected(_c: Any, value: Any) -> float:
    return float(len(as_text(value).split()))


def choice_name(_c: Any, value: Any, path: Any) -> str:
    return scene_of_now.get().label_of(as_text(path), as_text(value))


def itext(_c: Any, name: Any) -> str:
    return scene_of_now.get().text_of(as_text(name))


def checklist(_c: Any, least: Any, most: Any, *values: Any) -> bool:
    return _between(sum(_ticked(values)), least, most)


def weighted_checklist(_c: Any, least: Any, most: Any, *pairs: Any) -> bool:
    ticks, weights = _ticked(pairs[0::2]), [as_number(text) for text in texts_of(pairs[1::2])]
    return _between(sum(w for tick, w in zip(ticks, weights, strict=False) if tick), least, most)


def _ticked(values: Sequence[Any]) -> list[bool]:
    return [
        one is True or (isinstance(one, float) and as_boolean(one))
        if not isinstance(one, list | str)
        else bool(text)
        for value in values
        for one, text in zip(value if isinstance(value, list) else [value], texts(value), strict=True)
    ]


def _between(count: float, least: Any, most: Any) -> bool:
    low, high = numeric(least), numeric(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


# Node sets


def position(context: Any, nodes: Any = None) -> float:
    node = nodes[0] if isinstance(nodes, list) and nodes else context.context_node
    same = (
        [one for one in node.getparent() if one.tag == node.tag] if node.getparent() is not None else [node]
    )
    return float(same.index(node) + 1)


def count_non_empty(_c: Any, nodes: Any) -> float:
    return float(sum(1 for text in texts(nodes) if text))


def indexed_repeat(_c: Any, nodes: Any, *steps: Any) -> Any:
    """indexed-repeat(wanted, repeat, i, inner repeat, j …): the wanted nodes below the i-th repeat, the j-th inner one …"""
    kept = nodes if isinstance(nodes, list) else []
    for repeat, index in zip(steps[0::2], steps[1::2], strict=True):
        at = numeric(index)
        inside = (
            {node for node in repeat if position_among(node) == at} if isinstance(repeat, list) else set()
        )
        kept = [node for node in kept if any(above in inside for above in node.iterancestors())]
    return kept


def position_among(node: Element) -> float:
    above = node.getparent()
    return 1.0 if above is None else float([one for one in above if one.tag == node.tag].index(node) + 1)


def instance(_c: Any, name: Any) -> list[Element]:
    wrapper = scene_of_now.get().instances.get(as_text(name))
    return [] if wrapper is None else [wrapper]


def randomize(_c: Any, nodes: Any, seed: Any = None) -> Any:
    if not isinstance(nodes, list):
        return nodes
    start = numeric(seed) if seed is not None else scene_of_now.get().random() * 2**31
    return [nodes[place] for place in seeded_order(len(nodes), start)]


# Texts


def regex(_c: Any, value: Any, pattern: Any) -> bool:
    return matches(as_text(value), as_text(pattern))


def uuid(_c: Any, length: Any = None) -> str:
    from uuid import UUID

    draw = scene_of_now.get().random
    if length is not None:
        letters = "0123456789abcdefghijklmnopqrstuvwxyz"
        return "".join(letters[int(draw() * 36) % 36] for _ in range(min(int(numeric(length)), 1000)))
    return str(UUID(int=int.from_bytes(bytes(int(draw() * 256) % 256 for _ in range(16)), "big"), version=4))


# Dates


def today(_c: Any) -> float:
    return float((scene_of_now.get().now.date() - dates.EPOCH).days)


def now(_c: Any) -> float:
    return dates.days(scene_of_now.get().now.replace(tzinfo=None).isoformat(timespec="milliseconds"))


def date(_c: Any, value: Any) -> float:
    """Days of an ISO text; a number is days already. date() cuts the time off, as on phones."""
    found = _days(value)
    return math.floor(found) if math.isfinite(found) else found


def date_time(_c: Any, value: Any) -> float:
    return _days(value)


def _days(value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    text = as_text(value)
    as_days = dates.days(text)
    return as_number(text) if math.isnan(as_days) else as_days


def decimal_time(_c: Any, value: Any) -> float:
    moment = dates.time_of(as_text(value))
    return dates.fraction(moment) if moment else math.nan


def format_date(_c: Any, value: Any, shape: Any) -> str:
    from tejido_forms.calendar import formatted

    found = _days(value)
    return formatted(found, as_text(shape)) if math.isfinite(found) else ""


# Numbers


def round_(_c: Any, value: Any, places: Any = 0.0) -> float:
    return java_round(numeric(value), numeric(places))


def number(context: Any, value: Any = None) -> float:
    return numeric([context.context_node] if value is None else value)


def total(_c: Any, *values: Any) -> float:
    return math.fsum(numbers_of(values))


def int_(_c: Any, value: Any) -> float:
    found = numeric(value)
    return float(math.trunc(found)) if math.isfinite(found) else found


def largest(_c: Any, *values: Any) -> float:
    return max((one for one in numbers_of(values) if not math.isnan(one)), default=math.nan)


def smallest(_c: Any, *values: Any) -> float:
    return min((one for one in numbers_of(values) if not math.isnan(one)), default=math.nan)


def power(_c: Any, base: Any, exponent: Any) -> float:
    return checked(lambda: math.pow(numeric(base), numeric(exponent)))


def _of_one(work: Callable[[float], float]) -> Callable[..., float]:
    def function(_c: Any, value: Any) -> float:
        found = numeric(value)
        return checked(lambda: work(found))

    return function


def atan2(_c: Any, y: Any, x: Any) -> float:
    return checked(lambda: math.atan2(numeric(y), numeric(x)))


def random(_c: Any) -> float:
    return scene_of_now.get().random()


# Places


def area_(_c: Any, *values: Any) -> float:
    return area([text for value in texts_of(values) for text in value.split(";")])


def distance_(_c: Any, *values: Any) -> float:
    return distance([text for value in texts_of(values) for text in value.split(";")])


def geofence(_c: Any, point: Any, shape: Any) -> bool:
    return within(as_text(point), as_text(shape))


# What only the device knows


def property_(_c: Any, name: Any) -> str:
    return scene_of_now.get().properties.get(as_text(name), "")


def digest(_c: Any, value: Any, kind: Any, encoding: Any = "base64") -> str:
    import base64
    import hashlib

    name = as_text(kind).lower().replace("-", "")
    if name not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        raise ValueError(f"digest() knows no {name}")
    found = hashlib.new(name, as_text(value).encode(), usedforsecurity=False).digest()
    return found.hex() if as_text(encoding).lower() == "hex" else base64.b64encode(found).decode()


def pulldata(_c: Any, file: Any, column: Any, key_column: Any, key: Any) -> str:
    """The cell of the first row of `file` whose key column holds the key; the list is an instance of that name."""
    wrapper = scene_of_now.get().instances.get(as_text(file))
    wanted = as_text(key)
    for item in wrapper.iter("item") if wrapper is not None else ():
        if (item.findtext(as_text(key_column)) or "") == wanted:
            return item.findtext(as_text(column)) or ""
    return ""


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "if": choose, "coalesce": coalesce, "once": once, "boolean-from-string": boolean_from_string,
    "selected": selected, "is-selected": selected, "selected-at": selected_at, "count-selected": count_selected,
    "jr:choice-name": choice_name, "jr:itext": itext, "checklist": checklist, "weighted-checklist": weighted_checklist,
    "count-non-empty": count_non_empty, "indexed-repeat": indexed_repeat, "instance": instance, "randomize": randomize,
    "boolean": boolean, "not": negated, "number": number, "sum": total, "string": string, "string-length": string_length,
    "normalize-space": normalize_space, "contains": contains, "starts-with": starts_with,
    "substring-before": substring_before, "substring-after": substring_after,
    "concat": concat, "join": join, "substr": substr, "ends-with": ends_with, "regex": regex, "uuid": uuid,
    "today": today, "now": now, "date": date, "date-time": date_time, "decimal-date-time": date_time,
    "decimal-time": decimal_time, "format-date": format_date, "format-date-time": format_date,
    "round": round_, "int": int_, "max": largest, "min": smallest, "pow": power, "atan2": atan2, "random": random,
    "abs": _of_one(abs), "sqrt": _of_one(math.sqrt), "exp": _of_one(math.exp), "exp10": _of_one(lambda x: 10.0**x),
    "log": _of_one(math.log), "log10": _of_one(math.log10), "sin": _of_one(math.sin), "cos": _of_one(math.cos),
    "tan": _of_one(math.tan), "asin": _of_one(math.asin), "acos": _of_one(math.acos), "atan": _of_one(math.atan),
    "pi": lambda _c: math.pi, "position": position, "area": area_, "distance": distance_, "geofence": geofence,
    "property": property_, "digest": digest, "pulldata": pulldata,
}  # fmt: skip
# libxml2's own function would answer for a name that it knows, whatever is registered: ours go by another.
RENAMED: Final[Mapping[str, str]] = {name: "o-" + name.replace(":", "-") for name in FUNCTIONS}
EXTENSIONS: Final = {(None, RENAMED[name]): function for name, function in FUNCTIONS.items()}
KNOWN: Final = frozenset(FUNCTIONS) | CORE | {"current"}

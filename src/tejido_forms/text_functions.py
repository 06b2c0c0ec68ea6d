"""The functions of forms that work on texts, for lxml: the first argument of each is lxml's context."""

from __future__ import annotations

from typing import Any

from tejido_forms.values import as_text, numeric, texts_of


def concat(_c: Any, *values: Any) -> str:
    return "".join(texts_of(values))


def join(_c: Any, between: Any, *values: Any) -> str:
    return as_text(between).join(texts_of(values))


def substr(_c: Any, value: Any, start: Any, end: Any = None) -> str:
    text = as_text(value)
    first, last = int(numeric(start)), len(text) if end is None else int(numeric(end))
    first, last = (len(text) + at if at < 0 else at for at in (first, last))
    return text[max(0, first) : max(0, last)]


def string(context: Any, value: Any = None) -> str:
    return as_text([context.context_node] if value is None else value)


def string_length(context: Any, value: Any = None) -> float:
    return float(len(string(context, value)))


def normalize_space(context: Any, value: Any = None) -> str:
    return " ".join(string(context, value).split())


def contains(_c: Any, value: Any, part: Any) -> bool:
    return as_text(part) in as_text(value)


def starts_with(_c: Any, value: Any, start: Any) -> bool:
    return as_text(value).startswith(as_text(start))


def substring_before(_c: Any, value: Any, mark: Any) -> str:
    before, found, _after = as_text(value).partition(as_text(mark)) if as_text(mark) else ("", "", "")
    return before if found else ""


def substring_after(_c: Any, value: Any, mark: Any) -> str:
    return as_text(value).partition(as_text(mark))[2] if as_text(mark) else as_text(value)


def ends_with(_c: Any, value: Any, end: Any) -> bool:
    return as_text(value).endswith(as_text(end))

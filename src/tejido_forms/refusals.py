"""What pyxform says in English, as codes with numbers: callers put them into the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# code -> how pyxform says it; the names in the pattern are the details of the problem.
SAYINGS: Final[Mapping[str, re.Pattern[str]]] = {
    code: re.compile(pattern)
    for code, pattern in {
        "double_name": r"'name' value '(?P<name>[^']*)' is invalid\. Questions, groups, and repeats must be unique",
        "double_choice": r"Choice names must be unique for each choice list",
        "unknown_type": r"Unknown question type '(?P<type>[^']*)'",
        "unknown_list": r"List name not in choices sheet: (?P<list>\S+)",
        "unknown_reference": r"Could not find the name '(?P<name>[^']*)'",
        "unmatched": r"Unmatched '(?P<what>\w+)'",
        "no_name": r"Question or group with no name|Choices must have a name",
        "bad_name": r"Names must begin with a letter or underscore",
        "no_label": r"The survey element named '(?P<name>[^']*)' has no label or hint",
        "choice_with_blank": r"Choice names with spaces cannot be added .* See \[(?P<value>[^\]]*)\] in \[(?P<list>[^\]]*)\]",
        "no_type": r"Question with no type",
    }.items()
}
WARNINGS: Final[Mapping[str, re.Pattern[str]]] = {
    "large_pictures": re.compile(r"Use the max-pixels parameter"),
    "language_without_code": re.compile(
        r"do not contain valid machine-readable codes: (?P<languages>.*?)\. Learn"
    ),
}


def understood(said: str, sayings: Mapping[str, re.Pattern[str]]) -> tuple[str, dict[str, str]]:
    """The code of what pyxform said, with its details; ("", {}) where it is none of `sayings`.

    >>> understood("Unknown question type 'txet'.", SAYINGS)
    ('unknown_type', {'type': 'txet'})
    """
    for code, pattern in sayings.items():
        match = pattern.search(said)
        if match:
            return code, {name: text[:80] for name, text in match.groupdict().items()}
    return "", {}

"""docs/reference/forms-accepted.md: which real forms are accepted, how each can be shown, and why the others are refused.

PYTHONPATH=src:. python -m tests.javarosa.accepted       write the page
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tejido_forms.problems import REMEDIES, FormRefused, Problem
from tejido_forms.reading import read_form
from tejido_forms.rendering import WAYS, showing
from tests.javarosa.real_forms import paths

PAGE = Path(__file__).parents[2] / "docs/reference/forms-accepted.md"
MEANING = {
    "light": "a plain page, no script needed",
    "script": "a page that a small script makes easier, and that works without",
    "engine": "the full engine, or a phone with ODK Collect or KoboCollect",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """A real form as it comes, without the files that stand beside it. way: "" where it is refused."""

    name: str
    questions: int
    way: str
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]


def tried() -> Iterator[Tried]:
    """Every real form, by set and name."""
    for path in paths():
        name = f"{path.parent.name.removeprefix('xlsform-')}/{path.name}"
        try:
            form = read_form(path.read_bytes(), name=path.name)
        except FormRefused as refused:
            yield Tried(name, 0, "", (), refused.problems)
            continue
        shown = showing(form)
        reasons = tuple(dict.fromkeys(reason.code for reason in shown.reasons))
        yield Tried(name, len(form.questions), shown.way, reasons, form.problems)


def page() -> str:
    """The page as the code makes it now."""
    forms = list(tried())
    ways = Counter(form.way for form in forms)
    good = len(forms) - ways[""]
    lines = [
        "<!-- Made by tests/javarosa/accepted.py. Do not edit by hand. -->",
        "# Real forms, accepted and refused",
        "",
        f"{len(forms)} XLSForms that other people made and published (ODK, Kobo, UNHCR, IPA, pyxform's own examples, a Peruvian university)",
        f"are read as they come. {good} are accepted, {ways['']} refused, each with sheet, row and what to do; none breaks the reader.",
        "What is refused cannot be opened by ODK Collect either, or would silently lose a column.",
        "The full engine opens every accepted form, those that a lighter page shows too (`tests/browser/test_engine_real_forms.py`); in it codes are",
        "typed, other apps are not called, and places are written or taken from the device, without a map.",
        "",
        "| way of showing | forms | what that means |",
        "|---|---|---|",
        *(f"| {way} | {ways[way]} | {MEANING[way]} |" for way in WAYS),
        "",
        "## Accepted",
        "",
        "| form | questions | way | because of | files it still needs |",
        "|---|---|---|---|---|",
    ]
    for form in forms:
        if form.way:
            files = [str(one.detail["file"]) for one in form.problems if one.code == "missing_file"]
            told = [", ".join(form.reasons) or "–", ", ".join(files) or "–"]
            lines.append(f"| {form.name} | {form.questions} | {form.way} | {' | '.join(told)} |")
    lines += [
        "",
        "## Refused",
        "",
        "| form | sheet | row | problem | what was found | what to do |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {form.name} | {one.sheet or '–'} | {one.row or '–'} | `{one.code}` | {_found(one)} | {REMEDIES[one.code]} |"
        for form in forms
        if not form.way
        for one in form.problems
    ]
    return "\n".join(lines) + "\n"


def _found(problem: Problem) -> str:
    parts = [problem.name, *(str(part) for key, part in problem.detail.items() if key != "limit")]
    text = "; ".join(dict.fromkeys(part for part in parts if part)).replace("|", "\\|")
    return " ".join(text.split())[:240].replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""docs/reference/expressions.md: what expressions come to here, on phones and in browsers, and why where they differ.

    PYTHONPATH=src:. python -m tests.javarosa.reference      record all three again and write the page

Needs a JDK and Chromium; openrosa-xpath-evaluator in node_modules, or where TEJIDO_NODE_MODULES says.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from pathlib import Path

from tests.javarosa.engine import HERE, classes
from tests.javarosa.evaluators import EXPRESSIONS, javarosas, ours, same

RECORDED = HERE / "recorded.tsv"
PAGE = Path(__file__).parents[2] / "docs/reference/expressions.md"
HEADINGS = ["expression", "here", "phone", "browser"]
# Why two of the three do not agree. A test keeps this list complete and without needless lines.
WHY = {
    "- /data/n": "the browser's evaluator reads no minus before a path",
    "-(/data/n)": "the browser's evaluator reads no minus before a path",
    "not(/data/empty)": "browsers take a question that is not answered for true, as plain XPath does",
    "if(/data/empty, 1, 2)": "browsers take a question that is not answered for true, as plain XPath does",
    "boolean(/data/empty)": "browsers take a question that is not answered for true, as plain XPath does",
    "/data/empty or false()": "`and` and `or` are libxml2's own: a bare path is true there; compare it with ''",
    "jr:choice-name(/data/one, '/data/one')": "the engine around the evaluator gives this function",
    "indexed-repeat(/data/rep/word, /data/rep, 2)": "the engine around the evaluator gives this function",
    "current()/../n": "the engine around the evaluator gives this function",
    "sum(/data/rep/x)": "browsers count an unanswered question as no number",
    "max(3, 'x')": "browsers give no number where one value is none",
    "/data/rep[2]/word": "JavaRosa knows no bare number as predicate; write position() = 2",
    "/data/rep[last()]/word": "JavaRosa has no last()",
    "/data/rep/word = 'dos'": "JavaRosa compares no repeated question; choose one row",
    "regex('ab12x', '[a-z]+[0-9]+')": "browsers are content with a part of the text; write ^ and $",
    r"regex('ñ', '\p{L}')": r"browsers read \p only with a flag",
    "number('1e3')": "browsers read exponents",
    "round(-2.5)": "browsers round halves away from zero, phones up",
    "round(-2.5, 0)": "browsers round halves away from zero, phones up",
    "round(-2.55, 1)": "browsers round halves away from zero, phones up",
    "round(1.005, 2)": "browsers round the binary number",
    "/data/day < '2024-03-01'": "browsers read a date in quotes as one, phones do not; write date('2024-03-01')",
    "today() > '2020-01-01'": "browsers read a date in quotes as one, phones do not; write date('2020-01-01')",
    "/data/day = '2024-02-29'": "here dates are numbers of days when they are compared; write date('2024-02-29')",
    "date('2024-02-30')": "a day that no calendar has: nothing here, an error on phones, the next day in browsers",
    "now() > today()": "JavaRosa compares days only",
    "string(/data/moment)": "JavaRosa drops the time of a dateTime that becomes text",
    "concat(/data/moment, '')": "JavaRosa drops the time of a dateTime that becomes text",
    "substring-before(/data/moment, 'T')": "JavaRosa drops the time of a dateTime that becomes text",
    "area(/data/shape)": "browsers reckon on a sphere, phones on a plane; 25 in a million for a degree",
    "distance(/data/shape)": "browsers round to centimetres",
    "digest('abc', 'MD5', 'hex')": "needs a library that our pages do not load",
    "digest('abc', 'SHA-256')": "needs a library that our pages do not load",
}
LISTS = (
    "the engine around the evaluator gives instance(); a form with such a rule is shown by the full engine"
)
SEVERAL = "JavaRosa wants one item where several fit; choose one; " + LISTS


def why(expression: str) -> str:
    """The reason for a difference; "" where none is known."""
    if expression in WHY:
        return WHY[expression]
    if "instance(" in expression:
        return SEVERAL if expression in several() else LISTS
    return ""


def several() -> set[str]:
    """Expressions over lists in which phones differ from us as well."""
    return {row["expression"] for row in recorded() if not same(row["here"], row["phone"])}


def recorded() -> list[dict[str, str]]:
    """The last record: a row for each expression."""
    with RECORDED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def differs(row: dict[str, str]) -> bool:
    return not (same(row["here"], row["phone"]) and same(row["here"], row["browser"]))


def page() -> str:
    """The page that the record makes."""
    rows = recorded()
    phone = sum(same(row["here"], row["phone"]) for row in rows)
    browser = sum(same(row["here"], row["browser"]) for row in rows)
    lines = [
        "<!-- Made by tests/javarosa/reference.py. Do not edit by hand. -->",
        "# Expressions of forms",
        "",
        "Relevance, constraints and calculations are worked out three times: by the server (`tejido_forms`), by phones (JavaRosa, the",
        "engine of ODK Collect and KoboCollect) and by browsers (openrosa-xpath-evaluator, in our script and in the full engine).",
        f"Of {len(rows)} expressions the server agrees with phones in {phone} and with browsers in {browser}. Where phones and",
        "browsers differ the server goes with phones. Every difference is below; `tests/javarosa` compares them again.",
        "",
        "| expression | here | phone | browser | why |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        if differs(row):
            cells = [row["expression"], *(_short(row[name]) for name in HEADINGS[1:])]
            lines.append("| " + " | ".join([*map(_code, cells), why(row["expression"])]) + " |")
    lines += ["", "## The same everywhere", "", "| expression | value |", "|---|---|"]
    for row in rows:
        if not differs(row):
            lines.append(f"| {_code(row['expression'])} | {_code(_short(row['here']))} |")
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    return "error" if text.startswith("error") else text


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`" if text else "–"


def main() -> None:
    """Record and write."""
    from playwright.sync_api import sync_playwright

    from tests.javarosa.browsers import browsers

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        phone = javarosas(classes(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        seen = browsers(browser.new_page(), folder)
        browser.close()
    with RECORDED.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(HEADINGS)
        for expression, here, jr, web in zip(EXPRESSIONS, ours(), phone, seen, strict=True):
            writer.writerow([expression, *(_short(text) for text in (here, jr, web))])
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

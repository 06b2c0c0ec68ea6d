"""The message catalogues, one per language at the root: extract, bring up to date, compile.

Babel does the work. Entries are sorted by their English text and carry no line numbers, so that
two changes to the source seldom meet in the same place of a catalogue.

    python tools/catalogues.py update                  what the source says, old translations kept
    python tools/catalogues.py update --fill new.json  and translations written apart filled in
    python tools/catalogues.py missing                 what is not translated; exit code 1 if any
    python tools/catalogues.py check                   whether the catalogues say what the source says
    python tools/catalogues.py compile                 .po to .mo
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
LANGUAGES = {"es": "es", "pt_BR": "pt_BR"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_now": None,  # gettext, in a module where _ is gettext_lazy
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_template(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel extractor for Django templates, by Django's own reduction of a template to calls of gettext."""
    from django.utils.translation.template import templatize

    # What stands between the messages becomes letters in the template's own indentation, which is not Python's.
    source = "\n".join(line.strip() for line in templatize(fileobj.read().decode()).splitlines())
    yield from extract_python(io.BytesIO(source.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def messages() -> Catalog:
    """Every message of the source: Python and templates."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(INSTALLED_APPS=[], USE_I18N=True)
    catalog = Catalog(project="Tejido", charset="utf-8")
    skip = {"tests", "migrations", "static"}
    for path in sorted(SOURCE.rglob("*")):
        method: Any = {".py": "python", ".html": extract_template, ".txt": extract_template}.get(path.suffix)
        if method is None or skip & set(path.relative_to(SOURCE).parts):
            continue
        with path.open("rb") as stream:
            for _line, message, _comments, context in extract(method, stream, KEYWORDS):
                catalog.add(message, context=context)
    return catalog


def path_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=LANGUAGES[language], charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=LANGUAGES[language])


def fill(catalog: Catalog, language: str, entries: list[dict[str, Any]]) -> None:
    """Put translations written apart into `catalog`; entries that the source no longer has are passed over."""
    for entry in entries:
        known = catalog.get(entry["msgid"], entry.get("msgctxt"))
        if known is None or language not in entry:
            continue
        text = entry[language]
        known.string = tuple(text) if isinstance(text, list) else text
        known.flags.discard("fuzzy")


def rendered(language: str, template: Catalog, fill_from: list[Path]) -> str:
    """The text that the catalogue of `language` has when it says what the source says."""
    catalog = read(language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for path in fill_from:
        fill(catalog, language, json.loads(path.read_text(encoding="utf-8")))
    catalog.fuzzy = False
    stream = io.BytesIO()
    write_po(stream, catalog, no_location=True, sort_output=True, omit_header=True, width=110)
    head = (
        f'# Tejido in {language}.\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural='
        f'{"n > 1" if language == "pt_BR" else "n != 1"};\\n"\n\n'
    )
    return head + stream.getvalue().decode().lstrip("\n")


def update(fill_from: list[Path]) -> None:
    template = messages()
    for language in LANGUAGES:
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_text(rendered(language, template, fill_from), encoding="utf-8")


def behind() -> list[str]:
    """The languages whose catalogue does not say what the source says."""
    template = messages()
    return [
        language
        for language in LANGUAGES
        if not path_of(language).exists()
        or path_of(language).read_text(encoding="utf-8") != rendered(language, template, [])
    ]


def untranslated(language: str) -> list[str]:
    """English texts of `language`'s catalogue (and of the source) that have no translation."""
    catalog = read(language)
    missing = []
    for message in messages():
        if not message.id:
            continue
        known = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        strings = (
            ()
            if known is None
            else (known.string if isinstance(known.string, tuple | list) else (known.string,))
        )
        if known is None or known.fuzzy or not strings or not all(strings):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def compile_all() -> None:
    for language in LANGUAGES:
        if not path_of(language).exists():
            continue
        with path_of(language).with_suffix(".mo").open("wb") as stream:
            write_mo(stream, read(language))


def report_missing() -> int:
    missing = {language: untranslated(language) for language in LANGUAGES}
    for language, texts in missing.items():
        for text in texts:
            print(f"{language}: {text}")
    return 1 if any(missing.values()) else 0


def report_behind() -> int:
    stale = behind()
    for language in stale:
        print(f"{path_of(language).relative_to(ROOT)} is not what the source says. Run: make messages")
    return 1 if stale else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("deed", choices=["update", "missing", "check", "compile"])
    parser.add_argument(
        "--fill", type=Path, action="append", default=[], help="JSON with translations to fill in"
    )
    asked = parser.parse_args()
    if asked.deed == "update":
        update(asked.fill)
    elif asked.deed == "compile":
        compile_all()
    else:
        return report_missing() if asked.deed == "missing" else report_behind()
    return 0


if __name__ == "__main__":
    sys.exit(main())

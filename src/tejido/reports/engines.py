"""`tejido analyse --engine`: tables that an engine can reach, too many for this machine's memory. No database of Tejido's.

What the lists of people are read for elsewhere – headings in three languages, words of attendance, days in any order – is not
done here: the tables are those of docs/how-to/analyse-on-a-cluster.md.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.formulas import safe_cell
from tejido.insights.selectors import DEFINITIONS
from tejido.reports import files
from tejido.reports.analysis import twelve_months_to
from tejido.reports.folder import no_folder
from tejido_analytics.network.ties import Network
from tejido_analytics.tables import Period
from tejido_analytics.wide import Country, Given, connect, country, read, span, there
from tejido_analytics.wide.country import LEFT_OUT
from tejido_analytics.wide.given import COLUMNS

HERE = "duckdb://"  # in this process
USUAL = ("people", "gatherings", "attendance")
ENDINGS = (".parquet", ".csv", "")  # the last: a folder of Parquet files
WRITTEN = ["indicators.json", "ties.csv"]
LONGEST = 300  # letters of what an engine says


@dataclass(frozen=True, slots=True)
class Source:
    """Where the tables are. engine: an address of `ibis.connect`. place: a folder or an address of files that the engine
    can read; "" where the engine holds them. names: which of `COLUMNS`; empty where it is to be looked for.
    """

    engine: str
    place: str = ""
    names: Sequence[str] = ()


def analyse_with_engine(
    source: Source,
    out: Path,
    *,
    period: Period | None = None,
    say: Callable[[str], None] = lambda step: None,
) -> tuple[Country, list[str]]:
    """Let an engine analyse its tables and write indicators.json and ties.csv to `out`; what was found, and notes.

    period: by default the twelve months that end with the last gathering or dated tie (up to today where nothing is dated).
    Raises Refusal: no_engine, no_table, nothing_to_analyse, engine_failed, cannot_write. Cost: as `wide.country`.
    """
    say(_("connecting to the engine"))
    engine = engine_at(source.engine)
    try:
        say(_("reading the tables"))
        with in_words("engine_failed", source.engine):
            given = tables_of(engine, source)
            known = None if period else span(given)
        chosen = period or twelve_months_to(known.end if known else dt.date.today())  # noqa: DTZ011 - the reader's own day
        say(_("computing the indicators"))
        with in_words("engine_failed", source.engine):
            seen = country(given, chosen)
    finally:
        engine.disconnect()
    names = ", ".join(f"{DEFINITIONS[name].title} ({name})" for name in LEFT_OUT)
    notes = [
        _("These are for one community at a time, and an engine does not compute them: %(names)s.")
        % {"names": names}
    ]
    say(_("writing the network"))
    write(seen, notes, out)
    return seen, notes


def write(seen: Country, notes: list[str], out: Path) -> None:
    """Write indicators.json and ties.csv. Raises Refusal cannot_write."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        text = files.as_json(files.indicators_of(seen.period, seen.previous, seen.indicators, notes))
        (out / WRITTEN[0]).write_text(text, encoding="utf-8")
        write_ties(seen.network, out / WRITTEN[1])
    except OSError as error:
        raise files.cannot_write(out, error) from error


def write_ties(network: Network, path: Path) -> None:
    """Standing ties, by the ids of people: source, target, weight, encounters, first and last day."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("source", "target", "weight", "encounters", "first", "last"))
        for tie in network.rows():
            ends = safe_cell(tie["source"]), safe_cell(tie["target"])
            writer.writerow((*ends, tie["weight"], tie["count"], tie["first"] or "", tie["last"] or ""))


def engine_at(address: str) -> Any:
    """The engine at an address. Raises Refusal no_engine."""
    with in_words("no_engine", address):
        return connect(address or HERE)


def tables_of(engine: Any, source: Source) -> Given:
    """The tables that the source names. Raises Refusal no_table, nothing_to_analyse."""
    if strange := [name for name in source.names if name not in COLUMNS]:
        raise Refusal(
            "no_table",
            _("No table is called «%(name)s». There are: %(names)s.")
            % {"name": strange[0], "names": ", ".join(COLUMNS)},
        )
    if not source.place:
        return there(engine)
    if "://" in source.place:
        names = source.names or USUAL
        return read(engine, {name: f"{source.place.rstrip('/')}/{name}.parquet" for name in names})
    folder = Path(source.place)
    if not folder.is_dir():
        raise no_folder(folder)
    paths = {name: path for name in source.names or COLUMNS if (path := _file_of(folder, name))}
    if absent := [name for name in ("gatherings", "attendance", *source.names) if name not in paths]:
        raise Refusal(
            "nothing_to_analyse",
            _("%(folder)s has no %(name)s.parquet, no %(name)s.csv and no folder %(name)s.")
            % {"folder": folder, "name": absent[0]},
        )
    return read(engine, {name: str(path.resolve()) for name, path in paths.items()})


def _file_of(folder: Path, name: str) -> Path | None:
    return next((path for ending in ENDINGS if (path := folder / f"{name}{ending}").exists()), None)


@contextmanager
def in_words(code: str, address: str) -> Iterator[None]:
    """Whatever an engine has to say becomes one sentence, without the password of its address.

    Engines raise errors of their own classes, of packages that need not be installed. Raises Refusal `code`.
    """
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        said = {"address": without_password(address), "why": _in_short(error, address)}
        sentence = {
            "no_engine": _(
                "There is no engine at «%(address)s»: %(why)s. Write its address like duckdb:///network.duckdb, "
                "postgres://user@host/database or pyspark://?spark.master=spark://host:7077."
            ),
            "engine_failed": _("The engine at «%(address)s» could not compute it: %(why)s"),
        }[code]
        raise Refusal(code, sentence % said) from error


def without_password(address: str) -> str:
    """An address as it may be shown.

    >>> without_password("postgres://ana:s3cret@host:5432/network")
    'postgres://ana@host:5432/network'
    """
    return re.sub(r"(://[^:/@?]*):[^@]*@", r"\1@", address)


def _in_short(error: Exception, address: str) -> str:
    """The first line of what an engine says, without a password that it may repeat."""
    found = re.search(r"://[^:/@?]*:([^@]*)@", address)
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
    text = text.replace(address, without_password(address))
    if found and found[1]:
        text = text.replace(found[1], "…")
    return text[:LONGEST].rstrip(". ")

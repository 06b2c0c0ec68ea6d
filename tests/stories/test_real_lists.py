"""Real lists of others through `tejido analyse`, with the numbers that are published or can be counted by hand."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections import Counter
from pathlib import Path

import networkx
import pytest
from tests.stories import real_lists

from tejido.reports.analysis import Result, analyse
from tejido_analytics.tables import Period
from tejido_analytics.tests.real import folder, rows

pytestmark = pytest.mark.real_data


def run(tmp_path: Path, write: object, period: Period | None = None) -> Result:
    lists, out = tmp_path / "lists", tmp_path / "out"
    lists.mkdir()
    write(lists)  # type: ignore[operator]
    result = analyse(lists, out, period=period)
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert all(found.value is not None or found.because for found in result.seen.indicators.values())
    return result


def test_the_southern_women_met_in_139_pairs_and_89_attendances(tmp_path):
    result = run(tmp_path, real_lists.southern_women, Period(dt.date(1936, 1, 1), dt.date(1936, 12, 31)))
    found = result.seen.indicators
    assert found["active_members"].value == 18
    assert found["active_members"].n == 89
    lines = rows(folder("attendance-southern-women") / "southern_women_incidence.csv")
    events = [name for name in lines[0] if name]
    there = {line[""]: {event for event in events if line[event] == "1"} for line in lines}
    size = {event: sum(event in been for been in there.values()) for event in events}
    end = result.seen.period.end

    def weight(a: str, b: str) -> float:
        """Newman's weighting, halved every 365 days up to the end of the period: indicators.md."""
        return sum(
            1
            / (size[event] - 1)
            * 2 ** (-(end - dt.datetime.strptime(f"1936/{event}", "%Y/%m/%d").date()).days / 365)
            for event in there[a] & there[b]
        )

    pairs = {
        frozenset((a, b)): weight(a, b)
        for a, b in itertools.combinations(sorted(there), 2)
        if there[a] & there[b]
    }
    assert len(pairs) == 139  # Davis, Gardner and Gardner; Borgatti and Halgin
    standing = {pair: value for pair, value in pairs.items() if value >= 0.1}
    ties = {
        frozenset((t["source"], t["target"])): float(t["weight"])
        for t in csv.DictReader((tmp_path / "out" / "ties.csv").open())
    }
    assert ties == pytest.approx(standing, abs=1e-9)


def test_roll_calls_of_a_parliament_count_right_and_make_no_ties(tmp_path):
    result = run(tmp_path, real_lists.roll_calls, Period(dt.date(2021, 7, 1), dt.date(2021, 12, 31)))
    words = Counter(
        row["asistencia"]
        for path in folder("attendance-peru-congress").rglob("asistencias.csv")
        for row in rows(path)
    )
    present = words["PRESENTE"]
    usable = present + words["AUSENTE"] + sum(words[w] for w in words if w.startswith("LICENCIA"))
    rate = result.seen.indicators["attendance_rate"]
    assert result.seen.indicators["active_members"].n == present
    assert rate.denominator is not None and rate.denominator >= usable
    assert result.seen.network.ties == 0  # a hall of 130 without tables says nothing about who met whom
    assert (
        result.seen.indicators["density"].because == "no recorded group was small enough to say who met whom"
    )
    assert any("FALLECIDO" in note for note in result.notes)


def test_workshops_without_people_are_placed_and_say_what_they_wait_for(tmp_path):
    result = run(tmp_path, real_lists.training_network)
    assert len(rows(folder("carpentries-assessment") / "all_workshops.csv")) == 1869
    assert result.seen.indicators["active_members"].because == "no attendance recorded"
    assert result.seen.period.end == max(
        dt.date.fromisoformat(row["start_date"])
        for row in rows(folder("carpentries-assessment") / "all_workshops.csv")
    )


def test_discussions_of_educators_are_replied_ties(tmp_path):
    result = run(tmp_path, real_lists.discussions, Period(dt.date(2013, 4, 1), dt.date(2013, 6, 30)))
    edges = rows(folder("educator-net-dlt") / "dlt1-edges.csv")
    assert len(edges) == 2529
    graph = networkx.DiGraph(
        (row["Sender"], row["Receiver"]) for row in edges if row["Sender"] != row["Receiver"]
    )
    reciprocity = result.seen.indicators["reciprocity"]
    assert reciprocity.value == pytest.approx(networkx.reciprocity(graph), abs=1e-9)
    assert reciprocity.missing["ties of people with themselves"] == 86
    assert result.seen.network.ties == graph.to_undirected().number_of_edges()


def test_advice_in_eight_schools_has_the_published_number_of_ties(tmp_path):
    result = run(tmp_path, real_lists.advice, Period(dt.date(2010, 1, 1), dt.date(2010, 12, 31)))
    published = [
        61,
        103,
        75,
        54,
        76,
        162,
        314,
        172,
    ]  # Sweet, Thomas and Junker 2013, the schools that this copy holds
    counted = Counter(t.source.split("-")[0] for t in _ties(tmp_path))
    assert [counted[str(number)] for number in range(1, 9)] == published
    assert result.seen.indicators["reciprocity"].n == sum(published)


def _ties(tmp_path: Path) -> list:
    from tejido.reports.folder import read_folder

    return list(read_folder(tmp_path / "lists").tables.ties)

"""Charts say in words and in a table what they draw, carry no inline style, and draw what the numbers are."""

from __future__ import annotations

import re
import time
from xml.etree import ElementTree

import pytest

from tejido.web import charts
from tejido.web.charts import Node, Series, Tie
from tejido.web.charts.drawing import shape

SVG = "{http://www.w3.org/2000/svg}"


def all_charts() -> dict[str, charts.Chart | charts.NetworkDrawing]:
    nodes = [Node(1, "Ana", 0, 0, 0, 1, True), Node(2, "Bruno", 1, 1, 1, 0.5), Node(3, "Carla", 0.5, 0.2, 9)]
    return {
        "bars": charts.bars([("Valdivia", 4), ("Osorno", None)], caption="People", says="Most in Valdivia."),
        "line": charts.line(
            [Series("A", [1, None, 3]), Series("B", [2, 2, 2])], ["x", "y", "z"], caption="C", says="S."
        ),
        "shares": charts.shares([("2024", [3, 1]), ("2025", [0, 0])], ["T", "P"], caption="C", says="S."),
        "heat": charts.heat([("2024", [1.0, 0.4, None])], ["1", "2", "3"], caption="C", says="S.", say=str),
        "network": charts.network(nodes, [Tie(1, 2, 4), Tie(2, 3)], ["N", "S"], caption="C", says="S."),
    }


@pytest.mark.parametrize("kind", ["bars", "line", "shares", "heat", "network"])
def test_every_chart_is_an_image_with_a_name_a_summary_and_no_style_of_its_own(kind: str):
    chart = all_charts()[kind]
    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    assert not [element for element in root.iter() if element.get("style")]
    assert "<style" not in chart.svg
    assert "NaN" not in chart.svg and "inf" not in chart.svg
    whole = str(chart)
    assert "<details" in whole and "<table>" in whole and 'class="says"' in whole


@pytest.mark.parametrize("kind", ["bars", "line", "shares", "heat", "network"])
def test_a_drawing_that_leaves_the_page_carries_its_colours(kind: str):
    alone = all_charts()[kind].standalone()
    ElementTree.fromstring(alone)
    assert alone.count("<style>") == 1 and "#2f4b8f" in alone and "var(" not in alone


def test_bars_are_as_long_as_their_numbers_and_the_unknown_has_none():
    chart = charts.bars([("A", 10), ("B", 5), ("C", None), ("D", 0)], caption="C")
    widths = [float(w) for w in re.findall(r'class="fill"[^>]*width="([\d.]+)"', chart.svg)]
    assert widths == [320, 160]
    assert [row[1] for row in chart.rows] == ["10", "5", "–", "0"]


def test_a_share_keeps_to_the_whole_it_is_told():
    chart = charts.bars([("A", 0.25)], caption="C", most=1.0)
    assert 'width="80"' in chart.svg


@pytest.mark.parametrize(
    ("labels", "shown"),
    [(["1/21", "2/21", "3/21", "4/21", "5/21"], 5), ([f"1{n} Jun 2022" for n in range(5)], 3)],
)
def test_labels_of_the_days_stand_beside_each_other_and_not_on_top(labels: list[str], shown: int):
    chart = charts.line([Series("A", [1.0] * 5)], labels, caption="C", says="S.")
    assert sum(f">{label}</text>" in chart.svg for label in labels) == shown


def test_a_line_has_a_gap_where_nothing_was_measured():
    chart = charts.line([Series("A", [1, 2, None, 4, 5])], list("abcde"), caption="C", says="S.")
    assert chart.svg.count('class="stroke"') == 2, "two stretches"
    assert chart.rows[2] == ["c", "–"]


def test_a_spark_of_equal_values_is_a_level_line_and_of_none_is_nothing():
    svg = charts.spark([3, 3, 3], title="Level")
    heights = {y for _, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", svg)}
    assert len(heights) == 1
    assert charts.spark([None, None], title="Nothing") == ""


def test_the_parts_of_a_whole_fill_it_and_carry_their_letter():
    chart = charts.shares([("2025", [2, 1, 1])], ["T", "P", "R"], caption="C", says="S.")
    widths = [float(w) for w in re.findall(r'class="fill gap"[^>]*width="([\d.]+)"', chart.svg)]
    assert sum(widths) == pytest.approx(320) and widths[0] == 160
    assert [f">{letter}</text>" in chart.svg for letter in "ABC"] == [True] * 3
    assert "A · T" in chart.legend


@pytest.mark.parametrize(("share", "step"), [(0.0, 1), (0.19, 1), (0.2, 2), (0.5, 3), (0.99, 5), (1.0, 5)])
def test_a_cohort_s_cell_is_darker_the_more_come_back_and_says_the_number(share: float, step: int):
    chart = charts.heat([("2024", [share])], ["1"], caption="C", says="S.", say=lambda value: f"{value:.0%}")
    assert f'class="h{step}"' in chart.svg and f"{share:.0%}" in chart.svg


def test_groups_differ_in_shape_as_well_as_in_colour():
    drawn = [
        re.sub(r"[\d.\-, ]+", "", shape(index, 50, 50, 10)) + shape(index, 50, 50, 10) for index in range(7)
    ]
    assert len(set(drawn)) == 7
    classes = [charts.colour_class(index) for index in range(9)]
    assert classes == ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c0", "c0"]


def test_the_network_s_list_says_who_is_tied_to_whom_the_best_linked_first():
    drawing = all_charts()["network"]
    assert isinstance(drawing, charts.NetworkDrawing)
    assert drawing.chart.rows == [
        ["Bruno", "S", "2", "Ana, Carla"],
        ["Ana", "N", "1", "Bruno"],
        ["Carla", "Other", "1", "Bruno"],
    ]
    assert 'data-a="1" data-b="2" data-strength="4"' in drawing.svg
    assert drawing.svg.index('data-strength="1"') < drawing.svg.index('data-strength="4"'), (
        "the strong are drawn above"
    )


def test_a_tie_to_somebody_who_is_not_drawn_is_a_fault():
    with pytest.raises(KeyError):
        charts.network([Node(1, "Ana", 0, 0)], [Tie(1, 99)], ["N"], caption="C", says="S.")


def test_charts_are_made_in_a_moment():
    rows = [(f"Place {number}", number) for number in range(30)]
    started = time.perf_counter()
    for _ in range(50):
        charts.bars(rows, caption="C")
    assert (time.perf_counter() - started) / 50 < 0.01, "0.2 ms where it was written; ten would be a fault"

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.tables.dates import date_order, parse_date, parse_moment

FIRST_OF_MARCH = date(2024, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-01", "2024/3/1", "01/03/2024", "1-3-24", "1.3.2024", "01 03 2024", "20240301", "45352", "45352.75",
        "1 de marzo de 2024", "01 mar 2024", "1-mar-24", "1 mar. 2024", "viernes, 1 de marzo de 2024", "vie 01/03/2024",
        "March 1, 2024", "1 March 2024", "Mar 1st, 2024", "Fri 1 Mar 2024", "1º de março de 2024", "1 mar 2024",
        "sexta-feira, 1 de março de 2024", "2024-03-01T10:00:00Z", "2024-03-01 00:00:00", "01/03/2024 8:30 a. m.",
        "1/MAR/2024", "2024 marzo 1",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(text: str):
    assert parse_date(text) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2024",
        "Ana",
        "marzo",
        "13/13/2024",
        "2024-13-01",
        "5001",
        "300 123 4567",
        "1/3",
        "99999",
        "1/3/024",
    ],
)
def test_what_is_no_day_is_none(text: str):
    assert parse_date(text) is None


def test_an_american_day_is_read_by_the_order_of_its_column():
    assert parse_date("3/1/2024", "mdy") == FIRST_OF_MARCH
    assert parse_date("3/1/2024", "dmy") == date(2024, 1, 3)


def test_a_day_without_a_year_needs_one():
    assert parse_date("1 mar", year=2024) == parse_date("01/03", year=2024) == FIRST_OF_MARCH
    assert parse_date("1 mar") is None


def test_the_time_of_day_is_kept():
    assert parse_moment("4/4/13 16:32", "mdy") == datetime(2013, 4, 4, 16, 32)
    assert parse_moment("01/03/2024 8:05 p. m.") == datetime(2024, 3, 1, 20, 5)
    assert parse_moment("45352.75") == datetime(2024, 3, 1, 18, 0)


@pytest.mark.parametrize(
    ("column", "order", "certain", "because"),
    [
        (["01/03/2024", "25/03/2024", ""], "dmy", True, "day_above_12"),
        (["03/01/2024", "03/25/2024"], "mdy", True, "month_above_12"),
        (["01/03/2024", "02/03/2024"], "dmy", False, "ambiguous"),
        (["2024-03-01", "1 de abril de 2024", "45352"], "dmy", True, "all_iso"),
        (["25/03/2024", "26/03/2024", "03/25/2024"], "dmy", False, "mixed"),
        (["", "—"], "dmy", True, "no_dates"),
    ],
)
def test_the_order_of_a_column_is_decided_by_all_its_values(column, order, certain, because):
    guess = date_order(column)
    assert (guess.order, guess.certain, guess.because) == (order, certain, because)


def test_what_contradicts_and_what_cannot_be_read_is_named():
    guess = date_order(["25/03/2024", "26/03/2024", "03/27/2024", "pronto"])
    assert guess.contradicting == ("03/27/2024",)
    assert guess.unreadable == ("pronto",)


def test_an_ambiguous_column_follows_what_is_usual_where_the_list_comes_from():
    assert date_order(["01/03/2024"], usual="mdy").order == "mdy"


STYLES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y%m%d", "%Y/%m/%d", "%d %B %Y", "%d-%b-%y"]


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)), st.sampled_from(STYLES))
def test_every_day_written_in_a_known_style_comes_back(day: date, style: str):
    assert parse_date(day.strftime(style)) == day


@given(st.lists(st.dates(date(2000, 1, 1), date(2040, 12, 31)), min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_a_certain_order_is_never_wrong(days: list[date], order: str):
    style = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    guess = date_order(day.strftime(style) for day in days)
    if guess.certain and guess.because != "all_iso":
        assert guess.order == order

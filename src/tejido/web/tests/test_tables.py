"""A table is sorted, filtered and paged from its address, and downloaded exactly as shown."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template import Context, Template
from django.utils import translation
from python_calamine import CalamineWorkbook

from tejido.accounts.models import User
from tejido.web.tables import Column, Filter, TableSpec, safe_text

ACCOUNTS = TableSpec(
    key="accounts",
    caption="Accounts",
    order="email",
    per_page=2,
    columns=[
        Column("email", "E-mail", lambda user: user.email, order=("email",)),
        Column("language", "Language", lambda user: user.language, order=("language", "-email")),
        Column("steward", "Steward", lambda user: user.is_superuser, only="files"),
        Column("mark", "Mark", lambda user: user.pk, only="page", numeric=True),
    ],
    filters=[
        Filter("q", "E-mail", lambda rows, words: rows.filter(email__icontains=words)),
        Filter(
            "language",
            "Language",
            lambda rows, code: rows.filter(language=code),
            choices=[("es", "Español"), ("en", "English")],
        ),
    ],
)


@pytest.fixture
def accounts(db: None) -> None:
    for number, (name, language) in enumerate(
        [("ana", "es"), ("bruno", "en"), ("carla", "es"), ("diego", "en"), ("elena", "es")]
    ):
        User.objects.create(email=f"{name}@example.org", language=language, is_superuser=number == 0)


def read(rf: Any, query: str, spec: TableSpec = ACCOUNTS, rows: Any = None) -> Any:
    request = rf.get(f"/accounts{query}")
    request.user = AnonymousUser()
    return spec.read(request, User.objects.all() if rows is None else rows)


def names(table: Any) -> list[str]:
    return [user.email.split("@")[0] for user in table.page]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ["ana", "bruno"]),
        ("?page=2", ["carla", "diego"]),
        ("?page=99", ["elena"]),
        ("?page=x", ["ana", "bruno"]),
        ("?sort=-email", ["elena", "diego"]),
        ("?sort=language", ["diego", "bruno"]),
        ("?sort=-language", ["ana", "carla"]),
        ("?sort=password", ["ana", "bruno"]),
        ("?language=es", ["ana", "carla"]),
        ("?language=es&page=2", ["elena"]),
        ("?language=xx", ["ana", "bruno"]),
        ("?q=AN", ["ana"]),
        ("?q=%00", ["ana", "bruno"]),
    ],
)
def test_the_address_says_what_is_seen(rf: Any, accounts: None, query: str, seen: list[str]):
    assert names(read(rf, query)) == seen


def test_a_page_costs_two_queries_at_any_size(rf: Any, accounts: None, django_assert_num_queries: Any):
    with django_assert_num_queries(2):
        html = Template("{% table table %}").render(Context({"table": read(rf, "?sort=-email")}))
    assert "elena@example.org" in html and "5" in html


def test_links_keep_what_the_others_chose(rf: Any, accounts: None):
    table = read(rf, "?language=es&sort=email&page=2")
    by_email = table.heads[0]
    assert by_email.sorted == "ascending" and by_email.url == "?language=es&sort=-email"
    assert table.previous_url == "?language=es&sort=email&page=1" and table.next_url == ""
    assert table.csv_url == "?language=es&sort=email&download=csv"


def test_the_page_says_its_order_to_screen_readers_and_names_each_cell_on_a_phone(rf: Any, accounts: None):
    html = Template("{% table table %}").render(Context({"table": read(rf, "?sort=-email")}))
    assert html.count('aria-sort="descending"') == 1
    assert (
        'data-label="Language"' in html and '<th scope="row" role="rowheader">elena@example.org</th>' in html
    )
    assert "Steward" not in html, "a column for files only"


def test_nothing_that_matches_is_not_the_same_as_nothing_at_all(rf: Any, accounts: None):
    page = Template("{% table table empty=teaching %}")
    assert "Nothing matches" in page.render(Context({"table": read(rf, "?q=zzz"), "teaching": "Begin here"}))
    nobody = read(rf, "", rows=User.objects.none())
    assert "Begin here" in page.render(Context({"table": nobody, "teaching": "Begin here"}))


def lines_of(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_file_holds_all_that_passes_the_filters_in_the_order_shown(rf: Any, accounts: None):
    response = read(rf, "?language=es&sort=-email&page=2&download=csv").download()
    assert response["Content-Disposition"].startswith('attachment; filename="accounts-20')
    assert lines_of(response) == [
        ["E-mail", "Language", "Steward"],
        ["elena@example.org", "es", "0"],
        ["carla@example.org", "es", "0"],
        ["ana@example.org", "es", "1"],
    ]


def test_an_unknown_kind_of_file_is_not_there_and_none_is_made_unasked(rf: Any, accounts: None):
    assert read(rf, "").download() is None
    with pytest.raises(Http404):
        read(rf, "?download=exe").download()


ROWS = [
    {
        "name": '=HYPERLINK("http://x")',
        "day": date(2025, 3, 1),
        "at": datetime(2025, 3, 1, 14, 5, tzinfo=UTC),
        "n": 3,
        "share": 0.25,
        "yes": True,
    },
    {"name": "+56 9 8765 4321", "day": None, "at": None, "n": None, "share": None, "yes": False},
    {"name": "@cmd", "day": date(2024, 1, 2), "at": None, "n": -7, "share": 1.5, "yes": None},
    {"name": 'Ñandú; «comillas», "y" coma', "day": None, "at": None, "n": 0, "share": 0.0, "yes": True},
]
LIST = TableSpec(
    key="list",
    caption="A list",
    columns=[Column(key, key, lambda row, key=key: row[key], order=(key,)) for key in ROWS[0]],
)


def test_csv_never_holds_a_formula_and_writes_values_for_machines(rf: Any):
    header, *rows = lines_of(read(rf, "?download=csv", LIST, ROWS).download())
    assert header == ["name", "day", "at", "n", "share", "yes"]
    assert rows[0] == ['\'=HYPERLINK("http://x")', "2025-03-01", "2025-03-01 14:05", "3", "0.25", "1"]
    assert rows[1] == ["+56 9 8765 4321", "", "", "", "", "0"]
    assert rows[2][0] == "'@cmd" and rows[2][3] == "-7"
    assert rows[3][0] == 'Ñandú; «comillas», "y" coma'


def test_xlsx_holds_the_same_with_dates_as_dates_and_texts_as_texts(rf: Any):
    response = read(rf, "?download=xlsx", LIST, ROWS).download()
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(b"".join(response.streaming_content))
    ).get_sheet_by_index(0)
    header, *rows = sheet.to_python()
    assert header == ["name", "day", "at", "n", "share", "yes"]
    assert rows[0] == [
        '=HYPERLINK("http://x")',
        date(2025, 3, 1),
        datetime(2025, 3, 1, 14, 5),
        3.0,
        0.25,
        1.0,
    ]
    assert rows[1][0] == "+56 9 8765 4321" and rows[2][0] == "@cmd"


def test_no_cell_of_the_workbook_is_a_formula(rf: Any):
    import zipfile

    response = read(rf, "?download=xlsx", LIST, ROWS).download()
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("-12,5", "-12,5"),
        ("+56 9 8765 4321", "+56 9 8765 4321"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(typed: str, kept: str):
    assert safe_text(typed) == kept


@pytest.mark.parametrize(
    ("query", "order"),
    [("?sort=n", [-7, 0, 3, None]), ("?sort=-n", [3, 0, -7, None]), ("?sort=name", [None, 3, -7, 0])],
)
def test_a_list_of_rows_is_sorted_by_what_it_shows_the_unknown_last(rf: Any, query: str, order: list[Any]):
    assert [row["n"] for row in read(rf, query, LIST, ROWS).rows] == order


def test_a_cell_is_written_in_the_reader_s_language(rf: Any):
    def cells() -> list[str]:
        return [str(cell.html) for cell in read(rf, "", LIST, ROWS).body[0][1:]]

    with translation.override("es"):
        assert cells() == ["01/03/2025", "01/03/2025 14:05", "3", "0,25", "sí"]
    with translation.override("en"):
        assert cells() == ["1 Mar 2025", "1 Mar 2025 14:05", "3", "0.25", "yes"]

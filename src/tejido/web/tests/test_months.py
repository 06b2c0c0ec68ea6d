"""Months stand within sentences in small letters where the language writes them so."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from tejido.web.months import MONTHS


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_a_month_is_written_small_in_spanish_and_portuguese(language):
    with translation.override(language):
        for number, name in enumerate(MONTHS, start=1):
            assert str(name).islower()
            assert f" de {name} de 2026" in date_format(date(2026, number, 3), "DATE_FORMAT")


def test_english_months_keep_their_capital():
    with translation.override("en"):
        assert "March" in date_format(date(2026, 3, 3), "DATE_FORMAT")

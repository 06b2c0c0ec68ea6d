"""How a value is written in a cell of a page."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext


def shown_value(value: Any) -> str:
    """Dates, times and numbers as the reader's language writes them; yes and no in words; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return str(
            formats.date_format(
                timezone.localtime(value) if timezone.is_aware(value) else value, "SHORT_DATETIME_FORMAT"
            )
        )
    if isinstance(value, date):
        return str(formats.date_format(value, "SHORT_DATE_FORMAT"))
    if isinstance(value, time):
        return str(formats.time_format(value))
    if isinstance(value, int | float | Decimal):
        return str(formats.number_format(value, decimal_pos=None if isinstance(value, int) else 2))
    return str(value)

"""The manager of rows that stand."""

from __future__ import annotations

from typing import Any

from django.db import models


class SettledManager(models.Manager[Any]):
    """Only rows that stand: neither those an import is still bringing nor those merged into another."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(arriving_in=None, merged_into=None)

"""The form of one round: a prompt, and a table number beside each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.gatherings.selectors import SheetLine

MOST_TABLES = 99


class RoundForm(forms.Form):
    """`table-<person id>` for each of `lines`; an empty one sits nowhere."""

    prompt = forms.CharField(
        label=_("What the tables talk about"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        lines: Sequence[SheetLine],
        prompt: str = "",
        tables: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(data, initial={"prompt": prompt})
        self.lines = lines
        for line in lines:
            name = f"table-{line.person.pk}"
            self.fields[name] = forms.IntegerField(
                label=line.person.name,
                required=False,
                min_value=1,
                max_value=MOST_TABLES,
                initial=(tables or {}).get(line.person.pk),
            )

    def rows(self) -> list[tuple[SheetLine, forms.BoundField]]:
        """Each person with the box for their table."""
        return [(line, self[f"table-{line.person.pk}"]) for line in self.lines]

    def tables(self) -> list[list[int]]:
        """Person ids by table, in table order; empty tables between are kept. Only of a valid form."""
        chosen = {line.person.pk: self.cleaned_data[f"table-{line.person.pk}"] for line in self.lines}
        count = max((table for table in chosen.values() if table), default=0)
        return [[pk for pk, at in chosen.items() if at == table] for table in range(1, count + 1)]

"""Texts that several people write at once: what somebody else wrote meanwhile is never lost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from tejido.seating.models import TableTalk

READ = "read-"


def edition(text: str) -> str:
    """A short mark of a text as it stood when it was read.

    >>> edition("a") == edition(" a\\r\\n") != edition("b")
    True
    """
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:12]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class TextsForm(forms.Form):
    """Fields whose `stored` texts may change while somebody writes: then both texts stand in the field, to be saved again."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.stored: dict[str, str] = {}

    def keep(self, name: str, field: forms.CharField, stored: str) -> None:
        """Add a field that holds `stored`."""
        field.initial = self.stored[name] = _plain(stored)
        self.fields[name] = field

    def editions(self) -> list[tuple[str, str]]:
        """Hidden fields: of which text each answer is a change."""
        return [(READ + name, edition(text)) for name, text in self.stored.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, stored in self.stored.items():
            data[name] = text = _plain(data.get(name) or "")
            read = self.data.get(READ + name)
            mine, theirs = bool(read) and read != edition(text), bool(read) and read != edition(stored)
            if theirs and not mine:
                data[name] = stored
            elif theirs and text != stored:
                self._both(name, stored, text)
        return data

    def _both(self, name: str, stored: str, text: str) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[name] = f"{stored}\n{text}".strip()  # type: ignore[index]
        said = now(
            "Somebody else wrote meanwhile. Both texts stand here: keep what is right, and save again."
        )
        self.add_error(name, said)

    def changed_texts(self) -> dict[str, str]:
        """Field -> text, of what is to be written. Only of a valid form."""
        return {
            name: self.cleaned_data[name]
            for name, stored in self.stored.items()
            if self.cleaned_data[name] != stored
        }


def harvest_field() -> forms.CharField:
    """What came out of a table."""
    return forms.CharField(
        label=_("What came out of it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TalksForm(TextsForm):
    """`prompt-N` and `harvest-N` for each table of a round; 0 is the whole round. For the team."""

    def __init__(self, *args: Any, tables: list[int], talks: Mapping[int, TableTalk], **more: Any) -> None:
        super().__init__(*args, **more)
        self.numbers = [0, *tables]
        for number in self.numbers:
            known = talks.get(number)
            label = _("What it talks about") if number else _("What all tables talk about")
            prompt = forms.CharField(label=label, max_length=300, required=False)
            self.keep(f"prompt-{number}", prompt, known.prompt if known else "")
            self.keep(f"harvest-{number}", harvest_field(), known.harvest if known else "")

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Table, prompt, harvest."""
        return [(one, self[f"prompt-{one}"], self[f"harvest-{one}"]) for one in self.numbers]

    def talks(self) -> dict[int, tuple[str, str]]:
        """Table -> (prompt, harvest), of what was changed. Only of a valid form."""
        data = self.cleaned_data
        changed = {int(name.rpartition("-")[2]) for name in self.changed_texts()}
        return {one: (data[f"prompt-{one}"], data[f"harvest-{one}"]) for one in sorted(changed)}


class TableForm(TextsForm):
    """`harvest-N` for each round of one table. For those who sit there."""

    def __init__(self, *args: Any, rounds: list[int], harvests: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rounds = rounds
        for number in rounds:
            self.keep(f"harvest-{number}", harvest_field(), harvests.get(number, ""))

    def rows(self) -> list[tuple[int, forms.BoundField]]:
        """Round, harvest."""
        return [(one, self[f"harvest-{one}"]) for one in self.rounds]

    def harvests(self) -> dict[int, str]:
        """Round -> what came out, of what was changed. Only of a valid form."""
        return {int(name.rpartition("-")[2]): text for name, text in self.changed_texts().items()}

"""What a participant types at the door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.checkin.reading import people_in
from tejido.checkin.selectors import PaperRow


class DigitsForm(forms.Form):
    """The six digits beside the picture on the wall."""

    digits = forms.RegexField(
        r"^\s*(\d\s*){6}$",
        label=_("The six digits on the wall"),
        max_length=20,
        error_messages={"invalid": _("Six digits, as they stand on the wall.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_digits(self) -> str:
        return "".join(str(self.cleaned_data["digits"]).split())


class PaperForm(forms.Form):
    """Who signed on paper. After it is valid, `people` holds their ids."""

    way = forms.ChoiceField(
        label=_("What is typed here?"),
        choices=[
            ("there", _("Those who signed")),
            ("but", _("Those who did not sign; everybody else was there")),
        ],
        initial="there",
        widget=forms.RadioSelect,
    )
    who = forms.CharField(
        label=_("Numbers or names"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("For example: 1-12, 15, 18, Ana Rojas. The numbers are those on the printed sheet."),
    )

    def __init__(self, *args: Any, rows: Sequence[PaperRow], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = rows
        self.people: set[int] = set()

    def clean_who(self) -> str:
        text = str(self.cleaned_data["who"])
        by_number = {row.number: row.person_id for row in self.rows}
        typed = people_in(text, by_number, {row.person_id: row.search_name for row in self.rows})
        if typed.unclear:
            raise forms.ValidationError(
                _(
                    "Not on the sheet, or not clear: %(words)s. A number is one of the sheet, a name fits one person only. Nothing was marked."
                ),
                params={"words": ", ".join(typed.unclear[:20])},
            )
        self.people = typed.people
        return text

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("way") == "there" and "who" in found and not self.people:
            self.add_error("who", _("Type at least one number or name."))
        return found

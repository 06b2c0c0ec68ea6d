"""Bringing a form as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.instruments.models import Instrument

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 30


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in files]


class VersionForm(forms.Form):
    """A form as a file, and the files it needs."""

    file = forms.FileField(
        label=_("The form"),
        help_text=_(
            "An XLSForm (XLSX, XLS, ODS, CSV) or an XForm (XML), as KoboToolbox, ODK or a spreadsheet make it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.xml,.md"}),
    )
    beside = FilesField(
        label=_("Files it needs"),
        help_text=_("Lists as CSV, pictures: only if the form speaks of them."),
        required=False,
        widget=SeveralFiles(),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        files = [one for one in [given.get("file"), *given.get("beside", [])] if one]
        if len(files) > MOST_FILES or sum(one.size or 0 for one in files) > MOST_BYTES:
            raise forms.ValidationError(
                _now("That is more than 10 MB, or more than 30 files. Leave out pictures.")
            )
        return given

    def content(self) -> bytes:
        """The bytes of the form."""
        content = self.cleaned_data["file"].read()
        assert isinstance(content, bytes)
        return content

    def beside_it(self) -> dict[str, bytes]:
        """The other files by name, without folders."""
        return {(one.name or "").rpartition("/")[2]: one.read() for one in self.cleaned_data["beside"]}


class BringForm(VersionForm):
    """A form that is new here."""

    kind = forms.ChoiceField(label=pgettext_lazy("a form", "What it is"), choices=Instrument.Kind.choices)
    title = forms.CharField(
        label=pgettext_lazy("a form", "What it is called"),
        help_text=_("As the form says, if empty."),
        max_length=200,
        required=False,
    )
    field_order = ["file", "kind", "title", "beside"]

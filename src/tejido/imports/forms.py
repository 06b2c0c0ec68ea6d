"""What people choose when they bring a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import RecordedTie
from tejido.foundation.tables import refusals
from tejido.foundation.tables.limits import STANDARD
from tejido.imports.models import ImportRun
from tejido.imports.profiles import PROFILES

PROFILE_WORDS = {
    "": pgettext_lazy("school register", "A list of our own"),
    "cl-rbd": pgettext_lazy("school register", "Chile: directory of establishments (RBD)"),
    "co-dane": pgettext_lazy("school register", "Colombia: sites with DANE codes"),
    "uk-urn": pgettext_lazy("school register", "England: Get Information About Schools (URN)"),
}
KINDS = {
    ImportRun.Kind.PEOPLE: pgettext_lazy("kind of list", "People: names, contacts, schools"),
    ImportRun.Kind.MEMBERSHIPS: pgettext_lazy(
        "kind of list", "Memberships: who belongs to which node, in which role"
    ),
    ImportRun.Kind.ATTENDANCE: pgettext_lazy("kind of list", "Attendance: who was at which gathering"),
    ImportRun.Kind.GATHERINGS: pgettext_lazy("kind of list", "Gatherings: when, where and what"),
    ImportRun.Kind.TIES: pgettext_lazy(
        "kind of list", "Ties: who asks, answers, works with or accompanies whom"
    ),
    ImportRun.Kind.SCHOOLS: pgettext_lazy("kind of list", "Schools: a list or an official register"),
}


class BringForm(forms.Form):
    """A file, and what is in it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "CSV, XLSX, ODS or XLS, up to 20 MB. It is read and shown first; nothing changes before you say so."
        ),
        allow_empty_file=True,  # an empty one gets its sentence from the reader
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.xls"}),
    )
    kind = forms.ChoiceField(label=_("What is in it"), widget=forms.RadioSelect)
    profile = forms.ChoiceField(
        label=_("Which register"), choices=[*PROFILE_WORDS.items()], required=False,
    )  # fmt: skip
    tie_kind = forms.ChoiceField(
        label=_("Which ties"),
        help_text=_("Only for ties: what the lines mean where no column says it."),
        choices=RecordedTie.Kind.choices,
        initial=RecordedTie.Kind.WORKED,
        required=False,
    )
    sheet = forms.CharField(
        label=_("Which sheet"),
        help_text=_("Only for workbooks with several sheets; the first with data if empty."),
        required=False,
        max_length=100,
    )

    def __init__(self, *args: Any, kinds: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, words) for kind, words in KINDS.items() if kind in kinds]
        field.initial = kinds[0]
        if ImportRun.Kind.SCHOOLS not in kinds:
            del self.fields["profile"]
        if ImportRun.Kind.TIES not in kinds:
            del self.fields["tie_kind"]

    def clean_profile(self) -> str:
        profile: str = self.cleaned_data["profile"]
        return profile if profile in PROFILES else ""

    def about(self) -> dict[str, Any]:
        """What else was said of the file, as `services.stage_file` takes it."""
        said = self.cleaned_data
        return {
            "profile": said.get("profile", ""),
            "sheet": said["sheet"] or None,
            "tie_kind": said.get("tie_kind") or RecordedTie.Kind.WORKED,
        }

    def read(self) -> bytes:
        """The bytes of the file. Raises Refusal("too_large") before anything is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > STANDARD.file_bytes:
            raise refusals.too_large(file.name or "", file.size or 0, STANDARD.file_bytes)
        content = file.read()
        assert isinstance(content, bytes)
        return content

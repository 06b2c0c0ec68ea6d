"""Each piece of a closing is a form of its own, so that it is saved by itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.accounts.models import User
from tejido.closing.models import Closing, Decision
from tejido.directory.selectors import organisations_named, place_label, search_form
from tejido.web.picks import PickField, ask


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class MinutesForm(forms.Form):
    """seen: the edition that stood on the page."""

    text = forms.CharField(
        label=_("Minutes"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What was talked about. A line that begins with a dash is part of a list."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, closing: Closing) -> MinutesForm:
        return cls(initial={"text": closing.minutes, "seen": closing.edition})


class DecisionForm(forms.Form):
    """One decision."""

    text = forms.CharField(label=_("What was decided"), max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, data: Any = None, *, decision: Decision | None = None) -> None:
        told = {"text": decision.text, "seen": decision.edition} if decision else {}
        super().__init__(data, initial=told, auto_id=f"decision-{decision.pk if decision else 'new'}-%s")


def _same(row: Any, text: str) -> bool:
    return bool(row.search_name == search_form(text))


def organisation_field(**options: Any) -> PickField:
    """An organisation of the directory, by what is typed."""
    return PickField(
        lambda actor: lambda text: organisations_named(actor, text),
        written=place_label,
        same=_same,
        suggest=reverse_lazy("directory:suggest", args=["organisations"]),
        required=False,
        **options,
    )


class ContributorForm(forms.Form):
    """An organisation of the directory, or a new one by its name."""

    organisation = organisation_field(label=_("Organisation"), help_text=_("Write part of its name."))
    new = forms.CharField(label=_("Or one that is not in the directory yet"), required=False, max_length=200)
    what = forms.CharField(
        label=_("What it gave"),
        required=False,
        max_length=200,
        help_text=_("For example: the room, a speaker, lunch."),
    )

    def __init__(self, data: Any = None, *, actor: User) -> None:
        super().__init__(data, auto_id="contributor-%s")
        ask(self, actor)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("organisation") and not str(given.get("new", "")).strip():
            self.add_error(
                "organisation", _("Which organisation? Write part of its name, or a new one below.")
            )
        return given


class NextForm(forms.Form):
    """When people meet again."""

    next_on = DayField(label=pgettext_lazy("when people meet again", "Day"), required=False)
    next_words = forms.CharField(
        label=pgettext_lazy("when people meet again", "Where, or for what"), required=False, max_length=200
    )


class CloseForm(forms.Form):
    """Whether it is written to the members."""

    tell = forms.ChoiceField(
        label=_("To the members"),
        choices=[("yes", _("Write it to everybody in one message")), ("no", _("Write to nobody"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, again: bool) -> None:
        super().__init__(data, initial={"tell": "no" if again else "yes"}, auto_id="close-%s")


class ReopenForm(forms.Form):
    """Why it is opened again."""

    reason = forms.CharField(
        label=_("Why is it opened again?"),
        max_length=300,
        help_text=_("It stands in the history, with your name."),
    )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once: a list."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class PhotosForm(forms.Form):
    """Photographs; several at once."""

    pictures = FilesField(
        label=_("Photographs"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        help_text=_(
            "JPEG, PNG or WebP, up to 15 MB each. They are made smaller, and place, time and camera are taken out."
        ),
    )


class MarkForm(forms.Form):
    """Who can be recognised on a photograph. people: (id, name) of everybody on the sheet."""

    people = forms.MultipleChoiceField(
        label=_("Who can be recognised"), required=False, widget=forms.CheckboxSelectMultiple
    )
    caption = forms.CharField(label=_("What it shows"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = people

"""What people type into the pages of this domain."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.charters.models import MOST_WORDS


class DayAndTime(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ArticleForm(forms.Form):
    """The words of an article. edition: of the text that the writer has before her."""

    text = forms.CharField(
        label=_("Words of the article"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("An empty line begins a new paragraph; *so* is emphasis, **so** is strong."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


class NewArticleForm(forms.Form):
    """One more article."""

    name = forms.CharField(label=_("Name of the article"), max_length=100)
    text = forms.CharField(
        label=_("Words of the article"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class SuggestForm(forms.Form):
    """Another wording, and why."""

    wording = forms.CharField(
        label=_("As I would say it"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Leave it as it is to write a remark only."),
    )
    why = forms.CharField(
        label=_("Why, or a remark"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VoteForm(forms.Form):
    """How the community votes on the draft. Times are those of the community."""

    secret = forms.TypedChoiceField(
        label=_("Who sees the votes"),
        choices=[("True", _("The vote is secret")), ("False", _("Everybody sees who voted what"))],
        coerce=lambda value: value == "True",
        initial="True",
        widget=forms.RadioSelect,
    )
    quorum = forms.IntegerField(
        label=_("How many have to vote, in %"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("0: no quorum."),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), help_text=_("When you close it, if empty."), required=False, widget=DayAndTime
    )


class DeedForm(forms.Form):
    """How it was decided elsewhere, and since when it holds."""

    how = forms.CharField(
        label=_("How it was decided"),
        max_length=300,
        help_text=_(
            "For example: agreed by everybody at the assembly of 3 May. It stands under the charter."
        ),
    )
    on = forms.DateField(label=_("In force since"), widget=Day, initial=timezone.localdate)


class PublicForm(forms.Form):
    """Whether everybody may read it, and whether the reader may be written to."""

    is_open = forms.BooleanField(
        label=_("Everybody who has the address may read the charter"),
        required=False,
        help_text=_("Also the names of the nodes and how many people belong. Never the name of a member."),
    )
    i_am_contact = forms.BooleanField(
        label=_("My name and my e-mail address stand there as the contact"),
        required=False,
        help_text=_("Each person says this for herself."),
    )

"""What whoever runs a community fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.directory.models import Post
from tejido.school_leaders.models import Offer, TermNote
from tejido.school_leaders.values import NamedHead, Noted


class InviteForm(forms.Form):
    """Who leads the school: one whom the directory knows, or a name and an address."""

    head = forms.ChoiceField(label=_("Who leads the school"), widget=forms.RadioSelect, required=False)
    given_names = forms.CharField(label=_("Given names"), max_length=100, required=False)
    family_names = forms.CharField(label=_("Family names"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Without an address you hand her link on yourself, for example by WhatsApp."),
    )

    def __init__(self, *args: Any, posts: list[Post], **more: Any) -> None:
        super().__init__(*args, **more)
        self.posts = {str(post.person_id): post for post in posts}
        field = self.fields["head"]
        assert isinstance(field, forms.ChoiceField)
        known = [
            (key, f"{post.person.name} · {post.get_function_display()}") for key, post in self.posts.items()
        ]
        field.choices = [*known, ("", _now("Somebody else, as follows"))]
        if not posts:
            del self.fields["head"]
        elif not self.is_bound:
            self.initial.setdefault("head", next(iter(self.posts)))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("head") and not str(data.get("given_names", "")).strip():
            self.add_error("given_names", _now("Write her name, or choose somebody of the list."))
        return data

    def known(self) -> Post | None:
        """The post of whoever was chosen."""
        return self.posts.get(str(self.cleaned_data.get("head") or ""))

    def named(self) -> NamedHead:
        """Whoever was typed, for `services.enter_head`."""
        data = self.cleaned_data
        return NamedHead(data["given_names"], data["family_names"], data["email"])


class OfferForm(forms.Form):
    """A community's own words, in one language."""

    asked = forms.CharField(
        label=_("What is asked of the head"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One thought on each line. Empty: the words of the house."),
    )
    given = forms.CharField(
        label=_("What the school gets"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One thought on each line. Empty: the words of the house."),
    )


def offer_forms(data: Any, own: dict[str, Offer]) -> list[tuple[str, str, OfferForm]]:
    """(language, its name, form) for each language of the interface."""
    found = []
    for code, name in settings.LANGUAGES:
        known = own.get(code)
        initial = {"asked": known.asked, "given": known.given} if known else {}
        found.append((code, name, OfferForm(data or None, prefix=code, initial=initial)))
    return found


class NoteForm(forms.Form):
    """How a commitment was kept in a term."""

    term = forms.ChoiceField(label=_("Term"))
    kept = forms.ChoiceField(
        label=_("What was promised was"), choices=TermNote.Kept.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, terms: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["term"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in terms]

    def noted(self) -> Noted:
        """What was filled in, for `services.note_term`."""
        return Noted(**self.cleaned_data)

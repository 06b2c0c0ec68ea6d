"""The quick form for somebody who is in no list yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.forms.fields import DayField, role_field
from tejido.communities.models import Community
from tejido.directory.models import ContactPoint, Person, Post, School
from tejido.directory.selectors import people_for, schools_for
from tejido.foundation.tables.values import parse_phone
from tejido.web.zones import country_of

MOST_SCHOOLS = 12


class NewcomerForm(forms.Form):
    """A new person: name, how to reach them, school, role. Asks which school where the words fit several."""

    given_names = forms.CharField(label=_("Given names"), max_length=100)
    family_names = forms.CharField(
        label=_("Family names"),
        max_length=100,
        required=False,
        help_text=_("One or two, as the person writes them."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    school_words = forms.CharField(
        label=_("School"),
        max_length=100,
        required=False,
        help_text=_("Part of its name, or its official code."),
    )
    function = forms.ChoiceField(
        label=_("Post"), choices=Post.Function.choices, initial=Post.Function.TEACHER
    )
    starts_on = DayField(label=_("Member since"), initial=timezone.localdate)
    known: Person | None = None  # who has the same e-mail or phone

    def __init__(self, *args: Any, actor: User, community: Community, gives_roles: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor, self.community = actor, community
        self.school: School | None = None
        self.fields["role"] = role_field(gives_roles)

    def told(self) -> dict[str, Any]:
        """What services.Newcomer takes."""
        keys = ("given_names", "family_names", "email", "phone", "function", "role", "starts_on")
        return {"school": self.school, **{key: self.cleaned_data[key] for key in keys}}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        text = str(self.cleaned_data["phone"])
        if not text:
            return ""
        number = parse_phone(text, country_of(self.community.time_zone) or "CO")
        if number is None:
            raise forms.ValidationError(
                _now("This is not a phone number. Write it with its country, for example +57 300 123 45 67.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._find_school(data.get("school_words", ""))
        self._find_double(data)
        return data

    def _find_school(self, words: str) -> None:
        """One school that fits is taken; several become a question; none is said."""
        if not words:
            return
        schools = schools_for(self.actor, search=words)
        found = list(schools[: MOST_SCHOOLS + 1]) or list(
            schools_for(self.actor).filter(code=words.strip())[: MOST_SCHOOLS + 1]
        )
        chosen = str(self.data.get("school", ""))
        picked = [school for school in found if str(school.pk) == chosen]
        self.school = picked[0] if picked else found[0] if len(found) == 1 else None
        if not found:
            self.add_error(
                "school_words",
                _now("No school is called like that. Try fewer words, or leave it empty for now."),
            )
        elif len(found) > MOST_SCHOOLS:
            self.add_error("school_words", _now("Many schools are called like that. Add a word or two."))
        elif len(found) > 1:
            self._ask(
                "school",
                _now("Which of these schools?"),
                [(str(s.pk), f"{s.name}, {s.territory}" if s.territory else s.name) for s in found],
                "" if picked else _now("Several schools are called like that. Choose one."),
            )

    def _find_double(self, data: dict[str, Any]) -> None:
        """Somebody the actor knows who has the same e-mail or phone is asked about before a double is made."""
        ways = [(ContactPoint.Kind.EMAIL, data.get("email")), (ContactPoint.Kind.PHONE, data.get("phone"))]
        for kind, value in ways:
            known = (
                people_for(self.actor).filter(contacts__kind=kind, contacts__value=value).first()
                if value
                else None
            )
            if known is not None:
                self._ask_about(known)
                return

    def _ask_about(self, known: Person) -> None:
        self.known = known
        self._ask(
            "another_person",
            _now("Is this somebody else?"),
            [("yes", _now("Yes, somebody else who shares this e-mail or phone"))],
            ""
            if self.data.get("another_person")
            else _now(
                "%(person)s has this e-mail or phone already. If it is the same person, add them from the directory."
            )
            % {"person": known.name},
        )

    def _ask(self, name: str, label: str, choices: list[tuple[str, str]], error: str) -> None:
        """A question that only turns up when it is needed, in the form that is shown again."""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, required=False
        )
        if error:
            self.add_error(name, error)

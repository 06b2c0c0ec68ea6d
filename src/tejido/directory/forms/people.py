"""What is said of a person: name, contact data, posts, skills, and what they say of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.accounts.models import User
from tejido.directory.forms.picks import PickField, ask
from tejido.directory.models import Consent, Organisation, Person, Post, School, Skill
from tejido.directory.selectors import topics
from tejido.foundation.tables.values import parse_email, parse_phone

EARLIEST = 1940  # nobody who teaches today began before


def day_box() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PersonForm(forms.Form):
    given_names = forms.CharField(label=gettext_lazy("Given names"), max_length=100)
    family_names = forms.CharField(
        label=gettext_lazy("Surnames"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("One or two, as the person writes them."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language for messages"),
        required=False,
        choices=[("", gettext_lazy("As the community writes")), *settings.LANGUAGES],
    )
    teaching_since = forms.IntegerField(
        label=gettext_lazy("Teaching since"),
        required=False,
        min_value=EARLIEST,
        help_text=gettext_lazy("The year, for example 2009."),
    )
    list_code = forms.CharField(
        label=gettext_lazy("Number in the network's lists"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Lists that are brought in later find the person by it."),
    )

    def __init__(self, data: Any = None, *, person: Person, actor: User) -> None:
        initial = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        if person.user_id == actor.pk:  # the numbering is the coordination's
            del self.fields["list_code"]

    def clean_teaching_since(self) -> int | None:
        year: int | None = self.cleaned_data["teaching_since"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(_("That year is still to come. Check the number."))
        return year

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ContactsForm(forms.Form):
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    other_email = forms.CharField(label=gettext_lazy("Another e-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("With the country's code, for example +57 300 123 4567."),
    )
    other_phone = forms.CharField(label=gettext_lazy("Another phone"), max_length=40, required=False)

    BOXES = (("email", "email"), ("email", "other_email"), ("phone", "phone"), ("phone", "other_phone"))

    def __init__(self, data: Any = None, *, person: Person, country: str) -> None:
        known: dict[str, list[str]] = {"email": [], "phone": []}
        for point in person.contacts.order_by("pk"):
            known[point.kind].append(point.value)
        self.country = country
        # What has no box of its own is kept as it is.
        self.beyond = [(kind, value) for kind in known for value in known[kind][2:]]
        initial = {name: next(iter(known[kind][name.startswith("other") :]), "") for kind, name in self.BOXES}
        super().__init__(data, initial=initial)

    def _email(self, name: str) -> str:
        text = self.cleaned_data[name].strip()
        if not text:
            return ""
        address = parse_email(text)
        if address is None:
            raise forms.ValidationError(_("That is not an e-mail address. One looks like ana@example.org."))
        return address

    def _phone(self, name: str) -> str:
        text = self.cleaned_data[name].strip()
        if not text:
            return ""
        number = parse_phone(text, self.country)
        if number is None:
            raise forms.ValidationError(
                _("That is not a complete phone number. Write it with + and the country's code.")
            )
        return number

    def clean_email(self) -> str:
        return self._email("email")

    def clean_other_email(self) -> str:
        return self._email("other_email")

    def clean_phone(self) -> str:
        return self._phone("phone")

    def clean_other_phone(self) -> str:
        return self._phone("other_phone")

    def pairs(self) -> list[tuple[str, str]]:
        """As services.set_contacts takes them."""
        return [(kind, self.cleaned_data[name]) for kind, name in self.BOXES] + self.beyond


class PostForm(forms.Form):
    function = forms.ChoiceField(label=pgettext_lazy("of a post", "Function"), choices=Post.Function.choices)
    school = PickField(
        "schools",
        label=gettext_lazy("School"),
        required=False,
        help_text=gettext_lazy("Write its name or its official code."),
    )
    organisation = PickField(
        "organisations",
        label=gettext_lazy("Or an organisation"),
        required=False,
        help_text=gettext_lazy("Secretariat, university, foundation …"),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=100, required=False)
    level = forms.CharField(
        label=gettext_lazy("Level"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For example pre-primary, primary, secondary."),
    )
    starts_on = forms.DateField(label=gettext_lazy("Since"), required=False, widget=day_box())

    def __init__(self, data: Any = None, *, actor: User) -> None:
        super().__init__(data)
        ask(self, actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"school", "organisation"} & self.errors.keys() and bool(data["school"]) == bool(
            data["organisation"]
        ):
            raise forms.ValidationError(
                _("A post is at a school or at an organisation. Fill in one of the two.")
            )
        return data

    @property
    def place(self) -> School | Organisation:
        found: School | Organisation = self.cleaned_data["school"] or self.cleaned_data["organisation"]
        return found

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("function", "subject", "level", "starts_on")}


class ConsentForm(forms.Form):
    """How somebody else's answer reached whoever writes it down."""

    how = forms.ChoiceField(
        label=gettext_lazy("How it was answered"),
        choices=[(how, how.label) for how in (Consent.How.PAPER, Consent.How.SPOKEN)],
    )


class LeavePostForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Last day there"), widget=day_box())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only the person and the coordination read it."),
    )


class SkillsForm(forms.Form):
    offered = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("skill", "Offers"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wanted = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("skill", "Would like to learn"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        chosen: dict[str, list[int]] = {side: [] for side in Skill.Side.values}
        for side, topic_id in person.skills.values_list("side", "topic_id"):
            chosen[side].append(topic_id)
        super().__init__(data, initial=chosen)
        self.topics = topics()
        for name in self.fields:
            self.fields[name].choices = self.topics  # type: ignore[attr-defined]

    def rows(self) -> list[tuple[str, str, bool, bool]]:
        """Each topic with what is ticked: (id as text, name, offered, wanted)."""
        ticked = {side: {str(pk) for pk in self[side].value() or []} for side in self.fields}
        return [
            (str(pk), name, str(pk) in ticked["offered"], str(pk) in ticked["wanted"])
            for pk, name in self.topics
        ]


# What lists and forms usually ask. Others that a list brought stand beside them under their own name.
ATTRIBUTES = {
    "gender": pgettext_lazy("what a person says of themselves", "Gender"),
    "origin": pgettext_lazy("what a person says of themselves", "People or community of origin"),
    "first_language": pgettext_lazy("what a person says of themselves", "First language"),
    "disability": pgettext_lazy("what a person says of themselves", "Disability"),
}


def attribute_words(name: str) -> str:
    """How an attribute is called on a page."""
    return str(ATTRIBUTES.get(name, name.replace("_", " ").replace("-", " ").capitalize()))


class AttributesForm(forms.Form):
    """One box per attribute; an emptied box forgets it."""

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        self.known = dict(person.attributes.values_list("name", "value"))
        for name in [*ATTRIBUTES, *sorted(self.known.keys() - ATTRIBUTES.keys())]:
            self.fields[name] = forms.CharField(
                label=attribute_words(name), max_length=100, required=False, initial=self.known.get(name, "")
            )

    def changes(self) -> dict[str, str]:
        """Attributes whose value differs from what was known."""
        return {n: v.strip() for n, v in self.cleaned_data.items() if v.strip() != self.known.get(n, "")}


def country_of(person: Person) -> str:
    """Where the person's phone numbers are from if they name no country: where the latest post is. One query."""
    post = (
        person.posts.exclude(school__territory=None)
        .select_related("school__territory")
        .order_by("-pk")
        .first()
    )
    return post.school.territory.country if post and post.school and post.school.territory else "CO"

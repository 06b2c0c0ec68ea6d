"""Giving a form to people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Community
from tejido.communities.selectors import members_on
from tejido.directory.models import Person
from tejido.instruments.forms.people import Picker, picker_of
from tejido.instruments.models import Collection
from tejido.instruments.selectors import schools_of
from tejido.instruments.values import Terms
from tejido_forms.pages import Option


class DayAndTime(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class GiveForm(forms.Form):
    """To whom, until when, with names or without. Times are those of the community."""

    title = forms.CharField(label=_("What people read"), max_length=200)
    audience = forms.ChoiceField(
        label=_("Who is asked"), widget=forms.RadioSelect, initial=Collection.Audience.COMMUNITY
    )
    people = forms.ModelMultipleChoiceField(
        label=_("People on the list"),
        help_text=_("Only for a list."),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    anonymous = forms.ChoiceField(
        label=_("Names"),
        help_text=_(
            "Anonymous cannot be changed afterwards: no trace of who gave which answer is kept anywhere."
        ),
        choices=[("", _("Answers carry names")), ("1", _("Answers are anonymous"))],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    many = forms.BooleanField(label=_("One person may answer several times"), required=False)
    link = forms.BooleanField(
        label=_("A link and a QR code for whoever is there"), required=False, initial=True
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), help_text=_("When you close it, if empty."), required=False, widget=DayAndTime
    )

    def __init__(self, *args: Any, community: Community, names_people: bool = False, **more: Any) -> None:
        """names_people: the form asks for people of the community, so that it is neither public nor anonymous."""
        super().__init__(*args, **more)
        audience, people = self.fields["audience"], self.fields["people"]
        assert isinstance(audience, forms.ChoiceField)
        assert isinstance(people, forms.ModelMultipleChoiceField)
        # Who attended is handed over by the page of the gathering.
        audience.choices = [
            (value, words)
            for value, words in Collection.Audience.choices
            if value != Collection.Audience.ATTENDED
            and not (names_people and value == Collection.Audience.LINK)
        ]
        if names_people:
            del self.fields["link"], self.fields["anonymous"]
        self.members = people.queryset = members_on(community)
        self.find = ""

    @classmethod
    def searching(cls, asked: QueryDict, **more: Any) -> GiveForm:
        """The form with everything as it was typed, and the people on the page who fit what was searched for. Nothing is judged."""
        typed: dict[str, Any] = {
            name: asked.get(name, "") for name in ("title", "audience", "anonymous", "closes_at")
        }
        typed |= {"many": "many" in asked, "link": "link" in asked, "people": asked.getlist("people")}
        form = cls(initial=typed, **more)
        form.find = asked.get("_find/people", "").strip()[:100]
        return form

    def picker(self) -> Picker:
        """Who can be chosen, as the page shows it: those who are chosen, and those who fit the search. Two queries."""
        chosen = {str(one) for one in self["people"].value() or ()}
        schools = schools_of(self.members)
        people = [
            Option(
                str(one.pk),
                f"{one.name} ({schools[one.pk]})" if one.pk in schools else one.name,
                "",
                str(one.pk) in chosen,
            )
            for one in self.members
        ]
        return picker_of("_find/people", self.find, people)

    def clean_closes_at(self) -> Any:
        closes_at = self.cleaned_data["closes_at"]
        if closes_at and closes_at <= timezone.now():
            raise forms.ValidationError(_now("This moment has passed. Choose a later one."))
        return closes_at

    def terms(self) -> Terms:
        """What was chosen, for `services.open_collection`."""
        given = self.cleaned_data
        return Terms(
            title=given["title"],
            audience=given["audience"],
            anonymous=bool(given.get("anonymous")),
            many=given["many"],
            link=given.get("link", False),
            closes_at=given["closes_at"],
        )

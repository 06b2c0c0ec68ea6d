"""Making a call: what it says, until when, for whom, what is asked and by what it is read."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.calls.models import Criterion, OpenCall, Requirement
from tejido.calls.selectors import columns_of, is_published
from tejido.calls.values import CallFields
from tejido.communities.models import Community, Membership
from tejido.communities.policies import holding
from tejido.instruments.models import Instrument, Version
from tejido.instruments.selectors import shelf
from tejido.instruments.services import use_template

TEMPLATE = "call_questions"
FROM_SHELF = f"shelf:{TEMPLATE}"


class DayAndTime(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CallForm(forms.ModelForm[OpenCall]):
    """The whole of a call but its requirements and criteria, which have a page of their own."""

    form = forms.ChoiceField(
        label=_("Questions of its own"),
        required=False,
        help_text=_("Name, school, reach, motivation, video and attachments are asked in any case."),
    )

    class Meta:
        model = OpenCall
        fields = [
            "kind", "title_es", "text_es", "title_en", "text_en", "title_pt", "text_pt", "opens_at", "closes_at", "places",
            "nodes", "term_starts", "term_ends", "contact", "blind", "shows_media", "tells_reasons", "keep_months",
        ]  # fmt: skip
        labels = {
            "kind": _("What is it for?"),
            "title_es": _("Title in Spanish"),
            "text_es": _("Text in Spanish"),
            "title_en": _("Title in English"),
            "text_en": _("Text in English"),
            "title_pt": _("Title in Portuguese"),
            "text_pt": _("Text in Portuguese"),
            "opens_at": _("Opens"),
            "closes_at": _("Closes"),
            "places": _("Places"),
            "nodes": _("Nodes that look for a leader"),
            "term_starts": _("From when on"),
            "term_ends": _("Until when"),
            "contact": _("Whom to ask"),
            "blind": _("Reviewers do not read who applies"),
            "shows_media": _("In such a blind call, reviewers open videos and attachments all the same"),
            "tells_reasons": _("Applicants read the reason of what was decided"),
            "keep_months": _("For how many months applications are kept"),
        }
        help_texts = {
            "places": _("Empty: as many as fit."),
            "nodes": _("Only where a leader is looked for."),
            "term_starts": _("Of the role or the membership. Empty: the day on which somebody is taken in."),
            "term_ends": _("The last day of the term. Empty: it goes on."),
            "contact": _("A name with an e-mail address or a phone number, for whoever has a question."),
            "blind": _("Neither name, school, contact nor the names of files."),
            "shows_media": _(
                "A video shows a face, and a file often a name: then the call is blind only in part."
            ),
            "keep_months": _(
                "After the call is over; then they are deleted, but for those of people who were taken in."
            ),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "text_es": forms.Textarea(attrs={"rows": 5}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
            "text_pt": forms.Textarea(attrs={"rows": 3}),
            "opens_at": DayAndTime,
            "closes_at": DayAndTime,
            "term_starts": Day,
            "term_ends": Day,
            "nodes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        self.community = community
        title, text = columns_of(community.language)
        self.fields[title].required = True
        self.order_fields(["kind", title, text, *self.fields])
        for name, field in self.fields.items():
            if name.startswith(("title_", "text_")):
                field.widget.attrs["lang"] = {"pt": "pt-BR"}.get(name[-2:], name[-2:])
        nodes = Community.objects.filter(lineage__ancestor=community).exclude(pk=community.pk)
        cast(forms.ModelMultipleChoiceField[Community], self.fields["nodes"]).queryset = nodes.order_by(
            "name"
        )
        if not nodes.exists():
            self.fields["nodes"].help_text = _now("There are no nodes in this community yet.")
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [pair for pair in cast(Any, kind.choices) if pair[0]]
        self.versions = {str(one.pk): one for one in versions_for(community)}
        own = [(key, one.instrument.title) for key, one in self.versions.items()]
        template = (FROM_SHELF, shelf()[TEMPLATE].title(get_language() or "es"))
        cast(forms.ChoiceField, self.fields["form"]).choices = [("", _now("None")), template, *own]
        if self.instance.pk and is_published(self.instance):
            for name in ("kind", "opens_at", "closes_at", "nodes", "blind", "keep_months", "form"):
                del self.fields[name]
        elif self.instance.version_id:
            self.initial["form"] = str(self.instance.version_id)

    def told(self, actor: User) -> CallFields:
        """What was filled in, for the services. Takes the form from the shelf where that was chosen."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        if "form" in self.cleaned_data:
            given["version"] = self._version(actor)
        return cast(CallFields, given)

    def _version(self, actor: User) -> Version | None:
        chosen = self.cleaned_data["form"]
        if chosen == FROM_SHELF:
            made = use_template(self.community, shelf()[TEMPLATE], self.community.language, actor=actor)
            return made.versions.order_by("-pk").first()
        return self.versions.get(chosen)

    def _post_clean(self) -> None:
        """The service writes and checks the row; a form that wrote onto it would do so twice."""


def versions_for(community: Community) -> list[Version]:
    """The newest version of each form for applications that this community or one above it has. One query."""
    above = Q(instrument__community__descent__community=community)
    simple = (Version.Way.LIGHT, Version.Way.SCRIPT)
    found = (
        Version.objects.filter(above, instrument__kind=Instrument.Kind.APPLICATION, way__in=simple)
        .select_related("instrument")
        .order_by("instrument_id", "-pk")
    )
    newest: dict[int, Version] = {}
    for one in found:
        newest.setdefault(one.instrument_id, one)
    return list(newest.values())


class RequirementForm(forms.ModelForm[Requirement]):
    """One question of yes or no."""

    class Meta:
        model = Requirement
        fields = [
            "question_es", "question_en", "question_pt", "must", "sentence_es", "sentence_en", "sentence_pt",
        ]  # fmt: skip
        labels = {
            "question_es": _("Question in Spanish"),
            "question_en": _("Question in English"),
            "question_pt": _("Question in Portuguese"),
            "must": _("Whoever answers no cannot apply"),
            "sentence_es": _("What she reads then, in Spanish"),
            "sentence_en": _("What she reads then, in English"),
            "sentence_pt": _("What she reads then, in Portuguese"),
        }

    def __init__(self, *args: Any, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        suffix = columns_of(community.language)[0].removeprefix("title_")
        self.fields[f"question_{suffix}"].required = True
        self.order_fields([f"question_{suffix}", "must", f"sentence_{suffix}", *self.fields])


class CriterionForm(forms.ModelForm[Criterion]):
    """One criterion."""

    class Meta:
        model = Criterion
        fields = ["name", "words", "most", "weight"]
        labels = {
            "name": _("Criterion"),
            "words": _("What is looked at"),
            "most": _("Most points"),
            "weight": _("Weight"),
        }
        help_texts = {
            "weight": _("A criterion of weight 2 makes twice as much of the whole as one of weight 1.")
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}


class ClosingForm(forms.Form):
    """Another closing."""

    closes_at = forms.DateTimeField(label=_("Closes"), widget=DayAndTime)


class ReviewersForm(forms.Form):
    """Who reads: people of the community with an account, or somebody else's account by its e-mail."""

    people = forms.MultipleChoiceField(
        label=_("People of the community"), required=False, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(
        label=_("Or the e-mail of another account"),
        required=False,
        help_text=_("For somebody from outside. The account has to be there already."),
    )

    def __init__(self, *args: Any, call: OpenCall, **more: Any) -> None:
        super().__init__(*args, **more)
        self.users = {str(user.pk): user for user in candidates(call)}
        choices = [(pk, getattr(user, "person").name) for pk, user in self.users.items()]  # noqa: B009
        cast(forms.MultipleChoiceField, self.fields["people"]).choices = choices

    def clean_email(self) -> User | None:
        email = str(self.cleaned_data["email"]).lower()
        if not email:
            return None
        found = User.objects.filter(email=email, is_active=True, is_system=False).first()
        if found is None:
            raise forms.ValidationError(_now("Nobody signs in with this address. Ask her to sign in once."))
        return found

    def chosen(self) -> list[User]:
        other = self.cleaned_data["email"]
        people = [self.users[pk] for pk in self.cleaned_data["people"]]
        return [*people, *([other] if other else [])]


def candidates(call: OpenCall, most: int = 100) -> list[User]:
    """People of the community, those above and below it, who can sign in and are not named yet, by name. One query."""
    lines = call.community.lineage.values("ancestor_id")
    inside = call.community.descent.values("community_id")
    held = Membership.objects.filter(holding()).filter(Q(community_id__in=lines) | Q(community_id__in=inside))
    found = (
        User.objects.filter(person__in=held.values("person_id"), is_active=True)
        .exclude(pk__in=call.reviewers.values("user_id"))
        .select_related("person")
        .order_by("person__search_name", "pk")
    )
    return list(found[:most])


class ShareOutForm(forms.Form):
    """How many read each application."""

    each = forms.IntegerField(label=_("Reviewers for each application"), min_value=1, max_value=20, initial=2)

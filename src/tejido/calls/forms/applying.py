"""What an applicant types: who she is, what is required, why; her files; and the form of the call beside it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.accounts.services import system_account
from tejido.calls.models import Application, OpenCall, Requirement
from tejido.calls.selectors import in_language
from tejido.calls.values import Filled
from tejido.calls.wording import agreement, stopping_sentence
from tejido.communities.models import Community
from tejido.directory.models import School
from tejido.directory.selectors import schools_named
from tejido.foundation.tables.values import parse_phone
from tejido.instruments.services import Sent
from tejido.web.zones import country_of

SALT = "tejido.calls.begun"
FEW_SCHOOLS = 8
AS_TYPED = "typed"
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files. Cleaned: a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(one, initial) for one in given]


class ApplyForm(forms.Form):
    """An application, but for the questions of the call's own form."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    given_names = forms.CharField(label=_("Given names"), max_length=100)
    family_names = forms.CharField(label=_("Family names"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The answer comes here. Without one, write a phone number."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    school_words = forms.CharField(
        label=_("School"),
        max_length=200,
        required=False,
        help_text=_("Its name, a part of it, or its official code."),
    )
    motivation = forms.CharField(
        label=_("Why do you apply?"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    video_link = forms.URLField(
        label=_("Link to a video"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("On YouTube, Vimeo or elsewhere: it opens there. Or send the film itself below."),
    )
    video = forms.FileField(label=_("Video"), required=False)
    attachments = SeveralFilesField(
        label=_("Attachments"), required=False, help_text=_("Five at most, of 10 MB each.")
    )

    def __init__(
        self, *args: Any, call: OpenCall, application: Application | None = None, **more: Any
    ) -> None:
        first = _typed(application) if application else {}
        fresh = {"key": uuid.uuid4(), "begun": sealed(timezone.now())}
        super().__init__(*args, **{**more, "initial": {**fresh, **first}, "use_required_attribute": False})
        self.call = call
        self.school: School | None = None
        self.requirements = list(call.requirements.all())
        self.nodes = list(call.nodes.all())
        self._ask_node(application)
        self._ask_requirements(application)
        self._ask_files(changing=application is not None)
        if application is None:
            self.fields["agree"] = forms.BooleanField(label=agreement(call))

    def _ask_node(self, application: Application | None) -> None:
        if self.nodes:
            choices = [(str(node.pk), node.name) for node in self.nodes]
            self.fields["node"] = forms.ChoiceField(
                label=_("The node that you would like to lead"), choices=choices, widget=forms.RadioSelect
            )
            alone = choices[0][0] if len(choices) == 1 else None
            self.initial["node"] = str(application.node_id) if application else alone

    def _ask_requirements(self, application: Application | None) -> None:
        met = {one.requirement_id: one.met for one in application.fulfilments.all()} if application else {}
        for one in self.requirements:
            name = f"requirement_{one.pk}"
            self.fields[name] = forms.ChoiceField(
                label=self._in_its_language(one), choices=YES_NO, widget=forms.RadioSelect
            )
            if one.pk in met:
                self.initial[name] = "yes" if met[one.pk] else "no"

    def _in_its_language(self, one: Requirement) -> str:
        said = in_language(one, "question", self.call.community.language)
        if said.language[:2] == (get_language() or "")[:2]:
            return said.text
        return format_html('<span lang="{}">{}</span>', said.language, said.text)

    def _ask_files(self, *, changing: bool) -> None:
        from django.conf import settings

        self.fields["video"].help_text = _now("MP4, WebM or MOV, %(most)d MB at most.") % {
            "most": settings.TEJIDO_VIDEO_MB
        }
        if changing:  # files have a place of their own on her page
            del self.fields["video"], self.fields["attachments"]

    def parts(self) -> dict[str, list[forms.BoundField]]:
        """The fields as the page groups them."""
        asked = [f"requirement_{one.pk}" for one in self.requirements]
        who = ["given_names", "family_names", "email", "phone", "school_words", "school", "node"]
        why, files = ["motivation"], ["video_link", "video", "attachments"]
        groups = {"asked": asked, "who": who, "why": why, "files": files, "agree": ["agree"]}
        return {key: [self[name] for name in names if name in self.fields] for key, names in groups.items()}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        text = str(self.cleaned_data["phone"])
        number = parse_phone(text, country_of(self.call.community.time_zone) or "CO") if text else ""
        if number is None:
            raise forms.ValidationError(
                _now("This is not a phone number. Write it with its country, for example +57 300 123 45 67.")
            )
        return number

    def clean_video_link(self) -> str:
        link = str(self.cleaned_data["video_link"])
        if link and (urlsplit(link).scheme != "https" or "." not in (urlsplit(link).hostname or "")):
            raise forms.ValidationError(_now("Write an address that begins with https://"))
        return link

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("email") and not data.get("phone") and not {"email", "phone"} & self.errors.keys():
            self.add_error(
                "email", _now("Write an e-mail address or a phone number, so that you can be told.")
            )
        for one in self.requirements:
            if one.must and data.get(f"requirement_{one.pk}") == "no":
                self.add_error(f"requirement_{one.pk}", stopping_sentence(self.call, one))
        self._find_school(data.get("school_words", ""))
        return data

    def _find_school(self, words: str) -> None:
        """One that fits is taken, several become a question; what fits none is kept as it was written."""
        if not words.strip():
            return
        found = list(schools_named(system_account(), words)[:FEW_SCHOOLS])
        chosen = str(self.data.get("school", ""))
        self.school = next((one for one in found if str(one.pk) == chosen), None)
        if self.school is None and len(found) == 1 and chosen != AS_TYPED:
            self.school = found[0]
        if len(found) > 1:
            choices = [(str(s.pk), f"{s.name}, {s.territory}" if s.territory else s.name) for s in found]
            self.fields["school"] = forms.ChoiceField(
                label=_now("Which of these schools?"),
                choices=[*choices, (AS_TYPED, _now("None of these; as I wrote it"))],
                widget=forms.RadioSelect,
                required=False,
            )
            if self.school is None and chosen != AS_TYPED:
                self.add_error("school", _now("Several schools are called like that. Choose one."))

    def filled(self, sent: Sent | None) -> Filled:
        """What was typed, for `services.apply`."""
        data = self.cleaned_data
        same = ("given_names", "family_names", "email", "phone", "motivation", "video_link")
        return Filled(
            **{name: data[name].strip() for name in same},
            language=get_language() or "es",
            agreed_to=agreement(self.call),
            school=self.school,
            school_typed="" if self.school else data["school_words"].strip(),
            node=self._node(),
            met={one.pk: data[f"requirement_{one.pk}"] == "yes" for one in self.requirements},
            begun_at=opened_at(data["begun"]),
            sent=sent,
            key=data["key"],
        )

    def _node(self) -> Community | None:
        chosen = self.cleaned_data.get("node", "")
        return next((node for node in self.nodes if str(node.pk) == chosen), None)

    def chosen_files(self) -> list[tuple[str, Any]]:
        """(kind of ApplicationFile, file) of everything that was sent with it."""
        video = self.cleaned_data.get("video")
        attached = cast(list[Any], self.cleaned_data.get("attachments") or [])
        return [*([("video", video)] if video else []), *(("attachment", one) for one in attached)]


def _typed(application: Application) -> dict[str, Any]:
    same = ("given_names", "family_names", "email", "phone", "motivation", "video_link", "key")
    typed = {name: getattr(application, name) for name in same}
    school = application.school
    return {**typed, "school_words": school.name if school else application.school_typed}


def sealed(moment: datetime) -> str:
    """A moment that a page carries and nobody can alter."""
    return signing.dumps(moment.isoformat(), salt=SALT)


def opened_at(seal: str) -> datetime | None:
    """When the page was opened, by its seal; None where there is none that holds."""
    try:
        return datetime.fromisoformat(signing.loads(seal, salt=SALT))
    except signing.BadSignature:
        return None

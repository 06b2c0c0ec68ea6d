"""Forms of the attendance sheet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.gatherings.models import Attendance
from tejido.gatherings.values import NewFace, Presence


class LineForm(forms.Form):
    """One person's line with what the sheet has no room for: minutes."""

    status = forms.ChoiceField(
        label=_("Attendance"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*Attendance.Status.choices, ("", _("Not marked"))],
    )
    minutes = forms.IntegerField(
        label=_("Minutes present"),
        required=False,
        min_value=1,
        max_value=24 * 60,
        help_text=_("Only where somebody came late or left early."),
    )

    def presence(self) -> Presence | None:
        """What the services take; None where the mark is to be forgotten. Only of a valid form."""
        said = self.cleaned_data
        return Presence(said["status"], said["minutes"]) if said["status"] else None


class RestForm(forms.Form):
    """How to mark everybody who has no mark yet."""

    status = forms.ChoiceField(label=_("Mark them as"), choices=Attendance.Status.choices)


class NewFaceForm(forms.Form):
    """Somebody who is in no list yet."""

    given_names = forms.CharField(label=_("Given names"), max_length=100)
    family_names = forms.CharField(label=_("Family names"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Attendance"),
        choices=[
            (Attendance.Status.ON_SITE, Attendance.Status.ON_SITE.label),
            (Attendance.Status.ONLINE, Attendance.Status.ONLINE.label),
        ],
    )
    joins = forms.BooleanField(label=_("Joins the community as a member"), required=False)
    is_another = forms.BooleanField(label=_("This is another person of the same name"), required=False)

    def face(self) -> NewFace:
        """What the services take. Only of a valid form."""
        said = self.cleaned_data
        return NewFace(said["given_names"], said["family_names"], said["joins"], said["is_another"])

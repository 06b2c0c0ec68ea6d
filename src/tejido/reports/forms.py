from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Community
from tejido.insights.selectors import choices, chosen
from tejido.reports.models import Report
from tejido_analytics.tables import Period

OTHER = "other"


class ReportForm(forms.Form):
    """Which period, in which language, for whom."""

    period = forms.ChoiceField(label=_("Period"))
    first = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Report.Audience,
        widget=forms.RadioSelect,
        initial=Report.Audience.OUTSIDE,
    )

    def __init__(self, *args: Any, community: Community, for_team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {choice.key: choice for choice in choices(community)}
        listed = [(key, choice.name or str(choice.period)) for key, choice in self.known.items()]
        self.fields["period"].choices = [*listed, (OTHER, _("Other days, given below"))]  # type: ignore[attr-defined]
        self.fields["language"].initial = community.language
        if not for_team:
            del self.fields["audience"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("period") == OTHER:
            for name in ("first", "last"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Give the day, or choose one of the periods above."))
            if given.get("first") and given.get("last") and given["first"] > given["last"]:
                self.add_error("last", _("A period ends after it starts. Check the two days."))
        return given

    def chosen(self) -> Period:
        """The period asked for. Call it on a valid form."""
        key = self.cleaned_data["period"]
        if key == OTHER:
            return Period(self.cleaned_data["first"], self.cleaned_data["last"])
        return chosen(key, list(self.known.values())).period

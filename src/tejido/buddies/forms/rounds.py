"""Opening a round of buddies, and narrowing the matrix."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.buddies.models import LONGEST_WEEKS
from tejido.buddies.selectors import Narrow, sectors_of
from tejido.buddies.values import Weeks
from tejido.communities.models import Community
from tejido.communities.selectors import below, districts_of


class RoundForm(forms.Form):
    answer_by = forms.DateField(
        label=_("Answers until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    first = forms.IntegerField(
        label=_("Ask whether they talked, after so many weeks"), min_value=1, max_value=LONGEST_WEEKS
    )
    second = forms.IntegerField(
        label=_("Ask once more, after so many weeks"), min_value=2, max_value=LONGEST_WEEKS
    )
    fades = forms.IntegerField(
        label=_("Without a talk a pair ends, after so many weeks"), min_value=3, max_value=LONGEST_WEEKS
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        soon = timezone.localdate() + timedelta(days=14)
        more["initial"] = {"answer_by": soon, **Weeks()._asdict()}
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        weeks = [given.get(name) for name in Weeks._fields]
        if None not in weeks and not weeks[0] < weeks[1] < weeks[2]:  # type: ignore[operator]
            self.add_error(
                "second", _("The three come one after the other: give each more weeks than the one before.")
            )
        return given

    def weeks(self) -> Weeks:
        return Weeks(*(self.cleaned_data[name] for name in Weeks._fields))


class NarrowForm(forms.Form):
    """Whose skills. Three queries; an unknown value is no value."""

    node = forms.TypedChoiceField(label=_("Node"), coerce=int, empty_value=None, required=False)
    district = forms.TypedChoiceField(label=_("District"), coerce=int, empty_value=None, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)

    def __init__(self, *args: Any, community: Community, **more: Any) -> None:
        super().__init__(*args, **more)
        parts = Community.objects.filter(pk__in=below(community), ends_on=None).exclude(pk=community.pk)
        self._offer("node", parts.order_by("name").values_list("pk", "name"))
        self._offer("district", [(one.pk, one.name) for one in districts_of(community)])
        self._offer("sector", [(name, name) for name in sectors_of(community)])

    def _offer(self, name: str, choices: Any) -> None:
        found = list(choices)
        if found:
            self.fields[name].choices = [("", _("All")), *found]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def narrow(self) -> Narrow:
        if not self.is_valid():
            return Narrow()
        return Narrow(**{key: value for key, value in self.cleaned_data.items() if value})

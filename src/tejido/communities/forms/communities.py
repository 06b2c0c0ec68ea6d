"""Forms on communities themselves: name and kind, charter, periods, place in the tree, end."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.communities.forms.fields import DayField
from tejido.communities.models import Community
from tejido.communities.periods import PRESETS
from tejido.web.zones import zone_choices


class CommunityForm(forms.ModelForm[Community]):
    """What can be said of a community. `parent`: the one it opens under, for a new one."""

    class Meta:
        model = Community
        fields = ["name", "kind", "challenge", "language", "time_zone", "starts_on"]
        labels = {
            "name": _("Name"),
            "kind": _("Kind"),
            "challenge": _("Shared challenge"),
            "language": _("Language"),
            "time_zone": _("Time zone"),
        }
        help_texts = {
            "name": _("As its people say it: Red Tejer, Nodo Agua, Comisión de inclusión …"),
            "challenge": _(
                "What its members have set themselves together, in one sentence. A consultation can decide it."
            ),
            "language": _("In which it writes and invites. Everybody reads these pages in their own."),
            "time_zone": _("In which the times of its gatherings are read."),
        }

    starts_on = DayField(label=_("First day"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = self.instance.pk or self.initial.get("time_zone")
        self.fields["time_zone"] = forms.ChoiceField(
            label=self.fields["time_zone"].label,
            help_text=self.fields["time_zone"].help_text,
            choices=zone_choices() if known else (("", _now("Choose one")), *zone_choices()),
        )


class MoveForm(forms.Form):
    """Where in the tree the community stands."""

    parent = forms.ModelChoiceField(
        Community.objects.none(), label=_("It stands inside"), required=False, blank=True
    )

    def __init__(self, *args: Any, places: QuerySet[Community], alone: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast(forms.ModelChoiceField[Community], self.fields["parent"])
        field.queryset = places
        field.empty_label = _now("Nothing: it stands on its own") if alone else None
        field.required = not alone


class CloseForm(forms.Form):
    """The last day of a community."""

    on = DayField(label=_("Last day"), initial=timezone.localdate)


class LayOutForm(forms.Form):
    """Periods by a preset: fills the table of periods, which is then looked over and saved."""

    preset = forms.ChoiceField(
        label=_("How you count"), choices=[(key, preset.words) for key, preset in PRESETS.items()]
    )
    first_day = DayField(label=_("First day of the first one"))
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=24, initial=3)


class PeriodForm(forms.Form):
    """One line of the table of periods."""

    name = forms.CharField(label=_("Name"), max_length=100)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))


class BasePeriodForms(forms.BaseFormSet[PeriodForm]):
    """Lines that are there can be left out; new ones may stay empty."""

    def add_fields(self, form: PeriodForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _now("Leave this one out")


PeriodForms = forms.formset_factory(
    PeriodForm, formset=BasePeriodForms, extra=3, max_num=60, can_delete=True, can_delete_extra=False
)


def periods_in(lines: forms.BaseFormSet[PeriodForm]) -> list[tuple[str, date, date]]:
    """What a valid table of periods says: (name, first day, last day)."""
    told = [line.cleaned_data for line in lines.forms if line.cleaned_data]
    return [(one["name"], one["starts_on"], one["ends_on"]) for one in told if not one.get("DELETE")]

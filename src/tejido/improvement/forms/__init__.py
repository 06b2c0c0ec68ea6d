"""What a person writes of a cycle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Person, School
from tejido.directory.selectors import people_for, place_label, search_form
from tejido.improvement.models import Cycle, Entry, Factor, Held, Outcome
from tejido.improvement.values import Chore, Finding, Plan, Study
from tejido.web.picks import PickField, ask

PLANNED = ("title", "idea", "what", "where", "who", "due_on", "measure", "prediction", "depth")
STUDIED = ("held", "result", "learnt", "worked_for", "not_for")


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _long(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PlanForm(forms.Form):
    """The plan. In the short depth the questions that help are left out; nothing but the name is asked for."""

    title = forms.CharField(
        label=_("Name of the cycle"), max_length=150, help_text=_("A few words by which you find it again.")
    )
    idea = forms.CharField(
        label=_("The change you want to try"),
        max_length=300,
        required=False,
        help_text=_(
            "One small change that you can make yourselves: “Families choose the day of the meeting”."
        ),
    )
    what = forms.CharField(
        label=_("What exactly will you do?"),
        max_length=2000,
        required=False,
        widget=_long(),
        help_text=_("As small as it can be and still teach you something: one room, one week."),
    )
    where = forms.CharField(label=_("Where?"), max_length=200, required=False)
    school = forms.ModelChoiceField(School.objects.none(), label=_("School"), required=False, empty_label="–")
    who = forms.CharField(label=_("Who does it?"), max_length=300, required=False)
    due_on = DayField(
        label=_("When will you look at what happened?"),
        required=False,
        help_text=_("Two to ten weeks from now is usual."),
    )
    measure = forms.CharField(
        label=_("How will you see whether it works?"),
        max_length=300,
        required=False,
        help_text=_(
            "Something you can count or hear: “how many families come”, “what three educators tell us”."
        ),
    )
    prediction = forms.CharField(
        label=_("What do you expect to happen?"),
        max_length=2000,
        required=False,
        widget=_long(2),
        help_text=_(
            "Be bold: “Twelve of fifteen will come”. It is fixed when doing begins, so that you can learn from the difference."
        ),
    )
    depth = forms.ChoiceField(label=_("How much shall this page ask?"), choices=Cycle.Depth, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, data: Any = None, *, schools: Any, cycle: Cycle | None = None) -> None:
        told = {name: getattr(cycle, name) for name in (*PLANNED, "school")} if cycle else {}
        super().__init__(data, initial=told | {"seen": cycle.edition if cycle else 0})
        school = self.fields["school"]
        assert isinstance(school, forms.ModelChoiceField)
        school.queryset = schools
        if cycle and cycle.depth == Cycle.Depth.SHORT:
            for name in PLANNED:
                self.fields[name].help_text = ""
        if cycle and cycle.seal:
            for name in ("measure", "prediction"):  # fixed: shown on the page, not asked again
                del self.fields[name]
        self.cycle = cycle

    def plan(self) -> Plan:
        """What was filled in; what is fixed stays as it stands."""
        given = {name: self.cleaned_data.get(name) or "" for name in PLANNED if name != "due_on"}
        if self.cycle and self.cycle.seal:
            given |= {"measure": self.cycle.measure, "prediction": self.cycle.prediction}
        given["depth"] = given["depth"] or Cycle.Depth.GUIDED
        return Plan(**given, due_on=self.cleaned_data["due_on"], school=self.cleaned_data["school"])


class StudyForm(forms.Form):
    """What happened beside what was expected."""

    held = forms.ChoiceField(
        label=_("Did it come as you expected?"), choices=[("", "–"), *Held.choices], required=False
    )
    result = forms.CharField(
        label=_("What happened?"),
        max_length=5000,
        required=False,
        widget=_long(),
        help_text=_("Numbers, and what people said."),
    )
    learnt = forms.CharField(label=_("What did you learn?"), max_length=5000, required=False, widget=_long())
    worked_for = forms.CharField(label=_("For whom did it work?"), max_length=500, required=False)
    not_for = forms.CharField(label=_("For whom did it not work?"), max_length=500, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, cycle: Cycle) -> StudyForm:
        return cls(initial={name: getattr(cycle, name) for name in STUDIED} | {"seen": cycle.edition})

    def study(self) -> Study:
        """What was filled in."""
        return Study(**{name: self.cleaned_data[name] for name in STUDIED})


class DecisionForm(forms.Form):
    """What becomes of the idea, and why."""

    decision = forms.ChoiceField(
        label=_("What do you do with the idea now?"), choices=Outcome, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=_long(2),
        help_text=_("Other schools learn most from the reason."),
    )


class EntryForm(forms.Form):
    """A line of the log."""

    day = DayField(label=_("Day"))
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Entry.Kind)
    text = forms.CharField(
        label=_("What happened?"), max_length=2000, widget=_long(2), help_text=_("One sentence is enough.")
    )


class CorrectionForm(forms.Form):
    """What is said of a prediction that can no longer be changed."""

    text = forms.CharField(
        label=_("What was wrong about the prediction?"),
        max_length=1000,
        widget=_long(2),
        help_text=_("The prediction stays as it is; this stands beside it."),
    )


def _same(row: Any, text: str) -> bool:
    return bool(row.search_name == search_form(text))


def _label(person: Any) -> str:
    return place_label(person) if hasattr(person, "current_posts") else str(person.name)


def _person_field(label: Any) -> PickField:
    return PickField(
        lambda actor: lambda text: people_for(actor, search=text.split(" · ")[0]),
        written=_label,
        same=_same,
        suggest=reverse_lazy("directory:suggest", args=["acquaintances"]),
        label=label,
        help_text=_("Write part of the name."),
        required=False,
    )


class TaskForm(forms.Form):
    """Who does what by when, in which commission."""

    what = forms.CharField(label=_("What will be done"), max_length=300)
    owner = _person_field(_("Who does it"))
    commission = forms.ModelChoiceField(
        Community.objects.none(), label=_("In which commission"), required=False, empty_label="–"
    )
    due_on = DayField(label=_("By when"), required=False)

    def __init__(self, data: Any = None, *, community: Community, actor: User) -> None:
        super().__init__(data, auto_id="task-%s")
        commission = self.fields["commission"]
        assert isinstance(commission, forms.ModelChoiceField)
        inside = Community.objects.filter(pk__in=below(community)).exclude(pk=community.pk)
        commission.queryset = inside.order_by("name")
        ask(self, actor)

    def chore(self) -> Chore:
        """What was filled in."""
        given = self.cleaned_data
        return Chore(given["what"], given["owner"], given["commission"], given["due_on"])


class ParticipantForm(forms.Form):
    """Somebody more who takes part."""

    person = _person_field(_("Who takes part"))

    def __init__(self, data: Any = None, *, actor: User) -> None:
        super().__init__(data, auto_id="participant-%s")
        ask(self, actor)

    def people(self) -> list[Person]:
        """Whoever was found; empty where nobody was written."""
        found = self.cleaned_data["person"]
        return [found] if found is not None else []


class FactorForm(forms.Form):
    """What helped or hindered, and what one knows it from."""

    kind = forms.ChoiceField(label=_("Did it help or hinder?"), choices=Factor.Kind)
    text = forms.CharField(label=_("What was it?"), max_length=300)
    entry = forms.ModelChoiceField(
        Entry.objects.none(), label=_("Which entry of the log shows it?"), required=False, empty_label="–"
    )
    evidence = forms.CharField(label=_("Or what do you know it from?"), max_length=500, required=False)

    def __init__(self, data: Any = None, *, cycle: Cycle) -> None:
        super().__init__(data, auto_id="factor-%s")
        entry = self.fields["entry"]
        assert isinstance(entry, forms.ModelChoiceField)
        entry.queryset = cycle.entries.filter(taken_off_at=None)

    def finding(self) -> Finding:
        """What was filled in."""
        given = self.cleaned_data
        return Finding(given["kind"], given["text"], given["entry"], given["evidence"])

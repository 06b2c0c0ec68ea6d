"""Beginning a cycle, planning it, and every deed on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.improvement import services
from tejido.improvement.forms import (
    CorrectionForm,
    DecisionForm,
    EntryForm,
    FactorForm,
    ParticipantForm,
    PlanForm,
    StudyForm,
    TaskForm,
)
from tejido.improvement.models import Cycle, Stage
from tejido.improvement.views import loading
from tejido.improvement.views.loading import deed, filled
from tejido.web.responses import done, page, refusals_on


@members
def new(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a cycle. ?after= the number of the row that it goes on from; ?zero=1 the diagnostic stage."""
    community = get_object_or_404(loading.begun(request), pk=pk)
    after = loading.going_on_from(request, community)
    zero = "zero" in request.GET
    form = PlanForm(request.POST or None, schools=loading.schools_of(community))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            one = services.start_cycle(
                community, form.plan(), actor=request.user, after=after, diagnostic=zero
            )
            return done(request, _("The cycle has begun. Plan it, then begin doing."), loading.here(one.pk))
    if after is not None and not form.is_bound:
        form.initial = {**form.initial, "idea": after.idea, "school": after.school_id}
    shown = {"community": community, "place": "governance", "after": after, "zero": zero}
    return page(request, "improvement/new.html", form=form, **shown)


@members
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the plan anew."""
    found = loading.written(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, schools=loading.schools_of(found.community), cycle=found)
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        with refusals_on(form):
            services.write_plan(found, form.plan(), seen=seen, actor=request.user)
            return done(request, _("The plan is kept."), loading.here(pk, "plan"))
        return _again(request, "improvement/plan.html", found, form)
    return loading.shown(request, "improvement/plan.html", found, form=form)


@members
def study(request: MemberRequest, pk: int) -> HttpResponse:
    """Write what happened and what was learnt."""
    found = loading.written(request, pk)
    form = StudyForm(request.POST) if request.method == "POST" else StudyForm.of(found)
    if form.is_valid():
        with refusals_on(form):
            services.write_study(found, form.study(), seen=form.cleaned_data["seen"], actor=request.user)
            return done(request, _("What you learnt is kept."), loading.here(pk, "study"))
        return _again(request, "improvement/study.html", found, form)
    return loading.shown(request, "improvement/study.html", found, form=form)


def _again(request: MemberRequest, template: str, found: Cycle, form: PlanForm | StudyForm) -> HttpResponse:
    """The form once more, with what somebody else has saved meanwhile above it."""
    stale = loading.read_anew(form, found, form.cleaned_data["seen"] or 0)
    return loading.shown(request, template, found, form=form, stale=stale)


@members
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """What becomes of the idea."""
    found = loading.written(request, pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            given = form.cleaned_data
            services.decide(found, given["decision"], given["reason"], actor=request.user)
            return done(request, _("Decided. What you learnt now stands for every school."), loading.here(pk))
    return loading.shown(request, "improvement/decide.html", found, form=form)


@deed("steps")
def move(request: MemberRequest, found: Cycle) -> str:
    """On to another stage."""
    services.move_to(found, request.POST.get("stage", ""), actor=request.user)
    words = {
        Stage.DO: _("Doing has begun; the prediction is fixed."),
        Stage.STUDY: _("Now look at what happened beside what you expected."),
    }
    return words.get(Stage(request.POST["stage"]), _("Now decide what becomes of the idea."))


@deed("do")
def log(request: MemberRequest, found: Cycle) -> str:
    """A line of the log."""
    given = filled(EntryForm(request.POST)).cleaned_data
    services.add_entry(found, given["day"], given["kind"], given["text"], actor=request.user)
    return _("It stands in the log.")


@deed("do")
def take_off(request: MemberRequest, found: Cycle, row: int) -> str:
    """An entry out of the log."""
    services.take_off_entry(
        get_object_or_404(found.entries.select_related("cycle"), pk=row), actor=request.user
    )
    return _("Taken out of the log. It can be put back.")


@deed("do")
def put_back(request: MemberRequest, found: Cycle, row: int) -> str:
    """An entry back into the log."""
    services.put_back_entry(
        get_object_or_404(found.entries.select_related("cycle"), pk=row), actor=request.user
    )
    return _("It stands in the log again.")


@deed("plan")
def correct(request: MemberRequest, found: Cycle) -> str:
    """A correction beside the prediction."""
    given = filled(CorrectionForm(request.POST)).cleaned_data
    services.correct_prediction(found, given["text"], actor=request.user)
    return _("The correction stands beside the prediction.")


@deed("tasks")
def add_task(request: MemberRequest, found: Cycle) -> str:
    """Somebody does something by a day."""
    form = TaskForm(request.POST, community=found.community, actor=request.user)
    filled(form)
    services.add_task(found, form.chore(), actor=request.user)
    return _("The task is written down.")


@deed("tasks")
def settle_task(request: MemberRequest, found: Cycle, row: int) -> str:
    """Delivered, or not yet; or written down by mistake."""
    task = get_object_or_404(found.tasks.select_related("cycle"), pk=row)
    if "remove" in request.POST:
        services.remove_task(task, actor=request.user)
        return _("The task is taken out.")
    services.settle_task(task, "delivered" in request.POST, actor=request.user)
    return _("Kept.")


@deed("factors")
def add_factor(request: MemberRequest, found: Cycle) -> str:
    """What helped or hindered."""
    form = FactorForm(request.POST, cycle=found)
    filled(form)
    services.note_factor(found, form.finding(), actor=request.user)
    return _("It is written down.")


@deed("factors")
def remove_factor(request: MemberRequest, found: Cycle, row: int) -> str:
    """It stood there by mistake."""
    services.remove_factor(
        get_object_or_404(found.factors.select_related("cycle"), pk=row), actor=request.user
    )
    return _("Taken out.")


@deed("people")
def add_person(request: MemberRequest, found: Cycle) -> str:
    """Somebody more takes part."""
    form = ParticipantForm(request.POST, actor=request.user)
    filled(form)
    services.name_participants(found, form.people(), actor=request.user)
    return _("Kept.")


@deed("people", load=loading.joined)
def join(request: MemberRequest, found: Cycle) -> str:
    """Take part."""
    services.join_cycle(found, actor=request.user)
    return _("You take part in this cycle.")


@deed("people")
def leave(request: MemberRequest, found: Cycle) -> str:
    """Take part no longer."""
    services.leave_cycle(found, actor=request.user)
    return _("You no longer take part in this cycle.")

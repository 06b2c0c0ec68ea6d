"""What is wished for, what must be, what the tables talk about."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.directory.models import Person
from tejido.invitations.selectors import coming_to
from tejido.seating import selectors, services
from tejido.seating.forms import PlanForm, RuleForm, TalksForm
from tejido.seating.models import SeatingPlan
from tejido.seating.views import loading
from tejido.seating.views.board import BOARD
from tejido.web.responses import done, refusals_on


@members
def settings(request: MemberRequest, pk: int) -> HttpResponse:
    """Who, how many rounds, what tables, what counts."""
    found, plan = loading.changing(request, pk)
    known = plan or SeatingPlan(gathering=found, who="coming" if coming_to(found) else "invited")
    form = PlanForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        services.set_up(found, actor=request.user, **form.cleaned_data)
        return done(request, _("Saved. Now the tables can be proposed."), BOARD, pk)
    rolling = len(selectors.who_need_reach(found))
    return loading.shown(request, "seating/settings.html", found, form=form, plan=plan, rolling=rolling)


@members
def rules(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits together, apart, or keeps a table."""
    plan = loading.plan_changing(request, pk)
    traits = selectors.traits_of(selectors.people_for(plan))
    form = RuleForm(request.POST or None, traits=traits)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _add(request, plan, form)
            return done(request, _("Saved. It counts when tables are proposed again."), "seating:rules", pk)
    pairs = plan.pairs.select_related("one", "other").order_by("pk")
    hosts = plan.hosts.select_related("person").order_by("table", "pk")
    return loading.shown(request, "seating/rules.html", plan.gathering, form=form, pairs=pairs, hosts=hosts)


def _add(request: MemberRequest, plan: SeatingPlan, form: RuleForm) -> None:
    data = form.cleaned_data
    people = Person.objects.in_bulk({data["one"], data["other"] or data["one"]})
    one = people[data["one"]]
    if data["kind"] == "table":
        services.keep_table(plan, one, data["table"], actor=request.user)
    else:
        together = data["kind"] == "together"
        services.add_pair(plan, one, people[data["other"]], together=together, actor=request.user)


@members
@require_POST
def drop_rule(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget a rule."""
    plan = loading.plan_changing(request, pk)
    sent = {key: request.POST.get(key, "") for key in ("pair", "host")}
    chosen = {key: int(text) for key, text in sent.items() if text.isdecimal() and len(text) < 19}
    services.drop_rules(plan, actor=request.user, **chosen)
    return done(request, _("The rule is taken out."), "seating:rules", pk)


@members
def talks(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """What the tables of a round talk about, and what came out."""
    plan = loading.plan_changing(request, pk)
    rounds = selectors.places_of(plan)
    if number not in rounds:
        raise Http404
    known = {table: talk for (_round, table), talk in selectors.talks_of(plan, number).items()}
    tables = list(range(1, max(rounds[number].values()) + 1))
    form = TalksForm(request.POST or None, tables=tables, talks=known)
    if request.method == "POST" and form.is_valid():
        services.note_talks(plan, number, form.talks(), actor=request.user)
        return done(request, _("Saved."), "seating:talks", pk, number)
    return loading.shown(request, "seating/talks.html", plan.gathering, form=form, number=number)

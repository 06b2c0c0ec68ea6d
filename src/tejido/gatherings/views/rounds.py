"""Who sat with whom, round by round."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.policies import can
from tejido.gatherings import selectors, services
from tejido.gatherings.forms import RoundForm
from tejido.gatherings.forms.rounds import MOST_TABLES
from tejido.gatherings.models import Gathering
from tejido.gatherings.views.loading import about, gathering_for
from tejido.web.responses import done, refusals_on

TABLES = "gatherings:tables"
MOST_ROUNDS = 50


@members
def tables(request: MemberRequest, pk: int) -> HttpResponse:
    """The rounds of a gathering with their tables."""
    found = gathering_for(request, pk, "gatherings.see_attendance")
    rounds = selectors.rounds_of(found)
    return about(
        request,
        "gatherings/tables.html",
        found,
        rounds=rounds,
        next_number=max((shown.number for shown in rounds), default=0) + 1,
        may=can(request.user, "gatherings.record_tables", found),
    )


@members
def round_(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """One round: a table number beside each person; ?split=5 proposes five tables, nothing is saved by it."""
    found = gathering_for(request, pk, "gatherings.record_tables")
    if not 1 <= number <= MOST_ROUNDS:
        raise Http404
    form = _form(request, found, number)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            prompt = form.cleaned_data["prompt"]
            services.record_tables(found, number, form.tables(), prompt=prompt, actor=request.user)
            return done(request, _("Round %(number)d is saved.") % {"number": number}, TABLES, pk)
    split = split_in(request)
    return about(request, "gatherings/round.html", found, form=form, number=number, split=split)


def split_in(request: HttpRequest) -> int:
    """Into how many tables the address asks to split the people; 0 for not at all."""
    asked = request.GET.get("split", "")
    return min(int(asked), MOST_TABLES) if asked.isdecimal() and len(asked) < 4 else 0


def _form(request: HttpRequest, found: Gathering, number: int) -> RoundForm:
    known = next((shown for shown in selectors.rounds_of(found) if shown.number == number), None)
    at = {person.pk: table for table, people in (known.tables if known else {}).items() for person in people}
    lines = selectors.seated_people(found, also=at)
    if split := split_in(request):
        at = selectors.mixed([line.person.pk for line in lines], split, number)
    data = request.POST if request.method == "POST" else None
    return RoundForm(data, lines=lines, prompt=known.prompt if known else "", tables=at)


@members
@require_POST
def remove(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Forget a round."""
    found = gathering_for(request, pk)
    services.remove_round(found, number, actor=request.user)
    return done(request, _("Round %(number)d is removed.") % {"number": number}, TABLES, pk)

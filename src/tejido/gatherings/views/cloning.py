"""A whole term like one gathering: which days, which of them, planned in one go."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.gatherings import services
from tejido.gatherings.forms.repeating import ChosenDaysForm, RepeatForm, begin_with, preview
from tejido.gatherings.models import Gathering
from tejido.gatherings.times import day_in
from tejido.gatherings.views.loading import about, community_for, gathering_for
from tejido.web.responses import done, refused


@members
def repeat(request: MemberRequest, pk: int) -> HttpResponse:
    """Many like this one. The days come by GET and are shown; what is ticked then is posted."""
    found = gathering_for(request, pk)
    require(request.user, "gatherings.plan", found.community)  # also like one that is closed
    if request.method == "POST":
        return _plan(request, found)
    today = day_in(found.community.time_zone, timezone.now())
    asked = request.GET if "way" in request.GET else None
    form = RepeatForm(asked, initial=begin_with(found, today))
    chosen = ChosenDaysForm(None, source=found)
    shown = preview(form, found) if asked and form.is_valid() else None
    return about(request, "gatherings/repeat.html", found, form=form, chosen=chosen, days=shown)


def _plan(request: MemberRequest, found: Gathering) -> HttpResponse:
    chosen = ChosenDaysForm(request.POST, source=found)
    if not chosen.is_valid():
        sentence = next(iter(next(iter(chosen.errors.values()))), "")
        return refused(request, Refusal("not_chosen", str(sentence)), _back(request, found.pk))
    said = chosen.cleaned_data
    try:
        made, entry = services.plan_term(
            found, said["times"], said["series"], said["new_series"], actor=request.user
        )
    except Refusal as refusal:
        return refused(request, refusal, _back(request, found.pk))
    words = ngettext("%(count)d gathering is planned.", "%(count)d gatherings are planned.", len(made))
    undo = reverse("gatherings:take_back", args=[found.community_id, entry.pk])
    return done(request, words % {"count": len(made)}, "gatherings:list", found.community_id, undo=undo)


def _back(request: MemberRequest, pk: int) -> str:
    """The preview as it was, by the address that the form carries."""
    asked = QueryDict(request.POST.get("asked", "")[:10_000])
    return f"{reverse('gatherings:repeat', args=[pk])}?{asked.urlencode()}"


@members
@require_POST
def take_back(request: MemberRequest, pk: int, entry: int) -> HttpResponse:
    """The undo of planning many."""
    community = community_for(request, pk)
    require(request.user, "gatherings.plan", community)
    count = services.take_back_planned(community, entry, actor=request.user)
    words = ngettext("%(count)d gathering is taken back.", "%(count)d gatherings are taken back.", count)
    return done(request, words % {"count": count}, "gatherings:list", pk)

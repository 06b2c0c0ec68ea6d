"""Doing what was decided."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.consultations import services
from tejido.consultations.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refused

HERE = "consultations:consultation"


@members
@require_POST
def nodes(request: MemberRequest, pk: int) -> HttpResponse:
    """A node for each ticked proposal that won, under the name that stands beside it."""
    found = loading.consultation(request, pk, "manage")
    ticked = [int(key) for key in request.POST.getlist("proposal") if key.isdigit()]
    names = {key: request.POST.get(f"name-{key}", "") for key in ticked}
    try:
        founded = services.found_nodes(found, names, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext("%(count)d node is founded.", "%(count)d nodes are founded.", len(founded))
    return done(request, said % {"count": len(founded)}, HERE, pk)


@members
@require_POST
def gather(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody joins the node she put highest."""
    found = loading.consultation(request, pk, "manage")
    try:
        joined = services.gather_choosers(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext("%(count)d person joined a node.", "%(count)d people joined their nodes.", joined)
    return done(request, said % {"count": joined}, HERE, pk)


@members
@require_POST
def name(request: MemberRequest, pk: int) -> HttpResponse:
    """The community takes the name that won."""
    found = loading.consultation(request, pk, "manage")
    try:
        community = services.take_name(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("The community is called %(name)s now.") % {"name": community.name}, HERE, pk)


@members
@require_POST
def challenge(request: MemberRequest, pk: int) -> HttpResponse:
    """What won is the shared challenge from now on."""
    found = loading.consultation(request, pk, "manage")
    try:
        services.set_challenge(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("It is the shared challenge now."), HERE, pk)

"""The board of a community, one cycle, and what was learnt."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.policies import can
from tejido.improvement import selectors
from tejido.improvement.forms import (
    CorrectionForm,
    DecisionForm,
    EntryForm,
    FactorForm,
    ParticipantForm,
    StudyForm,
    TaskForm,
)
from tejido.improvement.models import Cycle, Stage
from tejido.improvement.views import loading
from tejido.web.responses import page


@members
@require_GET
def board(request: MemberRequest, pk: int) -> HttpResponse:
    """All cycles of a community and below, by stage."""
    community = loading.community(request, pk)
    shown: dict[str, Any] = {
        "community": community,
        "place": "governance",
        "board": selectors.board_of(community, request.user),
        "begins": can(request.user, "improvement.begin", community),
    }
    return page(request, "improvement/board.html", **shown)


@members
@require_GET
def learnt(request: MemberRequest, pk: int) -> HttpResponse:
    """What each change idea taught, wherever it was tried. ?q= words."""
    community, words = loading.community(request, pk), request.GET.get("q", "")[:100]
    ideas = selectors.learnt_in(community, request.user, words=words)
    shown = {"community": community, "place": "governance", "ideas": ideas, "words": words}
    return page(request, "improvement/learnt.html", **shown)


@members
@require_GET
def cycle(request: MemberRequest, pk: int) -> HttpResponse:
    """One cycle with everything in it; what can be written stands where it belongs."""
    found = loading.seen(request, pk)
    whole = selectors.on_page(found, request.user)
    writes = can(request.user, "improvement.write", found)
    steps, current = _steps(found)
    shown: dict[str, Any] = {
        "whole": whole,
        "writes": writes,
        "own": any(one.person.user_id == request.user.pk for one in whole.people),
        "joins": not writes and can(request.user, "improvement.join", found),
        "steps": steps,
        "current": current,
        "stalled": selectors.is_stalled(found, timezone.now()),
        **(_forms(request, found) if writes and found.stage != Stage.CLOSED else {}),
    }
    return loading.shown(request, "improvement/cycle.html", found, **shown)


def _steps(found: Cycle) -> tuple[list[tuple[str, str]], int]:
    """The four steps with their places on the page, and the number of the present one."""
    order: list[Stage] = [stage for stage in Stage if stage != Stage.CLOSED]
    now = order.index(Stage(found.stage)) if found.stage != Stage.CLOSED else len(order)
    return [(str(stage.label), f"#{stage.value}") for stage in order], now + 1


def _forms(request: MemberRequest, found: Cycle) -> dict[str, Any]:
    """The forms of the pieces; each is sent to an address of its own."""
    return {
        "entry_form": EntryForm(initial={"day": selectors.today_in(found.community)}, auto_id="entry-%s"),
        "study_form": StudyForm.of(found),
        "decision_form": DecisionForm(),
        "correction_form": CorrectionForm(auto_id="correction-%s"),
        "task_form": TaskForm(community=found.community, actor=request.user),
        "factor_form": FactorForm(cycle=found),
        "participant_form": ParticipantForm(actor=request.user),
    }

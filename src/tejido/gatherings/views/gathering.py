"""One gathering: its page and its calendar file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.gatherings import selectors, wording
from tejido.gatherings.ical import as_calendar
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.views.loading import about, gathering_for, with_team

BEFORE_THE_DOOR = timedelta(hours=12)  # from then on the sheet is what the team comes for


@members
def gathering(request: MemberRequest, pk: int) -> HttpResponseBase:
    """When, where, who, and what came of it. The list of names is for the team."""
    found, team, runs = with_team(request, pk)
    people = of_the_team(request.user, found) if team else of_a_member(request.user, found)
    return about(request, "gatherings/gathering.html", found, team=team, runs=runs, **people, **_words(found))


def of_the_team(user: User, found: Gathering) -> dict[str, Any]:
    """Who came, by name, and who sat with whom. Two queries."""
    lines = selectors.sheet(found, schools=False)
    return {
        "groups": groups_of(lines),
        "turnout": selectors.turnout_among(lines, found),
        "mine": selectors.own_status_among(lines, user),
        "rounds": selectors.rounds_of(found),
    }


def of_a_member(user: User, found: Gathering) -> dict[str, Any]:
    """How many came, and whether the reader did. Three queries."""
    return {"turnout": selectors.turnout_of(found), "mine": selectors.status_of(user, found)}


def _words(found: Gathering) -> dict[str, Any]:
    """What the page says of when and where, and what can be done now."""
    now = timezone.now()
    state, tone = wording.state_words(found, now)
    return {
        "where": wording.where(found),
        "state_words": state,
        "state_tone": tone,
        "cancelled": found.state == Gathering.State.CANCELLED,
        "begun": found.starts_at <= now,
        "over": found.ends_at < now,
        "at_the_door": found.starts_at - BEFORE_THE_DOOR <= now,
        "whole": round((found.ends_at - found.starts_at).total_seconds() / 60),
    }


def groups_of(lines: list[selectors.SheetLine]) -> list[tuple[str, str, list[selectors.SheetLine]]]:
    """The people of a sheet by status, each group with its key and its words; empty groups are left out."""
    groups = [(str(key), str(words)) for key, words in Attendance.Status.choices]
    found = [(key, words, [line for line in lines if line.status == key]) for key, words in groups]
    found.append(("", "", [line for line in lines if not line.status]))
    return [group for group in found if group[2]]


@members
def calendar_file(request: MemberRequest, pk: int) -> HttpResponse:
    """The gathering as an iCalendar file."""
    found = gathering_for(request, pk)
    return HttpResponse(
        as_calendar([found], name=found.title),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="tejido-{found.pk}.ics"'},
    )

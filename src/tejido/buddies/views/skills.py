"""What a community can share: the matrix with its gaps, who can help, asking everybody, topics that were missed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.buddies import selectors, services
from tejido.buddies.forms.rounds import NarrowForm
from tejido.buddies.models import SkillsRound, Suggestion
from tejido.buddies.views import loading
from tejido.communities.policies import rights_in
from tejido.communities.selectors import team_of
from tejido.directory.models import Topic
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refused

HERE, ASKED, LIST = "buddies:skills", "buddies:asked", "buddies:suggestions"


@members
@require_GET
def skills(request: MemberRequest, pk: int) -> HttpResponse:
    """Topic by topic, how many offer and want it."""
    community = loading.community(request, pk)
    rights = rights_in(request.user, community)
    whole = "see_people" in rights
    narrowing = NarrowForm(request.GET or {}, community=community) if whole else None
    narrow = narrowing.narrow() if narrowing else None
    lines = selectors.matrix(community, selectors.topics_of(community), narrow=narrow, whole=whole)
    last = selectors.last_round(community) if "run" in rights else None
    counted = selectors.answered_of(last) if last else None
    more = {"lines": lines, "rights": rights, "narrowing": narrowing, "last": last, "counted": counted}
    return loading.shown(request, "buddies/skills.html", community, **more)


@members
@require_GET
def seek(request: MemberRequest, pk: int) -> HttpResponse:
    """Who can help me with this?"""
    community = loading.community(request, pk, "see_people")
    words = request.GET.get("q", "").strip()[:100]
    topics = selectors.found_by(words, selectors.topics_of(community)) if words else []
    found = selectors.helpers(community, topics, request.user) if topics else []
    team = team_of(community) if words else []
    more = {"words": words, "topics": topics, "found": found, "team": team}
    return loading.shown(request, "buddies/help.html", community, **more)


@members
@require_POST
def wish(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody can help: it becomes a wish."""
    community = loading.community(request, pk, "see_people")
    key = request.POST.get("topic", "")
    topic = Topic.objects.filter(pk=key).first() if key.isdigit() else None
    try:
        services.wish(community, request.POST.get("words", ""), topic, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "buddies:help", pk)
    return done(request, _("It is noted among the wishes. The coordination sees the gap."), HERE, pk)


@members
@require_POST
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to everybody."""
    community = loading.community(request, pk, "run")
    try:
        services.ask_for_skills(community, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("Everybody who has an address gets a letter with their own link."), ASKED, pk)


@members
@require_GET
def asked(request: MemberRequest, pk: int) -> HttpResponse:
    """Who was asked last, and who answered."""
    community = loading.community(request, pk, "run")
    last = get_object_or_404(SkillsRound.objects.filter(pk=getattr(selectors.last_round(community), "pk", 0)))
    rows = list(selectors.asked_in(last))
    answered = sum(one.answered_at is not None for one in rows)
    more = {"last": last, "rows": rows[:500], "answered": answered, "number": len(rows)}
    return loading.shown(request, "buddies/asked.html", community, **more)


@members
@require_POST
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Write once more to whoever has not answered."""
    community = loading.community(request, pk, "run")
    last = get_object_or_404(SkillsRound.objects.filter(pk=getattr(selectors.last_round(community), "pk", 0)))
    count = services.remind(last, actor=request.user)
    said = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", count)
    return done(request, said % {"count": count}, ASKED, pk)


@members
@require_GET
def suggestions(request: MemberRequest, pk: int) -> HttpResponse:
    """Topics that people missed on the list."""
    community = loading.community(request, pk, "run")
    rows = list(selectors.waiting_suggestions(community)[:50])
    topics = selectors.topics_of(community)
    return loading.shown(request, "buddies/suggestions.html", community, rows=rows, topics=topics)


@members
@require_POST
def decide(request: MemberRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """Onto the list, joined with a topic of the list, or left out."""
    community = loading.community(request, pk, "run")
    found = get_object_or_404(community.suggested_topics, pk=suggestion_pk)
    try:
        said = _decided(request, found)
    except Refusal as refusal:
        return refused(request, refusal, LIST, pk)
    return done(request, said, LIST, pk)


def _decided(request: MemberRequest, found: Suggestion) -> str:
    post, actor = request.POST, request.user
    if post.get("deed") == "take":
        names = (post.get("es", ""), post.get("en", ""), post.get("pt", ""))
        services.take_suggestion(found, names, actor=actor)
        return _("The topic is on the list.")
    if post.get("deed") == "merge":
        key = post.get("topic", "")
        topic = get_object_or_404(Topic, pk=key if key.isdigit() else 0)
        services.merge_suggestion(found, topic, actor=actor)
        return _("It counts under the topic on the list.")
    services.leave_suggestion(found, actor=actor)
    return _("The suggestion is left out.")

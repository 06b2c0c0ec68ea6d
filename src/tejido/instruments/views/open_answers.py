"""Open answers to one question, put under topics by hand."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.instruments import selectors, services
from tejido.instruments.models import Collection
from tejido.instruments.views import loading
from tejido.instruments.wording import language_for
from tejido.web.responses import done, refused
from tejido_analytics.privacy import SMALLEST_CELL


@members
def open_answers(request: MemberRequest, pk: int) -> HttpResponse:
    """Read them, name topics, put each under its topics. The question is in the address (?question=)."""
    found = loading.collection(request, pk, "instruments.read_answers")
    path = request.GET.get("question", "")
    node = selectors.definition_of(found.version).by_path.get(path)
    if node is None or not node.asked:
        raise Http404
    if request.method == "POST":
        return _sorted(request, found, path)
    answers, topics = selectors.open_answers(found, path)
    hidden = found.anonymous and selectors.rate_of(found).came < SMALLEST_CELL
    label = node.label.bare(language_for(found.version.spoken)) or node.name
    shown = {"answers": [] if hidden else answers, "topics": topics, "hidden": hidden, "label": label}
    return loading.shown(request, "instruments/open_answers.html", found, question=path, **shown)


def _sorted(request: MemberRequest, found: Collection, path: str) -> HttpResponse:
    here = f"{reverse('instruments:open_answers', args=[found.pk])}?{urlencode({'question': path})}"
    try:
        if "drop" in request.POST:
            topic = loading.part_of(found.topics.filter(path=path), request.POST["drop"])
            services.drop_topic(topic, actor=request.user)
        else:
            _keep(request, found, path)
    except Refusal as refusal:
        return refused(request, refusal, here)
    return done(request, _("Saved."), here)


def _keep(request: MemberRequest, found: Collection, path: str) -> None:
    """Ticks are named "under-<answer>" and hold keys of topics; every answer on the page is named in "answer"."""
    if request.POST.get("topic", "").strip():
        services.name_topic(found, path, request.POST["topic"], actor=request.user)
    under = {
        key: [int(pk) for pk in request.POST.getlist(f"under-{key}") if pk.isdecimal()]
        for key in request.POST.getlist("answer")
    }
    services.sort_answers(found, path, under, actor=request.user)

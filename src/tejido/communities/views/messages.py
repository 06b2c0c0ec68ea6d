"""Messages of a community, for those who run it: the log, writing, taking back, sending again, the words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.communities import selectors, services
from tejido.communities.forms import WordsForm, WriteForm
from tejido.communities.models import Community
from tejido.communities.views import loading
from tejido.communities.views.message_log import log_table, messages_of
from tejido.foundation.errors import Refusal
from tejido.messages import services as queue
from tejido.messages.models import Channel, Message
from tejido.messages.selectors import OPEN, batches_for, filled, with_replies, wordings, words_of
from tejido.messages.services import Kind, Written
from tejido.web.responses import done, page, refusals_on, refused

LATEST = 5


@members
@require_GET
def messages(request: MemberRequest, pk: int) -> HttpResponseBase:
    community = loading.held(request, pk, "run")
    table = log_table(request, community)
    discreet = batches_for(request.user).filter(community_id=pk, discreet=True)[:LATEST]
    shown: dict[str, Any] = {"place": "people", "community": community, "table": table, "discreet": discreet}
    return table.download() or page(request, "communities/messages.html", **shown)


@members
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """POST with `look`: how it will read, and to how many. Without it: into the queue."""
    community = loading.held(request, pk, "run")
    parts = list(selectors.parts_of(community, request.user))
    words = words_of(services.NOTE, pk, community.language)
    form = WriteForm(request.POST or None, community=community, parts=parts, words=words)
    look = None
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if "look" not in request.POST:
                return _written(request, community, form)
            look = _look(community, form, request.user)
    shown: dict[str, Any] = {"place": "people", "community": community, "look": look}
    return page(request, "communities/write.html", form=form, **shown)


def _written(request: MemberRequest, community: Community, form: WriteForm) -> HttpResponse:
    written = services.write_to_members(community, form.note(), actor=request.user)
    if written.batch.channel == Channel.SHARE:
        text = written.batch.messages.get()
        return done(request, _("The text is ready."), "communities:message", community.pk, text.pk)
    return done(request, _queued(written), "communities:messages", community.pk)


def _queued(written: Written) -> str:
    if not written.is_new:
        return _("This message was in the queue already; it is not sent twice.")
    count = written.batch.people
    words = ngettext("%(count)d message is in the queue.", "%(count)d messages are in the queue.", count)
    return words % {"count": count}


def _look(community: Community, form: WriteForm, actor: User) -> dict[str, Any]:
    """How it reads for the first who gets it, and how many there are. Raises Refusal where it cannot be sent."""
    note = form.note()
    writing = services.writing_of(community, note, actor)
    queue.check(writing)
    if note.channel == Channel.SHARE:
        first, count = None, 0
    else:
        people = selectors.recipients_of(community, role=note.role, node=note.node)
        first, count = people.select_related("user").first(), people.count()
    _language, values = queue.told(writing, first)
    subject, text = filled((note.subject, note.text), values)
    return {"subject": subject, "text": text, "count": count, "first": first}


@members
@require_GET
def message(request: MemberRequest, pk: int, message_pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    found = _one(request, community, message_pk)
    others = found.batch.messages
    shown: dict[str, Any] = {
        "text": queue.shown(found),
        "whatsapp": queue.whatsapp_link(found.text) if found.channel == Channel.SHARE and found.text else "",
        "waiting": others.filter(state__in=OPEN).count(),
        "failed": others.filter(state=Message.State.FAILED).count(),
    }
    return page(
        request, "communities/message.html", place="people", community=community, message=found, **shown
    )


def _one(request: MemberRequest, community: Community, message_pk: int) -> Message:
    return get_object_or_404(with_replies(messages_of(request.user, community)), pk=message_pk)


DEEDS: dict[str, Callable[[Message, User], object]] = {
    "cancel": lambda one, actor: queue.cancel_message(one, actor=actor),
    "again": lambda one, actor: queue.send_again(one, actor=actor),
    "shared": lambda one, actor: queue.note_shared(one, actor=actor),
    "cancel-all": lambda one, actor: queue.cancel_batch(one.batch, actor=actor),
    "again-all": lambda one, actor: queue.send_failed_again(one.batch, actor=actor),
}


@members
@require_POST
def look_after(request: MemberRequest, pk: int, message_pk: int, deed: str) -> HttpResponse:
    community = loading.held(request, pk, "run")
    found = _one(request, community, message_pk)
    if deed not in DEEDS:
        raise Http404
    try:
        DEEDS[deed](found, request.user)
    except Refusal as refusal:
        return refused(request, refusal, "communities:message", pk, message_pk)
    return done(request, _("Done."), "communities:message", pk, message_pk)


@members
@require_GET
def words(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    kinds = [
        (kind, [(code, name, code in own) for code, name in settings.LANGUAGES]) for kind, own in wordings(pk)
    ]
    return page(request, "communities/words.html", place="people", community=community, kinds=kinds)


@members
def word(request: MemberRequest, pk: int, kind: str, language: str) -> HttpResponse:
    community = loading.held(request, pk, "run")
    known = _kind(pk, kind, language)
    subject, text = words_of(known, pk, language)
    form = WordsForm(request.POST or None, initial={"subject": subject, "text": text})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.word_messages(community, kind, language, form.words(), actor=request.user)
            return done(request, _("The words are saved."), "communities:message_words", pk)
    shown: dict[str, Any] = {"kind": known, "language": dict(settings.LANGUAGES)[language]}
    return page(request, "communities/word.html", place="people", community=community, form=form, **shown)


def _kind(pk: int, key: str, language: str) -> Kind:
    """A kind that a community may word itself. Raises Http404."""
    known = next((kind for kind, _own in wordings(pk) if kind.key == key), None)
    if known is None or language not in dict(settings.LANGUAGES):
        raise Http404
    return known

"""What the team sees and does: who comes, whom it is written to, what somebody said on the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings as house
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.directory.selectors import search_form
from tejido.foundation.errors import Refusal
from tejido.invitations import selectors, services, wording
from tejido.invitations.forms.answering import AnswerForm
from tejido.invitations.forms.running import AskingForm, WhomForm
from tejido.invitations.selectors import Line
from tejido.invitations.services import Chosen
from tejido.invitations.values import Place
from tejido.invitations.views import loading
from tejido.web.responses import done, refusals_on, refused
from tejido.web.sharing import sheet
from tejido.web.tables import Column, Filter, TableSpec

HERE = "invitations:answers"
CELL = "invitations/partials/{}_cell.html"


class _Row:
    """A line with the id of its gathering, for cells."""

    def __init__(self, gathering_pk: int, line: Line) -> None:
        self.gathering_pk, self.line = gathering_pk, line

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)


def _state(row: Any) -> str:
    return str(wording.STATES[wording.state_of(row.reply)][0])


def _keep(test: Callable[[Any, str], bool]) -> Callable[[Any, str], Any]:
    return lambda rows, value: [row for row in rows if test(row, value)]


def _named(row: Any, words: str) -> bool:
    return all(
        word in f"{row.person.search_name} {search_form(row.school)}" for word in search_form(words).split()
    )


def _km(row: Any) -> float | None:
    return None if row.km is None else round(row.km, 1)


def _instead(row: Any) -> str:
    if row.instead_of:
        return _("instead of %(name)s") % {"name": row.instead_of.name}
    if row.reply and row.reply.substitute:
        return _("%(name)s comes instead") % {"name": row.reply.substitute.name}
    return ""


LOOKS: dict[str, Callable[[Any], bool]] = {
    "needs": lambda row: row.has_needs,
    "lift": lambda row: bool(row.reply and row.reply.transport),
    "unwritten": lambda row: not row.written and row.reply is None,
}
ANSWERS = TableSpec(
    key="answers",
    caption=gettext_lazy("Answers to the invitation"),
    order="name",
    columns=[
        Column(
            "name", gettext_lazy("Name"), lambda row: row.person.name, ("search_name",), CELL.format("name")
        ),
        Column("school", gettext_lazy("School"), lambda row: row.school, only="files"),
        Column("answer", gettext_lazy("Answer"), _state, ("state",), CELL.format("state")),
        Column("instead", gettext_lazy("Instead"), _instead, only="files"),
        Column("needs", gettext_lazy("What they need"), lambda row: wording.needs_words(row.reply)),
        Column("transport", gettext_lazy("Getting there"), lambda row: wording.transport_words(row.reply)),
        Column("km", gettext_lazy("Distance in km"), _km, ("km",), numeric=True),
        Column("note", gettext_lazy("Note"), lambda row: row.reply.note if row.reply else ""),
    ],
    filters=[
        Filter("q", gettext_lazy("Name or school"), _keep(_named)),
        Filter(
            "answer",
            gettext_lazy("Answer"),
            _keep(lambda row, value: wording.state_of(row.reply) == value),
            [(key, words) for key, (words, _tone) in wording.STATES.items()],
            gettext_lazy("Any answer"),
        ),
        Filter(
            "look",
            gettext_lazy("To look at"),
            _keep(lambda row, value: LOOKS[value](row)),
            [
                ("needs", gettext_lazy("Needs something to take part")),
                ("lift", gettext_lazy("Needs or offers a lift")),
                ("unwritten", gettext_lazy("Was not written to yet")),
            ],
            gettext_lazy("Everybody"),
        ),
    ],
)


@members
@require_GET
def answers(request: MemberRequest, pk: int) -> HttpResponseBase:
    """How many come and how, who waits, who has not answered, what people need."""
    found = loading.gathering(request, pk)
    asking, lines = selectors.asking_of(found), selectors.answer_lines(found)
    table = ANSWERS.read(request, [_Row(pk, line) for line in lines])
    url = house.TEJIDO_URL + reverse("gatherings:gathering", args=[pk])
    return table.download() or loading.shown(
        request,
        "invitations/answers.html",
        found,
        table=table,
        counts=selectors.counts_of(lines, asking),
        asking=asking,
        to_write=sum(not line.written and line.reply is None for line in lines),
        sheet=sheet(found.title, url, lambda: wording.text_to_share(found)),
    )


@members
@require_POST
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to everybody who was not written to yet."""
    found = loading.gathering(request, pk)
    try:
        count, nowhere = services.ask_for_answers(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count)
    if nowhere:
        without = ngettext(
            "%(count)d person has no e-mail here: open the name to hand on the link.",
            "%(count)d people have no e-mail here: open the names to hand on the links.",
            nowhere,
        )
        said = f"{said % {'count': count}} {without % {'count': nowhere}}".replace("%", "%%")
    return done(request, said % {"count": count}, HERE, pk)


@members
def settings(request: MemberRequest, pk: int) -> HttpResponse:
    """How many places on site, when people are reminded."""
    found = loading.gathering(request, pk)
    asking = selectors.asking_of(found)
    begins = {"places": asking.places if asking else None, "remind_days": asking.remind_days if asking else 3}
    form = AskingForm(request.POST or None, initial=begins)
    if form.is_valid():
        with refusals_on(form):
            services.set_asking(found, **form.cleaned_data, actor=request.user)
            return done(request, _("Saved."), HERE, pk)
    return loading.shown(request, "invitations/settings.html", found, form=form)


@members
def whom(request: MemberRequest, pk: int) -> HttpResponse:
    """Who is invited: a node, a role, a pasted list."""
    found = loading.gathering(request, pk)
    form = WhomForm(request.POST or None, community=found.community)
    chosen: Chosen | None = None
    if form.is_valid():
        with refusals_on(form):
            chosen = services.choose_whom(found, form.wanted(), actor=request.user)
            if chosen.people and not (chosen.unknown or chosen.unclear):
                return done(request, _invited_words(chosen), "gatherings:invited", pk)
    return loading.shown(request, "invitations/whom.html", found, form=form, chosen=chosen)


def _invited_words(chosen: Chosen) -> str:
    words = ngettext("%(count)d person is on the list.", "%(count)d people are on the list.", chosen.people)
    return words % {"count": chosen.people}


@members
def person(request: MemberRequest, pk: int, person_pk: int) -> HttpResponse:
    """One person: what was answered, the link to hand on, and what they said on the phone."""
    found, line = loading.line(request, pk, person_pk)
    place = Place(found, line.person)
    form = AnswerForm(request.POST or None, gathering=found, reply=line.reply)
    if form.is_valid():
        with refusals_on(form):
            services.answer_for(found, line.person, form.said(), actor=request.user)
            return done(request, _("The answer is written down."), HERE, pk)
    url = selectors.address_of(place)
    shared = sheet(found.title, url, lambda: wording.text_to_share(found)) if url else None
    shown = {"line": line, "form": form, "sheet": shared}
    return loading.shown(request, "invitations/person.html", found, **shown)

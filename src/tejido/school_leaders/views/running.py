"""Inviting heads, writing down what they answer, noting whether it was kept, and the words for it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import School
from tejido.foundation.errors import Refusal
from tejido.school_leaders import selectors, services
from tejido.school_leaders.forms.answering import COMMITS, TALK, AnswerForm
from tejido.school_leaders.forms.running import InviteForm, NoteForm, offer_forms
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.views import loading
from tejido.school_leaders.views.schools import about
from tejido.web.responses import done, refusals_on, refused

HERE = "school_leaders:school"


@members
@require_POST
def invite_everybody(request: MemberRequest, pk: int) -> HttpResponse:
    """All heads who are known and were not asked yet, in one deed."""
    where = loading.community(request, pk, "run")
    count = services.invite_all(where, actor=request.user)
    said = ngettext("%(count)d head is invited.", "%(count)d heads are invited.", count) % {"count": count}
    nobody = _("Every head who is known was asked already.")
    return done(request, said if count else nobody, "school_leaders:schools", pk)


@members
@require_POST
def invite(request: MemberRequest, pk: int, school_pk: int) -> HttpResponse:
    """The head of one school: known, or entered first."""
    where, line = loading.line(request, pk, school_pk, "run")
    form = InviteForm(request.POST, posts=line.heads)
    if form.is_valid():
        with refusals_on(form):
            _invited(form, where, line.school, request.user)
            return done(request, _("She is invited. Her link is below, to hand on."), HERE, pk, school_pk)
    shown = {**about(request, where, line), "invite_form": form, "form": form}
    return loading.shown(request, "school_leaders/school.html", where, **shown)


def _invited(form: InviteForm, where: Community, school: School, actor: User) -> SchoolCommitment:
    post = form.known()
    head = post.person if post else services.enter_head(where, school, form.named(), actor=actor)
    return services.invite_head(where, school, head, actor=actor)


@members
@require_POST
def write(request: MemberRequest, pk: int, school_pk: int) -> HttpResponse:
    """The letter once more."""
    found = loading.commitment(request, pk, school_pk)
    try:
        reached = services.write_again(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk, school_pk)
    sent = _("The letter is on its way.")
    nowhere = _("No e-mail address of hers is known. Hand the link on instead.")
    return done(request, sent if reached else nowhere, HERE, pk, school_pk)


@members
def write_down(request: MemberRequest, pk: int, school_pk: int) -> HttpResponse:
    """What a head said on the phone or on paper."""
    found = loading.commitment(request, pk, school_pk)
    form = AnswerForm(request.POST or None, commitment=found)
    if form.is_valid():
        with refusals_on(form):
            take(form, found, request.user)
            return done(request, _("Her answer is written down."), HERE, pk, school_pk)
    shown = {"commitment": found, "form": form}
    return loading.shown(request, "school_leaders/write_down.html", found.community, **shown)


def take(form: AnswerForm, commitment: SchoolCommitment, actor: User) -> SchoolCommitment:
    """The deed that the answer asks for."""
    said = form.cleaned_data["answer"]
    if said == COMMITS:
        return services.give_commitment(commitment, form.promise(), actor=actor)
    if said == TALK:
        return services.want_to_talk(commitment, actor=actor)
    return services.answer_later(commitment, form.cleaned_data["reason"], actor=actor)


@members
@require_POST
def withdraw(request: MemberRequest, pk: int, school_pk: int) -> HttpResponse:
    found = loading.commitment(request, pk, school_pk)
    try:
        services.withdraw_commitment(found, request.POST.get("reason", ""), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk, school_pk)
    return done(request, _("It is withdrawn; the history keeps it."), HERE, pk, school_pk)


@members
@require_POST
def note(request: MemberRequest, pk: int, school_pk: int) -> HttpResponse:
    """How it was kept in a term."""
    found = loading.commitment(request, pk, school_pk)
    form = NoteForm(request.POST, terms=selectors.terms_of(found.community))
    if form.is_valid():
        with refusals_on(form):
            services.note_term(found, form.noted(), actor=request.user)
            return done(request, _("It is noted."), HERE, pk, school_pk)
    where, line = loading.line(request, pk, school_pk, "run")
    shown = {**about(request, where, line), "note_form": form, "form": form}
    return loading.shown(request, "school_leaders/school.html", where, **shown)


@members
def words(request: MemberRequest, pk: int) -> HttpResponse:
    """What is asked of heads and what their schools get, in the community's own words."""
    where = loading.community(request, pk, "run")
    forms = offer_forms(request.POST, selectors.own_offers(where))
    if request.method == "POST" and all(form.is_valid() for _code, _name, form in forms):
        for code, _name, form in forms:
            said = form.cleaned_data
            services.word_offer(where, code, said["asked"], said["given"], actor=request.user)
        return done(request, _("From now on heads read these words."), "school_leaders:schools", pk)
    offer = selectors.offer_of(where)
    return loading.shown(request, "school_leaders/words.html", where, forms=forms, offer=offer)

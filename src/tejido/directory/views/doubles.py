"""Doubles: proposed, compared, merged, told apart, and merges undone. The same for people and for schools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.directory import selectors, services
from tejido.directory.forms.merging import MergeForm
from tejido.directory.forms.picks import OtherForm
from tejido.directory.models import Merge, NotTheSame
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on, refused


@dataclass(frozen=True, slots=True)
class Sort:
    """What differs between merging people and merging schools."""

    of: str  # a value of Merge.Of; also the last part of URL names
    page: str  # URL name of one of them
    parts: dict[str, tuple[str, ...]]
    merge: Callable[..., Merge]
    rows: Callable[[User], QuerySet[Any]]
    which: object  # the label of the box for the other one


REASONS = {
    "email": gettext_lazy("the same e-mail address"),
    "phone": gettext_lazy("the same phone"),
    "code": gettext_lazy("the same number in the lists"),
    "same_code": gettext_lazy("the same official code"),
    "same_name": gettext_lazy("the same name"),
    "similar_name": gettext_lazy("a name much alike"),
    "school": gettext_lazy("at the same school"),
    "place": gettext_lazy("in the same territory"),
    "other_name": gettext_lazy("but the names differ"),
    "other_school": gettext_lazy("but at different schools"),
}


def _schools(actor: User) -> QuerySet[Any]:
    """Schools are merged by whoever keeps the registers."""
    schools = selectors.schools_for(actor)
    return schools if can(actor, "directory.keep_schools", None) else schools.none()


SORTS = {
    "people": Sort(
        Merge.Of.PEOPLE,
        "directory:person",
        services.PERSON_PARTS,
        services.merge_people,
        lambda actor: selectors.people_to_merge(actor).select_related("user"),
        gettext_lazy("The other entry of this person"),
    ),
    "schools": Sort(
        Merge.Of.SCHOOLS,
        "directory:school",
        services.SCHOOL_PARTS,
        services.merge_schools,
        _schools,
        gettext_lazy("The other entry of this school"),
    ),
}


@members
def doubles(request: MemberRequest, of: str) -> HttpResponse:
    sort = SORTS[of]
    if not sort.rows(request.user).exists():
        raise Http404
    pairs = selectors.likely_doubles(sort.of, request.user)
    return page(
        request,
        "directory/doubles.html",
        doubles=[(pair, ", ".join(str(REASONS[reason]) for reason in pair.reasons)) for pair in pairs],
        merges=selectors.merges_undoable_by(sort.of, request.user),
        of=of,
        link=sort.page,
        place="schools" if of == "schools" else "",
    )


@members
def choose_other(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    sort = SORTS[of]
    one = get_object_or_404(sort.rows(request.user), pk=pk)
    form = OtherForm(request.POST or None, kind=of, label=str(sort.which), actor=request.user)
    if form.is_valid():
        other = form.cleaned_data["other"]
        if other.pk != pk:
            return redirect(f"directory:merge_{of}", pk, other.pk)
        form.add_error("other", _("That is one and the same entry. Choose two different ones."))
    return page(request, "directory/choose_other.html", form=form, one=one, of=of, link=sort.page)


@members
def merge(request: MemberRequest, of: str, pk: int, other_pk: int) -> HttpResponse:
    sort = SORTS[of]
    kept, gone = (get_object_or_404(sort.rows(request.user), pk=each) for each in (pk, other_pk))
    if kept == gone:
        raise Http404
    lines = selectors.compare(kept, gone, sort.parts)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, gone=gone, lines=lines)
    if form.is_valid():
        with refusals_on(form):
            done_merge = sort.merge(kept, gone, form.cleaned_data, actor=request.user)
            undo = reverse("directory:undo_merge", args=[done_merge.pk])
            return done(request, _("The two entries are one now."), sort.page, kept.pk, undo=undo)
    return page(request, "directory/merge.html", form=form, kept=kept, gone=gone, of=of, link=sort.page)


@members
@require_POST
def tell_apart(request: MemberRequest, of: str, pk: int, other_pk: int) -> HttpResponse:
    sort = SORTS[of]
    one, other = (get_object_or_404(sort.rows(request.user), pk=each) for each in (pk, other_pk))
    try:
        decision = services.tell_apart(one, other, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, f"directory:doubles_{of}")
    undo = reverse("directory:propose_again", args=[decision.pk])
    said = _("Remembered: these are two. They are not proposed again.")
    return done(request, said, f"directory:doubles_{of}", undo=undo)


@members
@require_POST
def propose_again(request: MemberRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(NotTheSame, pk=pk)
    rows = SORTS[decision.of].rows(request.user)
    for row in (decision.lower_id, decision.higher_id):
        get_object_or_404(rows, pk=row)
    services.propose_again(decision, actor=request.user)
    return done(request, _("They may be proposed again."), f"directory:doubles_{decision.of}")


@members
@require_POST
def undo_merge(request: MemberRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(Merge, pk=pk)
    sort = SORTS[merge.of]
    kept = get_object_or_404(sort.rows(request.user), pk=merge.kept_id)
    try:
        services.undo_merge(merge, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, sort.page, kept.pk)
    return done(request, _("The two entries are two again."), sort.page, kept.pk)

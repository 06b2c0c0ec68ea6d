"""Posts: taken up, left, and both taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.directory import services
from tejido.directory.forms.people import LeavePostForm, PostForm
from tejido.directory.models import Post
from tejido.directory.views.people import editable
from tejido.web.responses import done, page, refusals_on


@members
def take_up_post(request: MemberRequest, pk: int) -> HttpResponse:
    person = editable(request.user, pk)
    form = PostForm(request.POST or None, actor=request.user)
    if form.is_valid():
        with refusals_on(form):
            post = services.take_up_post(person, form.place, actor=request.user, **form.details())
            undo = reverse("directory:take_back_post", args=[pk, post.pk])
            return done(request, _("The new post is on the page."), "directory:person", pk, undo=undo)
    return page(request, "directory/post_form.html", form=form, person=person)


@members
def leave_post(request: MemberRequest, pk: int, post_pk: int) -> HttpResponse:
    person = editable(request.user, pk)
    post = _post(pk, post_pk)
    form = LeavePostForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            services.leave_post(post, on=said["on"], reason=said["reason"], actor=request.user)
            undo = reverse("directory:keep_post", args=[pk, post_pk])
            return done(request, _("The post has ended."), "directory:person", pk, undo=undo)
    return page(request, "directory/leave_post.html", form=form, person=person, post=post)


@members
@require_POST
def take_back_post(request: MemberRequest, pk: int, post_pk: int) -> HttpResponse:
    editable(request.user, pk)
    services.take_back_post(_post(pk, post_pk), actor=request.user)
    return done(request, _("The post is off the page again."), "directory:person", pk)


@members
@require_POST
def keep_post(request: MemberRequest, pk: int, post_pk: int) -> HttpResponse:
    editable(request.user, pk)
    services.keep_post(_post(pk, post_pk), actor=request.user)
    return done(request, _("The post goes on."), "directory:person", pk)


def _post(person_pk: int, pk: int) -> Post:
    posts = Post.objects.select_related("school", "organisation", "person")
    return get_object_or_404(posts, pk=pk, person_id=person_pk)

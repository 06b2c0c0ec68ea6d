"""Where somebody says what they can share: by a link of their own, without an account, or signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from tejido.accounts.access import MemberRequest, members, public
from tejido.accounts.services import system_account
from tejido.buddies import selectors, services
from tejido.buddies.forms.telling import TellForm
from tejido.buddies.models import Profile
from tejido.buddies.services.letters import address_of_profile
from tejido.buddies.services.telling import home_of
from tejido.buddies.views import loading
from tejido.directory.models import Person, Skill
from tejido.web.responses import refusals_on

TELL = "buddies/tell.html"


@public
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """The list of topics; said, a word of thanks, with the list one tap away."""
    profile = selectors.profile_by(token)
    if profile is None:
        return loading.light(request, "buddies/unknown.html", 404)
    if request.method != "POST" and "said" in request.GET:
        return loading.light(request, "buddies/told.html", profile=profile)
    form = _form(request, profile)
    if form.is_valid():
        with refusals_on(form):
            services.tell(profile, form.told(), actor=system_account())
            return redirect(f"{request.path}?said")
    return loading.light(request, TELL, form=form, profile=profile, levels=Skill.Level.choices)


def _form(request: HttpRequest, profile: Profile) -> TellForm:
    home = home_of(profile.person)
    topics = selectors.topics_of(home) if home else selectors.by_name(selectors.topics_for([]))
    return TellForm(request.POST if request.method == "POST" else None, profile=profile, topics=topics)


@members
def mine(request: MemberRequest) -> HttpResponse:
    """On to the reader's own page of skills."""
    person = get_object_or_404(Person, user_id=request.user.pk)
    return redirect(address_of_profile(services.profile_of(person, actor=request.user)))

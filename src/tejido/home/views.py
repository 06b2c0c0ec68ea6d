from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tejido.accounts.access import public
from tejido.accounts.services import note_visit
from tejido.home import selectors
from tejido.web.responses import page


@public
def home(request: HttpRequest) -> HttpResponse:
    """Visitors are welcomed; members see what is asked of them; a team sees what to do next."""
    if not request.user.is_authenticated:
        return page(request, "home/welcome.html")
    actor = request.user
    seen = selectors.home_of(actor)
    template = "home/newcomer.html"
    if seen.memberships:
        template = "home/team.html" if seen.in_a_team else "home/member.html"
    response = page(request, template, place="home", home=seen)
    note_visit(actor)
    return response

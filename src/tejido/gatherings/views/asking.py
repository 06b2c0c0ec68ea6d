"""Giving a form to those who came to a gathering."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.directory.models import Person
from tejido.gatherings import selectors
from tejido.gatherings.forms.asking import ATTENDED, AskForm
from tejido.gatherings.models import Gathering
from tejido.gatherings.services import give_form
from tejido.gatherings.views.loading import about, gathering_for
from tejido.instruments import selectors as instruments
from tejido.instruments import services
from tejido.instruments.models import Collection, Instrument
from tejido.web.responses import done, refusals_on

TEMPLATE = "exit_ticket"
NEVER = (Instrument.Kind.CONSENT, Instrument.Kind.SOCIOMETRIC)  # these have pages of their own


@members
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """An exit ticket, or another form of the community, for those who attended."""
    found = gathering_for(request, pk, "gatherings.ask")
    people = selectors.attended_at(found)
    offered = _offered(request, found)
    first = f"{offered[0][1]} · {found.title}"[:200]
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, offered=offered, attended=len(people), initial={"title": first})
    opened = _open(request, found, form, people) if form.is_bound else None
    if opened is not None:
        return done(request, _("It is open for answers."), "instruments:share", opened.pk)
    return about(request, "gatherings/ask.html", found, form=form, attended=len(people))


def _offered(request: MemberRequest, found: Gathering) -> list[tuple[str, str]]:
    """Exit tickets first, the newest of them at the top; the template where the community has not taken it yet. One query."""
    own = [
        one
        for one in instruments.instruments_of(request.user, found.community)
        if one.community_id and one.kind not in NEVER
    ]
    own.sort(key=lambda one: (one.kind != Instrument.Kind.EXIT_TICKET, -one.pk))
    offered = [(str(one.pk), one.title) for one in own]
    if TEMPLATE not in {one.form_id for one in own}:
        place = sum(one.kind == Instrument.Kind.EXIT_TICKET for one in own)
        offered.insert(place, (TEMPLATE, instruments.shelf()[TEMPLATE].title(get_language() or "")))
    return offered


def _open(request: MemberRequest, found: Gathering, form: AskForm, people: list[Person]) -> Collection | None:
    """What was chosen, open for answers; None with the reason on the form."""
    if not form.is_valid():
        return None
    with refusals_on(form):
        key, actor = form.cleaned_data["form"], request.user
        if key == TEMPLATE:
            template, language = instruments.shelf()[TEMPLATE], get_language() or ""
            chosen = services.use_template(found.community, template, language, actor=actor)
        else:
            chosen = instruments.instruments_of(actor, found.community).get(pk=key)
        version = chosen.versions.defer("xform", "source").first()
        assert version is not None
        asked = people if form.cleaned_data["audience"] == ATTENDED else []
        return give_form(found, version, form.terms(), actor=actor, people=asked)
    return None

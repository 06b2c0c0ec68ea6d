"""Templates of the house: to choose one, to look at it, to give it out at once."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.instruments import selectors, services
from tejido.instruments.forms.handing import HandOutForm
from tejido.instruments.forms.previewing import Preview, preview_of
from tejido.instruments.models import Collection, Instrument
from tejido.instruments.shelf import Template, definition_of_template, shelf
from tejido.instruments.views import loading
from tejido.instruments.wording import language_for
from tejido.web.responses import done, page, refusals_on


@members
@require_GET
def templates(request: MemberRequest, pk: int) -> HttpResponse:
    """What there is to begin with."""
    community = loading.community(request, pk, "run")
    cards = [card_of(template) for template in shelf().values()]
    return page(request, "instruments/templates.html", place="forms", community=community, cards=cards)


def card_of(template: Template) -> dict[str, Any]:
    """A template in the reader's language."""
    code = get_language() or "en"
    return {
        "key": template.key,
        "title": template.title(code),
        "about": template.about(code),
        "kind": Instrument.Kind(template.kind).label,
        "minutes": template.minutes,
        "count": template.count,
        "repeats": template.repeats,
    }


@members
def template(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """One template as it is answered; sent, it is open for answers."""
    community = loading.community(request, pk, "run")
    found = shelf().get(key)
    if found is None:
        raise Http404
    own = _own(request, community, key)
    card = card_of(found) | ({"title": own.title, "own": own} if own else {})
    usual = {"title": title_today(card["title"], community), "names": names_of(found)}
    form = HandOutForm(request.POST or None, initial=usual)
    opened = _open(request, found, community, form) if form.is_bound else None
    if opened is not None:
        return done(request, _("It is open for answers."), "instruments:share", opened.pk)
    more: dict[str, Any] = {"community": community, "card": card, "preview": _shown(found, own)}
    return page(request, "instruments/template.html", place="forms", form=form, **more)


def _own(request: MemberRequest, community: Community, key: str) -> Instrument | None:
    """The community's copy of a template, which it may have changed since; None where it has taken none. One query."""
    return selectors.instruments_of(request.user, community).filter(community=community, form_id=key).first()


def _shown(found: Template, own: Instrument | None) -> Preview:
    """What would be given out: the community's copy as it stands, or the template."""
    version = own.versions.first() if own else None
    if version is not None:
        definition = selectors.definition_of(version)
    else:
        definition = definition_of_template(found.key, found.code(get_language() or ""))
    return preview_of(definition, language_for(definition.languages))


def names_of(template: Template) -> str:
    """What is chosen where nobody chooses: about the place where they work, people speak more freely without names."""
    return "anonymous" if template.anonymous else "named"


def title_today(title: str, community: Community) -> str:
    """What a form is called that is given out today, so that it is told apart from the next."""
    with timezone.override(zoneinfo.ZoneInfo(community.time_zone)):
        return f"{title} · {date_format(timezone.localdate(), 'SHORT_DATE_FORMAT')}"


def _open(
    request: MemberRequest, found: Template, community: Community, form: HandOutForm
) -> Collection | None:
    """The template, given out as the form asks; None with the reason on the form."""
    if not form.is_valid():
        return None
    with refusals_on(form):
        made = services.use_template(community, found, get_language() or "en", actor=request.user)
        version = made.versions.defer("xform", "source").first()
        assert version is not None
        return services.open_collection(version, community, form.terms(), actor=request.user)
    return None

"""A person's page and what can be changed on it."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.directory import selectors, services
from tejido.directory.forms.people import (
    AttributesForm,
    ConsentForm,
    ContactsForm,
    PersonForm,
    SkillsForm,
    attribute_words,
    country_of,
)
from tejido.directory.models import Person, Purpose, Skill, Topic
from tejido.foundation import sentences
from tejido.web.responses import done, page, partial, refusals_on

STORIES = 30  # lines of a history at once


@members
def person(request: MemberRequest, pk: int) -> HttpResponse:
    found = selectors.with_contacts(selectors.person_page(request.user).filter(pk=pk))
    if found is None:  # an old link to whoever was merged leads to the one that stayed
        merged = get_object_or_404(Person.every.exclude(merged_into=None), pk=pk)
        get_object_or_404(selectors.person_page(request.user), pk=merged.merged_into_id)
        return redirect("directory:person", merged.merged_into_id)
    return page(request, "directory/person.html", person=found, **_shown(found))


@members
def me(request: MemberRequest) -> HttpResponse:
    found = selectors.with_contacts(selectors.person_page(request.user).filter(user=request.user))
    if found is None:
        known = selectors.claimable_by(request.user).count()
        return page(request, "directory/nobody.html", place="me", known=known)
    return page(request, "directory/person.html", person=found, place="me", **_shown(found))


@members
@require_POST
def claim(request: MemberRequest) -> HttpResponse:
    services.claim_person(actor=request.user)
    return redirect("directory:me")


def _shown(person: Any) -> dict[str, Any]:
    """What the page shows of the person, each part only where `person` says that the reader may see it."""
    present, past = selectors.posts_of(person)
    consents = selectors.consents_of(person) if person.editable else []
    attributes = person.attributes.order_by("name") if person.editable and person.has_attributes else []
    return {
        "present": present,
        "past": past,
        "skills": selectors.skills_of(person),
        "contacts": person.points,
        "attributes": [(attribute_words(a.name), a.value) for a in attributes],
        "consents": consents,
        "fellows_see_contacts": any(c.given for c in consents if c.purpose == Purpose.CONTACT),
        "consent_form": ConsentForm(auto_id=False),
    }


@members
def person_history(request: MemberRequest, pk: int) -> HttpResponse:
    person: Any = get_object_or_404(selectors.person_page(request.user), pk=pk)
    context = _story(person, request.user, before=request.GET.get("before", ""))
    if request.htmx:
        return partial(request, "directory/partials/history.html", **context)
    return page(request, "directory/history.html", **context)


def _story(person: Any, actor: User, *, before: str) -> dict[str, Any]:
    """A stretch of the person's history, older than the entry `before` where that is a number."""
    entries = selectors.history_of(person, actor, whole=person.editable)
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    shown = list(entries[: STORIES + 1])
    older = shown[STORIES - 1].pk if len(shown) > STORIES else None
    return {"person": person, "items": sentences.read(shown[:STORIES], reader=actor), "older": older}


def editable(actor: User, pk: int) -> Person:
    """The person, if the actor may change what is said of them. Hidden, forbidden and missing look alike."""
    return get_object_or_404(selectors.people_to_edit(actor), pk=pk)


@members
def edit_person(request: MemberRequest, pk: int) -> HttpResponse:
    person = editable(request.user, pk)
    form = PersonForm(request.POST or None, person=person, actor=request.user)
    if form.is_valid():
        with refusals_on(form):
            fields = cast("services.PersonFields", form.said())
            services.change_person(person, fields, actor=request.user)
            return done(request, _("The page says so now."), "directory:person", pk)
    return page(request, "directory/person_form.html", form=form, person=person)


@members
def edit_contacts(request: MemberRequest, pk: int) -> HttpResponse:
    person = editable(request.user, pk)
    form = ContactsForm(request.POST or None, person=person, country=country_of(person))
    if form.is_valid():
        with refusals_on(form):
            services.set_contacts(person, form.pairs(), actor=request.user)
            return done(request, _("The contact data is up to date."), "directory:person", pk)
    return page(request, "directory/contacts_form.html", form=form, person=person)


@members
def edit_skills(request: MemberRequest, pk: int) -> HttpResponse:
    person = editable(request.user, pk)
    form = SkillsForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        for side in Skill.Side.values:
            chosen = Topic.objects.filter(pk__in=form.cleaned_data[side])
            services.set_skills(person, side, chosen, actor=request.user)
        return done(request, _("What is offered and wanted is up to date."), "directory:person", pk)
    return page(request, "directory/skills_form.html", form=form, person=person)


@members
def edit_attributes(request: MemberRequest, pk: int) -> HttpResponse:
    person = editable(request.user, pk)
    form = AttributesForm(request.POST or None, person=person)
    if form.is_valid():
        for name, value in form.changes().items():
            services.set_attribute(person, name, value, actor=request.user)
        return done(request, _("It is written down."), "directory:person", pk)
    return page(request, "directory/attributes_form.html", form=form, person=person)

"""How the facts of this domain read in a history, and how people and accounts are named in any."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from tejido.accounts.models import User
from tejido.directory.models import Person, Purpose
from tejido.directory.policies import people_visible_to
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Named, Names, listed, naming, sentence

PERSON = "directory.Person"
ACCOUNT = "accounts.User"
SCHOOL = "directory.School"
ORGANISATION = "directory.Organisation"
FIELDS = {
    "given_names": pgettext_lazy("field of a person", "name"),
    "family_names": pgettext_lazy("field of a person", "name"),
    "name": pgettext_lazy("field of a school", "name"),
    "contacts": pgettext_lazy("field of a person", "contact data"),
    "skills": pgettext_lazy("field of a person", "what they offer and look for"),
    "attributes": pgettext_lazy("field of a person", "what they say of themselves"),
    "posts": pgettext_lazy("field of a person", "what they do at their school"),
    "user": pgettext_lazy("field of a person", "account"),
    "language": pgettext_lazy("field of a person", "language"),
    "profile": pgettext_lazy("field of a school", "figures"),
    "code": pgettext_lazy("field of a school", "official code"),
    "register": pgettext_lazy("field of a school", "official code"),
    "territory": pgettext_lazy("field of a school", "territory"),
    "address": pgettext_lazy("field of a school", "place"),
    "latitude": pgettext_lazy("field of a school", "place"),
    "longitude": pgettext_lazy("field of a school", "place"),
}
PURPOSES = {
    Purpose.CONTACT: pgettext_lazy("purpose of consent", "contact"),
    Purpose.ANALYTICS: pgettext_lazy("purpose of consent", "analytics"),
    Purpose.PHOTOGRAPH: pgettext_lazy("purpose of consent", "photographs"),
    Purpose.PUBLICATION: pgettext_lazy("purpose of consent", "publication"),
    Purpose.RESEARCH: pgettext_lazy("purpose of consent", "research"),
    Purpose.SCHOOL: pgettext_lazy("purpose of consent", "the head of the school"),
}


@naming(
    directory_Person=pgettext_lazy("in place of a name", "somebody who is no longer listed"),
    accounts_User=pgettext_lazy("in place of a name", "somebody"),
)
def _people(ids: Mapping[str, set[int]], reader: User) -> Mapping[str, Mapping[int, Named]]:
    """People and accounts by the person's name; "a member" where the reader may not see the person. One query.

    Whoever was merged into somebody is named by their own name, and seen by whoever sees that somebody.
    """
    visible = Person.objects.filter(people_visible_to(reader)).values("pk")
    people: dict[int, Named] = {}
    accounts: dict[int, Named] = {}
    for person in Person.every.filter(
        Q(pk__in=ids.get(PERSON, ())) | Q(user_id__in=ids.get(ACCOUNT, ()))
    ).annotate(seen=Case(When(Q(pk__in=visible) | Q(merged_into__in=visible), then=True), default=False)):
        hidden = pgettext("a person whose name is hidden", "a member")
        named = Named(person.name if person.seen else hidden, person.pk, not person.seen)
        people[person.pk] = named
        accounts[person.user_id] = named
    return {PERSON: people, ACCOUNT: accounts}


def _on_person(names: Names) -> dict[str, object]:
    return {"actor": names.actor, "person": names["person_id"]}


def _fields(entry: JournalEntry) -> str:
    other = pgettext_lazy("field of a person or school", "further details")
    return listed(FIELDS.get(name, other) for name in entry.payload["fields"])


@sentence("directory.person_added", person_id=PERSON)
def _person_added(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s entered %(person)s in the directory.") % _on_person(names)


@sentence("directory.person_changed", person_id=PERSON)
def _person_changed(entry: JournalEntry, names: Names) -> str:
    words = {**_on_person(names), "fields": _fields(entry)}
    if names.by_self("person_id"):
        return _("%(person)s brought their own page up to date: %(fields)s.") % words
    return _("%(actor)s brought the page of %(person)s up to date: %(fields)s.") % words


@sentence("directory.post_taken", person_id=PERSON)
def _post_taken(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted a new post of %(person)s.") % _on_person(names)


@sentence("directory.post_left", person_id=PERSON)
def _post_left(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(person)s left a post.") % _on_person(names)


@sentence("directory.post_taken_back", person_id=PERSON)
def _post_taken_back(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back a post of %(person)s that was entered by mistake.") % _on_person(names)


@sentence("directory.post_kept", person_id=PERSON)
def _post_kept(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(person)s is still in a post.") % _on_person(names)


@sentence("directory.consent_answered", person_id=PERSON)
def _consent_answered(entry: JournalEntry, names: Names) -> str:
    purpose = PURPOSES[Purpose(entry.payload["purpose"])]
    words = {**_on_person(names), "purpose": purpose}
    if names.by_self("person_id"):
        if entry.payload["given"]:
            return _("%(person)s gave consent for %(purpose)s.") % words
        return _("%(person)s does not consent, or no longer, for %(purpose)s.") % words
    if entry.payload["given"]:
        return _("%(actor)s noted that %(person)s gave consent for %(purpose)s.") % words
    return _("%(actor)s noted that %(person)s does not consent, or no longer, for %(purpose)s.") % words


@sentence("directory.school_added", school_id=SCHOOL)
def _school_added(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s entered the school %(school)s.") % {
        "actor": names.actor,
        "school": names["school_id"],
    }


@sentence("directory.school_changed", school_id=SCHOOL)
def _school_changed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s brought the page of %(school)s up to date: %(fields)s.") % {
        "actor": names.actor,
        "school": names["school_id"],
        "fields": _fields(entry),
    }


@sentence("directory.people_merged", person_id=PERSON, gone_id=PERSON)
def _people_merged(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s joined two entries of one person: %(gone)s is now part of %(person)s.") % {
        **_on_person(names),
        "gone": names["gone_id"],
    }


@sentence("directory.schools_merged", school_id=SCHOOL, gone_id=SCHOOL)
def _schools_merged(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s joined two entries of one school: %(gone)s is now part of %(school)s.") % {
        "actor": names.actor,
        "school": names["school_id"],
        "gone": names["gone_id"],
    }


@sentence("directory.merge_undone", person_id=PERSON, school_id=SCHOOL)
def _merge_undone(entry: JournalEntry, names: Names) -> str:
    of_people = entry.payload["person_id"] is not None
    return _("%(actor)s separated %(name)s again from an entry that had been joined to it.") % {
        "actor": names.actor,
        "name": names["person_id" if of_people else "school_id"],
    }


@sentence("directory.told_apart")
def _told_apart(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that two entries that look alike are not the same.") % {"actor": names.actor}


@sentence("directory.proposed_again")
def _proposed_again(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s is no longer sure that two entries that look alike are not the same.") % {
        "actor": names.actor
    }


@sentence("directory.organisation_added", organisation_id=ORGANISATION)
def _organisation_added(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s entered the organisation %(organisation)s.") % {
        "actor": names.actor,
        "organisation": names["organisation_id"],
    }


@sentence("directory.organisation_changed", organisation_id=ORGANISATION)
def _organisation_changed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s brought the page of %(organisation)s up to date: %(fields)s.") % {
        "actor": names.actor,
        "organisation": names["organisation_id"],
        "fields": _fields(entry),
    }

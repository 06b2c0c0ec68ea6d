"""Deeds on people, their posts, contact data and skills."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.events import (
    PersonAdded,
    PersonChanged,
    PostKept,
    PostLeft,
    PostTaken,
    PostTakenBack,
)
from tejido.directory.models import Attribute, ContactPoint, Organisation, Person, Post, School, Skill, Topic
from tejido.directory.names import search_form
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


class PersonFields(TypedDict, total=False):
    """What can be said of a person in one go; absent keys stay as they are."""

    given_names: str
    family_names: str
    language: str
    list_code: str
    teaching_since: int | None
    is_invented: bool


def _set(person: Person, fields: PersonFields) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, fields[name])  # type: ignore[literal-required]
    if not person.given_names.strip():
        raise Refusal("person_without_name", _("A person needs a name. Write at least the given name."))
    person.search_name = search_form(person.name)[:200]
    return changed


@transaction.atomic
def add_person(fields: PersonFields, *, actor: User) -> Person:
    """A new person in the directory.

    Raises: NotAllowed; Refusal("person_without_name").
    Announces PersonAdded.
    """
    require(actor, "directory.add_person", None)
    person = Person()
    _set(person, fields)
    person.save()
    announce(PersonAdded(person.pk), actor=actor)
    return person


@transaction.atomic
def add_guest(given_names: str, family_names: str = "", *, actor: User) -> Person:
    """Somebody new of whom nothing is known but the name, as they give it at the door.

    Raises: NotAllowed; Refusal("person_without_name"). Announces PersonAdded.
    """
    require(actor, "directory.add_guest", None)
    person = Person()
    _set(person, {"given_names": given_names.strip(), "family_names": family_names.strip()})
    person.save()
    announce(PersonAdded(person.pk), actor=actor)
    return person


@transaction.atomic
def change_person(person: Person, fields: PersonFields, *, actor: User) -> Person:
    """Correct what is said of a person; nothing happens where nothing differs.

    Raises: NotAllowed; Refusal("person_without_name"). Announces PersonChanged.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(actor, "directory.edit_person", person)
    changed = _set(person, fields)
    if changed:
        person.save()
        announce(PersonChanged(person.pk, changed), actor=actor)
    return person


@transaction.atomic
def set_contacts(person: Person, contacts: Collection[tuple[str, str]], *, actor: User) -> None:
    """How to reach the person: pairs (kind, value); replaces what was known.

    Values come normalised: e-mail in lower case, phone in E.164. Raises NotAllowed; of somebody without an
    account, the e-mail is set by whoever may put them into all their communities (they sign in by it).
    Announces PersonChanged where anything differs.
    """
    require(actor, "directory.edit_person", person)
    wanted = {(kind, value.strip()) for kind, value in contacts if value.strip()}
    known = {(c.kind, c.value): c for c in person.contacts.all()}
    if wanted == known.keys():
        return
    if person.user_id is None and any(kind == ContactPoint.Kind.EMAIL for kind, _v in wanted - known.keys()):
        require(actor, "directory.set_email", person)
    for pair in known.keys() - wanted:
        known[pair].delete()
    ContactPoint.objects.bulk_create(
        ContactPoint(person=person, kind=kind, value=value) for kind, value in sorted(wanted - known.keys())
    )
    announce(PersonChanged(person.pk, ["contacts"]), actor=actor)


@transaction.atomic
def set_attribute(person: Person, name: str, value: str, *, actor: User) -> None:
    """What the person said of themselves (gender, origin …); an empty value forgets it. Raises NotAllowed."""
    require(actor, "directory.edit_person", person)
    if value:
        Attribute.objects.update_or_create(person=person, name=name, defaults={"value": value})
    else:
        Attribute.objects.filter(person=person, name=name).delete()
    announce(PersonChanged(person.pk, ["attributes"]), actor=actor)


@transaction.atomic
def take_up_post(
    person: Person,
    place: School | Organisation,
    *,
    actor: User,
    function: str = Post.Function.TEACHER,
    **details: str | date | None,
) -> Post:
    """The person starts at a school or an organisation.

    details: subject, level, starts_on, ends_on, end_reason as in `Post`.
    Raises: NotAllowed. Announces PostTaken.
    """
    require(actor, "directory.edit_person", person)
    at_school = isinstance(place, School)
    where: dict[str, Any] = {"school" if at_school else "organisation": place}
    post = Post(person=person, function=function, **where, **details)
    post.full_clean(exclude=["person", "school", "organisation"])
    post.save()
    announce(PostTaken(person.pk, post.pk), actor=actor)
    return post


@transaction.atomic
def leave_post(post: Post, *, on: date, reason: str = "", actor: User) -> Post:
    """The person leaves a post on a day (the last one there).

    Raises: NotAllowed; Refusal("left_before_start"). Announces PostLeft.
    """
    require(actor, "directory.edit_person", post.person)
    if post.starts_on and on < post.starts_on:
        raise Refusal("left_before_start", _("Nobody leaves a post before starting it. Check the two dates."))
    post.ends_on, post.end_reason = on, reason
    post.save(update_fields=["ends_on", "end_reason"])
    announce(PostLeft(post.person_id, post.pk), actor=actor)
    return post


@transaction.atomic
def take_back_post(post: Post, *, actor: User) -> None:
    """The post was entered by mistake: it goes. Raises NotAllowed. Announces PostTakenBack."""
    require(actor, "directory.edit_person", post.person)
    announce(PostTakenBack(post.person_id, post.pk), actor=actor)
    post.delete()


@transaction.atomic
def keep_post(post: Post, *, actor: User) -> Post:
    """Leaving was noted by mistake: the person is still there. Raises NotAllowed. Announces PostKept."""
    require(actor, "directory.edit_person", post.person)
    post.ends_on, post.end_reason = None, ""
    post.save(update_fields=["ends_on", "end_reason"])
    announce(PostKept(post.person_id, post.pk), actor=actor)
    return post


@transaction.atomic
def set_skills(
    person: Person,
    side: str,
    topics: Iterable[Topic],
    *,
    actor: User,
    levels: Mapping[int, int] | None = None,
) -> None:
    """What the person offers or wants (`Skill.Side`); replaces what was said.

    levels: topic id -> `Skill.Level`, of what is offered; None: levels stay as they are. Raises NotAllowed.
    Announces PersonChanged where anything differs.
    """
    require(actor, "directory.edit_person", person)
    known = dict(person.skills.filter(side=side).values_list("topic_id", "level"))
    said = known if levels is None else levels
    wanted = {topic.pk: said.get(topic.pk) for topic in topics}
    if wanted == known:
        return
    other = [pk for pk, level in known.items() if pk not in wanted or wanted[pk] != level]
    person.skills.filter(side=side, topic_id__in=other).delete()
    new = sorted(pk for pk in wanted if pk not in known or pk in other)
    Skill.objects.bulk_create(Skill(person=person, side=side, topic_id=pk, level=wanted[pk]) for pk in new)
    announce(PersonChanged(person.pk, ["skills"]), actor=actor)


@transaction.atomic
def add_topic(code: str, names: tuple[str, str, str], *, actor: User) -> Topic:
    """A topic more on the list that people choose from, or the one that has this code.

    names: in Spanish, English, Portuguese; one that is empty is as the first that is not. Raises: NotAllowed;
    Refusal("topic_without_name").
    """
    require(actor, "directory.keep_schools", None)
    given = next((name.strip() for name in names if name.strip()), "")
    if not given or not code:
        raise Refusal("topic_without_name", _("A topic needs a name. Write it in one language at least."))
    es, en, pt = (name.strip()[:100] or given[:100] for name in names)
    topic, _is_new = Topic.objects.get_or_create(
        code=code, defaults={"name_es": es, "name_en": en, "name_pt": pt}
    )
    return topic

"""Asking what people can share and would like to learn, and writing down what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.accounts.models import User
from tejido.buddies.events import SkillsAsked, TopicAdded
from tejido.buddies.models import Asked, OwnTopic, Profile, SkillsRound, Suggestion
from tejido.buddies.selectors import last_round, people_in
from tejido.buddies.services.letters import SKILLS, SKILLS_ABOUT, write_to
from tejido.buddies.tokens import skills_token
from tejido.buddies.values import Told
from tejido.communities.models import Community, Membership
from tejido.communities.selectors import standing_on
from tejido.directory.models import Person, Skill, Topic
from tejido.directory.selectors import search_form
from tejido.directory.services import add_topic, set_skills
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.foundation.policies import require
from tejido.messages.selectors import written_just_now

MOST_MISSED = 6  # topics that somebody may write in at once


def _profiles(people: Iterable[Person]) -> None:
    """Everybody gets a link of their own; who has one keeps it."""
    Profile.objects.bulk_create(
        (
            Profile(person_id=one.pk, token_hash=token_hash(skills_token(one.pk, 1)), languages=_first(one))
            for one in people
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def _first(person: Person) -> str:
    return person.language.split("-")[0]


@transaction.atomic
def profile_of(person: Person, *, actor: User) -> Profile:
    """The person's profile, made now where there was none. Raises NotAllowed."""
    require(actor, "directory.edit_person", person)
    _profiles([person])
    return Profile.objects.get(person=person)


@transaction.atomic
def ask_for_skills(community: Community, *, actor: User) -> SkillsRound:
    """Ask everybody in the community or below it today: each gets a link of their own by letter, where there is an address.

    Asked for again within ten minutes it is the same round. Raises: NotAllowed; Refusal("nobody_to_ask").
    Announces SkillsAsked.
    """
    require(actor, "buddies.run", community)
    Community.objects.select_for_update().get(pk=community.pk)
    known = last_round(community)
    if known is not None and timezone.now() - known.opened_at < timedelta(minutes=10):
        return known
    people = list(people_in(community))
    if not people:
        raise Refusal("nobody_to_ask", _("Nobody belongs to this community today, so nobody can be asked."))
    _profiles(people)
    wave = SkillsRound.objects.create(community=community)
    Asked.objects.bulk_create((Asked(round=wave, person=one) for one in people), batch_size=500)
    announce(SkillsAsked(community.pk, wave.pk, len(people)), actor=actor)
    write_to(community, SKILLS, f"{SKILLS_ABOUT}{wave.pk}", people, actor=actor)
    return wave


@transaction.atomic
def remind(wave: SkillsRound, *, actor: User) -> int:
    """Write once more to whoever has not answered. To how many; a second tap within ten minutes sends nothing more. Raises NotAllowed."""
    wave = SkillsRound.objects.select_for_update().select_related("community").get(pk=wave.pk)
    require(actor, "buddies.run", wave.community)
    about = f"{SKILLS_ABOUT}{wave.pk}"
    known = written_just_now(SKILLS.key, about)
    if known is not None:
        return known.people
    waiting = list(wave.asked.filter(answered_at=None).values_list("person_id", flat=True))
    wave.reminded_at = timezone.now()
    wave.save(update_fields=["reminded_at"])
    return write_to(wave.community, SKILLS, about, waiting, actor=actor)


@transaction.atomic
def tell(profile: Profile, told: Told, *, actor: User) -> Profile:
    """What somebody can share and would like to learn, instead of what they said before. Whoever holds their link says it.

    Topics that are not on the list wait as suggestions in the community that asked last. Raises: NotAllowed;
    Refusal("too_many_missed", "km_out_of_reach").
    """
    profile = Profile.objects.select_for_update().select_related("person").get(pk=profile.pk)
    person = profile.person
    require(actor, "directory.edit_person", person)
    topics = {topic.pk: topic for topic in Topic.objects.filter(pk__in=[*told.offered, *told.wanted])}
    offered = [topics[pk] for pk in told.offered if pk in topics]
    set_skills(person, Skill.Side.OFFERED, offered, actor=actor, levels=_levels(told))
    set_skills(person, Skill.Side.WANTED, [topics[pk] for pk in told.wanted if pk in topics], actor=actor)
    _miss(person, told)
    profile.findable, profile.open_to_buddy = told.findable, told.open_to_buddy
    profile.way, profile.km = told.way, told.km
    profile.languages = ",".join(told.languages)
    profile.answered_at = timezone.now()
    profile.full_clean(exclude=["person", "token_hash"])
    profile.save()
    Asked.objects.filter(person=person, answered_at=None).update(answered_at=profile.answered_at)
    return profile


def _levels(told: Told) -> dict[int, int]:
    return {pk: level for pk, level in told.offered.items() if level is not None}


def _miss(person: Person, told: Told) -> None:
    """What is not on the list waits for whoever runs the community."""
    if len(told.missed) > MOST_MISSED:
        raise Refusal(
            "too_many_missed",
            ngettext("Write %(most)d topic at most.", "Write %(most)d topics at most.", MOST_MISSED)
            % {"most": MOST_MISSED},
        )
    community = home_of(person)
    if community is None:
        return
    for words, side in told.missed:
        said = " ".join(words.split())[:100]
        if said:
            Suggestion.objects.get_or_create(community=community, person=person, words=said, side=side)


def home_of(person: Person) -> Community | None:
    """The community that asked the person last, else one they belong to. Two queries."""
    asked = Asked.objects.filter(person=person).select_related("round__community").order_by("-pk").first()
    if asked is not None:
        return asked.round.community
    held = Membership.objects.filter(standing_on(timezone.localdate()), person=person)
    first = held.select_related("community").order_by("pk").first()
    return first.community if first else None


@transaction.atomic
def wish(community: Community, words: str, topic: Topic | None, *, actor: User) -> None:
    """Nobody can help with this yet: it becomes a wish of the actor's, so that it shows as a gap.

    topic: the one that was meant; None: the words wait as a suggestion. Raises: NotAllowed; Refusal("no_words", "nobody").
    """
    require(actor, "buddies.seek_help", community)
    person = Person.objects.filter(user_id=actor.pk).first()
    said = " ".join(words.split())[:100]
    if person is None:
        raise Refusal("nobody", _("Your account is nobody in the directory yet. Ask the coordination."))
    if topic is not None:
        wanted = Topic.objects.filter(skills__person=person, skills__side=Skill.Side.WANTED)
        set_skills(person, Skill.Side.WANTED, [*wanted, topic], actor=actor)
    elif said:
        side = Skill.Side.WANTED
        Suggestion.objects.get_or_create(community=community, person=person, words=said, side=side)
    else:
        raise Refusal("no_words", _("Write what you need help with."))


# Topics that people missed


@transaction.atomic
def take_suggestion(suggestion: Suggestion, names: tuple[str, str, str], *, actor: User) -> Topic:
    """Put the topic on the list of the community, by its names in Spanish, English, Portuguese; everybody who wrote the same has it.

    Raises: NotAllowed; Refusal("topic_without_name", "already_decided"). Announces TopicAdded.
    """
    suggestion = _waiting(suggestion, actor)
    community = suggestion.community
    slug = re.sub("[^a-z0-9]+", "-", search_form(next((n for n in names if n.strip()), ""))).strip("-")[:40]
    topic = add_topic(f"c{community.pk}-{slug}" if slug else "", names, actor=actor)
    OwnTopic.objects.get_or_create(topic=topic, defaults={"community": community})
    _decide(suggestion, topic)
    announce(TopicAdded(community.pk, topic.pk, True), actor=actor)
    return topic


@transaction.atomic
def merge_suggestion(suggestion: Suggestion, topic: Topic, *, actor: User) -> None:
    """It is what `topic` says already. Raises: NotAllowed; Refusal("already_decided"). Announces TopicAdded."""
    suggestion = _waiting(suggestion, actor)
    _decide(suggestion, topic)
    announce(TopicAdded(suggestion.community_id, topic.pk, False), actor=actor)


@transaction.atomic
def leave_suggestion(suggestion: Suggestion, *, actor: User) -> None:
    """It does not go on the list. Raises: NotAllowed; Refusal("already_decided")."""
    suggestion = _waiting(suggestion, actor)
    _same(suggestion).update(state=Suggestion.State.LEFT)


def _waiting(suggestion: Suggestion, actor: User) -> Suggestion:
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",)).select_related("community").get(pk=suggestion.pk)
    )
    require(actor, "buddies.run", suggestion.community)
    if suggestion.state != Suggestion.State.WAITING:
        raise Refusal("already_decided", _("Somebody has decided on this topic already."))
    return suggestion


def _same(suggestion: Suggestion) -> QuerySet[Suggestion]:
    """What others wrote alike in the community, and still waits."""
    return Suggestion.objects.filter(
        community_id=suggestion.community_id, state=Suggestion.State.WAITING, words__iexact=suggestion.words
    )


def _decide(suggestion: Suggestion, topic: Topic) -> None:
    rows = list(_same(suggestion))
    Skill.objects.bulk_create(
        (Skill(person_id=row.person_id, topic=topic, side=row.side) for row in rows), ignore_conflicts=True
    )
    Suggestion.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Suggestion.State.TAKEN, topic=topic
    )

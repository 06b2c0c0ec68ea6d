"""The step that an attention item proposes, prepared: whom to introduce, what to write, in the person's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Person, Post, School, Skill, Topic
from tejido.gatherings.models import Gathering
from tejido.insights.buddies import Candidate, Match, matches
from tejido.insights.models import AttentionItem, Insight
from tejido.insights.selectors.meeting_steps import ask_others, change_agenda, read_tickets
from tejido.insights.selectors.steps import Buddy, Proposal, message_to, phone_of
from tejido.insights.selectors.weave import consenting
from tejido.school_leaders.selectors import engagement_of, school_lines

Signal = AttentionItem.Signal


def proposal_for(item: AttentionItem, actor: User) -> Proposal:
    """The prepared step of an item. At most 8 queries, whatever the size of the network."""
    return {
        Signal.ISOLATE: _introduce,
        Signal.DRIFTING: _call,
        Signal.BRIDGING: _mix,
        Signal.SCHOOL_ON_ONE: _write_to_school,
        Signal.SCHOOL_LOST: _write_to_school,
        Signal.CONCENTRATED: _share,
        Signal.LEADERLESS: _lead,
        Signal.HEADS: _win_heads,
        Signal.TALK: change_agenda,
        Signal.LED: ask_others,
        Signal.USEFULNESS: read_tickets,
    }[Signal(item.signal)](item, actor)


# Introducing a colleague ---------------------------------------------------------------------------


def _introduce(item: AttentionItem, actor: User) -> Proposal:
    assert item.person is not None
    person = item.person
    found, schools = _candidates(item.community, person)
    chosen = matches(
        found.pop(person.pk, Candidate(person.pk, None, None, frozenset(), frozenset())), found.values()
    )
    if not chosen:
        return Proposal(_("There is nobody yet who could be introduced: nobody else is active and consents."))
    people = Person.objects.in_bulk([match.id for match in chosen])
    topics = _topic_names({topic for match in chosen for topic in (*match.learns, *match.teaches)})
    phone = phone_of(person, actor)  # one for all: every message goes to the same person
    buddies = []
    for match in chosen:
        school = schools.get(found[match.id].school or 0)
        buddies.append(_buddy(item, phone, (people[match.id], match, school), topics))
    return Proposal(
        _(
            "These colleagues have ties already, complement %(name)s, and are near. Choose one, and introduce the two "
            "to each other."
        )
        % {"name": person.given_names},
        tuple(buddies),
    )


def _buddy(
    item: AttentionItem,
    phone: str,
    chosen: tuple[Person, Match, School | None],
    topics: dict[str, Topic],
) -> Buddy:
    other, match, school = chosen
    assert item.person is not None
    person = item.person

    def words() -> str:
        who = {
            "name": person.given_names,
            "community": item.community.name,
            "buddy": other.name,
            "school": school.name if school else "",
            "topic": _topic(topics, match.learns),
        }
        if match.learns:
            return (
                _(
                    "Hello %(name)s! In %(community)s there is somebody I would like to introduce to you: %(buddy)s, "
                    "who offers something that you would like to learn (%(topic)s). Shall I put you in touch, so that "
                    "you can talk before the next gathering?"
                )
                % who
            )
        if school:
            return (
                _(
                    "Hello %(name)s! In %(community)s there is somebody I would like to introduce to you: %(buddy)s, of "
                    "%(school)s. Shall I put you in touch, so that you can talk before the next gathering?"
                )
                % who
            )
        return (
            _(
                "Hello %(name)s! In %(community)s there is somebody I would like to introduce to you: %(buddy)s. "
                "Shall I put you in touch, so that you can talk before the next gathering?"
            )
            % who
        )

    return Buddy(other, _why_buddy(match, school, topics), message_to(person, item, phone, words))


def _why_buddy(match: Match, school: School | None, topics: dict[str, Topic]) -> str:
    said = []
    if match.learns:
        said.append(_("offers what is wished for: %(topic)s") % {"topic": _topic(topics, match.learns)})
    if match.teaches:
        said.append(_("wishes what can be offered: %(topic)s") % {"topic": _topic(topics, match.teaches)})
    if school is not None:
        said.append(school.name)
    if match.km is not None:
        km = round(match.km)
        said.append(ngettext("%(km)d km away", "%(km)d km away", km) % {"km": km})
    return " · ".join(said)


def _topic(topics: dict[str, Topic], codes: Collection[str]) -> str:
    column = {"es": "name_es", "pt-br": "name_pt"}.get(translation.get_language() or "es", "name_en")
    return ", ".join(str(getattr(topics[code], column)) for code in codes if code in topics)


def _topic_names(codes: set[str]) -> dict[str, Topic]:
    return {topic.code: topic for topic in Topic.objects.filter(code__in=codes)} if codes else {}


def _point(school: School | None) -> tuple[float, float] | None:
    if school is None or school.latitude is None or school.longitude is None:
        return None
    return float(school.latitude), float(school.longitude)


def _candidates(community: Community, person: Person) -> tuple[dict[int, Candidate], dict[int, School]]:
    """The person and everybody active in the last insight who is not tied to them; their schools. Four queries."""
    insight = Insight.objects.filter(community=community, is_rolling=True).select_related("network").first()
    if insight is None:
        return {}, {}
    rows, ties = insight.network.people, insight.network.ties
    ids = [row[0] for row in rows]
    degree: dict[int, int] = defaultdict(int)
    tied = {person.pk}
    for a, b, *_rest in ties:
        degree[ids[a]] += 1
        degree[ids[b]] += 1
        if person.pk in (ids[a], ids[b]):
            tied |= {ids[a], ids[b]}
    at_school = {row[0]: row[6] for row in rows if row[0] == person.pk or row[0] not in tied}
    still = set(
        Person.objects.filter(consenting(), memberships__community__lineage__ancestor=community).values_list(
            "pk", flat=True
        )
    )
    known = School.every.only("name", "latitude", "longitude")
    schools = known.in_bulk({school for school in at_school.values() if school})
    skills: dict[tuple[int, str], set[str]] = defaultdict(set)
    wanted = Skill.objects.filter(person__memberships__community__lineage__ancestor=community).distinct()
    for pk, side, topic in wanted.values_list("person_id", "side", "topic__code"):
        skills[pk, side].add(topic)
    candidates = {
        pk: Candidate(
            pk,
            school,
            _point(schools.get(school or 0)),
            frozenset(skills[pk, Skill.Side.OFFERED]),
            frozenset(skills[pk, Skill.Side.WANTED]),
            degree[pk],
        )
        for pk, school in at_school.items()
        if pk in still
    }
    return candidates, schools


# The other steps -------------------------------------------------------------------------------------


def _call(item: AttentionItem, actor: User) -> Proposal:
    assert item.person is not None
    person, coming = item.person, _next_gathering(item.community)

    def words() -> str:
        who = {"name": person.given_names, "community": item.community.name}
        text = (
            _(
                "Hello %(name)s! We missed you at the last two gatherings of %(community)s. How are you? If the day, the "
                "place or the topics do not suit, tell us: we would like to have you with us again."
            )
            % who
        )
        if coming is None:
            return text
        day = date_format(timezone.localtime(coming.starts_at), "DATE_FORMAT")
        return (
            text + " " + _("The next one is «%(title)s», on %(day)s.") % {"title": coming.title, "day": day}
        )

    return Proposal(
        _(
            "A call by the node's leader often helps most. Ask and listen; this text is ready if you prefer to write."
        ),
        message=message_to(person, item, phone_of(person, actor), words),
    )


def _next_gathering(community: Community) -> Gathering | None:
    return (
        Gathering.objects.filter(
            community__lineage__ancestor=community,
            starts_at__gt=timezone.now(),
            state=Gathering.State.PLANNED,
        )
        .order_by("starts_at", "pk")
        .first()
    )


def _mix(item: AttentionItem, actor: User) -> Proposal:
    return Proposal(
        _(
            "Plan the next gathering with small tables that bring different groups together, and record who sat with "
            "whom: three rounds of tables with changing people do more than one long talk."
        ),
        plans_gathering=True,
    )


def _write_to_school(item: AttentionItem, actor: User) -> Proposal:
    assert item.school is not None
    post = (
        Post.objects.filter(school=item.school, function=Post.Function.SENIOR_LEADER, ends_on=None)
        .select_related("person")
        .order_by("-starts_on", "-pk")
        .first()
    )
    leader = post.person if post else None
    carries = leader is not None and str(leader.pk) == item.evidence.get("person")
    if leader is None:
        sentence = _("It is not recorded who leads this school. The text is ready for whoever does.")
    elif carries and item.signal == Signal.SCHOOL_ON_ONE:
        sentence = _("The one who takes part leads the school: ask whom from the team could come along.")
    else:
        sentence = _("It is best to write to whoever leads the school.")
    words = partial(_to_school, item, leader, carries=carries)
    return Proposal(sentence, message=message_to(leader, item, phone_of(leader, actor), words))


def _to_school(item: AttentionItem, leader: Person | None, *, carries: bool) -> str:
    assert item.school is not None
    who = {
        "name": leader.given_names if leader else "",
        "school": item.school.name,
        "community": item.community.name,
    }
    hello = _("Good day %(name)s!") % who if leader else _("Good day!")
    if item.signal == Signal.SCHOOL_LOST:
        asked = _(
            "The colleague through whom %(school)s took part in %(community)s is no longer with us. Who from the "
            "school could continue, so that what was begun is not lost? I would be glad to talk about it this week."
        )
    elif carries:
        asked = _(
            "You carry the part of %(school)s in %(community)s. So that what is learnt stays at the school, whom "
            "from your team could you bring along next time?"
        )
    else:
        asked = _(
            "%(school)s takes part in %(community)s through one person so far. If a second colleague joined, what is "
            "learnt would stay at the school. Whom could we invite? I would be glad to talk about it this week."
        )
    return f"{hello} {asked % who}"


def _lead(item: AttentionItem, actor: User) -> Proposal:
    """A text for the node's own group: who wants to lead it?"""
    words = {"node": item.evidence["name"], "community": item.community.name}
    asked = gettext_lazy(
        "Hello! Nobody leads %(node)s of %(community)s at the moment. Who would like to, alone or with a colleague, "
        "for a term? Whoever thinks of somebody else may say so too."
    )
    sentence = _(
        "Name somebody on the page of roles and terms, or open a call to lead it. The text asks those of the node first."
    )
    return Proposal(sentence, message=message_to(None, item, "", lambda: str(asked) % words))


def _share(item: AttentionItem, actor: User) -> Proposal:
    assert item.person is not None
    person = item.person

    def words() -> str:
        return _(
            "Hello %(name)s! You bring many people of %(community)s together, and that is worth a lot. So that it does not "
            "rest on you alone: with whom would you like to share it at the next gatherings?"
        ) % {"name": person.given_names, "community": item.community.name}

    return Proposal(
        _("Propose a second person for what runs together here: hosting, coordinating, introducing people."),
        message=message_to(person, item, phone_of(person, actor), words),
    )


def _win_heads(item: AttentionItem, actor: User) -> Proposal:
    """Four queries: how the schools of the community stand."""
    lines = school_lines(item.community)
    standing = engagement_of(lines)
    said = ngettext(
        "%(committed)d of %(count)d school has a head who promised her support.",
        "%(committed)d of %(count)d schools have a head who promised her support.",
        standing.n,
    ) % {"committed": standing.detail["committed"], "count": standing.n}
    waiting = sum(line.can_be_invited for line in lines)
    next_step = (
        ngettext(
            "%(count)d head who is known was not asked yet: invite her, and plan a gathering that is worth her time.",
            "%(count)d heads who are known were not asked yet: invite them, and plan a gathering that is worth their time.",
            waiting,
        )
        % {"count": waiting}
        if waiting
        else _(
            "All who are known were asked. Call those who have not answered, and find out who leads the other schools."
        )
    )
    return Proposal(f"{said} {next_step}", invites_heads=True)


def language_name(code: str) -> str:
    """The name of a language of the interface, in that language."""
    return dict(settings.LANGUAGES).get(code, code)

"""The life of an attention item: noticed, settled, checked; nothing shames, and advice is measured."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.services import end_membership
from tejido.directory.models import ContactPoint, Post, Purpose, Skill, Topic
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, consents
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.journal import history
from tejido.gatherings.services import record_tables
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.insights import services
from tejido.insights.models import AttentionItem
from tejido.insights.selectors import attention_for, happened, proposal_for, scales
from tejido.insights.selectors.attention import SHOWN
from tejido.insights.services.attention import QUIET_DAYS
from tejido.insights.tests.factories import insight, met, signal, teacher, teachers

pytestmark = pytest.mark.django_db
ISOLATE, DRIFTING = AttentionItem.Signal.ISOLATE, AttentionItem.Signal.DRIFTING
State, Outcome = AttentionItem.State, AttentionItem.Outcome


def today_in(community):
    """The day it is where the community is: its clock may be hours behind."""
    return community.today


def at_tables(community, tables, *, ago):
    """A gathering at which people sat at these tables."""
    gathering = met(community, [person for table in tables for person in table], ago=ago)
    ids = [[person.pk for person in table] for table in tables]
    record_tables(gathering, 1, ids, actor=system_account())
    return gathering


@pytest.fixture
def lonely(cast):
    """Lena comes to both gatherings and sits with others only once, long ago: no tie of hers stands any more."""
    school = SchoolFactory()
    cast.group = teachers(cast.node, 6, school=school)
    cast.lena = teacher(cast.node, "Lena Sol", school=school)
    at_tables(cast.node, [[cast.lena, *cast.group]], ago=900)
    at_tables(cast.node, [cast.group[:3], cast.group[3:], [cast.lena]], ago=30)
    insight(cast.node)
    return cast


def test_somebody_who_comes_and_is_tied_to_nobody_is_noticed_with_why_and_since_when(lonely):
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    (notice,) = [one for one in attention_for(lonely.rosa) if one.item == item]
    assert notice.why == "Lena Sol has been to 2 gatherings in small groups and is not tied to anybody yet."
    assert item.since == today_in(lonely.node) - timedelta(days=30)
    assert notice.step == "Introduce a colleague"


def test_an_introduction_is_prepared_with_somebody_complementary_in_the_members_language(lonely):
    robotics = Topic.objects.create(
        code="robotics", name_es="robótica", name_en="robotics", name_pt="robótica"
    )
    buddy = lonely.group[4]
    Skill.objects.create(person=lonely.lena, topic=robotics, side=Skill.Side.WANTED)
    Skill.objects.create(person=buddy, topic=robotics, side=Skill.Side.OFFERED)
    lonely.lena.language = "pt-br"
    lonely.lena.save()
    ContactPoint.objects.create(person=lonely.lena, kind="phone", value="+573001234567")

    proposal = proposal_for(signal(lonely.node, ISOLATE, lonely.lena.pk), lonely.rosa)

    first = proposal.buddies[0]
    assert first.person == buddy
    assert "offers what is wished for: robotics" in first.why
    assert first.message.language == "pt-br"
    assert first.message.text.startswith("Olá, Lena!")
    assert "robótica" in first.message.text
    assert first.message.whatsapp.startswith("https://wa.me/573001234567?text=Ol%C3%A1%2C%20Lena")
    assert lonely.lena not in {one.person for one in proposal.buddies}


def test_nobody_is_introduced_to_somebody_they_are_tied_to(lonely):
    at_tables(lonely.node, [[lonely.lena, lonely.group[0]], lonely.group[1:]], ago=3)
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    insight(lonely.node)
    proposed = {buddy.person for buddy in proposal_for(item, lonely.rosa).buddies}
    assert proposed
    assert lonely.group[0] not in proposed


def test_a_step_taken_is_measured_by_what_came_of_it(lonely):
    item = services.mark_done(signal(lonely.node, ISOLATE, lonely.lena.pk), actor=lonely.rosa)
    assert item.outcome == ""
    assert not [one for one in attention_for(lonely.rosa) if one.item == item]

    insight(lonely.node)
    item.refresh_from_db()
    assert item.outcome == ""  # too early to say, and not said again meanwhile
    assert AttentionItem.objects.filter(signal=ISOLATE, key=item.key).count() == 1

    at_tables(lonely.node, [[lonely.lena, lonely.group[0]], lonely.group[1:]], ago=0)
    insight(lonely.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.DONE, Outcome.TIED)
    (told,) = [one for one in happened(lonely.rosa, lonely.node) if one.item == item]
    assert told.words == "Done. Afterwards: Has ties now."
    (scale,) = [one for one in scales(lonely.rosa, lonely.node) if one.done]
    assert (scale.done, scale.well, scale.waiting) == (1, 1, 0)


def test_a_step_without_effect_says_not_yet_after_its_time_and_may_be_said_anew(lonely):
    item = services.mark_done(signal(lonely.node, ISOLATE, lonely.lena.pk), actor=lonely.rosa)
    AttentionItem.objects.filter(pk=item.pk).update(until=timezone.localdate() - timedelta(days=1))
    insight(lonely.node)
    item.refresh_from_db()
    assert item.outcome == Outcome.NOT_YET
    again = signal(lonely.node, ISOLATE, lonely.lena.pk)
    assert again != item
    assert again.state == State.OPEN


def test_a_signal_that_no_longer_holds_closes_itself_and_says_what_happened(lonely):
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    at_tables(lonely.node, [[lonely.lena, lonely.group[0]], lonely.group[1:]], ago=0)
    insight(lonely.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.TIED)
    assert "Settled by itself: Has ties now." in [one.words for one in happened(lonely.rosa, lonely.node)]


def test_put_off_it_comes_back_on_its_day_and_set_aside_it_stays_away(lonely):
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    services.snooze(item, 7, actor=lonely.rosa)
    assert not attention_for(lonely.rosa, community=lonely.node)
    AttentionItem.objects.filter(pk=item.pk).update(until=timezone.localdate())
    (notice,) = attention_for(lonely.rosa, community=lonely.node)
    services.dismiss(notice.item, "known", note="She prefers it so", actor=lonely.rosa)
    insight(lonely.node)
    assert not attention_for(lonely.rosa, community=lonely.node)


def test_what_was_settled_can_be_undone_but_not_settled_twice(lonely):
    item = services.mark_done(signal(lonely.node, ISOLATE, lonely.lena.pk), actor=lonely.rosa)
    with pytest.raises(Refusal) as refusal:
        services.snooze(item, 7, actor=lonely.tomas)
    assert refusal.value.code == "already_settled"
    services.reopen(item, actor=lonely.tomas)
    assert [one.item for one in attention_for(lonely.rosa, community=lonely.node)] == [item]
    with pytest.raises(Refusal) as refusal:
        services.reopen(item, actor=lonely.tomas)
    assert refusal.value.code == "not_settled"


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda item, actor: services.snooze(item, 0, actor=actor), "bad_snooze"),
        (lambda item, actor: services.dismiss(item, "because", actor=actor), "no_reason"),
    ],
)
def test_a_snooze_has_days_and_setting_aside_a_reason(lonely, deed, code):
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    with pytest.raises(Refusal) as refusal:
        deed(item, lonely.rosa)
    assert refusal.value.code == code
    item.refresh_from_db()
    assert item.state == State.OPEN


WHO_ATTENDS = [
    ("ana", False),
    ("rosa", True),
    ("tomas", True),
    ("ines", True),
    ("sole", False),
    ("ze", False),
]


@pytest.mark.parametrize(("who", "attends"), WHO_ATTENDS)
def test_only_the_team_sees_and_settles(lonely, client, who, attends):
    actor = getattr(lonely, who)
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    assert bool(attention_for(actor)) is attends
    client.force_login(actor)
    here = [lonely.node.pk, item.pk]
    assert client.get(reverse("insights:attention_item", args=here)).status_code == (200 if attends else 404)
    answer = client.post(reverse("insights:item_done", args=here))
    assert answer.status_code == (302 if attends else 404)
    item.refresh_from_db()
    assert (item.state == State.DONE) is attends
    if not attends:
        with pytest.raises(NotAllowed):
            services.mark_done(item, actor=actor)


def test_settling_is_journalled_without_naming_anybody(lonely):
    services.mark_done(signal(lonely.node, ISOLATE, lonely.lena.pk), actor=lonely.rosa)
    entry = history(facts=["insights.attention_done"]).get()
    assert entry.person_id is None
    assert set(entry.payload) == {"community_id", "item_id"}


def test_who_withdraws_consent_is_not_spoken_of_any_more(lonely):
    assert attention_for(lonely.rosa, community=lonely.node)
    consents(lonely.lena, Purpose.ANALYTICS, given=False)
    assert not attention_for(lonely.rosa, community=lonely.node)
    insight(lonely.node)
    assert not AttentionItem.objects.filter(key=str(lonely.lena.pk), state=State.OPEN).exists()


def test_somebody_who_drifts_away_is_called_and_when_she_comes_back_it_is_said(cast):
    people = teachers(cast.node, 4)
    dora = teacher(cast.node, "Dora Mar", consent=True)
    met(cast.node, [*people, dora], ago=420)
    met(cast.node, people, ago=60)
    met(cast.node, people, ago=30)
    starts = timezone.now() + timedelta(days=20)
    GatheringFactory(
        community=cast.node, title="Feria", starts_at=starts, ends_at=starts + timedelta(hours=1)
    )
    insight(cast.node)
    item = signal(cast.node, DRIFTING, dora.pk)
    proposal = proposal_for(item, cast.rosa)
    assert proposal.message.language == "es"
    assert "Dora" in proposal.message.text and "Feria" in proposal.message.text
    services.mark_done(item, actor=cast.rosa)

    met(cast.node, [*people, dora], ago=0)
    insight(cast.node)

    item.refresh_from_db()
    assert item.outcome == Outcome.CAME_BACK


def test_who_leaves_the_community_is_not_called_a_success(cast):
    people = teachers(cast.node, 4)
    dora = teacher(cast.node, "Dora Mar")
    met(cast.node, [*people, dora], ago=420)
    met(cast.node, people, ago=60)
    met(cast.node, people, ago=30)
    insight(cast.node)
    item = signal(cast.node, DRIFTING, dora.pk)
    end_membership(dora.memberships.get(), on=today_in(cast.node) - timedelta(days=1), actor=cast.rosa)
    insight(cast.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.LEFT)
    assert Outcome.LEFT not in AttentionItem.IMPROVED


def test_a_school_that_hangs_on_one_member_is_written_to_and_a_second_member_settles_it(cast):
    alone = SchoolFactory(name="Escuela Sola")
    teacher(cast.node, "Uma Uno", school=alone)
    leader = PersonFactory(given_names="Leo")
    PostFactory(person=leader, school=alone, function=Post.Function.SENIOR_LEADER)
    crowd = SchoolFactory()
    people = [teacher(cast.node, school=crowd) for _ in range(3)]
    one = teacher(cast.node, school=alone)
    met(cast.node, [*people, one], ago=10)
    insight(cast.node)
    item = signal(cast.node, AttentionItem.Signal.SCHOOL_ON_ONE, alone.pk)
    assert "Escuela Sola" in next(n.why for n in attention_for(cast.rosa) if n.item == item)
    message = proposal_for(item, cast.rosa).message
    assert message.to.startswith("Leo")
    assert "Escuela Sola" in message.text
    second = teacher(cast.node, school=alone)
    met(cast.node, [*people, one, second], ago=1)
    insight(cast.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.MORE_MEMBERS)


def test_a_school_whose_only_member_left_comes_first(cast):
    lost = SchoolFactory(name="Escuela Perdida")
    gone = teacher(cast.node, "Ida Go", school=lost)
    crowd = SchoolFactory()
    people = [teacher(cast.node, school=crowd) for _ in range(4)]
    met(cast.node, [*people, gone], ago=500)
    met(cast.node, people, ago=20)
    end_membership(gone.memberships.get(), on=timezone.localdate() - timedelta(days=100), actor=cast.rosa)
    insight(cast.node)
    first = attention_for(cast.rosa)[0]
    assert first.item.signal == AttentionItem.Signal.SCHOOL_LOST
    assert first.why == "Ida Go was the only one from Escuela Perdida and has left. Nobody has followed yet."


def test_groups_that_keep_to_themselves_lead_to_planning_a_gathering(cast, client):
    north, south = SchoolFactory(sector="public"), SchoolFactory(sector="private")
    public = [teacher(cast.node, school=north) for _ in range(6)]
    private = [teacher(cast.node, school=south) for _ in range(6)]
    met(cast.node, public, ago=30)
    met(cast.node, private, ago=29)
    insight(cast.node)
    item = signal(cast.node, AttentionItem.Signal.BRIDGING, "sector")
    assert "tied less than chance alone would bring about" in next(
        n.why for n in attention_for(cast.rosa) if n.item == item
    )
    assert proposal_for(item, cast.rosa).plans_gathering
    at_tables(cast.node, [[a, b] for a, b in zip(public, private, strict=True)] * 1, ago=20)
    for turn in range(1, 6):
        mixed = [[a, b] for a, b in zip(public, private[turn:] + private[:turn], strict=True)]
        at_tables(cast.node, mixed, ago=20 - turn)
    insight(cast.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.MIXED)


def test_one_person_who_holds_the_network_together_is_offered_company(cast):
    hub = teacher(cast.node, "Hada Hub")
    for ago in range(10, 16):
        met(cast.node, [hub, teacher(cast.node)], ago=ago)
    insight(cast.node)
    item = signal(cast.node, AttentionItem.Signal.CONCENTRATED, hub.pk)
    (notice,) = [one for one in attention_for(cast.rosa) if one.item == item]
    assert "100% of the shortest ways between two others pass through Hada Hub." in notice.why
    assert "Hada" in proposal_for(item, cast.rosa).message.text


def test_at_most_seven_are_shown_and_not_only_of_one_kind(cast, django_assert_num_queries):
    people = teachers(cast.node, 4)
    drifters = teachers(cast.node, 9)
    met(cast.node, [*people, *drifters], ago=420)
    met(cast.node, people, ago=60)
    met(cast.node, people, ago=30)
    insight(cast.node)
    with django_assert_num_queries(2):
        shown = attention_for(cast.rosa)
    assert len(shown) == SHOWN
    kinds = [one.item.signal for one in shown]
    assert kinds.count(DRIFTING) == 3
    assert kinds.count(AttentionItem.Signal.HEADS) == 1
    assert kinds.count(AttentionItem.Signal.SCHOOL_ON_ONE) == 3
    assert kinds == sorted(
        kinds, key=lambda kind: [one.item.rank for one in shown if one.item.signal == kind]
    )


def test_what_network_and_node_both_say_is_said_once(cast):
    people = teachers(cast.node, 4)
    dora = teacher(cast.node, "Dora Mar")
    met(cast.node, [*people, dora], ago=420)
    met(cast.node, people, ago=60)
    met(cast.node, people, ago=30)
    insight(cast.node)
    insight(cast.network)
    drifting = [one for one in attention_for(cast.rosa) if one.item.signal == DRIFTING]
    assert [one.item.community for one in drifting] == [cast.network]


def test_the_page_guides_where_there_is_nothing_and_praises_where_all_is_well(cast, client):
    client.force_login(cast.rosa)
    page = reverse("insights:attention", args=[cast.node.pk])
    assert b"Here the network becomes visible" in client.get(page).content
    school = SchoolFactory()
    people = [teacher(cast.node, school=school) for _ in range(5)]
    met(cast.node, people, ago=10)
    insight(cast.node)
    answer = client.get(page)
    assert answer.context["notices"] == []
    assert b"Nothing needs attention right now" in answer.content


def test_settling_from_the_page_by_button(lonely, client):
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    here = [lonely.node.pk, item.pk]
    client.force_login(lonely.rosa)
    assert b"Lena Sol" in client.get(reverse("insights:attention", args=[lonely.node.pk])).content
    client.post(reverse("insights:item_snoozed", args=here), {"days": "30"})
    item.refresh_from_db()
    assert item.until == today_in(lonely.node) + timedelta(days=30)
    client.post(reverse("insights:item_reopened", args=here))
    refused = client.post(reverse("insights:item_dismissed", args=here), {"reason": ""}, follow=True)
    assert b"Choose a reason" in refused.content
    client.post(reverse("insights:item_dismissed", args=here), {"reason": "wrong", "note": "Not on the list"})
    item.refresh_from_db()
    assert (item.state, item.reason, item.note) == (State.DISMISSED, "wrong", "Not on the list")
    assert (item.until - timezone.localdate()).days > QUIET_DAYS


def test_an_items_page_costs_few_queries(lonely, client, django_assert_max_num_queries):
    topic = Topic.objects.create(code="robotics", name_es="robótica", name_en="robotics", name_pt="robótica")
    Skill.objects.create(person=lonely.lena, topic=topic, side=Skill.Side.WANTED)
    for buddy in lonely.group[3:]:
        Skill.objects.create(person=buddy, topic=topic, side=Skill.Side.OFFERED)
    ContactPoint.objects.create(person=lonely.lena, kind="phone", value="+573001234567")
    item = signal(lonely.node, ISOLATE, lonely.lena.pk)
    client.force_login(lonely.rosa)
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("insights:attention_item", args=[lonely.node.pk, item.pk]))
    assert len(shown.context["proposal"].buddies) == 3
    with django_assert_max_num_queries(12):
        client.get(reverse("insights:attention", args=[lonely.node.pk]))

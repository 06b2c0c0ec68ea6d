"""Ties that were written down: who brings them, who reads them, what becomes of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tejido.communities import selectors, services
from tejido.communities.models import RecordedTie
from tejido.communities.services import TieLine
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.directory.services import merge_people, undo_merge
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db
ADVICE = RecordedTie.Kind.ADVICE
DAY = date(2024, 5, 2)


def guests(count: int) -> list[Person]:
    return [PersonFactory() for _ in range(count)]


def test_a_coordinator_writes_down_who_asks_whom_and_the_history_says_how_many(cast):
    eva, luz = guests(2)
    lines = [TieLine(eva.pk, luz.pk, ADVICE, 2, DAY), TieLine(luz.pk, eva.pk, ADVICE)]

    assert services.record_ties(cast.node, lines, actor=cast.rosa) == 2

    ties = list(selectors.ties_in(cast.network).values_list("source_id", "target_id", "weight", "day"))
    assert ties == [(eva.pk, luz.pk, 2.0, DAY), (luz.pk, eva.pk, 1.0, None)]
    entry = JournalEntry.objects.get(fact="communities.ties_recorded")
    assert entry.payload == {"community_id": cast.node.pk, "count": 2}


def test_the_same_list_again_changes_nothing_and_the_same_pair_twice_on_a_day_is_one_tie(cast):
    eva, luz = guests(2)
    lines = [TieLine(eva.pk, luz.pk, ADVICE, 1, DAY), TieLine(eva.pk, luz.pk, ADVICE, 2.5, DAY)]
    assert services.record_ties(cast.node, lines, actor=cast.rosa) == 1
    assert services.record_ties(cast.node, lines, actor=cast.rosa) == 0
    assert RecordedTie.objects.get().weight == 3.5
    assert JournalEntry.objects.filter(fact="communities.ties_recorded").count() == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (lambda a, b: TieLine(a, a, ADVICE), "tie_with_oneself"),
        (lambda a, b: TieLine(a, b, "envies"), "unknown_tie"),
        (lambda a, b: TieLine(a, b, ADVICE, 0), "tie_without_weight"),
        (lambda a, b: TieLine(a, b, ADVICE, float("nan")), "tie_without_weight"),
    ],
)
def test_what_is_no_tie_is_refused_and_nothing_is_written(cast, line, code):
    eva, luz = guests(2)
    with pytest.raises(Refusal) as refused:
        services.record_ties(
            cast.node, [TieLine(luz.pk, eva.pk, ADVICE), line(eva.pk, luz.pk)], actor=cast.rosa
        )
    assert refused.value.code == code
    assert not RecordedTie.objects.exists()


def test_the_database_itself_knows_that_a_tie_is_between_two(cast):
    (eva,) = guests(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedTie.objects.create(community=cast.node, source=eva, target=eva, kind=ADVICE)


@pytest.mark.parametrize(
    ("who", "may_record", "may_see"),
    [
        ("rosa", True, True),  # coordinates the network above
        ("tomas", True, True),
        ("ines", False, True),  # accompanies
        ("sole", False, True),  # researches
        ("ana", False, False),  # a member, in none of these ties
        ("ze", False, False),
    ],
)
def test_who_may_bring_ties_and_who_may_read_them(cast, who, may_record, may_see):
    eva, luz = guests(2)
    actor = getattr(cast, who)
    services.record_ties(cast.node, [TieLine(eva.pk, luz.pk, ADVICE)], actor=cast.rosa)
    tie = RecordedTie.objects.get()
    assert bool(can(actor, "communities.see_tie", tie)) is may_see
    assert selectors.ties_for(actor).filter(pk=tie.pk).exists() is may_see
    assert bool(can(actor, "communities.record_ties", cast.node)) is may_record
    if not may_record:
        with pytest.raises(NotAllowed):
            services.record_ties(cast.node, [TieLine(luz.pk, eva.pk, ADVICE)], actor=actor)
        with pytest.raises(NotAllowed):
            services.take_back_ties(cast.node, brought_in=1, actor=actor)
    assert RecordedTie.objects.count() == 1


def test_everybody_reads_the_ties_that_are_about_them(cast):
    (eva,) = guests(1)
    ana = cast.ana.person
    services.record_ties(cast.node, [TieLine(eva.pk, ana.pk, ADVICE)], actor=cast.rosa)
    assert list(selectors.ties_for(cast.ana)) == [RecordedTie.objects.get()]


def test_guests_of_a_list_of_ties_are_within_reach_of_the_team_and_of_nobody_else(cast):
    eva, luz = guests(2)
    services.record_ties(cast.node, [TieLine(eva.pk, luz.pk, ADVICE)], actor=cast.rosa)
    for actor, sees in ((cast.rosa, 2), (cast.ines, 2), (cast.ana, 0), (cast.ze, 0)):
        seen = Person.objects.filter(people_visible_to(actor), pk__in=[eva.pk, luz.pk])
        assert seen.count() == sees


def test_taking_back_a_list_leaves_the_ties_of_others(cast):
    eva, luz = guests(2)
    services.record_ties(cast.node, [TieLine(eva.pk, luz.pk, ADVICE)], brought_in=7, actor=cast.rosa)
    services.record_ties(cast.node, [TieLine(luz.pk, eva.pk, ADVICE)], brought_in=8, actor=cast.rosa)
    assert services.take_back_ties(cast.node, brought_in=7, actor=cast.rosa) == 1
    assert list(RecordedTie.objects.values_list("brought_in", flat=True)) == [8]


def test_two_who_are_one_keep_one_set_of_ties_and_undoing_gives_back_both(cast):
    eva, evita, luz = guests(3)
    for one in (eva, evita, luz):
        MembershipFactory(community=cast.node, person=one)
    lines = [
        TieLine(eva.pk, luz.pk, ADVICE),
        TieLine(evita.pk, luz.pk, ADVICE),
        TieLine(luz.pk, evita.pk, ADVICE, 1, DAY),
        TieLine(eva.pk, evita.pk, ADVICE),
    ]
    services.record_ties(cast.node, lines, actor=cast.rosa)
    before = set(RecordedTie.objects.values_list("source_id", "target_id", "day"))

    merge = merge_people(eva, evita, {}, actor=cast.rosa)
    assert set(RecordedTie.objects.values_list("source_id", "target_id", "day")) == {
        (eva.pk, luz.pk, None),
        (luz.pk, eva.pk, DAY),
    }

    undo_merge(merge, actor=cast.rosa)
    assert set(RecordedTie.objects.values_list("source_id", "target_id", "day")) == before


def test_whoever_is_erased_leaves_no_tie(cast):
    eva, luz = guests(2)
    services.record_ties(cast.node, [TieLine(eva.pk, luz.pk, ADVICE)], actor=cast.rosa)
    eva.delete()
    assert not RecordedTie.objects.exists()

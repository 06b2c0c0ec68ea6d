"""Ways of working: they come along in three languages, and a community writes its own."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from tejido.agenda import selectors, services
from tejido.agenda.models import Activity
from tejido.agenda.reference import ACTIVITIES
from tejido.agenda.tests import factories as make
from tejido.foundation.errors import Refusal
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db


def test_each_comes_along_in_three_languages_with_steps_and_an_online_variant(system):
    languages: dict[str, set[str]] = {}
    for row in ACTIVITIES:
        languages.setdefault(row["key"], set()).add(row["language"])
        assert row["steps"]
        assert row["online"]
        assert row["material"]
    assert all(spoken == {"es", "en", "pt-br"} for spoken in languages.values())
    assert len(languages) == 6


def test_seeding_again_changes_nothing_and_brings_bettered_words(system, capsys):
    call_command("seed-activities")
    assert services.seed_activities(actor=system) == (0, len(ACTIVITIES))
    row = Activity.objects.get(key="world-cafe", language="en")
    Activity.objects.filter(pk=row.pk).update(purpose="older words")
    services.seed_activities(actor=system)
    row.refresh_from_db()
    assert row.purpose.startswith("To let many people")


@pytest.mark.parametrize(
    ("language", "name"), [("es", "Café del mundo"), ("en", "World Café"), ("pt-br", "Café do mundo")]
)
def test_the_reader_finds_them_in_their_language(system, cast, language, name):
    services.seed_activities(actor=system)
    with translation.override(language):
        names = [row.name for row in selectors.activities_for(cast.node)]
    assert name in names
    assert len(names) == 6


def test_an_activity_goes_into_the_agenda_with_its_time_and_material(client, cast, system):
    services.seed_activities(actor=system)
    gathering = GatheringFactory(community=cast.node)
    client.force_login(cast.rosa)
    listed = client.get(reverse("agenda:activities", args=[cast.node.pk]), {"for": gathering.pk}).text
    row = Activity.objects.get(key="world-cafe", language="en")
    into = f"{reverse('agenda:add', args=[gathering.pk])}?activity={row.pk}"
    assert into in listed
    form = client.get(into).context["form"]
    assert (form["title"].value(), form["minutes"].value(), form["kind"].value()) == (
        "World Café",
        75,
        "discussion",
    )
    assert "tablecloth" in form["material"].value()


def test_a_community_writes_its_own_and_nodes_below_use_it(client, cast):
    client.force_login(cast.rosa)
    there = reverse("agenda:write_activity", args=[cast.network.pk])
    sent = {
        "name": "Speed greeting",
        "kind": "social",
        "steps": "2 In pairs: your name\n10: What are you proud of?",
    }
    assert client.post(there, sent).status_code == 302
    row = Activity.objects.get(community=cast.network)
    assert list(row.steps.values_list("minutes", "words")) == [
        (2, "In pairs: your name"),
        (10, "What are you proud of?"),
    ]
    assert row in selectors.activities_for(cast.node)
    assert row not in selectors.activities_for(cast.elsewhere)
    again = client.post(there, {**sent, "name": "speed GREETING"})
    assert "There is one of that name already" in again.text


@pytest.mark.parametrize("steps", ["In pairs", "0 nothing", "900 too long", "10"])
def test_a_step_without_its_minutes_is_sent_back(client, cast, steps):
    client.force_login(cast.rosa)
    there = reverse("agenda:write_activity", args=[cast.node.pk])
    answer = client.post(there, {"name": "N", "kind": "social", "steps": steps})
    assert answer.status_code == 422
    assert "Line 1" in answer.text
    assert not Activity.objects.exists()


def test_what_comes_along_stays_and_an_agenda_outlives_its_activity(cast, system):
    services.seed_activities(actor=system)
    with pytest.raises(Refusal, match="comes along"):
        services.remove_activity(Activity.objects.filter(community=None).first(), actor=cast.rosa)
    own = services.write_activity(
        cast.node, services.ActivityWords("Own", "social", [(5, "Sing")]), actor=cast.rosa
    )
    row = make.part(GatheringFactory(community=cast.node), activity=own)
    services.remove_activity(own, actor=cast.rosa)
    row.refresh_from_db()
    assert (row.title, row.activity) == ("Talk", None)


def test_the_list_costs_the_same_at_any_length(client, cast, system, django_assert_max_num_queries):
    services.seed_activities(actor=system)
    for number in range(30):
        words = services.ActivityWords(f"Own {number}", "social", [(5, "Sing"), (5, "Sit")])
        services.write_activity(cast.node, words, actor=cast.rosa)
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(9):
        assert "Own 29" in client.get(reverse("agenda:activities", args=[cast.node.pk])).text

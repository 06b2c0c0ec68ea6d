"""Other people's networks of educators and women of 1936, read from their files and measured twice."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

import networkx as nx
import pytest
from networkx.algorithms import bipartite

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.network import cohesion, roles
from tejido_analytics.network.directed import arcs
from tejido_analytics.network.encounters import encounters, met_ties
from tejido_analytics.options import Options
from tejido_analytics.panorama import Panorama, panorama
from tejido_analytics.tables import Attendance, Gathering, Period, Person, Tables, Tie
from tejido_analytics.tests import real
from tejido_analytics.tests.samples import to_networkx

pytestmark = pytest.mark.real_data

COURSE = Period(dt.date(2013, 4, 1), dt.date(2013, 6, 30))


def discussions() -> Tables:
    """445 educators who answered each other in a course of spring 2013; timestamps like 4/4/13 16:32."""
    folder = real.folder("educator-net-dlt")
    people = [
        Person(row["UID"], district=row["region"], sector=row["role1"], subject=row["grades"])
        for row in real.rows(folder / "dlt1-nodes.csv")
    ]
    ties = [
        Tie(
            row["Sender"],
            row["Receiver"],
            "replied",
            date=dt.datetime.strptime(row["Timestamp"], "%m/%d/%y %H:%M").date(),
        )
        for row in real.rows(folder / "dlt1-edges.csv")
    ]
    return Tables(people=people, ties=ties)


@pytest.fixture(scope="module")
def replied() -> Tables:
    return discussions()


@pytest.fixture(scope="module")
def seen(replied: Tables) -> Panorama:
    return panorama(replied, COURSE, options=Options(layout=False))


def test_the_discussions_have_their_published_counts(replied: Tables, seen: Panorama) -> None:
    assert (len(replied.people), len(replied.ties)) == (445, 2529)
    assert seen.indicators["reciprocity"].missing == {reasons.SELF_TIES: 86}
    assert seen.kinds == ("replied",)
    assert seen.network.size == 445
    assert int(seen.network.count.sum()) == 2529 - 86
    assert seen.indicators["active_members"].because == reasons.NO_GATHERINGS


def test_replies_are_returned_as_often_as_networkx_says(replied: Tables, seen: Panorama) -> None:
    digraph = nx.DiGraph((tie.source, tie.target) for tie in replied.ties if tie.source != tie.target)
    assert seen.indicators["reciprocity"].n == digraph.number_of_edges()
    assert seen.indicators["reciprocity"].value == pytest.approx(nx.overall_reciprocity(digraph), abs=1e-9)
    most_answered = seen.indicators["reciprocity"].detail["kinds"]["replied"]["most_asked"][0]
    assert most_answered["in"] == max(degree for _person, degree in digraph.in_degree())


def test_the_discussion_network_equals_networkx(replied: Tables, seen: Panorama) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(person.id for person in replied.people)
    for tie in replied.ties:
        if tie.source != tie.target:
            weight = graph.get_edge_data(tie.source, tie.target, {"weight": 0})["weight"]
            graph.add_edge(tie.source, tie.target, weight=weight + 1)
    found = seen.indicators
    assert found["density"].value == pytest.approx(nx.density(graph), abs=1e-9)
    assert found["clustering"].value == pytest.approx(nx.transitivity(graph), abs=1e-9)
    assert found["isolates_share"].value == pytest.approx(len(list(nx.isolates(graph))) / 445, abs=1e-9)
    assert found["largest_component"].numerator == len(max(nx.connected_components(graph), key=len))
    core = nx.core_number(graph)
    assert found["k_core"].value == max(core.values())
    assert {node.id: node.core for node in seen.nodes} == core
    strength = sum(value for _person, value in graph.degree(weight="weight")) / 445
    assert found["mean_strength"].value == pytest.approx(strength, abs=1e-9)
    hold = nx.constraint(graph, weight="weight")
    for node in seen.nodes:
        if node.constraint is not None:
            assert node.constraint == pytest.approx(hold[node.id], abs=1e-9)
    parts: dict[int, set[str]] = {}
    for node in seen.nodes:
        parts.setdefault(node.group, set()).add(node.id)
    quality = nx.community.modularity(graph, parts.values(), weight="weight")
    assert found["communities"].detail["modularity"] == pytest.approx(quality, abs=1e-9)
    louvain = nx.community.louvain_communities(graph, weight="weight", seed=1)
    assert quality >= nx.community.modularity(graph, louvain, weight="weight") - 1e-3


def test_betweenness_of_the_discussions_equals_networkx_on_exact_lengths(seen: Panorama) -> None:
    expected = nx.betweenness_centrality(to_networkx(seen.network), weight="length")
    assert {node.id: node.betweenness for node in seen.nodes} == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("indicator", "field"), [("bridging_district", "district"), ("bridging_sector", "sector")]
)
def test_ties_across_regions_and_roles_equal_a_count_by_hand(
    replied: Tables, seen: Panorama, indicator: str, field: str
) -> None:
    group = {person.id: getattr(person, field) for person in replied.people}
    pairs = {frozenset((tie.source, tie.target)) for tie in replied.ties if tie.source != tie.target}
    external = sum(len({group[person] for person in pair}) == 2 for pair in pairs)
    found = seen.indicators[indicator]
    assert found.value == pytest.approx((2 * external - len(pairs)) / len(pairs), abs=1e-9)
    sizes = Counter(group.values())
    same = sum(size * (size - 1) / 2 for size in sizes.values())
    assert found.detail["expected"] == pytest.approx(1 - 2 * same / (445 * 444 / 2), abs=1e-9)


def advice() -> Tables:
    """Teachers who ask each other for advice, in eight schools; ids start anew in each school."""
    folder = real.folder("educator-net-pitts-spillane")
    people = [
        Person(f"{row['id']}-{row['Node']}", school=row["id"])
        for row in real.rows(folder / "teacher_nodes.csv")
    ]
    ties = [
        Tie(f"{row['id']}-{row['Sender']}", f"{row['id']}-{row['Receiver']}", "advice")
        for row in real.rows(folder / "advice_edges.csv")
        if row["Outcome"] == "1"
    ]
    return Tables(people=people, ties=ties)


def test_advice_in_each_school_has_its_published_ties_and_networkx_s_reciprocity() -> None:
    tables = advice()
    published = {"1": 61, "2": 103, "3": 75, "4": 54, "5": 76, "6": 162, "7": 314, "8": 172}
    for school, ties in published.items():
        staff = [person for person in tables.people if person.school == school]
        inside = dataclasses.replace(
            tables, people=staff, ties=[tie for tie in tables.ties if tie.source.startswith(f"{school}-")]
        )
        assert len(arcs(tables.ties, "advice", COURSE, {person.id for person in staff})) == ties
        found = panorama(inside, COURSE, options=Options(layout=False)).indicators
        digraph = nx.DiGraph((tie.source, tie.target) for tie in inside.ties)
        assert found["reciprocity"].n == ties
        assert found["reciprocity"].value == pytest.approx(nx.overall_reciprocity(digraph), abs=1e-9)
        digraph.add_nodes_from(person.id for person in staff)
        assert found["density"].value == pytest.approx(nx.density(digraph.to_undirected()), abs=1e-9)
        assert found["clustering"].value == pytest.approx(nx.transitivity(digraph.to_undirected()), abs=1e-9)


def test_advice_never_leaves_a_school_in_these_data() -> None:
    found = panorama(advice(), COURSE, options=Options(layout=False)).indicators["bridging_school"]
    assert found.value == -1
    assert found.detail["expected"] > 0.5


def southern_women() -> Tables:
    """Eighteen women at fourteen events of 1936 (Davis, Gardner & Gardner 1941)."""
    table = real.rows(real.folder("attendance-southern-women") / "southern_women_incidence.csv")
    events = [name for name in table[0] if name]
    dates = {event: dt.date(1936, *map(int, event.split("/"))) for event in events}
    return Tables(
        gatherings=[Gathering(event, when) for event, when in dates.items()],
        attendance=[
            Attendance(row[""], event, "on_site" if row[event] == "1" else "absent")
            for row in table
            for event in events
        ],
    )


YEAR_1936 = Period(dt.date(1936, 1, 1), dt.date(1936, 12, 31))


def test_the_southern_women_have_their_published_network() -> None:
    activity = Activity(southern_women())
    found = encounters(activity, YEAR_1936.end)
    network = met_ties(found, YEAR_1936.end, activity.consenting)
    assert (network.size, len(found.groups)) == (18, 14)
    assert network.ties == 139
    assert cohesion.density(network).value == pytest.approx(139 / 153, abs=1e-9)
    graph = bipartite.projected_graph(
        nx.davis_southern_women_graph(), nx.davis_southern_women_graph().graph["top"]
    )
    assert nx.transitivity(graph) == pytest.approx(cohesion.clustering(network).value, abs=1e-9)


def test_weights_without_fading_are_newman_s_and_so_is_all_that_follows() -> None:
    tables = southern_women()
    timeless = dataclasses.replace(
        tables, gatherings=[dataclasses.replace(row, date=YEAR_1936.end) for row in tables.gatherings]
    )
    activity = Activity(timeless)
    network = met_ties(encounters(activity, YEAR_1936.end), YEAR_1936.end, activity.consenting)
    both = nx.Graph(
        (row.person, f"event {row.gathering}") for row in timeless.attendance if row.status == "on_site"
    )
    women = [node for node in both if not str(node).startswith("event ")]
    graph = bipartite.collaboration_weighted_projected_graph(both, women)
    assert {(row["source"], row["target"]): row["weight"] for row in network.rows()} == pytest.approx(
        {tuple(sorted((a, b))): data["weight"] for a, b, data in graph.edges(data=True)}, abs=1e-9
    )
    hold = nx.constraint(graph, weight="weight")
    assert dict(zip(network.people, roles.constraint(network), strict=True)) == pytest.approx(hold, abs=1e-9)
    exact = to_networkx(network)
    expected = nx.betweenness_centrality(exact, weight="length")
    assert dict(zip(network.people, roles.betweenness(network).tolist(), strict=True)) == pytest.approx(
        expected, abs=1e-9
    )


def test_a_year_of_the_southern_women_in_indicators() -> None:
    found = panorama(southern_women(), YEAR_1936, options=Options(layout=False)).indicators
    assert found["active_members"].value == 18
    assert found["attendance_rate"].value == pytest.approx(89 / (18 * 14), abs=1e-9)
    assert found["drop_in_share"].value == 0
    # Only Evelyn, Laura, Theresa and others with at least 9 of 14 come up to 60 per cent: none has more than eight.
    assert found["core_share"].value == 0
    assert found["retention"].because == reasons.NOBODY_ACTIVE_BEFORE

"""What pairing has to know of the people who would like a buddy, as plain arrays, and the price of every two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tejido.buddies.models import Pair, Partner, Profile
from tejido.buddies.selectors.buddies import open_people
from tejido.communities.models import Community
from tejido.communities.selectors import ties_in
from tejido.directory.models import Post, Skill

# Prices are points; lower is better. What somebody learns outweighs everything but a rule.
EACH_TOPIC, MOST_TOPICS = -2.0, 3  # a topic that one offers and the other wants, up to so many each way
BOTH_WAYS = -3.0  # each learns something from the other
PER_50_KM, MOST_KM = 1.0, 4.0
OTHER_LEVEL, OTHER_SECTOR = -1.5, -0.5  # the secondary programmer with the primary teacher
TIED = 6.0  # they know each other already


@dataclass(frozen=True, slots=True)
class People:
    """Those who would like a buddy. ids in order; the rest by place in that order. never: places of two who are not proposed again."""

    ids: list[int]
    offered: list[tuple[int, int]]  # (place, topic id)
    wanted: list[tuple[int, int]]
    ways: list[str]
    reach: list[float]  # km to somebody near, inf where it does not matter
    spoken: list[frozenset[str]]
    posts: list[tuple[int, int, str, str]]  # (school, territory, level, sector), 0 and "" where not known
    places: list[tuple[float, float]]  # degrees, nan where not known
    tied: list[tuple[int, int]]
    never: list[tuple[int, int]]


def people_for_buddies(community: Community) -> People:
    """Everybody who would like a buddy and has none. Six queries, whatever the number."""
    profiles = list(Profile.objects.filter(person__in=open_people(community)).order_by("person_id"))
    ids = [one.person_id for one in profiles]
    at = {pk: place for place, pk in enumerate(ids)}
    sides: dict[str, list[tuple[int, int]]] = {side: [] for side in Skill.Side.values}
    inside = open_people(community).values("pk")
    skills = Skill.objects.filter(person_id__in=inside).order_by("pk")
    for person_id, topic_id, side in skills.values_list("person_id", "topic_id", "side"):
        sides[side].append((at[person_id], topic_id))
    posts, places = _posts(inside, at)
    ties = ties_in(community).values_list("source_id", "target_id")
    return People(
        ids=ids,
        offered=sides[Skill.Side.OFFERED],
        wanted=sides[Skill.Side.WANTED],
        ways=[one.way for one in profiles],
        reach=[float(one.km or "inf") for one in profiles],
        spoken=[frozenset(one.spoken) for one in profiles],
        posts=posts,
        places=places,
        tied=[(at[a], at[b]) for a, b in ties if a in at and b in at],
        never=_never(at),
    )


def _posts(inside: Any, at: dict[int, int]) -> tuple[list[Any], list[tuple[float, float]]]:
    nowhere = (0, 0, "", "")
    posts: list[Any] = [nowhere] * len(at)
    places = [(float("nan"), float("nan"))] * len(at)
    rows = Post.objects.filter(person_id__in=inside, ends_on=None, school__isnull=False).order_by("pk")
    for person, school, territory, level, sector, lat, lon in rows.values_list(
        "person_id", "school_id", "school__territory_id", "level", "school__sector",
        "school__latitude", "school__longitude",
    ):  # fmt: skip
        posts[at[person]] = (school, territory or 0, level, sector)
        if lat is not None and lon is not None:
            places[at[person]] = (lat, lon)
    return posts, places


def _never(at: dict[int, int]) -> list[tuple[int, int]]:
    """Two who were buddies, or of whom one said «not this time»: not proposed to each other again."""
    over = Pair.objects.exclude(state__in=(Pair.State.PROPOSED,)).values("pk")
    together: dict[int, list[int]] = {}
    rows = Partner.objects.filter(pair_id__in=over).order_by("pair_id", "pk")
    for pair_id, person_id in rows.values_list("pair_id", "person_id"):
        if person_id in at:
            together.setdefault(pair_id, []).append(at[person_id])
    return [two for people in together.values() for two in combinations(people, 2)]


def prices(people: People) -> tuple[Any, Any]:
    """(prices, km), both (P, P): what it costs to bring two together, inf where a rule stands between them; nan where not known.

    Rules: another school, a language in common (who named none speaks any), ways that fit, near enough for whoever wants
    to meet (of an unknown distance: the same district), and nobody who was proposed before. O(P² · topics), in arrays.
    """
    import numpy as np

    from tejido_analytics.place import haversine_km

    number = len(people.ids)
    if not number:
        return np.zeros((0, 0)), np.zeros((0, 0))
    gives = np.minimum(_ticks(people.offered, people) @ _ticks(people.wanted, people).T, MOST_TOPICS)
    table = EACH_TOPIC * (gives + gives.T) + BOTH_WAYS * ((gives > 0) & (gives.T > 0))
    lat, lon = np.array(people.places, dtype=np.float64).T
    km = haversine_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    table += np.nan_to_num(np.minimum(km / 50 * PER_50_KM, MOST_KM), nan=MOST_KM / 2)
    school, territory, level, sector = (_codes(column) for column in zip(*people.posts, strict=True))
    table += OTHER_LEVEL * _differ(level) + OTHER_SECTOR * _differ(sector)
    for places, price in ((people.tied, TIED), (people.never, np.inf)):
        if places:
            one, other = np.array(sorted({(min(two), max(two)) for two in places})).T
            table[one, other] += price
            table[other, one] += price
    table[_same(school) | _apart(people, km, _same(territory)) | _speechless(people)] = np.inf
    np.fill_diagonal(table, np.inf)
    return table, km


def _ticks(said: Iterable[tuple[int, int]], people: People) -> Any:
    """(P, topics): 1 where said; columns alike for both sides."""
    import numpy as np

    topics = {
        topic: at for at, topic in enumerate(sorted({t for _p, t in [*people.offered, *people.wanted]}))
    }
    table = np.zeros((len(people.ids), max(1, len(topics))), dtype=np.float64)
    for place, topic in said:
        table[place, topics[topic]] = 1
    return table


def _codes(column: Iterable[Any]) -> Any:
    """Values as numbers, 0 for what is not known."""
    import numpy as np

    known: dict[Any, int] = {}
    return np.array([known.setdefault(value, len(known) + 1) if value else 0 for value in column])


def _same(codes: Any) -> Any:
    return (codes[:, None] == codes[None, :]) & (codes > 0)[:, None]


def _differ(codes: Any) -> Any:
    return (codes[:, None] != codes[None, :]) & (codes > 0)[:, None] & (codes > 0)[None, :]


def _apart(people: People, km: Any, same_district: Any) -> Any:
    """Whose ways do not fit: one wants to meet and the other is too far away, or wants to talk online only."""
    import numpy as np

    near = np.array([way == Profile.Way.NEAR for way in people.ways])
    online = np.array([way == Profile.Way.ONLINE for way in people.ways])
    reach = np.array(people.reach)
    least = np.minimum(reach[:, None], reach[None, :])
    with np.errstate(invalid="ignore"):
        close = np.where(np.isnan(km), same_district, km <= least)
    meeting = near[:, None] | near[None, :]
    mixed = (near[:, None] & online[None, :]) | (online[:, None] & near[None, :])
    return mixed | (meeting & ~close)


def _speechless(people: People) -> Any:
    """No language in common; who named none is taken to speak any."""
    import numpy as np

    codes = sorted({code for spoken in people.spoken for code in spoken})
    if not codes:
        return np.zeros((len(people.ids),) * 2, dtype=bool)
    table = np.array(
        [[not spoken or code in spoken for code in codes] for spoken in people.spoken], dtype=np.float64
    )
    return table @ table.T == 0

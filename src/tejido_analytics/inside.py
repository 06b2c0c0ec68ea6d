"""One community in one period: every indicator of the catalogue, with what several of them share made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from tejido_analytics import (
    agendas,
    leadership,
    meetings,
    participation,
    place,
    reasons,
    sharing,
    skills,
    tickets,
)
from tejido_analytics.activity import Activity
from tejido_analytics.catalogue import BRIDGING_ATTRIBUTES, DEFINITIONS
from tejido_analytics.departures import school_survival
from tejido_analytics.measure import Measure
from tejido_analytics.network import cohesion, roles
from tejido_analytics.network.bridging import bridging
from tejido_analytics.network.change import core_moves, tie_change
from tejido_analytics.network.directed import reciprocity_by_kind
from tejido_analytics.network.groups import communities, leiden
from tejido_analytics.network.ties import Floats, Network
from tejido_analytics.network.woven import MET, Woven
from tejido_analytics.options import Options
from tejido_analytics.privacy import protect
from tejido_analytics.tables import DIRECTED_KINDS, Period


class Inside:
    """The indicators of `period`, compared with `earlier` where their definition says so.

    >>> from tejido_analytics.tables import Tables
    >>> import datetime as dt
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> nothing = Inside(Activity(Tables()), year, year.previous(), Options()).measures()
    >>> nothing["density"].because, nothing.keys() == DEFINITIONS.keys()
    ('no gatherings recorded', True)
    """

    def __init__(
        self,
        activity: Activity,
        period: Period,
        earlier: Period,
        options: Options,
        woven_before: Woven | None = None,
    ) -> None:
        self.activity, self.period, self.earlier, self.options = activity, period, earlier, options
        self.woven = Woven(activity, period, options)
        self.woven_before = woven_before or Woven(activity, earlier, options)

    def measures(self) -> dict[str, Measure]:
        """id -> Measure, for every id of the catalogue, in its order."""
        found = self._of_people() | self._of_the_network() | self._of_schools() | self._of_gatherings()
        return {name: found[name] for name in DEFINITIONS}

    def _of_people(self) -> dict[str, Measure]:
        activity, period, earlier, options = self.activity, self.period, self.earlier, self.options
        return {
            "active_members": participation.active_members(activity, period),
            "retention": participation.retention(activity, period, earlier),
            "newcomers": participation.newcomers(activity, period),
            "returners": participation.returners(activity, period, earlier),
            "core_share": participation.core_share(activity, period, options),
            "drop_in_share": participation.drop_in_share(activity, period),
            "cohort_retention": participation.cohort_retention(activity, period, earlier, options),
            "skills_cover": skills.skills_cover(activity, period, options),
            "held": meetings.held(activity, period, options.as_of),
            "attendance_rate": meetings.attendance_rate(activity, period, options),
        }

    def _of_gatherings(self) -> dict[str, Measure]:
        activity, period, options = self.activity, self.period, self.options
        return {
            "time_mix": agendas.time_mix_in(activity, period, options),
            "voices": agendas.voices(activity, period, options),
            "partners": agendas.partners(activity, period, options),
            "exit_response": tickets.exit_response(activity, period, options),
            "usefulness": tickets.usefulness(activity, period, options),
            "leadership_spread": sharing.leadership_spread(activity, period, options),
            "member_led": sharing.member_led(activity, period, options),
        }

    def _of_schools(self) -> dict[str, Measure]:
        activity, period, earlier, options = self.activity, self.period, self.earlier, self.options
        return {
            "schools_reached": place.schools_reached(activity, period),
            "territories_reached": place.territories_reached(activity, period),
            "rural_share": place.rural_share(activity, period, options),
            "distance": place.distance(activity, period, options),
            "equity": place.equity(activity, period, options),
            "leaders_engaged": leadership.leaders_engaged(activity, period, options),
            "depth": leadership.depth(activity, period),
            "school_retention": leadership.school_retention(activity, period, earlier),
            "school_survival": school_survival(activity, period, options),
            "survives_departure": leadership.survives_departure(activity, period, earlier),
        }

    def _of_the_network(self) -> dict[str, Measure]:
        measures: dict[str, Callable[[Network], Measure]] = {
            "density": cohesion.density,
            "mean_strength": cohesion.mean_strength,
            "isolates_share": cohesion.isolates_share,
            "largest_component": cohesion.largest_component,
            "clustering": cohesion.clustering,
            "communities": self._communities,
            "k_core": cohesion.k_core,
            "core_periphery": self._core,
            "brokers": self._brokers,
            "tie_change": self._tie_change,
        }
        measures |= {f"bridging_{name}": partial(self._bridging, name) for name in BRIDGING_ATTRIBUTES}
        found = {name: self._of_network(measure) for name, measure in measures.items()}
        return found | {"reciprocity": self._reciprocity()}

    def _of_network(self, measure: Callable[[Network], Measure]) -> Measure:
        """A measure of the network, or the reason why there is none; with what the network leaves out."""
        if self.woven.why_not:
            return Measure(None, 0, self.woven.why_not, missing=self.woven.missing)
        value = measure(self.woven.network)
        return dataclasses.replace(value, missing={**self.woven.missing, **value.missing})

    @cached_property
    def groups(self) -> list[int]:
        """Leiden's group of each person of the network."""
        return leiden(self.woven.network, self.options.seed)

    @cached_property
    def betweenness(self) -> Floats:
        """Betweenness of each person of the network."""
        return roles.betweenness(self.woven.network)

    def _communities(self, network: Network) -> Measure:
        return communities(network, self.options.seed, self.groups)

    def _brokers(self, network: Network) -> Measure:
        return roles.brokers(network, between=self.betweenness)

    def _core(self, _network: Network) -> Measure:
        """With who moved between core and edge since the period before, where that had a core too."""
        now, before = self.woven, self.woven_before
        if now.core.value is None or before.why_not or before.core.value is None:
            return now.core
        cores = [set(one.core.detail["people"]) for one in (before, now)]
        moves = core_moves(cores[0], set(before.network.people), cores[1], set(now.network.people))
        return dataclasses.replace(now.core, detail={**now.core.detail, **moves})

    def _tie_change(self, _network: Network) -> Measure:
        """Of all standing ties, also with people who are not active in one of the periods: a tie outlives an absence.

        Recorded ties without dates hold always: nothing can be said of their change.
        """
        if MET not in self.woven.kinds and all(tie.date is None for tie in self.activity.tables.ties):
            return Measure(None, 0, reasons.NO_DATES_OF_TIES)
        earlier = Woven(
            self.activity, self.earlier, dataclasses.replace(self.options, kinds=self.woven.kinds)
        )
        return tie_change(earlier.everybody, self.woven.everybody)

    def _bridging(self, attribute: str, network: Network) -> Measure:
        options = self.options
        groups = self._groups_by(attribute, network)
        measure = bridging(network, groups, permutations=options.permutations, seed=options.seed)
        if "groups" not in measure.detail:
            return measure
        cells = protect(measure.detail["groups"], suppress=options.suppress, smallest=options.smallest_cell)
        detail: dict[str, Any] = {**measure.detail, "groups": cells}
        return dataclasses.replace(measure, detail=detail)

    def _groups_by(self, attribute: str, network: Network) -> Mapping[str, str]:
        if attribute == "school":
            return {person: self.activity.school_of(person, self.period) for person in network.people}
        return {person: getattr(self.activity.people[person], attribute) for person in network.people}

    def _reciprocity(self) -> Measure:
        people = (self.activity.members_in(self.period) | self.activity.guests) & self.activity.consenting
        return reciprocity_by_kind(self.activity.tables.ties, DIRECTED_KINDS, self.period, people)

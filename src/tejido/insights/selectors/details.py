"""What stands behind an indicator: sentences, lists and small tables, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.gatherings.models import Gathering
from tejido.insights.models import IndicatorValue
from tejido.insights.policies import Eyes
from tejido.insights.selectors import gathered
from tejido.insights.selectors.called import LISTED, Called, Details, Grid
from tejido.insights.selectors.cards import say
from tejido.insights.words import because


def details_of(value: IndicatorValue, called: Called, eyes: Eyes) -> Details:
    """What stands behind one indicator, for these eyes. No query."""
    say_more = WRITERS.get(value.indicator)
    found = Details()
    if say_more is not None and value.detail:
        say_more(found, value.detail, called, eyes)
    return found


def _people(words: Callable[[], str]) -> Callable[[Details, Any, Called, Eyes], None]:
    """A list of people under `words`; for the team only."""

    def write(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
        if eyes.team and detail.get("people"):
            found.lines.append(f"{words()} {called.person_list(detail['people'])}")

    return write


def _schools(key: str, words: Callable[[], str]) -> Callable[[Details, Any, Called, Eyes], None]:
    """A list of schools under `words`; for the team only, as a school with one member points at a person."""

    def write(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
        if eyes.team and detail.get(key):
            found.lines.append(f"{words()} {called.school_list(detail[key])}")

    return write


_fell_silent = _schools("ended", lambda: _("Fell silent after a member left:"))


def _retention(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    gone = detail.get("not_active_any_more", [])
    if eyes.team and gone:
        found.lines.append(_("Active before, not in this period:") + " " + called.person_list(gone))


def _component(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    sizes = [size for size in detail.get("sizes", []) if size > 1]
    if len(sizes) > 1:
        found.lines.append(
            _("Connected groups of two or more, by number of people: %(sizes)s.")
            % {"sizes": ", ".join(map(str, sizes))}
        )


def _circles(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    found.lines.append(
        _("By number of people: %(sizes)s. How clearly they stand apart: %(q)s (from about 0.3 on, clearly).")
        % {"sizes": ", ".join(map(str, detail["sizes"])), "q": say("spread", detail["modularity"])}
    )
    if eyes.team:
        for number, group in enumerate(detail["groups"][:7], start=1):
            found.lines.append(_("Circle %(number)d") % {"number": number} + ": " + called.person_list(group))


def _bridging(by: str) -> Callable[[Details, Any, Called, Eyes], None]:
    def write(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
        if "expected" not in detail:
            return
        words = (
            _("By chance it would be %(expected)s; people mix less than that.")
            if detail["difference"] < 0
            else _("By chance it would be %(expected)s; people mix at least as much.")
        )
        found.lines.append(words % {"expected": say("mixing", detail["expected"])})
        if by == "school" and not eyes.team:
            return
        groups = [cell for cell in detail["groups"] if cell["because"] or cell["people"] > 1]
        rows = [[_key(by, cell["key"], called), *_cells(cell)] for cell in groups[:LISTED]]
        if not rows:
            return
        headers = [_("Group"), _("People"), _("Ties across"), _("Ties within")]
        found.grids.append(Grid(_("By group"), headers, rows))

    return write


def _cells(cell: Mapping[str, Any]) -> list[str]:
    if cell["because"]:
        return [because(cell["because"]), "", ""]
    return [str(cell["people"]), str(cell["external"]), str(cell["internal"])]


def _key(by: str, key: str, called: Called) -> str:
    if by in ("district", "school") and str(key).isdigit():
        names = called.territories if by == "district" else called.schools
        return names.get(int(key)) or _("a place that was removed")
    return str(key)


def _brokers(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    top = detail.get("top_share")
    if top is not None:
        found.lines.append(
            _("The person who connects most holds %(share)s of it all.") % {"share": say("share", top)}
        )
    if eyes.team and detail.get("people"):
        rows = [
            [called.people[int(row["person"])], say("share", row["share"]), str(row["ties"])]
            for row in detail["people"]
            if int(row["person"]) in called.people
        ]
        found.grids.append(Grid(_("Who connects"), [_("Name"), _("Share of connecting"), _("Ties")], rows))


def _core(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    within, edge = detail.get("within"), detail.get("edge")
    if within is not None and edge is not None:
        words = _("Of all possible ties %(within)s stand within the core and %(edge)s within the edge.")
        found.lines.append(words % {"within": say("share", within), "edge": say("share", edge)})
    if "inward" in detail:
        found.lines.append(
            _("Since the period before %(inward)d moved into the core and %(outward)d moved to the edge.")
            % {"inward": len(detail["inward"]), "outward": len(detail["outward"])}
        )
    if not eyes.team:
        return
    for words, key in (
        (_("In the core of the network:"), "people"),
        (_("Moved into the core:"), "inward"),
        (_("Moved to the edge:"), "outward"),
    ):
        if detail.get(key):
            found.lines.append(f"{words} {called.person_list(detail[key])}")


def _survival(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    if detail.get("low") is not None:
        found.lines.append(
            _("The share may really lie anywhere from %(low)s to %(high)s (95 per cent interval).")
            % {"low": say("share", detail["low"]), "high": say("share", detail["high"])}
        )
    if detail.get("median") is not None:
        months = round(detail["median"] / 30.4375)
        found.lines.append(
            ngettext(
                "Half of them fell silent within %(n)d month.",
                "Half of them fell silent within %(n)d months.",
                months,
            )
            % {"n": months}
        )
    _fell_silent(found, detail, called, eyes)


def _ties(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    found.lines.append(
        _("%(new)d new, %(kept)d kept, %(lost)d lost.")
        % {name: detail[name] for name in ("new", "kept", "lost")}
    )


def _gaps(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    names = [called.topics.get(gap["skill"], gap["skill"]) for gap in detail.get("gaps", []) if gap["nobody"]]
    if names:
        found.lines.append(_("Wished for, and offered by nobody:") + " " + called.listed(names, len(names)))


def _attendance(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    kinds, modes = dict(Gathering.Kind.choices), dict(Gathering.Modality.choices)
    for caption, key, words in (
        (_("By kind of gathering"), "by_kind", kinds),
        (_("By modality"), "by_modality", modes),
    ):
        cells = detail.get(key, [])
        if len(cells) > 1:
            rows = [[str(words.get(cell["key"], cell["key"])), gathered.rate(cell)] for cell in cells]
            found.grids.append(Grid(caption, [_("Gatherings"), _("Attendance")], rows))


def _distance(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    if detail.get("p90") is not None:
        found.lines.append(
            _("Nine out of ten came from within %(km)s km.") % {"km": say("km", detail["p90"])}
        )
    rows = [[f"{cell['key'].replace('-', '–')} km", gathered.rate(cell)] for cell in detail.get("bands", [])]
    if rows:
        found.grids.append(Grid(_("Attendance by distance"), [_("Distance"), _("Attendance")], rows))


def _register(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    if detail.get("share") is not None:
        found.lines.append(_("That is %(share)s of the register.") % {"share": say("share", detail["share"])})


def _rural(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    if detail.get("register_share") is not None:
        found.lines.append(
            _("In the register %(share)s of the schools are rural.")
            % {"share": say("share", detail["register_share"])}
        )


def _equity(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    titles = {"district": _("By district"), "sector": _("By sector"), "subject": _("By subject")}
    for name, cells in detail.get("attributes", {}).items():
        rows = [
            [
                _key(name, cell["key"], called),
                because(cell["because"]) if cell["because"] else say("share", cell["rate"]),
                "" if cell["value"] is None else say("ratio", cell["value"]),
            ]
            for cell in cells[:LISTED]
        ]
        headers = [_("Group"), _("Active"), _("Against the rest")]
        found.grids.append(Grid(titles.get(name, name.replace("-", " ").capitalize()), headers, rows))


WRITERS: dict[str, Callable[[Details, Any, Called, Eyes], None]] = {
    "retention": _retention,
    "newcomers": _people(lambda: _("New in this period:")),
    "returners": _people(lambda: _("Came back in this period:")),
    "core_share": _people(lambda: _("In the core group:")),
    "drop_in_share": _people(lambda: _("Came once so far:")),
    "isolates_share": _people(lambda: _("Not tied to anybody yet:")),
    "k_core": _people(lambda: _("In the most tightly knit group:")),
    "largest_component": _component,
    "communities": _circles,
    "bridging_district": _bridging("district"),
    "bridging_school": _bridging("school"),
    "bridging_sector": _bridging("sector"),
    "bridging_subject": _bridging("subject"),
    "brokers": _brokers,
    "core_periphery": _core,
    "tie_change": _ties,
    "skills_cover": _gaps,
    "attendance_rate": _attendance,
    "time_mix": gathered.time_mix,
    "voices": gathered.voices,
    "partners": gathered.partners,
    "exit_response": gathered.exit_response,
    "usefulness": gathered.usefulness,
    "leadership_spread": gathered.leadership_spread,
    "member_led": gathered.member_led,
    "schools_reached": _register,
    "territories_reached": _register,
    "rural_share": _rural,
    "distance": _distance,
    "equity": _equity,
    "leaders_engaged": _schools("without", lambda: _("Active, and no leader takes part yet:")),
    "depth": _schools("on_one_member", lambda: _("With a single active member:")),
    "school_retention": _schools("lost", lambda: _("Active before, not in this period:")),
    "survives_departure": _schools("ended", lambda: _("No longer present since its member left:")),
    "school_survival": _survival,
}

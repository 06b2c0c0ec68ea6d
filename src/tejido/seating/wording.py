"""What the numbers of seating say to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.errors import Refusal
from tejido.seating.models import SeatingPlan
from tejido.seating.values import Table, Trait

if TYPE_CHECKING:
    from tejido_analytics.seating.codes import Impossible

SHOWN = 3  # pairs that a table names before it says how many more there are


def nobody(plan: SeatingPlan) -> str:
    """Why there is nobody to seat, and what to do."""
    if plan.who == SeatingPlan.Who.HERE:
        return _("Nobody is marked as here yet. Mark who came, or seat everybody who may still come.")
    if plan.who == SeatingPlan.Who.INVITED:
        return _("Nobody is invited to this gathering yet.")
    return _("Nobody has said yes yet. Ask for answers, or seat everybody who may still come.")


def against(table: Table, traits: Mapping[int, Trait]) -> list[str]:
    """What speaks against a table, one sentence each; what weighs most first."""
    said = [_met(pair, times, traits) for pair, times in table.met[:SHOWN]]
    more = len(table.met) - SHOWN
    if more > 0:
        said.append(
            ngettext("%(more)d more pair has met before.", "%(more)d more pairs have met before.", more)
            % {"more": more}
        )
    said += [_crowded(kind, value, many) for kind, value, many in table.crowded]
    if table.lacks_expert:
        said.append(_("Nobody here shares the topic of the tables."))
    return said


def _met(pair: tuple[int, int], times: int, traits: Mapping[int, Trait]) -> str:
    return ngettext(
        "%(one)s and %(other)s have met once.", "%(one)s and %(other)s have met %(times)d times.", times
    ) % {"one": _name(pair[0], traits), "other": _name(pair[1], traits), "times": times}


def _name(person: int, traits: Mapping[int, Trait]) -> str:
    return traits[person].name if person in traits else ""


def _crowded(kind: str, value: str, many: int) -> str:
    said = {"many": many, "value": value}
    if kind == "district":
        return _("%(many)d are from %(value)s.") % said
    if kind == "school":
        return _("%(many)d are of one school, %(value)s.") % said
    if kind == "sector":
        return _("%(many)d are of the same sector (%(value)s).") % said
    return _("%(many)d teach the same subject (%(value)s).") % said


def change_words(change: float) -> tuple[str, str]:
    """Whether a change makes the tables better or worse: words, and the tone of the chip."""
    if change < 0:
        return _("Better mixed"), "leaf"
    if change > 0:
        return _("Less well mixed"), "marigold"
    return _("Makes no difference"), "plain"


def option_words(option: Mapping[str, Any]) -> str:
    """One option as it is said aloud. option: table, with ("" where nobody leaves), words, aloud (what weighs most)."""
    if option["with"]:
        first = _("Swap with %(name)s (table %(table)d)") % {"name": option["with"], "table": option["table"]}
    else:
        first = _("Move to table %(table)d") % {"table": option["table"]}
    return " ".join([f"{first}: {option['words']}.", *option["aloud"]])


def alone(person: int, people: list[int], traits: Mapping[int, Trait]) -> str:
    """Whether somebody would be the only one from their district at a table; "" where not, or not known."""
    district = traits[person].district
    others = [traits[one].district for one in people if one != person and one in traits]
    if district and others and district not in others:
        return _("%(name)s would be the only one from %(district)s there.") % {
            "name": traits[person].name,
            "district": district,
        }
    return ""


def refusal(impossible: Impossible, names: Mapping[str, str]) -> Refusal:
    """What cannot be, in a sentence that names people and says what to do."""
    return Refusal(impossible.code, _why_not(impossible.code, _named(impossible.numbers, names)))


def _named(numbers: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    said = dict(numbers)
    for key in ("person", "other"):
        if key in said:
            said[key] = names.get(said[key], said[key])
    if isinstance(said.get("people"), tuple):
        said["names"] = ", ".join(names.get(one, one) for one in said["people"][:6])
    return said


def _why_not(code: str, n: dict[str, Any]) -> str:
    if code == "together_too_many":
        return (
            _(
                "%(names)s are all to sit together, and a table takes %(largest)d. Allow larger tables, or part the group."
            )
            % n
        )
    if code == "together_and_apart":
        return (
            _(
                "%(person)s and %(other)s are to sit together and apart at once. Take out one of the two rules."
            )
            % n
        )
    if code == "apart_too_many":
        return (
            _(
                "%(names)s are all to sit apart, and there are %(tables)d tables. Use smaller tables, or take out a rule."
            )
            % n
        )
    return _why_not_kept(code, n)


def _why_not_kept(code: str, n: dict[str, Any]) -> str:
    if code in {"fixed_apart_from_together", "fixed_with_apart"}:
        return (
            _(
                "%(person)s and %(other)s keep tables that go against the rule for the two. Change one of them."
            )
            % n
        )
    if code == "fixed_too_many":
        return (
            _(
                "%(number)d people keep table %(table)d, and it takes %(largest)d. Give some of them another table."
            )
            % n
        )
    if code == "table_out_of_range":
        return (
            _(
                "%(person)s keeps table %(table)d, and there are %(tables)d tables. Give another number, or use smaller tables."
            )
            % n
        )
    return _("These rules cannot all hold. Take one out, or allow larger tables.")


def unmet(found: Any) -> list[str]:
    """What a proposal could not fulfil, one sentence each; `found` is the answer of the search."""
    said = []
    for note in found.unmet:
        n = note.numbers
        if note.code == "meet_again":
            said.append(
                ngettext(
                    "%(pairs)d pair meets more than once.", "%(pairs)d pairs meet more than once.", n["pairs"]
                )
                % n
            )
        elif note.code == "met_before":
            said.append(
                ngettext("%(pairs)d pair had met before.", "%(pairs)d pairs had met before.", n["pairs"]) % n
            )
        elif note.code == "without_expert":
            said.append(
                ngettext(
                    "%(tables)d table has nobody who shares the topic.",
                    "%(tables)d tables have nobody who shares the topic.",
                    n["tables"],
                )
                % n
            )
    return said

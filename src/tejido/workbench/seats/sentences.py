"""What the codes of seating and pairing say to people: why it cannot be, and what could not be met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.errors import Refusal
from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Impossible, Unmet

Numbers = Mapping[str, Any]
NAMED = 6  # people a sentence names before it says how many more there are


def refused(impossible: Impossible) -> Refusal:
    """The refusal that says in a sentence what cannot be, and what to do."""
    return Refusal(impossible.code, why_not(impossible.code, impossible.numbers), **impossible.numbers)


def why_not(code: str, numbers: Numbers) -> str:
    """One sentence. code: of `codes.IMPOSSIBLE`."""
    said = {**numbers, "names": listed(numbers["people"])} if _named(numbers) else numbers
    return _IMPOSSIBLE[code](said)


def in_words(unmet: Unmet) -> str:
    """One sentence about a wish that could not be met in full."""
    return _UNMET[unmet.code](unmet.numbers)


def _named(numbers: Numbers) -> bool:
    return isinstance(numbers.get("people"), tuple)


def listed(people: tuple[str, ...]) -> str:
    """The first names of a list, and how many more there are."""
    if len(people) <= NAMED:
        return ", ".join(people)
    more = len(people) - NAMED
    return ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {
        "names": ", ".join(people[:NAMED]),
        "more": more,
    }


def _no_people(n: Numbers) -> str:
    return _("Nobody is left to be seated. Check the list of people.")


def _people_twice(n: Numbers) -> str:
    return _("These people are in the list twice: %(names)s. Keep one line for each.") % n


def _tables_unknown(n: Numbers) -> str:
    return _("There are no tables. Say how many people a table takes: --size 4")


def _sizes_do_not_fit(n: Numbers) -> str:
    return (
        _(
            "No number of tables of %(smallest)d to %(largest)d people seats exactly %(people)d. Allow smaller or larger tables."
        )
        % n
    )


def _too_few_seats(n: Numbers) -> str:
    return (
        _("In round %(round)d, %(people)d people come and there are %(seats)d seats. Allow larger tables.")
        % n
    )


def _too_few_people(n: Numbers) -> str:
    return (
        _(
            "In round %(round)d, %(people)d people come and the tables need %(needed)d at least. Allow smaller tables, such as --size 2-5."
        )
        % n
    )


def _person_unknown(n: Numbers) -> str:
    return (
        _(
            "«%(person)s» is named in the rule «%(rule)s» but is not in the list of people. Check how it is written."
        )
        % n
    )


def _table_out_of_range(n: Numbers) -> str:
    return _("«%(person)s» is to sit at table %(table)d, and the tables go from 1 to %(tables)d.") % n


def _round_out_of_range(n: Numbers) -> str:
    return _("A rule for «%(person)s» names round %(round)d, and the rounds go from 1 to %(rounds)d.") % n


def _together_too_many(n: Numbers) -> str:
    return (
        _(
            "%(number)d people must all sit together (%(names)s), and the largest table takes %(largest)d. Allow larger tables, or part the group."
        )
        % n
    )


def _together_and_apart(n: Numbers) -> str:
    return (
        _("«%(person)s» and «%(other)s» must sit together and apart at once. Take out one of the two rules.")
        % n
    )


def _apart_too_many(n: Numbers) -> str:
    return (
        ngettext(
            "%(number)d people must all sit apart (%(names)s), and there is %(tables)d table. Use smaller tables, so that there are more of them, or let some of these people sit together.",
            "%(number)d people must all sit apart (%(names)s), and there are %(tables)d tables. Use smaller tables, so that there are more of them, or let some of these people sit together.",
            n["tables"],
        )
        % n
    )


def _fixed_twice(n: Numbers) -> str:
    return _("«%(person)s» is to sit at two tables in round %(round)d. Keep one of them.") % n


def _fixed_from_together(n: Numbers) -> str:
    return (
        _(
            "«%(person)s» and «%(other)s» must sit together, and are given two different tables in round %(round)d. Change one of these rules."
        )
        % n
    )


def _fixed_too_many(n: Numbers) -> str:
    return (
        _(
            "%(number)d people are to sit at table %(table)d in round %(round)d, and it takes %(largest)d. Give some of them another table."
        )
        % n
    )


def _fixed_with_apart(n: Numbers) -> str:
    return (
        _(
            "«%(person)s» and «%(other)s» must sit apart, and are both given table %(table)d in round %(round)d. Change one of these rules."
        )
        % n
    )


def _rules_contradict(n: Numbers) -> str:
    return _("These rules cannot all hold in round %(round)d: %(rules)s. Take one of them out.") % {
        **n,
        "rules": "; ".join(f"«{rule}»" for rule in n["rules"][:NAMED]),
    }


def _rules_too_tight(n: Numbers) -> str:
    return (
        _(
            "No seating that keeps all the rules was found for round %(round)d. Take out some rules, or allow larger tables."
        )
        % n
    )


def _meet_again(n: Numbers) -> str:
    return (
        ngettext(
            "%(pairs)d pair meets more than once in these rounds (at most %(most)d times).",
            "%(pairs)d pairs meet more than once in these rounds (at most %(most)d times).",
            n["pairs"],
        )
        % n
    )


def _met_before(n: Numbers) -> str:
    return (
        ngettext(
            "%(pairs)d pair shares a table although they had met before.",
            "%(pairs)d pairs share a table although they had met before.",
            n["pairs"],
        )
        % n
    )


def _same_kind(n: Numbers) -> str:
    return (
        ngettext(
            "«%(name)s»: %(pairs)d pair of the same kind more than an even spread would leave.",
            "«%(name)s»: %(pairs)d pairs of the same kind more than an even spread would leave.",
            n["pairs"],
        )
        % n
    )


def _without_expert(n: Numbers) -> str:
    return (
        ngettext(
            "«%(name)s»: over all rounds %(tables)d person is lacking at the tables (the list has %(holders)d).",
            "«%(name)s»: over all rounds %(tables)d people are lacking at the tables (the list has %(holders)d).",
            n["tables"],
        )
        % n
    )


def _people_moved(n: Numbers) -> str:
    return (
        ngettext(
            "%(people)d place differs from the seating before.",
            "%(people)d places differ from the seating before.",
            n["people"],
        )
        % n
    )


_IMPOSSIBLE: dict[str, Callable[[Numbers], str]] = {
    codes.NO_PEOPLE: _no_people,
    codes.PEOPLE_TWICE: _people_twice,
    codes.TABLES_UNKNOWN: _tables_unknown,
    codes.SIZES_DO_NOT_FIT: _sizes_do_not_fit,
    codes.TOO_FEW_SEATS: _too_few_seats,
    codes.TOO_FEW_PEOPLE_FOR_TABLES: _too_few_people,
    codes.PERSON_UNKNOWN: _person_unknown,
    codes.TABLE_OUT_OF_RANGE: _table_out_of_range,
    codes.ROUND_OUT_OF_RANGE: _round_out_of_range,
    codes.TOGETHER_TOO_MANY: _together_too_many,
    codes.TOGETHER_AND_APART: _together_and_apart,
    codes.APART_TOO_MANY: _apart_too_many,
    codes.FIXED_TWICE: _fixed_twice,
    codes.FIXED_APART_FROM_TOGETHER: _fixed_from_together,
    codes.FIXED_TOO_MANY: _fixed_too_many,
    codes.FIXED_WITH_APART: _fixed_with_apart,
    codes.RULES_CONTRADICT: _rules_contradict,
    codes.RULES_TOO_TIGHT: _rules_too_tight,
}
_UNMET: dict[str, Callable[[Numbers], str]] = {
    codes.MEET_AGAIN: _meet_again,
    codes.MET_BEFORE: _met_before,
    codes.SAME_KIND: _same_kind,
    codes.WITHOUT_EXPERT: _without_expert,
    codes.PEOPLE_MOVED: _people_moved,
}

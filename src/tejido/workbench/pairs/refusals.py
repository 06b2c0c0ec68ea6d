"""What `tejido pair` says when it cannot go on, and about those who stay alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido_analytics import pairing


def unknown_person(file: str, person: str) -> Refusal:
    """A rule names somebody who is not in the list."""
    return Refusal(
        "person_unknown",
        _("«%(file)s» names «%(person)s», who is not in the list of people. Check how it is written.")
        % {"file": file, "person": person},
        person=person,
    )


def not_yes_or_no(file: str, column: str, cell: str) -> Refusal:
    """A cell that says neither who is a mentor nor who is not."""
    return Refusal(
        "not_yes_or_no",
        _("«%(file)s», column «%(column)s»: «%(cell)s» is neither yes nor no. Write yes or no.")
        % {"file": file, "column": column, "cell": cell},
    )


def not_a_room(file: str, column: str, value: float) -> Refusal:
    """A number of people that nobody can take."""
    return Refusal(
        "not_a_room",
        _("«%(file)s», column «%(column)s»: a mentor cannot take %(value)s people. Write 0, 1, 2 …")
        % {"file": file, "column": column, "value": f"{value:g}"},
    )


def why_alone(person: str, because: str) -> str:
    """One sentence for somebody without a partner. because: of `pairing.ALONE`."""
    said = {
        pairing.NOBODY_ALLOWED: _("«%(person)s» has nobody: the rules allow no one in the list."),
        pairing.EVERYBODY_TAKEN: _(
            "«%(person)s» has nobody: whoever the rules allow goes with somebody else."
        ),
        pairing.MENTORS_FULL: _("«%(person)s» has no mentor: those whom the rules allow have no room left."),
    }
    return said[because] % {"person": person}

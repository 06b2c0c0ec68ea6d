"""Questions that ask for people of the community, as our dialect of XLSForm writes them. Pure.

    select_multiple_from_file tejido-people.csv       everybody: those named before first, then those who are new
    select_one_from_file tejido-new-people.csv        those who were on no list when the reader was asked before

Nobody brings these two files: the list is made for whoever answers, with a code for each person. What is chosen becomes ties
where the appearance says of which kind: tie-advice, tie-replied, tie-worked, tie-accompanied. How many may be named is a
constraint as in any form: count-selected(.) <= 5.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tejido_forms.definition import FormDefinition, Node
from tejido_forms.rendering import appearance_words

PEOPLE: Final = "tejido-people.csv"
NEW_PEOPLE: Final = "tejido-new-people.csv"
LISTS: Final = frozenset({PEOPLE, NEW_PEOPLE})
COLUMNS: Final = ("name", "label", "school", "before", "new")
TIE: Final = "tie-"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who can be named. before: this reader named them; new: they were on no list when the reader was asked before."""

    code: str
    name: str
    school: str = ""
    before: bool = False
    new: bool = False

    @property
    def label(self) -> str:
        return f"{self.name} ({self.school})" if self.school else self.name


@dataclass(frozen=True, slots=True)
class Roster:
    """Who can be named by one reader: those named before first, then those who are new, then the others, each by name.

    is_first: the reader was never asked before; then everybody is new.
    """

    people: tuple[Listed, ...] = ()
    is_first: bool = True
    by_code: Mapping[str, Listed] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ranked = sorted(
            self.people, key=lambda one: (not one.before, not one.new)
        )  # stable: names stay in order
        object.__setattr__(self, "people", tuple(ranked))
        object.__setattr__(self, "by_code", {one.code: one for one in ranked})

    def files(self) -> dict[str, bytes]:
        """The two lists as files of a form.

        >>> roster = Roster((Listed("pa", "Eva"), Listed("pb", "Luz", "Loma", new=True)), is_first=False)
        >>> roster.files()[PEOPLE].decode().splitlines()[1:], roster.files()[NEW_PEOPLE].decode().splitlines()[1:]
        (['pb,Luz (Loma),Loma,,yes', 'pa,Eva,,,'], ['pb,Luz (Loma),Loma,,yes'])
        """
        fresh = [one for one in self.people if one.new or self.is_first]
        return {PEOPLE: as_csv(self.people), NEW_PEOPLE: as_csv(fresh)}


def as_csv(people: Iterable[Listed]) -> bytes:
    """A list as phones and engines read it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in people:
        writer.writerow(
            [one.code, one.label, one.school, *("yes" if is_so else "" for is_so in (one.before, one.new))]
        )
    return text.getvalue().encode()


def of_codes(codes: Iterable[str]) -> dict[str, bytes]:
    """Lists against which an answer is judged when it arrives: whoever could be named, however the list was narrowed."""
    every = [
        Listed(code, code, before=before, new=new)
        for code in codes
        for before in (True, False)
        for new in (True, False)
    ]
    return {PEOPLE: as_csv(every), NEW_PEOPLE: as_csv(every)}


def names_people(form: FormDefinition) -> bool:
    """Whether the form asks for people of the community."""
    return not LISTS.isdisjoint(form.files)


def roster_questions(form: FormDefinition) -> tuple[Node, ...]:
    """The questions that ask for people, in order."""
    return tuple(node for node in form.questions if is_roster(node))


def is_roster(node: Node) -> bool:
    """Whether the question asks for people."""
    return node.itemset is not None and node.itemset.list_id in {name.partition(".")[0] for name in LISTS}


def tie_kinds(form: FormDefinition) -> dict[str, str]:
    """path -> the kind of tie that its answers become, for those questions that name one.

    What kinds there are is for `communities` to say; another word is none.
    """
    found = {}
    for node in roster_questions(form):
        kind = next((word for word in sorted(appearance_words(node)) if word.startswith(TIE)), "")
        if kind:
            found[node.path] = kind.removeprefix(TIE)
    return found

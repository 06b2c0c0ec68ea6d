"""The schools of a community and their heads: the list, one school."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.directory.selectors import search_form
from tejido.school_leaders import selectors, wording
from tejido.school_leaders.forms.running import InviteForm, NoteForm
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.selectors import SchoolLine
from tejido.school_leaders.views import loading
from tejido.web.sharing import Sheet, sheet
from tejido.web.tables import Column, Filter, TableSpec

CELL = "school_leaders/partials/{}_cell.html"


def _keep(test: Callable[[SchoolLine, str], bool]) -> Callable[[Any, str], Any]:
    return lambda rows, value: [row for row in rows if test(row, value)]


def _named(line: SchoolLine, words: str) -> bool:
    name = line.school.search_name + " " + (line.head.search_name if line.head else "")
    return all(word in name for word in search_form(words).split())


def _until(line: SchoolLine) -> Any:
    return line.commitment.ends_on if line.commitment and line.is_committed else None


def _signals(line: SchoolLine) -> str:
    """What deserves a look, in words."""
    found = [_("Hangs on one person")] if line.hangs_on_one else []
    found += [_("No head is known")] if line.head is None else []
    found += [_("Ends soon")] if line.ends_soon else []
    return ", ".join(found)


def _gives(line: SchoolLine) -> str:
    return " · ".join(wording.promised(line.commitment)) if line.commitment and line.is_committed else ""


SIGNALS: dict[str, Callable[[SchoolLine], bool]] = {
    "one": lambda line: line.hangs_on_one,
    "no_head": lambda line: line.head is None,
    "ends": lambda line: line.ends_soon,
}
SCHOOLS = TableSpec(
    key="school-leaders",
    caption=gettext_lazy("Schools and their heads"),
    order="school",
    columns=[
        Column(
            "school",
            gettext_lazy("School"),
            lambda row: row.school.name,
            ("search_name",),
            CELL.format("school"),
        ),
        Column("head", gettext_lazy("Head"), lambda row: row.head.name if row.head else "", ("head",)),
        Column(
            "state",
            pgettext_lazy("of a commitment", "State"),
            lambda row: str(wording.STATES[row.state][0]),
            ("state",),
            CELL.format("state"),
        ),
        Column("gives", gettext_lazy("Gives"), _gives, only="files"),
        Column("until", pgettext_lazy("commitment", "Until"), _until, ("until",)),
        Column("members", gettext_lazy("Take part"), lambda row: row.members, ("members",), numeric=True),
        Column("signals", gettext_lazy("To look at"), _signals),
    ],
    filters=[
        Filter("q", gettext_lazy("School or head"), _keep(_named)),
        Filter(
            "state",
            pgettext_lazy("of a commitment", "State"),
            _keep(lambda line, value: line.state == value),
            [(key, words) for key, (words, _tone) in wording.STATES.items()],
            gettext_lazy("Any state"),
        ),
        Filter(
            "look",
            gettext_lazy("To look at"),
            _keep(lambda line, value: SIGNALS[value](line)),
            [
                ("one", gettext_lazy("Hangs on one person")),
                ("no_head", gettext_lazy("No head is known")),
                ("ends", gettext_lazy("Ends soon")),
            ],
            gettext_lazy("Everything"),
        ),
    ],
)


@members
@require_GET
def schools(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Every school of the community: who leads it, what was answered, until when, what hangs on one person."""
    where = loading.community(request, pk)
    lines = selectors.school_lines(where)
    table = SCHOOLS.read(request, [_Row(where.pk, line) for line in lines])
    return table.download() or loading.shown(
        request,
        "school_leaders/schools.html",
        where,
        table=table,
        total=len(lines),
        committed=sum(line.is_committed for line in lines),
        to_invite=sum(line.can_be_invited for line in lines),
        runs="run" in where.rights_of_reader,
    )


class _Row:
    """A line with the address of its community, for cells."""

    def __init__(self, community_pk: int, line: SchoolLine) -> None:
        self.community_pk, self.line = community_pk, line

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)


@members
@require_GET
def school(request: MemberRequest, pk: int, school_pk: int) -> HttpResponse:
    """One school: its head, what stands, what was, and what can be done next."""
    where, line = loading.line(request, pk, school_pk)
    return loading.shown(request, "school_leaders/school.html", where, **about(request, where, line))


def about(request: MemberRequest, where: Community, line: SchoolLine) -> dict[str, Any]:
    """What the page of one school shows. Four queries at most."""
    runs = "run" in where.rights_of_reader
    own = line.commitment if line.commitment and line.commitment.community_id == where.pk else None
    history = list(selectors.history_of(where, line.school))
    return {
        "line": line,
        "own": own,
        "elsewhere": line.commitment if own is None else None,
        "history": history,
        "runs": runs,
        "notes": [(note, one) for one in history for note in one.notes.all()],
        "invite_form": InviteForm(posts=line.heads) if runs else None,
        "note_form": NoteForm(terms=selectors.terms_of(where)) if runs and own and own.starts_on else None,
        "sheet": _sheet(own) if runs and own and not line.head_left else None,
    }


def _sheet(commitment: SchoolCommitment) -> Sheet:
    """Her link with a text for WhatsApp, in three languages. One query."""
    url = selectors.address_of(commitment)
    return sheet(commitment.school.name, url, lambda: wording.text_to_share(commitment))

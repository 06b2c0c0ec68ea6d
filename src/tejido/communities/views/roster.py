"""The table of people: its columns and filters, as the address asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tejido.accounts.access import MemberRequest
from tejido.communities import selectors
from tejido.communities.models import Community, Role
from tejido.communities.selectors import Narrowing
from tejido.web.tables import BoundTable, Column, Filter, TableSpec
from tejido.web.tables.spec import Rows

CELL = "communities/partials/{}_cell.html"
STATES = [
    ("taking_part", pgettext_lazy("people of a community", "Members who do not pause")),
    ("paused", pgettext_lazy("people of a community", "Members who pause")),
    ("past", pgettext_lazy("people of a community", "No longer members")),
    ("coming", pgettext_lazy("people of a community", "Starting later")),
    ("all", pgettext_lazy("people of a community", "Everybody, at any time")),
]


def people_table(request: MemberRequest, community: Community, rights: frozenset[str]) -> BoundTable:
    """The people of the community as this reader may see them and this address asks for them.

    Costs five queries on a page: parts and districts to choose from, the count, the people, their posts and
    memberships; one more in a file, which carries contact data for those who may have it.
    """
    parts = list(selectors.parts_of(community, request.user))
    districts = [(str(one.pk), one.name) for one in selectors.districts_of(community)]
    narrow = _narrowing(request, {one.pk for one in parts}, {key for key, _words in districts})
    contacts = "contact" in rights and bool(request.GET.get("download"))
    rows = selectors.roster(community, request.user, narrow, whole="see_people" in rights, contacts=contacts)
    spec = TableSpec(
        key="people",
        caption=_("People of %(community)s") % {"community": community.name},
        columns=_columns(community, narrow, nodes=bool(parts), contacts=contacts, runs="run" in rights),
        filters=_filters(parts, districts),
        order="name",
    )
    return spec.read(request, rows)


def _narrowing(request: MemberRequest, parts: set[int], districts: set[str]) -> Narrowing:
    asked = {key: str(value).strip().replace("\x00", "") for key, value in request.GET.items()}
    node, district = asked.get("node", ""), asked.get("district", "")
    return Narrowing(
        state=asked["state"] if asked.get("state") in dict(STATES) else "now",
        role=asked["role"] if asked.get("role") in Role.values else "",
        node=int(node) if node.isdecimal() and int(node) in parts else 0,
        school=asked.get("school", "")[:100],
        district=int(district) if district in districts else 0,
        words=asked.get("q", "")[:100],
    )


def _shown(rows: Rows, _value: str) -> Rows:
    """The rows come narrowed already, all filters together: a role and a node are asked of one membership."""
    return rows


def _filters(parts: list[Community], districts: list[tuple[str, str]]) -> list[Filter]:
    found = [
        Filter("q", _("Name"), _shown),
        Filter("state", pgettext_lazy("people of a community", "When"), _shown, STATES, _("Members now")),
        Filter("role", _("Role"), _shown, Role.choices, _("Any role")),
    ]
    if parts:
        nodes = [(one.pk, one.name) for one in parts]
        found.append(Filter("node", _("Where"), _shown, nodes, _("Anywhere in it")))
    found.append(Filter("school", _("School"), _shown))
    if len(districts) > 1:
        found.append(Filter("district", _("District"), _shown, districts, _("Any district")))
    return found


def _columns(
    community: Community, narrow: Narrowing, *, nodes: bool, contacts: bool, runs: bool
) -> list[Column]:
    """Those of every reader, and those that this one and this address ask for."""
    extra = [
        (nodes, _place_columns(community)),
        (narrow.state in {"past", "all"}, [Column("until", pgettext_lazy("membership", "Until"), _until)]),
        (contacts, _contact_columns()),
        (settings.TEJIDO_DEMONSTRATION, [Column("invented", _("Invented"), _is_invented, only="files")]),
        (
            runs,
            [
                Column(
                    "deeds", _("To do"), lambda _person: community.pk, cell=CELL.format("deeds"), only="page"
                )
            ],
        ),
    ]
    return [*_columns_of_all(), *(column for asked, columns in extra if asked for column in columns)]


def _columns_of_all() -> list[Column]:
    since = pgettext_lazy("membership", "Since")
    return [
        Column("name", _("Name"), lambda p: p.name, order=("search_name",), cell=CELL.format("person")),
        Column("roles", _("Roles"), _roles, cell=CELL.format("roles")),
        Column("school", _("School"), school_of, only="files"),
        Column("post", _("Post"), post_of, only="files"),
        Column("since", since, lambda person: person.since, order=("since",)),
    ]


def _place_columns(community: Community) -> list[Column]:
    """Where below: the page leaves out the community that it is the page of, a file says it too."""
    return [
        Column("node", _("Where"), lambda person: _where(person, but=community), only="page"),
        Column("node", _("Where"), _where, only="files"),
    ]


def _contact_columns() -> list[Column]:
    return [
        Column("email", _("E-mail"), _reached("email"), only="files"),
        Column("phone", _("Phone"), _reached("phone"), only="files"),
    ]


# A person as selectors.roster gives them, with `here`, `since`, `current_posts` and `reached`.


def _each(words: list[Any]) -> str:
    return ", ".join(dict.fromkeys(str(word) for word in words))


def _roles(person: Any) -> str:
    return _each([one.get_role_display() for one in person.here])


def _where(person: Any, but: Community | None = None) -> str:
    return _each([one.community.name for one in person.here if one.community != but])


def _until(person: Any) -> Any:
    """The last day; nothing for somebody who is still in."""
    days = [one.ends_on for one in person.here]
    return None if None in days else max(days)


def _is_invented(person: Any) -> bool:
    """Pages of a demonstration say it at the top; a file that leaves it says it of each person."""
    return bool(person.is_invented)


def post_of(person: Any) -> str:
    post = next(iter(person.current_posts), None)
    return str(post.get_function_display()) if post else ""


def school_of(person: Any) -> str:
    return _each([post.school or post.organisation for post in person.current_posts])


def _reached(kind: str) -> Callable[[Any], str]:
    return lambda person: _each([one.value for one in person.reached if one.kind == kind])

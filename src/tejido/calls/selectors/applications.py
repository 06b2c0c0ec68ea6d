"""What came in, for whoever may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from tejido.accounts.models import User
from tejido.calls.models import Application, OpenCall
from tejido.calls.policies import choosable_by, readable_by
from tejido.foundation.links import token_hash

JOINED = ("call__community", "school__territory", "node", "person")


def door_of(token: str) -> Application | None:
    """Whose link this is, with call, community and school; None where nobody's. One query."""
    found = Application.objects.select_related(*JOINED, "response__collection__version", "call__collection")
    return found.filter(token_hash=token_hash(token)).first()


def to_read(actor: User) -> QuerySet[Application]:
    """Applications the actor may read, with call, school and node. One query."""
    return Application.objects.filter(readable_by(actor)).select_related(*JOINED)


def applications_of(call: OpenCall, actor: User) -> QuerySet[Application]:
    """Those of the call that the actor may read, in the order in which they came. One query."""
    return to_read(actor).filter(call=call).order_by("number")


def names_shown(application: Application, actor: User) -> bool:
    """Whether the actor reads who it is: always whoever chooses, reviewers where the call is not blind. One query at most."""
    if not application.call.blind:
        return True
    return actor.is_system or Application.objects.filter(choosable_by(actor), pk=application.pk).exists()


def free_places(call: OpenCall) -> int | None:
    """How many places nobody has; None where they are not counted. One query."""
    if call.places is None:
        return None
    taken = call.applications.filter(state=Application.State.ACCEPTED).count()
    return max(0, call.places - taken)


def next_in_line(call: OpenCall) -> Application | None:
    """Who comes next on the waiting list. One query."""
    return (
        call.applications.filter(state=Application.State.WAITING).order_by("place_in_line", "number").first()
    )


def same_contact(applications: Iterable[Application]) -> dict[int, list[int]]:
    """Application id -> numbers of others here with the same e-mail or phone: perhaps one person who applied twice. No query."""
    sharing: dict[str, list[Application]] = defaultdict(list)
    for one in applications:
        for contact in filter(None, (one.email, one.phone)):
            sharing[contact].append(one)
    found: dict[int, list[int]] = {}
    for group in sharing.values():
        for one in group:
            others = {other.number for other in group if other.pk != one.pk}
            if others:
                found[one.pk] = sorted({*found.get(one.pk, []), *others})
    return found

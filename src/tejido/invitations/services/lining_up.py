"""Places on site, given in the order in which people answered. The row of the asking is the lock."""

from __future__ import annotations

from tejido.accounts.models import User
from tejido.gatherings.models import Gathering
from tejido.invitations.models import Asking, Reply
from tejido.invitations.services.letters import PLACE, write_about


def locked(gathering: Gathering) -> tuple[Gathering, Asking]:
    """The gathering as it is now and its asking, made where there is none, locked until the deed is done. For services."""
    rows = Gathering.objects.select_related("community", "school", "organisation")
    found = rows.get(pk=gathering.pk)
    Asking.objects.get_or_create(
        gathering=found,
        defaults={
            "told_sequence": found.sequence,
            "told_cancelled": found.state == Gathering.State.CANCELLED,
        },
    )
    return found, Asking.objects.select_for_update().get(gathering=found)


def _on_site(gathering: Gathering, *, waiting: bool) -> int:
    rows = Reply.objects.filter(gathering=gathering, answer=Reply.Answer.YES, waiting=waiting)
    return rows.filter(modality=Reply.Modality.ON_SITE).count()


def is_full(gathering: Gathering, asking: Asking) -> bool:
    """Whether nobody more has a place on site. One query where places are counted."""
    return asking.places is not None and _on_site(gathering, waiting=False) >= asking.places


def fill_places(gathering: Gathering, asking: Asking, *, actor: User) -> list[int]:
    """Free places go to those who wait, in the order of their answers, each with a letter. Returns the ids of these people.

    For services, with the asking locked.
    """
    waiting = Reply.objects.filter(gathering=gathering, waiting=True).order_by("in_line_since", "pk")
    if asking.places is not None:
        free = asking.places - _on_site(gathering, waiting=False)
        waiting = waiting[: max(free, 0)]
    moved = list(waiting.values_list("pk", "person_id"))
    if not moved:
        return []
    Reply.objects.filter(pk__in=[pk for pk, _person in moved]).update(waiting=False)
    people = [person for _pk, person in moved]
    write_about(gathering, PLACE, people, actor=actor)
    return people

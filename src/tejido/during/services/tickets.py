"""Open answers of the exit ticket, let onto the wall one by one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.during.events import AnswerShown
from tejido.during.models import ShownAnswer
from tejido.during.selectors import ticket_texts
from tejido.during.services.holding import held_open
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.models import Gathering


@transaction.atomic
def show_answer(gathering: Gathering, answer_id: int, *, shown: bool, actor: User) -> None:
    """Let an open answer of the exit ticket onto the wall, or take it down.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "gone"). Announces AnswerShown where anything changed.
    """
    gathering = held_open(gathering, actor, "during.show_ticket")
    known = {one.pk: one for one in ticket_texts(gathering)}
    if answer_id not in known:
        raise Refusal("gone", _("This answer is not there any more."))
    if known[answer_id].shown == shown:
        return
    if shown:
        ShownAnswer.objects.create(gathering=gathering, answer_id=answer_id)
    else:
        ShownAnswer.objects.filter(answer_id=answer_id).delete()
    announce(AnswerShown(gathering.community_id, gathering.pk, shown), actor=actor)

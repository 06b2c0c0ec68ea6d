"""Who may look after messages, and who may choose what a person gets.

Who runs the community that wrote them is known to the floor above; it answers through foundation.reach with a
`Q` on `community_id`, which batches and messages both have.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.foundation.policies import Decision, policy
from tejido.foundation.reach import within_reach
from tejido.messages.models import Batch, Message


def messages_for(actor: User) -> Q:
    """`messages.look_after`, for lists of Message or Batch: those of communities that the actor runs."""
    return Q(pk__gt=0) if actor.is_system else within_reach("messages.message", actor, "look_after")


@policy("messages.look_after")
def may_look_after(actor: User, row: Message | Batch) -> Decision:
    """See a message or a batch, take it back, send it again."""
    if type(row).objects.filter(messages_for(actor), pk=row.pk).exists():
        return Decision(True, "runs the community that wrote it")
    return Decision(False, _("Only those who run the community look after its messages."))


@policy("messages.choose")
def may_choose(actor: User, person: Person) -> Decision:
    """What a person wants to get is theirs alone to say."""
    if person.user_id == actor.pk:
        return Decision(True, "their own")
    return Decision(False, _("Only the person chooses which messages reach them."))

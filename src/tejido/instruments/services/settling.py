"""Deciding about answers that came late or contradict another one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.events import ResponseSettled
from tejido.instruments.models import Response
from tejido.instruments.services.naming import follow


@transaction.atomic
def settle_response(response: Response, *, counts: bool, actor: User) -> Response:
    """Let a late or contradicting answer count, or one that counts not. Nothing is deleted; a second time changes nothing.

    Raises: NotAllowed; Refusal("no_collection"). Announces ResponseSettled.
    """
    response = Response.objects.select_for_update().get(pk=response.pk)
    collection = response.collection
    if collection is None:
        raise Refusal("no_collection", _("This answer belongs to no collection, so it counts nowhere."))
    require(actor, "instruments.manage", collection)
    if counts == (response.state in Response.COUNTED):
        return response
    state = Response.State.ACCEPTED if not response.flags.exists() else Response.State.FLAGGED
    response.state = state if counts else Response.State.CONFLICT
    response.save(update_fields=["state"])
    follow(response)
    announce(ResponseSettled(collection.community_id, collection.pk, counts), actor=actor)
    return response

"""The address of somebody who is asked."""

from __future__ import annotations

from tejido.instruments.models import Invitation
from tejido.instruments.tokens import answer_address, personal_token, token_hash


def address_of(invitation: Invitation) -> str:
    """The absolute address at which whoever holds it answers in this person's place."""
    token = personal_token(invitation.collection_id, invitation.person_id, invitation.turn)
    if invitation.token_hash != token_hash(token):  # the installation's secret key was changed since
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=token_hash(token))
    return answer_address(token)

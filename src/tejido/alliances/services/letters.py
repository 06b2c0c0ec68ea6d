"""What this domain writes to people: that an agreement is due for renewal, to whoever coordinates the community."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.alliances.events import RenewalRecalled
from tejido.alliances.models import Agreement
from tejido.communities.selectors import coordinators_of
from tejido.communities.services import letter_of
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail
from tejido.messages.services import Kind, register, write

ABOUT = "alliances.agreement:"
AHEAD = timedelta(days=30)
AT_ONCE = 200


def _agreement(message: Message) -> Agreement | None:
    key = message.batch.about.removeprefix(ABOUT)
    return Agreement.objects.filter(pk=int(key)).first() if key.isdecimal() else None


def _link(message: Message) -> str:
    found = _agreement(message)
    return settings.TEJIDO_URL + reverse("alliances:agreement", args=[found.pk]) if found else ""


def _settled(message: Message) -> bool:
    """Whether nobody has to see to it any more."""
    found = _agreement(message)
    return found is None or found.state != Agreement.State.SIGNED or found.renew_by != found.reminded_for


RENEWAL = register(
    Kind(
        "alliances.renewal",
        _("An agreement is due for renewal"),
        subject=_("{agreement}: to be renewed by {day}"),
        text=_(
            "Hello {name},\n\nThe agreement between {community} and {organisation}, {agreement}, is to be renewed by {day}. "
            "It may be time to talk.\n\n{link}"
        ),
        placeholders=("name", "agreement", "organisation", "day", "community", "link"),
        link=_link,
        unwanted=_settled,
    )
)


def recall_renewals() -> int:
    """Once for each agreement in force that is to be renewed within 30 days: write to its coordination. Returns how many.

    For a tick. May run twice at once: each agreement is locked, and written of once for a date.
    """
    due = timezone.localdate() + AHEAD
    waiting = Agreement.objects.filter(state=Agreement.State.SIGNED, renew_by__lte=due).exclude(
        reminded_for=F("renew_by")
    )
    waiting |= Agreement.objects.filter(Q(reminded_for=None), state=Agreement.State.SIGNED, renew_by__lte=due)
    keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    return sum(recall_renewal(pk, actor=system_account()) for pk in keys)


@transaction.atomic
def recall_renewal(pk: int, *, actor: User) -> bool:
    """Write to those who coordinate the community that this agreement is due. Whether it was the first time for this date.

    Raises NotAllowed. Announces RenewalRecalled.
    """
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("community", "organisation")
    agreement = rows.get(pk=pk)
    require(actor, "alliances.agree", agreement.community)
    if agreement.renew_by is None or agreement.reminded_for == agreement.renew_by:
        return False
    agreement.reminded_for = agreement.renew_by
    agreement.save(update_fields=["reminded_for"])
    people = reached_by_mail(coordinators_of(agreement.community))
    if people:
        words = {
            "agreement": agreement.title,
            "organisation": agreement.organisation.name,
            "day": agreement.renew_by.isoformat(),
        }
        write(letter_of(agreement.community, RENEWAL, f"{ABOUT}{pk}", words), people, actor=actor)
    announce(RenewalRecalled(agreement.community_id, agreement.organisation_id, pk), actor=actor)
    return True

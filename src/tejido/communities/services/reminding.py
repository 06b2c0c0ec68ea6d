"""Letters before a term ends: to whoever holds the role and to those who give roles in the community, each once."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tejido.accounts.services import system_account
from tejido.communities.models import Community, Membership, Role, TermReminder
from tejido.communities.policies import RIGHTS
from tejido.communities.selectors.standing import SETTLED, paused_on, standing_on
from tejido.communities.services.messages import letter_of
from tejido.directory.models import Person
from tejido.messages import services as messages
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail
from tejido.messages.services import Kind

DAYS_AHEAD = (60, 14)
ABOUT = "communities.membership:"


def _membership(message: Message) -> Membership | None:
    return Membership.objects.filter(pk=int(message.batch.about.removeprefix(ABOUT))).first()


def _link(message: Message) -> str:
    held = _membership(message)
    return settings.TEJIDO_URL + reverse("communities:roles", args=[held.community_id]) if held else ""


def _settled(message: Message) -> bool:
    """Whether the term was renewed or the role ended since the letter was queued."""
    held = _membership(message)
    soon = timezone.localdate() + timedelta(days=max(DAYS_AHEAD))
    return held is None or held.ends_on is not None or held.term_ends_on is None or held.term_ends_on > soon


HOLDER = messages.register(
    Kind(
        "communities.term_of_yours",
        _("Reminder: a term of yours ends"),
        subject=_("Your term as {role} ends on {day}"),
        text=_(
            "Hello {name},\n\nyour term as {role} in {community} ends on {day}. If you would like to go on, tell those who "
            "run the community. If somebody else is to take over, the page of roles has a list of what hangs on you, to hand "
            "it over calmly:\n\n{link}\n\nThank you for what you carry!"
        ),
        placeholders=("name", "role", "community", "day", "link"),
        link=_link,
        unwanted=_settled,
    )
)
RUNNERS = messages.register(
    Kind(
        "communities.term_of_another",
        _("Reminder: a term in the community ends"),
        subject=_("The term of {person} as {role} ends on {day}"),
        text=_(
            "Hello {name},\n\nthe term of {person} as {role} in {community} ends on {day}. On the page of roles you can renew "
            "it, or hand the role over to somebody else:\n\n{link}\n\n{community}"
        ),
        placeholders=("name", "person", "role", "community", "day", "link"),
        link=_link,
        unwanted=_settled,
    )
)


def remind_of_terms() -> int:
    """Write what is due today: 60 and 14 days before a term ends. Returns how many terms were written about.

    For the tick; twice on a day writes nothing more. A term set when both moments have passed gets one letter.
    Who pauses is not written to; those who give roles are.
    """
    today = timezone.localdate()
    due = Membership.objects.filter(
        SETTLED,
        standing_on(today),
        ends_on=None,
        term_ends_on__gte=today,
        term_ends_on__lte=today + timedelta(days=max(DAYS_AHEAD)),
    )
    return sum(_remind(pk, today) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, today: date) -> bool:
    held = Membership.objects.select_for_update(of=("self",)).select_related("community", "person").get(pk=pk)
    assert held.term_ends_on is not None
    left = (held.term_ends_on - today).days
    passed = [days for days in DAYS_AHEAD if left <= days]
    known = set(
        held.term_reminders.filter(term_ends_on=held.term_ends_on).values_list("days_ahead", flat=True)
    )
    if not passed or min(passed) in known:
        return False
    TermReminder.objects.bulk_create(
        TermReminder(membership=held, term_ends_on=held.term_ends_on, days_ahead=days)
        for days in passed
        if days not in known
    )
    pausing = Membership.objects.filter(paused_on(today), pk=pk).exists()
    if not pausing:
        _write(HOLDER, held, Person.objects.filter(pk=held.person_id))
    _write(RUNNERS, held, _who_gives_roles(held.community, today).exclude(pk=held.person_id))
    return True


def _who_gives_roles(community: Community, today: date) -> QuerySet[Person]:
    """Those of the community itself, else of the nearest one above that has somebody; without those who pause."""
    held = (
        Membership.objects.filter(
            SETTLED,
            standing_on(today),
            role__in=RIGHTS["give_roles"],
            community__descent__community=community,
        )
        .exclude(paused_on(today))
        .order_by("community__descent__depth")
        .values_list("community_id", "person_id")
    )
    rows = list(held)
    near = [person_id for community_id, person_id in rows if community_id == rows[0][0]]
    return Person.objects.filter(pk__in=near)


def _write(kind: Kind, held: Membership, people: QuerySet[Person]) -> None:
    assert held.term_ends_on is not None
    readers = reached_by_mail(people)
    if not readers:
        return
    with translation.override(held.community.language):
        values = {"role": str(Role(held.role).label), "day": date_format(held.term_ends_on, "DATE_FORMAT")}
    if kind is RUNNERS:
        values["person"] = held.person.name
    messages.write(
        letter_of(held.community, kind, f"{ABOUT}{held.pk}", values), readers, actor=system_account()
    )

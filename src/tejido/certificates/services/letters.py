"""The letter that comes with a certificate."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.certificates.addresses import address_of
from tejido.certificates.models import Certificate, Rule
from tejido.communities.services import letter_of
from tejido.directory.models import Person
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail
from tejido.messages.services import Kind, register, write

ABOUT = "certificates.rule:"


def _certificate(message: Message) -> Certificate | None:
    key = message.batch.about.removeprefix(ABOUT)
    rows = Certificate.objects.filter(rule_id=int(key), revoked_at=None)
    return rows.filter(person_id=message.person_id or 0).first()


def _link(message: Message) -> str:
    found = _certificate(message)
    return address_of(found.key) if found else ""


def _revoked(message: Message) -> bool:
    return _certificate(message) is None


ISSUED = register(
    Kind(
        "certificates.issued",
        _("A certificate is ready"),
        subject=_("Your certificate: {title}"),
        text=_(
            "Hello {name},\n\n{community} certifies that you took part: {title}. Congratulations, and thank you for being there!\n\nHere is "
            "your certificate, to read, to print and to show:\n\n{link}\n\nWhoever has this link, or the code on the paper, sees your name "
            "and what is certified. It is yours to show."
        ),
        placeholders=("name", "title", "community", "link"),
        needed=("link",),
        link=_link,
        unwanted=_revoked,
    )
)


def write_to_holders(rule: Rule, given: Collection[Certificate], *, actor: User) -> int:
    """One letter to each who can be written to. For services. Returns to how many."""
    people = reached_by_mail(Person.objects.filter(pk__in=[one.person_id for one in given]))
    values = {"title": str(rule.subject)}
    write(letter_of(rule.community, ISSUED, f"{ABOUT}{rule.pk}", values), people, actor=actor)
    return len(people)

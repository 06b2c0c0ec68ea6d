"""What this domain writes to applicants: that it came, and what was decided. Nobody is written to who left only a phone."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.calls.models import Application
from tejido.calls.selectors import in_language
from tejido.calls.tokens import application_address, application_token
from tejido.calls.wording import because
from tejido.communities.services import letter_of
from tejido.messages.models import Message
from tejido.messages.services import Kind, Somebody, register, write

ABOUT = "calls.application:"
PLACEHOLDERS = ("name", "title", "community", "link")


def address_of(application: Application) -> str:
    """Where the applicant sees what becomes of it. Whoever has it acts for her."""
    return application_address(application_token(application.key))


def _link(message: Message) -> str:
    found = Application.objects.filter(pk=int(message.batch.about.removeprefix(ABOUT))).first()
    return address_of(found) if found else ""


def _no_longer(message: Message) -> bool:
    """Whether there is nothing left to tell: it was forgotten, withdrawn, or what was decided was taken back."""
    found = Application.objects.filter(pk=int(message.batch.about.removeprefix(ABOUT))).first()
    withdrawn = found is not None and found.state == Application.State.WITHDRAWN
    return found is None or withdrawn or OUTCOMES.get(found.state) is not known_kind(message)


def known_kind(message: Message) -> Kind | None:
    """The kind of OUTCOMES that a message is of."""
    return next((kind for kind in OUTCOMES.values() if kind.key == message.batch.kind), None)


RECEIVED = register(
    Kind(
        "calls.received",
        _("An application came in"),
        subject=_("{title}: your application is here"),
        text=_(
            "Hello {name},\n\n{community} has your application to «{title}». This link is yours alone; please do not pass it on. "
            "With it you see where your application stands, change it until the closing, or withdraw it:\n\n{link}\n\nThank you!"
        ),
        placeholders=PLACEHOLDERS,
        needed=("link",),
        always=True,
        link=_link,
    )
)
ACCEPTED = register(
    Kind(
        "calls.accepted",
        _("An application was accepted"),
        subject=_("{title}: your application was accepted"),
        text=_(
            "Hello {name},\n\n{community} accepted your application to «{title}». Welcome! {reason}\n\n"
            "What comes next, and how to say so if you cannot take the place:\n\n{link}"
        ),
        placeholders=(*PLACEHOLDERS, "reason"),
        needed=("link",),
        link=_link,
        unwanted=_no_longer,
    )
)
WAITING = register(
    Kind(
        "calls.waiting",
        _("An application is on the waiting list"),
        subject=_("{title}: you are on the waiting list"),
        text=_(
            "Hello {name},\n\n{community} put your application to «{title}» on the waiting list. If a place falls free, we write "
            "to you. {reason}\n\nWhere it stands:\n\n{link}"
        ),
        placeholders=(*PLACEHOLDERS, "reason"),
        needed=("link",),
        link=_link,
        unwanted=_no_longer,
    )
)
DECLINED = register(
    Kind(
        "calls.declined",
        _("An application was not accepted"),
        subject=_("{title}: what was decided about your application"),
        text=_(
            "Hello {name},\n\nthank you for your application to «{title}». This time {community} could not accept it. {reason}\n\n"
            "Your application can still be read here:\n\n{link}"
        ),
        placeholders=(*PLACEHOLDERS, "reason"),
        needed=("link",),
        link=_link,
        unwanted=_no_longer,
    )
)
OUTCOMES: Final[dict[str, Kind]] = {
    Application.State.ACCEPTED: ACCEPTED,
    Application.State.WAITING: WAITING,
    Application.State.DECLINED: DECLINED,
}


def confirm(application: Application) -> None:
    """That it came, to whoever left an e-mail address. For the deed that kept it."""
    _send(application, RECEIVED, system_account())


def tell(application: Application, *, actor: User) -> bool:
    """What was decided, with the reason where the call lets her read it. False where she left no e-mail. For services."""
    return _send(application, OUTCOMES[application.state], actor)


def _send(application: Application, kind: Kind, actor: User) -> bool:
    if not application.email:
        return False
    call = application.call
    with override(application.language):
        title = in_language(call, "title", call.community.language, application.language).text
        reason = because(application) if call.tells_reasons else ""
    values = {"name": application.given_names, "title": title}
    if "reason" in kind.placeholders:
        values["reason"] = reason
    writing = letter_of(call.community, kind, f"{ABOUT}{application.pk}", values)
    write(writing, [Somebody(application.email, application.language)], actor=actor)
    return True

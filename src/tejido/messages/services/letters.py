"""A message as it leaves: its text, its page of HTML, its headers."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import formataddr, parseaddr
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.messages.kinds import kind_of
from tejido.messages.models import Message
from tejido.messages.tokens import stop_address
from tejido.messages.wording import LINK


def body_of(message: Message, folded: Sequence[Message] = ()) -> str:
    """The text with its link; of a digest, with what it carries."""
    kind = kind_of(message.batch.kind)
    text = message.text
    if LINK in text and kind is not None and kind.link is not None:
        text = text.replace(LINK, kind.link(message))
    parts = [text] + [f"— {one.subject} —\n{one.batch.sender}\n\n{body_of(one)}" for one in folded]
    return "\n\n".join(parts)


def shown(message: Message) -> str:
    """The text for whoever looks after it: the reader's own link is theirs alone."""
    if not message.text:
        return _("The text is no longer kept: it was written more than a year ago.")
    with translation.override(message.language):
        return message.text.replace(LINK, _("(here stands the reader's own link)"))


def whatsapp_link(text: str) -> str:
    """The address that opens WhatsApp with this text; whoever taps it chooses to whom it goes."""
    return "https://wa.me/?" + urlencode({"text": text}, quote_via=quote)


def letter(message: Message, to: str, folded: Sequence[Message] = ()) -> EmailMultiAlternatives:
    """The e-mail: text, HTML, and what mail programs need to offer stopping with one tap (RFC 8058)."""
    kind = kind_of(message.batch.kind)
    stop = "" if kind is not None and kind.always else stop_address(message)
    with translation.override(message.language):
        context = {
            "message": message,
            "body": body_of(message, folded),
            "sender": message.batch.sender,
            "stop": stop,
            "site": settings.TEJIDO_URL,
        }
        plain = render_to_string("messages/emails/letter.txt", context)
        page = render_to_string("messages/emails/letter.html", context)
    mail = EmailMultiAlternatives(
        message.subject, plain, from_email=_sender(message), to=[to], headers=_headers(message, stop)
    )
    if message.batch.reply_to:
        mail.reply_to = [message.batch.reply_to]
    mail.attach_alternative(page, "text/html")
    return mail


def _sender(message: Message) -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return (
        formataddr((message.batch.sender, address)) if message.batch.sender else settings.DEFAULT_FROM_EMAIL
    )


def _headers(message: Message, stop: str) -> dict[str, str]:
    host = urlsplit(settings.TEJIDO_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{message.key}@{host}>", "Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers

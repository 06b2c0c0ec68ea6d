"""Who carries a message out of the house: a mail server, or the gateway to phones."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import smtplib
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import get_connection

from tejido.messages.models import Channel, Message
from tejido.messages.services.letters import body_of, letter

PATIENCE = 20  # seconds for the gateway to answer
TOO_EARLY, TOO_MANY, TIMED_OUT = 425, 429, 408


class NotCarried(Exception):
    """It did not go out. `code` is of wording.TROUBLES; `again`: worth another try; `nobody`: nor would any other."""

    def __init__(self, code: str, detail: str = "", *, again: bool = False, nobody: bool = False) -> None:
        super().__init__(code)
        self.code, self.detail = code, " ".join(detail.split())[:300]
        self.again, self.nobody = again, nobody


class Carrier(Protocol):
    def carry(self, message: Message, to: str, folded: Sequence[Message]) -> str:
        """Bring one message out. Returns the other side's name for it, or "". Raises NotCarried."""

    def close(self) -> None: ...


class MailCarrier:
    """Any mail server that the settings name. One connection for many letters."""

    def __init__(self) -> None:
        self._connection: Any = None

    def carry(self, message: Message, to: str, folded: Sequence[Message]) -> str:
        mail = letter(message, to, folded)
        try:
            mail.connection = self._open()
            mail.send()
        except (smtplib.SMTPException, OSError) as error:
            raise self._trouble(error) from error
        except ValueError as error:  # what stands there is no address
            raise NotCarried("address_refused", str(error)) from error
        return ""

    def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _open(self) -> Any:
        if self._connection is None:
            connection = get_connection()
            connection.open()
            self._connection = connection
        return self._connection

    def _trouble(self, error: Exception) -> NotCarried:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, words = next(iter(error.recipients.values()))
            return self._answered("address_refused", code, words)
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return self._gone("server_refused", error)
        if isinstance(error, smtplib.SMTPSenderRefused):
            if error.smtp_code >= 500:
                return self._gone("server_refused", error)
            return self._answered("later", error.smtp_code, error.smtp_error)
        if isinstance(error, smtplib.SMTPResponseException):
            found = self._answered("letter_refused", error.smtp_code, error.smtp_error)
            if error.smtp_code == 421:  # it hangs up with this
                self._connection = None
            return found
        return self._gone("server_silent", error)

    def _gone(self, code: str, error: Exception) -> NotCarried:
        self._connection = None  # what is broken is not closed politely
        return NotCarried(code, str(error), again=True, nobody=True)

    def _answered(self, code: str, number: int, words: bytes | str) -> NotCarried:
        said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        if number < 500:
            return NotCarried("later", f"{number} {said}", again=True)
        return NotCarried(code, f"{number} {said}")


def signature(stamp: str, body: bytes) -> str:
    """What proves to either side who sent this: HMAC-SHA256 over moment and body, by the shared secret, in hex."""
    secret = settings.TEJIDO_GATEWAY_SECRET.encode()
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class GatewayCarrier:
    """A gateway to phones (RapidPro, WhatsApp and the like behind a webhook): one signed POST for each message.

    The body: id, to, text, language, sender. Any 2xx means taken; `{"id": …}` in the answer is kept.
    """

    def carry(self, message: Message, to: str, folded: Sequence[Message]) -> str:
        if not settings.TEJIDO_GATEWAY:
            raise NotCarried("gateway_off")
        body = json.dumps(
            {
                "id": str(message.key),
                "to": to,
                "text": body_of(message, folded),
                "language": message.language,
                "sender": message.batch.sender,
            }
        ).encode()
        return self._post(body)

    def close(self) -> None:
        """Each message is a request of its own."""

    def _post(self, body: bytes) -> str:
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Tejido-Timestamp": stamp,
            "X-Tejido-Signature": f"sha256={signature(stamp, body)}",
        }
        request = urllib.request.Request(settings.TEJIDO_GATEWAY, data=body, headers=headers, method="POST")  # noqa: S310 - http(s) by config/env.py
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - as above
                return _their_id(answer.read(10_000))
        except urllib.error.HTTPError as error:
            again = error.code >= 500 or error.code in {TOO_EARLY, TOO_MANY, TIMED_OUT}
            raise NotCarried("gateway_refused", f"{error.code} {error.reason}", again=again) from error
        except (OSError, http.client.HTTPException) as error:
            raise NotCarried("gateway_silent", str(error), again=True, nobody=True) from error


def _their_id(answer: bytes) -> str:
    """The gateway's own name for the message, where its answer is JSON that says one."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    return str(told.get("id", ""))[:100] if isinstance(told, dict) else ""


CARRIERS: dict[str, type[MailCarrier] | type[GatewayCarrier]] = {
    Channel.EMAIL: MailCarrier,
    Channel.GATEWAY: GatewayCarrier,
}

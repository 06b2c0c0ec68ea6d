"""Placeholders, and what is told of a message that did not go out. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{(\w+)\}")
LINK = "{link}"

TROUBLES = {  # Message.trouble -> a sentence
    "no_address": _("There is no address to which this could go. Write one down on the person's page."),
    "address_refused": _("The mail server does not take this address. Check how it is written."),
    "letter_refused": _("The mail server did not take this message."),
    "server_silent": _("The mail server could not be reached."),
    "server_refused": _("The mail server does not accept this installation. Its keeper has to look at it."),
    "later": _("The mail server asked to try again later."),
    "gateway_off": _("The phone gateway of this installation is switched off."),
    "gateway_silent": _("The phone gateway could not be reached."),
    "gateway_refused": _("The phone gateway did not take this message."),
    "stopped": _("The person asked to get no such messages."),
    "taken_back": _("It was taken back before it went out."),
    "not_wanted": _("It was not needed any more."),
    "unknown_kind": _("This version of Tejido does not know this kind of message."),
}


def trouble_words(code: str, detail: str = "") -> str:
    """The sentence for a code of TROUBLES, with the other side's own words behind it; "" for no trouble.

    >>> trouble_words("later", "451 busy")
    'The mail server asked to try again later. (451 busy)'
    """
    if not code:
        return ""
    words = str(TROUBLES.get(code, code))
    return f"{words} ({detail})" if detail else words


def placeholders_in(text: str) -> set[str]:
    """The names in braces.

    >>> sorted(placeholders_in("Hello {name}, see {link}."))
    ['link', 'name']
    """
    return set(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each `{name}` replaced by its value; one without a value stays as it is. Values are not filled again.

    >>> fill("Hello {name}, see {link}.", {"name": "{link}"})
    'Hello {link}, see {link}.'
    """
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def wrong_placeholders(text: str, *, known: Collection[str], needed: Collection[str] = ()) -> str:
    """What is wrong with the placeholders of a text, as a sentence; "" where all is well.

    >>> wrong_placeholders("Hello {nme}", known=["name"])
    'Nothing is known that would stand for {nme}. There are: {name}.'
    >>> wrong_placeholders("Hello", known=["link"], needed=["link"])
    'The text needs {link}; without it people cannot do what it asks.'
    """
    used = placeholders_in(text)
    strange = sorted(used - set(known))
    if strange:
        words = {"wrong": _braced(strange), "known": _braced(known)}
        if known:
            return _now("Nothing is known that would stand for %(wrong)s. There are: %(known)s.") % words
        return _now("Nothing is known that would stand for %(wrong)s.") % words
    missing = sorted(set(needed) - used)
    if missing:
        words = {"missing": _braced(missing)}
        return _now("The text needs %(missing)s; without it people cannot do what it asks.") % words
    return ""


def _braced(names: Collection[str]) -> str:
    return ", ".join("{" + name + "}" for name in names)


def one_line(text: str) -> str:
    """For a subject: one line, whatever a title or a name had in it."""
    return " ".join(text.split())

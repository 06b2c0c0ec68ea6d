"""What is said after a deed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.closing.values import Told


def told_words(told: Told, *, tell: bool) -> str:
    """After closing: to how many it was written, and who has to get the link by hand."""
    if not tell:
        return _("The gathering is closed. It was written to nobody.")
    count = told.written
    words = ngettext(
        "The gathering is closed, and %(count)d letter is on its way.",
        "The gathering is closed, and %(count)d letters are on their way.",
        count,
    ) % {"count": count}
    return f"{words} {_by_hand(told.unreached)}" if told.unreached else words


def _by_hand(count: int) -> str:
    return ngettext(
        "%(count)d person has no e-mail here: hand on the link.",
        "%(count)d people have no e-mail here: hand on the links.",
        count,
    ) % {"count": count}

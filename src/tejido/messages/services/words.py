"""The words of a community for one kind of message, in place of the house's."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.messages.models import OwnWords
from tejido.messages.services.queueing import known_kind
from tejido.messages.wording import one_line, wrong_placeholders


@transaction.atomic
def keep_words(community_id: int, kind: str, language: str, words: tuple[str, str]) -> None:
    """Word one kind in one language: (subject, text). Both empty: the house's words hold again.

    Who may do it is decided by the community's own deed that calls this, which also announces it.
    Raises Refusal("no_text"), Refusal("wrong_placeholders").
    """
    found = known_kind(kind)
    subject, text = one_line(words[0]), words[1].strip()
    same: dict[str, Any] = {"community_id": community_id, "kind": kind, "language": language}
    if not subject and not text:
        OwnWords.objects.filter(**same).delete()
        return
    if not subject or not text:
        raise Refusal("no_text", _("A message needs a subject and a text."))
    known = sorted(found.placeholders)
    wrong = wrong_placeholders(
        subject, known=[name for name in known if name != "link"]
    ) or wrong_placeholders(text, known=known, needed=found.needed)
    if wrong:
        raise Refusal("wrong_placeholders", wrong)
    OwnWords.objects.update_or_create(**same, defaults={"subject": subject, "text": text})

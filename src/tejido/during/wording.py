"""Words of this domain: questions that are ready to be asked, and what is said to people."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.during.values import Asked


def templates(language: str) -> Mapping[str, Asked]:
    """Questions that are asked in one tap, by key, in the language of a community."""
    with translation.override(language):
        return {
            "clear": Asked(
                "scale",
                _("How clear is this so far?"),
                low=pgettext("end of a scale", "Not clear at all"),
                high=pgettext("end of a scale", "Very clear"),
            ),
            "useful": Asked(
                "scale",
                _("How useful is this for your school?"),
                low=pgettext("end of a scale", "Not useful at all"),
                high=pgettext("end of a scale", "Very useful"),
            ),
            "pace": Asked(
                "choice",
                _("How is the pace?"),
                (
                    pgettext("pace of a gathering", "Too slow"),
                    pgettext("pace of a gathering", "Just right"),
                    pgettext("pace of a gathering", "Too fast"),
                ),
            ),
            "break": Asked(
                "choice",
                _("Shall we go on, or take a break?"),
                (pgettext("go on or break", "Go on"), pgettext("go on or break", "A break")),
            ),
            "word": Asked("words", _("In one word: what do you take away from this?")),
        }

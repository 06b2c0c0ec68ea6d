"""The same places in the same order on every page, also on a phone.

One list for whoever is signed in, one for the inside of a community. Each line: name of the
place, its words, its URL name. A domain adds its line here on the day it has a page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Place:
    key: str  # a view says `place="people"` to mark where the reader is
    words: object  # a lazy translation
    url: str  # URL name; places of a community take its pk


NAVIGATION: dict[str, list[Place]] = {
    "signed_in": [
        Place("home", pgettext_lazy("place", "Home"), "home:home"),
        Place("communities", _("Communities"), "communities:communities"),
        Place("schools", _("Schools"), "directory:schools"),
        Place("me", _("My page"), "directory:me"),
    ],
    "community": [
        Place("overview", pgettext_lazy("place of a community", "Overview"), "communities:overview"),
        Place("people", pgettext_lazy("place of a community", "People"), "communities:people"),
        Place("gatherings", _("Gatherings"), "gatherings:list"),
        Place("forms", pgettext_lazy("place of a community", "Forms"), "instruments:forms"),
        Place("governance", pgettext_lazy("place of a community", "Governance"), "communities:governance"),
        Place("insight", _("Insight"), "insights:insight"),
        Place("reports", pgettext_lazy("place of a community", "Reports"), "reports:reports"),
        Place("settings", pgettext_lazy("place of a community", "Settings"), "communities:settings"),
    ],
}

"""How the facts of this domain read in a history."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from tejido.accounts.models import User
from tejido.certificates.models import Rule
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Named, Names, naming, sentence

RULE = "certificates.Rule"


@naming(certificates_Rule=pgettext_lazy("in place of a name", "something that was removed"))
def _subjects(ids: Mapping[str, set[int]], reader: User) -> Mapping[str, Mapping[int, Named]]:
    """A rule is called as its series or gathering, which whoever reads the history may know. One query."""
    rows = Rule.objects.filter(pk__in=ids.get(RULE, ()))
    named = rows.values_list("pk", "series__name", "gathering__title")
    return {RULE: {pk: Named(series or title) for pk, series, title in named}}


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "what": names["rule_id"], **more}


@sentence("certificates.rule_set", rule_id=RULE)
def _rule(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s said what has to be met for a certificate of «%(what)s».") % _words(names)


@sentence("certificates.issued", rule_id=RULE)
def _issued(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s gave %(count)d certificate of «%(what)s».",
        "%(actor)s gave %(count)d certificates of «%(what)s».",
        count,
    ) % _words(names, count=count)


@sentence("certificates.revoked", rule_id=RULE)
def _revoked(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s revoked a certificate of «%(what)s».") % _words(names)

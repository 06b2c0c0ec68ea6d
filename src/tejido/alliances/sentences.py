"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

COMMUNITY = "communities.Community"
ORGANISATION = "directory.Organisation"
NETWORKS = ("alliances:joinings", "community_id")
ALLY = ("directory:organisation", "organisation_id")  # agreements themselves are not for every member


def _here(names: Names) -> dict[str, object]:
    """The other side is not named: most readers of a history may not see it. The page that is linked names it."""
    return {"actor": names.actor, "community": names["community_id"]}


def _agreed(names: Names) -> dict[str, object]:
    return {
        "actor": names.actor,
        "community": names["community_id"],
        "organisation": names["organisation_id"],
    }


@sentence("alliances.link_opened", community_id=COMMUNITY, link=NETWORKS)
def _link_opened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s made a link with which %(community)s invites other networks.") % _here(names)


@sentence("alliances.link_closed", community_id=COMMUNITY, link=NETWORKS)
def _link_closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed the link with which %(community)s invited other networks.") % _here(names)


@sentence("alliances.joining_asked", community_id=COMMUNITY, link=NETWORKS)
def _asked(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s asked for %(community)s to join a network of networks.") % _here(names)


@sentence("alliances.joining_accepted", community_id=COMMUNITY, link=NETWORKS)
def _accepted(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took a member network into %(community)s.") % _here(names)


@sentence("alliances.joining_ended", community_id=COMMUNITY, link=NETWORKS)
def _ended(entry: JournalEntry, names: Names) -> str:
    if not entry.payload["had_begun"]:
        return _(
            "%(actor)s noted that nothing comes of an agreement of %(community)s with another network."
        ) % (_here(names))
    return _("%(actor)s ended the agreement of %(community)s with another network.") % _here(names)


@sentence("alliances.shares_chosen", community_id=COMMUNITY, link=NETWORKS)
def _shares_chosen(entry: JournalEntry, names: Names) -> str:
    if not entry.payload["added"]:
        return _("%(actor)s withdrew indicators that %(community)s shared with a network of networks.") % (
            _here(names)
        )
    return _("%(actor)s chose which indicators %(community)s shares with a network of networks.") % (
        _here(names)
    )


@sentence("alliances.agreement_made", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ALLY)
def _made(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s wrote down an agreement of %(community)s with %(organisation)s.") % _agreed(names)


@sentence("alliances.agreement_changed", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ALLY)
def _changed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s changed the agreement of %(community)s with %(organisation)s.") % _agreed(names)


@sentence("alliances.agreement_discarded", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ALLY)
def _discarded(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back an agreement of %(community)s with %(organisation)s.") % _agreed(names)


@sentence(
    "alliances.contribution_recorded",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    link=ALLY,
)
def _contributed(entry: JournalEntry, names: Names) -> str:
    if entry.payload["delivered"]:
        return _("%(actor)s noted what %(organisation)s has contributed to %(community)s.") % _agreed(names)
    return _("%(actor)s noted what %(organisation)s is going to contribute to %(community)s.") % _agreed(
        names
    )


@sentence(
    "alliances.contribution_removed",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    link=ALLY,
)
def _removed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back a contribution of %(organisation)s to %(community)s.") % _agreed(names)


@sentence("alliances.document_added", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ALLY)
def _filed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s added a paper to the agreement of %(community)s with %(organisation)s.") % _agreed(
        names
    )


@sentence("alliances.document_removed", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ALLY)
def _unfiled(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s removed a paper from the agreement of %(community)s with %(organisation)s.") % (
        _agreed(names)
    )


@sentence("alliances.renewal_recalled", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ALLY)
def _recalled(entry: JournalEntry, names: Names) -> str:
    return _(
        "The coordination was reminded that the agreement of %(community)s with %(organisation)s is to be renewed."
    ) % _agreed(names)

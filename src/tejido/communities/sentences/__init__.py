"""How the facts of this domain read in a history.

Why somebody left is not said: a history is read by every member, and health or the like is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from tejido.accounts.models import User
from tejido.communities.models import Community, Role
from tejido.communities.policies import visible_to
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Named, Names, listed, naming, sentence

COMMUNITY = "communities.Community"
PERSON = "directory.Person"
ORGANISATION = "directory.Organisation"
OVERVIEW = ("communities:overview", "community_id")
PAGE = ("directory:person", "person_id")
ORGANISATIONS = ("communities:organisations", "community_id")
FIELDS = {
    "name": pgettext_lazy("field of a community", "name"),
    "kind": pgettext_lazy("field of a community", "kind"),
    "challenge": pgettext_lazy("field of a community", "shared challenge"),
    "territory": pgettext_lazy("field of a community", "territory"),
    "time_zone": pgettext_lazy("field of a community", "time zone"),
    "language": pgettext_lazy("field of a community", "language"),
    "starts_on": pgettext_lazy("field of a community", "dates"),
    "ends_on": pgettext_lazy("field of a community", "dates"),
    "periods": pgettext_lazy("field of a community", "periods"),
}
AS = {  # how somebody is in a community, as a sentence says it
    Role.MEMBER: pgettext_lazy("in a community", "as a member"),
    Role.NODE_LEADER: pgettext_lazy("in a community", "as node leader"),
    Role.COORDINATOR: pgettext_lazy("in a community", "as coordinator"),
    Role.FACILITATOR: pgettext_lazy("in a community", "as facilitator"),
    Role.RESEARCHER: pgettext_lazy("in a community", "as researcher"),
    Role.STEWARD: pgettext_lazy("in a community", "as steward"),
    Role.REPRESENTATIVE: pgettext_lazy("in a community", "as representative of an organisation"),
}


@naming(communities_Community=pgettext_lazy("in place of a name", "a community that was removed"))
def _communities(ids: Mapping[str, set[int]], reader: User) -> Mapping[str, Mapping[int, Named]]:
    """Communities by name; "another community" where the reader may not see it. One query."""
    visible = Community.objects.filter(visible_to(reader)).values("pk")
    rows = Community.objects.filter(pk__in=ids[COMMUNITY]).annotate(
        seen=Case(When(pk__in=visible, then=True), default=False)
    )
    hidden = pgettext("a community that the reader may not see", "another community")
    return {COMMUNITY: {row.pk: Named(row.name if row.seen else hidden, hidden=not row.seen) for row in rows}}


def _words(entry: JournalEntry, names: Names) -> dict[str, object]:
    """What the sentences of people in communities say."""
    return {
        "actor": names.actor,
        "person": names["person_id"],
        "community": names["community_id"],
        "as_role": AS[Role(entry.payload["role"])],
    }


@sentence("communities.founded", community_id=COMMUNITY, link=OVERVIEW)
def _founded(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened %(community)s.") % {"actor": names.actor, "community": names["community_id"]}


@sentence("communities.changed", community_id=COMMUNITY, link=OVERVIEW)
def _changed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s changed the settings of %(community)s: %(fields)s.") % {
        "actor": names.actor,
        "community": names["community_id"],
        "fields": listed(FIELDS[name] for name in entry.payload["fields"]),
    }


@sentence(
    "communities.moved", community_id=COMMUNITY, before_id=COMMUNITY, parent_id=COMMUNITY, link=OVERVIEW
)
def _moved(entry: JournalEntry, names: Names) -> str:
    words = {
        "actor": names.actor,
        "community": names["community_id"],
        "before": names["before_id"],
        "parent": names["parent_id"],
    }
    if entry.payload["parent_id"] is None:
        return _("%(actor)s took %(community)s out of %(before)s; it stands on its own now.") % words
    if entry.payload["before_id"] is None:
        return _("%(actor)s placed %(community)s inside %(parent)s.") % words
    return _("%(actor)s moved %(community)s from %(before)s to %(parent)s.") % words


@sentence("communities.closed", community_id=COMMUNITY, link=OVERVIEW)
def _closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed %(community)s.") % {"actor": names.actor, "community": names["community_id"]}


@sentence("communities.reopened", community_id=COMMUNITY, link=OVERVIEW)
def _reopened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened %(community)s again.") % {
        "actor": names.actor,
        "community": names["community_id"],
    }


@sentence("communities.member_joined", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _joined(entry: JournalEntry, names: Names) -> str:
    if names.by_self("person_id"):
        return _("%(person)s joined %(community)s %(as_role)s.") % _words(entry, names)
    return _("%(actor)s added %(person)s to %(community)s %(as_role)s.") % _words(entry, names)


@sentence("communities.members_joined", community_id=COMMUNITY, link=OVERVIEW)
def _many_joined(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s added %(count)d person to %(community)s from a list.",
        "%(actor)s added %(count)d people to %(community)s from a list.",
        count,
    ) % {"actor": names.actor, "community": names["community_id"], "count": count}


@sentence("communities.members_taken_back", community_id=COMMUNITY, link=OVERVIEW)
def _many_taken_back(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s took %(count)d person out of %(community)s again, who had come from a list.",
        "%(actor)s took %(count)d people out of %(community)s again, who had come from a list.",
        count,
    ) % {"actor": names.actor, "community": names["community_id"], "count": count}


@sentence("communities.member_left", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _left(entry: JournalEntry, names: Names) -> str:
    if names.by_self("person_id"):
        return _("%(person)s is no longer in %(community)s %(as_role)s.") % _words(entry, names)
    return _("%(actor)s noted that %(person)s is no longer in %(community)s %(as_role)s.") % _words(
        entry, names
    )


@sentence("communities.role_changed", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _role_changed(entry: JournalEntry, names: Names) -> str:
    return _("%(person)s now takes part in %(community)s %(as_role)s; before, %(as_before)s.") % {
        **_words(entry, names),
        "as_before": AS[Role(entry.payload["before"])],
    }


@sentence("communities.joining_undone", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _joining_undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back having added %(person)s to %(community)s.") % _words(entry, names)


@sentence("communities.leaving_undone", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _leaving_undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(person)s is still in %(community)s %(as_role)s.") % _words(entry, names)


def _spoken(names: Names) -> dict[str, str]:
    """What the sentences of organisations in communities say."""
    words = {
        "actor": names.actor,
        "community": names["community_id"],
        "organisation": names["organisation_id"],
    }
    return words | ({"person": names["person_id"]} if "person_id" in names else {})


@sentence(
    "communities.organisation_joined",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    link=ORGANISATIONS,
)
def _organisation_joined(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(organisation)s belongs to %(community)s.") % _spoken(names)


@sentence(
    "communities.organisation_joining_undone",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    link=ORGANISATIONS,
)
def _organisation_joining_undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back having added %(organisation)s to %(community)s.") % _spoken(names)


@sentence(
    "communities.organisation_left", community_id=COMMUNITY, organisation_id=ORGANISATION, link=ORGANISATIONS
)
def _organisation_left(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(organisation)s no longer belongs to %(community)s.") % _spoken(names)


@sentence(
    "communities.organisation_leaving_undone",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    link=ORGANISATIONS,
)
def _organisation_leaving_undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(organisation)s still belongs to %(community)s.") % _spoken(names)


@sentence(
    "communities.representative_named",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    person_id=PERSON,
    link=ORGANISATIONS,
)
def _representative_named(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted that %(person)s represents %(organisation)s in %(community)s.") % _spoken(names)


@sentence(
    "communities.naming_undone",
    community_id=COMMUNITY,
    organisation_id=ORGANISATION,
    person_id=PERSON,
    link=ORGANISATIONS,
)
def _naming_undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back that %(person)s represents %(organisation)s in %(community)s.") % _spoken(
        names
    )


@sentence("communities.ties_recorded", community_id=COMMUNITY, link=OVERVIEW)
def _ties_recorded(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s wrote down %(count)d tie between people of %(community)s from a list.",
        "%(actor)s wrote down %(count)d ties between people of %(community)s from a list.",
        count,
    ) % {"actor": names.actor, "community": names["community_id"], "count": count}


@sentence("communities.ties_told", community_id=COMMUNITY, link=OVERVIEW, folds="answers")
def _ties_told(entry: JournalEntry, names: Names) -> str:
    count = len(entry.payload["answers"])
    return ngettext(
        "The ties that %(count)d answer in %(community)s tells of were noted.",
        "The ties that %(count)d answers in %(community)s tell of were noted.",
        count,
    ) % {"community": names["community_id"], "count": count}


@sentence("communities.ties_taken_back", community_id=COMMUNITY, link=OVERVIEW)
def _ties_taken_back(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s took back %(count)d tie between people of %(community)s, which had come from a list.",
        "%(actor)s took back %(count)d ties between people of %(community)s, which had come from a list.",
        count,
    ) % {"actor": names.actor, "community": names["community_id"], "count": count}


@sentence("communities.written_to", community_id=COMMUNITY, link=OVERVIEW)
def _written_to(entry: JournalEntry, names: Names) -> str:
    words = {"actor": names.actor, "community": names["community_id"], "count": entry.payload["count"]}
    if entry.payload["channel"] == "share":
        return _("%(actor)s wrote a text to share for %(community)s.") % words
    return (
        ngettext(
            "%(actor)s wrote a message to %(count)d person of %(community)s.",
            "%(actor)s wrote a message to %(count)d people of %(community)s.",
            entry.payload["count"],
        )
        % words
    )


@sentence("communities.messages_reworded", community_id=COMMUNITY, link=OVERVIEW)
def _messages_reworded(entry: JournalEntry, names: Names) -> str:
    words = {"actor": names.actor, "community": names["community_id"]}
    return _("%(actor)s changed the words of the messages of %(community)s.") % words

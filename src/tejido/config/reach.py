"""Who may see whose rows, where a higher floor knows the answer (foundation/reach.py)."""

REACH: dict[str, list[str]] = {
    "directory.person": [
        "tejido.communities.policies.people_in_reach",
        "tejido.gatherings.policies.people_in_reach",
        "tejido.invitations.policies.people_in_reach",
        "tejido.school_leaders.policies.people_in_reach",
    ],
    "directory.organisation": ["tejido.communities.policies.registers_in_reach"],
    "directory.school": ["tejido.communities.policies.registers_in_reach"],
    "gatherings.sheet": [
        "tejido.invitations.policies.who_stands_in",
        "tejido.school_leaders.policies.who_stands_in",
    ],
    "messages.message": ["tejido.communities.policies.messages_in_reach"],
    "foundation.journalentry": ["tejido.communities.policies.journal_in_reach"],
}

"""Who adds what to whose page: lower floors leave slots, higher floors fill them."""

SLOTS: dict[str, list[str]] = {
    "home.asked": [
        "tejido.instruments.panels.asked_of_reader",
        "tejido.school_leaders.panels.asked_of_head",
        "tejido.closing.panels.owed",
        "tejido.improvement.panels.owed",
        "tejido.communities.panels.terms_due",
    ],
    "communities.overview": [
        "tejido.instruments.panels.asked_in_community",
        "tejido.consultations.panels.votes_awaited",
        "tejido.gatherings.panels.next_gatherings",
        "tejido.insights.panels.pulse",
    ],
    "communities.charter": [
        "tejido.charters.panels.charter_on_overview",
    ],
    "communities.governance": [
        "tejido.charters.panels.door",
        "tejido.consultations.panels.door",
        "tejido.communities.panels.organisations_door",
        "tejido.calls.panels.door",
        "tejido.closing.panels.commitments_door",
        "tejido.improvement.panels.cycles_door",
        "tejido.alliances.panels.networks_door",
        "tejido.alliances.panels.agreements_door",
        "tejido.communities.panels.roles_door",
        "tejido.communities.panels.steering_door",
    ],
    "consultations.text": [
        "tejido.charters.panels.text_of_vote",
    ],
    "consultations.outcome": [
        "tejido.charters.panels.outcome_of_vote",
    ],
    "charters.public": [
        "tejido.calls.panels.open_to_everybody",
    ],
    "communities.people_doors": [
        "tejido.communities.panels.messages_door",
        "tejido.school_leaders.panels.door",
        "tejido.buddies.panels.doors",
    ],
    "directory.person": [
        "tejido.charters.panels.acceptances_awaited",
        "tejido.messages.panels.my_messages",
        "tejido.buddies.panels.my_skills",
        "tejido.communities.panels.memberships_of_person",
        "tejido.instruments.panels.phones_of_person",
        "tejido.gatherings.panels.attended_by_person",
        "tejido.certificates.panels.hours_of_person",
        "tejido.insights.panels.her_people",
    ],
    "directory.school": [
        "tejido.communities.panels.communities_of_school",
        "tejido.gatherings.panels.hosted_by_school",
        "tejido.insights.panels.depth_of_school",
        "tejido.school_leaders.panels.of_school",
    ],
    "directory.organisation": [
        "tejido.communities.panels.communities_of_organisation",
        "tejido.alliances.panels.agreements_with",
    ],
    "gatherings.detail": [
        "tejido.closing.panels.summary",
        "tejido.invitations.panels.my_answer",
        "tejido.agenda.panels.agenda",
        "tejido.seating.panels.my_tables",
        "tejido.during.panels.now",
        "tejido.seating.panels.harvest",
        "tejido.during.panels.kept",
        "tejido.checkin.panels.my_code",
        "tejido.certificates.panels.mine",
        "tejido.closing.panels.carried",
        "tejido.alliances.panels.supporters",
        "tejido.insights.panels.returning",
        "tejido.school_leaders.panels.instead_of_heads",
    ],
    "invitations.answer": [
        "tejido.checkin.panels.code_by_link",
        "tejido.seating.panels.tables_by_link",
        "tejido.during.panels.now_by_link",
    ],
    "directory.schools": [
        "tejido.imports.panels.bring_a_register",
    ],
    "communities.people": [
        "tejido.gatherings.panels.guests_of_community",
        "tejido.imports.panels.bring_a_list",
    ],
    "gatherings.actions": [
        "tejido.invitations.panels.door",
        "tejido.agenda.panels.door",
        "tejido.seating.panels.door",
        "tejido.checkin.panels.door",
        "tejido.during.panels.door",
        "tejido.certificates.panels.door",
        "tejido.closing.panels.door",
    ],
    "gatherings.list": [
        "tejido.closing.panels.commitments_line",
        "tejido.imports.panels.bring_a_list",
    ],
}

"""Who adds what to whose page: lower floors leave slots, higher floors fill them."""

SLOTS: dict[str, list[str]] = {
    "directory.person": ["tejido.communities.panels.memberships_of_person"],
    "directory.school": ["tejido.communities.panels.communities_of_school"],
}

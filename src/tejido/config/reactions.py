"""Who reacts to what: the whole of the traffic between domains, on one page."""

REACTIONS: dict[str, list[str]] = {
    "communities.changed": ["tejido.gatherings.handlers.on_community_changed"],
}

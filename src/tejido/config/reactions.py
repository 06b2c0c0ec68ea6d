"""Who reacts to what: the whole of the traffic between domains, on one page."""

REACTIONS: dict[str, list[str]] = {}

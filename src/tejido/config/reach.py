"""Who may see whose rows, where a higher floor knows the answer (foundation/reach.py)."""

REACH: dict[str, list[str]] = {}

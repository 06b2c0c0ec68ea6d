"""Who adds what to whose page: lower floors leave slots, higher floors fill them."""

SLOTS: dict[str, list[str]] = {}

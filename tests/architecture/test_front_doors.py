"""A domain is entered by its front door: these rooms, and no others."""

from __future__ import annotations

import grimp

FRONT_DOOR = {"models", "events", "policies", "selectors", "services"}
OPEN_HOUSES = {"foundation", "web", "accounts", "config"}  # tools for everybody; config only wires

LENT = {  # a page of another domain asks the questions of a form by the machinery of the house
    "tejido.instruments.forms.answering",
    "tejido.instruments.forms.questions",
}


def is_intruder(importer: str, imported: str) -> bool:
    house, *rooms = imported.split(".")[1:] or ["config"]  # the package itself holds only the version
    own = importer.split(".")[1] if "." in importer else ""
    factories = "tests" in importer.split(".") and rooms[:2] == ["tests", "factories"]
    return bool(
        own not in {house, "config", "demo"}
        and house not in OPEN_HOUSES
        and not factories
        and rooms
        and rooms[0] not in FRONT_DOOR
        and imported not in LENT
    )


def test_domains_are_entered_by_the_front_door():
    graph = grimp.build_graph("tejido", cache_dir=None)
    intruders = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if is_intruder(importer, imported)
    ]
    assert not intruders, f"use selectors, services, events, policies or models instead: {intruders}"

"""The one-page maps name only what exists: reactions, slots, reach."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string, module_has_submodule

from tejido.config.reach import REACH
from tejido.config.reactions import REACTIONS
from tejido.config.slots import SLOTS


def every_fact() -> Iterator[Any]:
    for app in apps.get_app_configs():
        if app.name.startswith("tejido.") and module_has_submodule(app.module, "events"):
            for thing in vars(import_module(f"{app.name}.events")).values():
                if inspect.isclass(thing) and hasattr(thing, "NAME"):
                    yield thing


def test_every_reaction_answers_a_known_fact():
    facts = {fact.NAME: fact for fact in every_fact()}
    for name, handlers in REACTIONS.items():
        for path in handlers:
            inspect.signature(import_string(path)).bind(**{f.name: None for f in fields(facts[name])})


def test_facts_carry_ids_and_numbers_and_are_named_after_their_domain():
    plain = {"int", "str", "bool", "list[int]", "list[str]", "int | None", "float"}
    for fact in every_fact():
        assert fact.NAME.split(".")[0] == fact.__module__.split(".")[1]
        assert {field.type for field in fields(fact)} <= plain, fact


def test_every_panel_and_every_answer_of_reach_exists_and_takes_two_arguments():
    for page in (SLOTS, REACH):
        for paths in page.values():
            for path in paths:
                inspect.signature(import_string(path)).bind(None, None)

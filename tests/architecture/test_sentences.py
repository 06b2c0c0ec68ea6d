"""A history that people read: every fact of every domain has its sentence, and each names only what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from inspect import isclass
from typing import Any

from django.apps import apps
from django.urls import get_resolver
from django.utils.module_loading import module_has_submodule

from tejido.foundation.sentences import wordings


def every_fact() -> Iterator[Any]:
    for app in apps.get_app_configs():
        if app.name.startswith("tejido.") and module_has_submodule(app.module, "events"):
            for thing in vars(import_module(f"{app.name}.events")).values():
                if isclass(thing) and hasattr(thing, "NAME"):
                    yield thing


def test_every_fact_has_a_sentence():
    silent = {fact.NAME for fact in every_fact()} - wordings().keys()
    assert not silent, f"say how these read, in <domain>/sentences.py: {sorted(silent)}"


def test_every_sentence_tells_of_a_fact_in_the_domain_that_announces_it():
    facts = {fact.NAME: fact for fact in every_fact()}
    for name, wording in wordings().items():
        assert name in facts, f"{name} is announced by nobody"
        room = f"tejido.{name.split('.')[0]}.sentences"  # a module, or a package of several
        assert f"{wording.write.__module__}.".startswith(f"{room}."), name
        assert set(wording.models) <= {field.name for field in fields(facts[name])}, name


def test_every_name_in_a_sentence_belongs_to_a_model_and_every_link_to_a_page():
    pages = _url_names(get_resolver())
    for wording in wordings().values():
        for model in wording.models.values():
            assert apps.get_model(model)
        if wording.link is not None:
            assert wording.link[0] in pages, f"{wording.fact} links to {wording.link[0]}, which is no page"
            assert wording.link[1] in wording.models, f"{wording.fact} links by an id without a name"


def _url_names(resolver: Any, space: str = "") -> set[str]:
    names = {f"{space}{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    for inner, (_prefix, sub) in resolver.namespace_dict.items():
        names |= _url_names(sub, f"{space}{inner}:")
    return names

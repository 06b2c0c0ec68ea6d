"""In which way a form can be shown. Pure."""

from __future__ import annotations

from tejido_forms.definition import FormDefinition, Node

# What the plain page and its light script do not show; docs of forms: the way of rendering, measured.
HEAVY_TYPES = frozenset({"geopoint", "geotrace", "geoshape", "barcode", "odk:rank"})
HEAVY_LOOKS = ("signature", "draw", "annotate", "map", "image-map")
MOST_CHOICES = 500
LIGHT, SCRIPTED, ENGINE = "light", "scripted", "engine"


def way_of(form: FormDefinition) -> str:
    """light, scripted or engine: the simplest that shows everything in the form.

    With relevance, constraints and calculations the plain page still works, and the server explains; so `scripted` says what
    makes it comfortable, `engine` what is needed.
    """
    nodes = list(form.nodes())
    if form.watches or any(_needs_the_engine(node) for node in nodes):
        return ENGINE
    lively = any(node.relevant or (node.calculate and node.kind == "question") for node in nodes)
    spoken = any(_speaks(node) for node in nodes if node.asked or node.is_note)
    return SCRIPTED if lively or spoken else LIGHT


def _needs_the_engine(node: Node) -> bool:
    if node.kind == "repeat" or node.type in HEAVY_TYPES or node.control == "odk:rank":
        return True
    if node.itemset is not None and (node.itemset.filtered or len(node.choices) > MOST_CHOICES):
        return True
    return any(look in node.appearance for look in HEAVY_LOOKS)


def _speaks(node: Node) -> bool:
    """Whether its label or hint changes with the answer."""
    texts = (node.label, node.hint)
    return any(not isinstance(part, str) for text in texts for parts in text.says.values() for part in parts)

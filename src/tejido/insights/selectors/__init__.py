"""Questions about insight. Read only; every one says what it costs. Other domains enter here."""

from tejido.insights.definitions import DEFINITIONS, FAMILIES, LATER, TIE
from tejido.insights.periods import chosen
from tejido.insights.selectors.attention import (
    Happened,
    Notice,
    Scale,
    attention_for,
    happened,
    items_for,
    notices,
    open_items,
    scales,
)
from tejido.insights.selectors.called import Called, Details, Grid, called_in
from tejido.insights.selectors.cards import Card, FamilyCards, card, families, say, unit_of
from tejido.insights.selectors.compare import Change, change, rows
from tejido.insights.selectors.details import details_of
from tejido.insights.selectors.networks import preview_of, side_by_side
from tejido.insights.selectors.panels import depth_of, faces_of, people_tied_to, pulse_of
from tejido.insights.selectors.proposals import language_name, proposal_for
from tejido.insights.selectors.reading import (
    choices,
    insight_of,
    is_current,
    is_quick,
    own_periods,
    seen_by,
    values_of,
)
from tejido.insights.selectors.steps import Buddy, Message, Proposal
from tejido.insights.selectors.tables import people_of, tables_for
from tejido.insights.selectors.weave import (
    GROUPINGS,
    Grouping,
    Knot,
    Thread,
    Weave,
    consenting,
    grouped,
    told_weave_of,
    weave_of,
    weaves_of,
)
from tejido.insights.words import because, left_out

__all__ = [
    "DEFINITIONS",
    "FAMILIES",
    "GROUPINGS",
    "LATER",
    "TIE",
    "Buddy",
    "Called",
    "Card",
    "Change",
    "Details",
    "FamilyCards",
    "Grid",
    "Grouping",
    "Happened",
    "Knot",
    "Message",
    "Notice",
    "Proposal",
    "Scale",
    "Thread",
    "Weave",
    "attention_for",
    "because",
    "called_in",
    "card",
    "change",
    "choices",
    "chosen",
    "consenting",
    "depth_of",
    "details_of",
    "faces_of",
    "families",
    "grouped",
    "happened",
    "insight_of",
    "is_current",
    "is_quick",
    "items_for",
    "language_name",
    "left_out",
    "notices",
    "open_items",
    "own_periods",
    "people_of",
    "people_tied_to",
    "preview_of",
    "proposal_for",
    "pulse_of",
    "rows",
    "say",
    "scales",
    "seen_by",
    "side_by_side",
    "tables_for",
    "told_weave_of",
    "unit_of",
    "values_of",
    "weave_of",
    "weaves_of",
]

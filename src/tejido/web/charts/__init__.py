"""Charts as SVG made in Python: no library, no inline style, colours by class, words and a table beside each.

chart = bars([("Valdivia", 12), ("Osorno", 7)], caption=_("People per district"))
{{ chart }}                  in a template: figure, summary in words, table
chart.standalone()           an SVG that carries its own light colours, for PDF and mail
"""

from tejido.web.charts.drawing import CATEGORIES, Chart, colour_class, shape
from tejido.web.charts.flow import Series, line, spark
from tejido.web.charts.network import NetworkDrawing, Node, Tie, network
from tejido.web.charts.parts import bars, heat, shares

__all__ = [
    "CATEGORIES",
    "Chart",
    "NetworkDrawing",
    "Node",
    "Series",
    "Tie",
    "bars",
    "colour_class",
    "heat",
    "line",
    "network",
    "shape",
    "shares",
    "spark",
]

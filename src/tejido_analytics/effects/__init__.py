"""Before and after: how much a score changed, how sure that is, and when there is too little to say."""

from tejido_analytics.effects.change import Change, Options, Side, change_of_groups, change_of_people
from tejido_analytics.effects.mixed import mixed_change, mixed_mean
from tejido_analytics.effects.sizes import Standard, hedges_g

__all__ = [
    "Change",
    "Options",
    "Side",
    "Standard",
    "change_of_groups",
    "change_of_people",
    "hedges_g",
    "mixed_change",
    "mixed_mean",
]

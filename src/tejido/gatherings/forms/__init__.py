"""What people type about gatherings."""

from tejido.gatherings.forms.attendance import LineForm, NewFaceForm, RestForm
from tejido.gatherings.forms.planning import PlanForm
from tejido.gatherings.forms.rounds import RoundForm

__all__ = ["LineForm", "NewFaceForm", "PlanForm", "RestForm", "RoundForm"]

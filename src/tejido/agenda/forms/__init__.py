"""What a person types about an agenda."""

from tejido.agenda.forms.activities import ActivityForm
from tejido.agenda.forms.segments import SegmentForm

__all__ = ["ActivityForm", "SegmentForm"]

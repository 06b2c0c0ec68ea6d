"""What people type into the pages of this domain."""

from tejido.communities.forms.communities import (
    CloseForm,
    CommunityForm,
    LayOutForm,
    MoveForm,
    PeriodForm,
    PeriodForms,
    periods_in,
)
from tejido.communities.forms.memberships import AddForm, EndForm, RoleForm
from tejido.communities.forms.messages import WordsForm, WriteForm
from tejido.communities.forms.newcomers import NewcomerForm

__all__ = [
    "AddForm",
    "CloseForm",
    "CommunityForm",
    "EndForm",
    "LayOutForm",
    "MoveForm",
    "NewcomerForm",
    "PeriodForm",
    "PeriodForms",
    "RoleForm",
    "WordsForm",
    "WriteForm",
    "periods_in",
]

"""The names of the months as the catalogues of this house write them: small in Spanish and in Portuguese.

Django asks the project's catalogue before its own, and its own writes Portuguese months with a capital letter.
A page that begins with a month capitalises it by itself (`capfirst`).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

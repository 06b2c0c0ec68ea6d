"""`tejido seed-activities`: the ways of working that come along."""  # noqa: N999 - the command's own name

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tejido.accounts.services import system_account
from tejido.agenda.services import seed_activities
from tejido.foundation.commands import TejidoCommand


class Command(TejidoCommand):
    help = "Bring in the activities for agendas that come along, in three languages. Can be run again."
    example = "tejido seed-activities"

    def work(self, **options: Any) -> None:
        new, total = seed_activities(actor=system_account())
        line = _("%(what)s: %(new)d new, %(total)d in the reference")
        self.stdout.write(line % {"what": _("Activities for agendas"), "new": new, "total": total})

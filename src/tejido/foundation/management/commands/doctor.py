from __future__ import annotations

import sys
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation import health
from tejido.foundation.commands import FAILED, TejidoCommand


class Command(TejidoCommand):
    help = "say what is wrong with this installation, and how to mend it"
    example = "tejido doctor"

    def work(self, **options: Any) -> None:
        wrong = 0
        for finding in health.examine():
            self.stdout.write(f"{'✓' if finding.good else '✗'} {finding.what}")
            if not finding.good:
                wrong += 1
                self.stdout.write(f"    {finding.remedy}")
        if wrong:
            self.stdout.write(
                ngettext("%(things)d thing to mend.", "%(things)d things to mend.", wrong) % {"things": wrong}
            )
            sys.exit(FAILED)
        self.stdout.write(_("All is well."))

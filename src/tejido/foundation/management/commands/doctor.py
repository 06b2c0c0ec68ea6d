from __future__ import annotations

import sys
from typing import Any

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
            self.stdout.write(f"{wrong} to mend.")
            sys.exit(FAILED)
        self.stdout.write("All is well.")

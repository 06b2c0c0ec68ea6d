"""`tejido seed-reference`: what a new installation starts with."""  # noqa: N999 - the command's own name

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tejido.accounts.services import system_account
from tejido.directory.services import seed_reference
from tejido.foundation.commands import TejidoCommand


class Command(TejidoCommand):
    help = "Bring in the words of consent, the topics that teachers offer, and territories. Can be run again."
    example = "tejido seed-reference"

    def work(self, **options: Any) -> None:
        seeded = seed_reference(actor=system_account())
        for words, (new, total) in (
            (_("Words of consent"), seeded.consent_texts),
            (_("Topics"), seeded.topics),
            (_("Territories"), seeded.territories),
        ):
            line = _("%(what)s: %(new)d new, %(total)d in the reference")
            self.stdout.write(line % {"what": words, "new": new, "total": total})

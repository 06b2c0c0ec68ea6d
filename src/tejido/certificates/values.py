"""What goes in and out of services and selectors."""

from __future__ import annotations

from dataclasses import dataclass

from tejido.certificates.models import Certificate
from tejido.directory.models import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks, and what the certificate says. minutes_counted None: as long as each was there."""

    signer_name: str
    signer_function: str = ""
    share: int = 80
    gatherings_needed: int = 1
    minutes_counted: int | None = None
    hours_kind: str = "workshop"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands with a rule. Minutes of time present and of the whole; gatherings she was at, and needs."""

    person: Person
    minutes: int
    whole: int
    gatherings: int
    share_asked: int
    gatherings_asked: int
    certificate: Certificate | None  # the valid one

    @property
    def share(self) -> int:
        """Percent of the time, rounded down, so that 79.9 never reads as the 80 that it is not."""
        return self.minutes * 100 // self.whole if self.whole else 0

    @property
    def long_enough(self) -> bool:
        return self.whole > 0 and self.minutes * 100 >= self.share_asked * self.whole

    @property
    def often_enough(self) -> bool:
        return self.gatherings >= self.gatherings_asked

    @property
    def meets(self) -> bool:
        return self.minutes > 0 and self.long_enough and self.often_enough

    @property
    def lost_its_ground(self) -> bool:
        """There is a certificate, and attendance as it stands now would give none."""
        return self.certificate is not None and not self.meets

"""The cast of the demonstration: the accounts that one click signs in. Planted by the demo domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """One of the cast: key in the address, first name, what they do in the network, the language they read."""

    key: str
    name: str
    does: Any
    language: str

    @property
    def email(self) -> str:
        return f"{self.key}@demo.tejido.invalid"


CAST: list[Role] = [
    Role("rosa", "Rosa", _("coordinates the network"), "es"),
    Role("ana", "Ana", _("teaches and belongs to a node"), "es"),
    Role("tomas", "Tomás", _("answers for the programme at the administering organisation"), "es"),
    Role("ines", "Inês", _("accompanies schools"), "pt-br"),
    Role("sole", "Sole", _("does research with the network"), "en"),
    Role("ze", "Zé", _("has an account and belongs to no community yet"), "pt-br"),
]
BY_KEY: dict[str, Role] = {role.key: role for role in CAST}

"""What deeds take and selectors give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from tejido.communities.models import Community
from tejido.directory.models import School
from tejido.instruments.models import Version
from tejido.instruments.services import Sent


class CallFields(TypedDict, total=False):
    """What can be said of a call; absent keys stay as they are."""

    kind: str
    title_es: str
    title_en: str
    title_pt: str
    text_es: str
    text_en: str
    text_pt: str
    opens_at: datetime
    closes_at: datetime
    places: int | None
    term_starts: date | None
    term_ends: date | None
    version: Version | None
    blind: bool
    shows_media: bool
    tells_reasons: bool
    contact: str
    keep_months: int
    nodes: Sequence[Community]


@dataclass(frozen=True, slots=True)
class Filled:
    """An application as it was typed. email in lower case, phone in E.164. met: requirement id -> yes or no.

    begun_at: when its page was opened, as the page says under seal. sent: the answers to the form of the call.
    """

    given_names: str
    family_names: str
    email: str
    phone: str
    language: str
    agreed_to: str
    school: School | None = None
    school_typed: str = ""
    node: Community | None = None
    motivation: str = ""
    video_link: str = ""
    met: Mapping[int, bool] = field(default_factory=dict)
    begun_at: datetime | None = None
    sent: Sent | None = None
    key: UUID | None = None
    is_invented: bool = False

    def columns(self) -> dict[str, Any]:
        """What goes onto the row as it is."""
        names = (
            "given_names", "family_names", "email", "phone", "language", "agreed_to", "school", "school_typed",
            "node", "motivation", "video_link",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


class Choice(NamedTuple):
    """What is decided about one application. outcome: of Application.CHOSEN; place: on the waiting list, 0 for the end."""

    application_id: int
    outcome: str
    reason: str = ""
    words: str = ""
    place: int = 0

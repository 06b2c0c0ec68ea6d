"""Saying which questions measure something together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.events import ScaleDefined, ScaleDropped
from tejido.instruments.models import Instrument, Item, Scale, ScaleItem


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a scale. dimension: "" where the scale has only one."""

    path: str
    dimension: str = ""
    reverse: bool = False


@transaction.atomic
def define_scale(
    instrument: Instrument, name: str, parts: Sequence[Part], *, actor: User, least_share: float = 0.5
) -> Scale:
    """The questions that make the scale `name`, instead of those that did. Answers stay; scores follow.

    Raises: NotAllowed; Refusal("unknown_question"); Refusal("empty_scale"). Announces ScaleDefined.
    """
    require(actor, "instruments.change", instrument)
    if not parts:
        raise Refusal("empty_scale", _("Choose at least one question for the scale."))
    known = set(Item.objects.filter(version__instrument=instrument).values_list("path", flat=True))
    strange = [part.path for part in parts if part.path not in known]
    if strange:
        raise Refusal("unknown_question", _("No version of this form asks %(path)s.") % {"path": strange[0]})
    scale, _made = Scale.objects.update_or_create(
        instrument=instrument, name=name[:200], defaults={"least_share": least_share}
    )
    scale.items.all().delete()
    ScaleItem.objects.bulk_create(
        ScaleItem(
            scale=scale, path=part.path, dimension=part.dimension[:200], reverse=part.reverse, position=at
        )
        for at, part in enumerate(parts, 1)
    )
    announce(ScaleDefined(instrument.community_id, instrument.pk, scale.pk), actor=actor)
    return scale


@transaction.atomic
def drop_scale(scale: Scale, *, actor: User) -> None:
    """No scores for these questions any more; answers stay. Raises NotAllowed. Announces ScaleDropped."""
    require(actor, "instruments.change", scale.instrument)
    announce(ScaleDropped(scale.instrument.community_id, scale.instrument_id), actor=actor)
    scale.delete()

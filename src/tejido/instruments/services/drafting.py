"""Forms made here: a template of the house or a draft of the quick builder becomes an instrument or its next version."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.policies import require
from tejido.instruments.models import Instrument, Version
from tejido.instruments.rosters import Roster
from tejido.instruments.services.publishing import Brought, make_instrument, publish_version
from tejido.instruments.services.scales import Part, define_scale, drop_scale
from tejido.instruments.shelf import Template, definition_of_template
from tejido_forms.building import Draft, as_xlsx, named
from tejido_forms.reading import read_form
from tejido_forms.words import free_name


@transaction.atomic
def use_template(community: Community, template: Template, language: str, *, actor: User) -> Instrument:
    """The community's own copy of a template, with its scales; the one it has already where it was taken before.

    language: code of the one that comes first, as the reader's. Raises NotAllowed. Announces as `make_instrument` and `define_scale`.
    """
    require(actor, "instruments.make", community)
    there = Instrument.objects.filter(community=community, form_id=template.key).first()
    if there is not None:
        return there
    language = template.code(language)
    source = template.xlsx(language)
    brought = Brought(definition_of_template(template.key, language), source, f"{template.key}.xlsx")
    made = make_instrument(community, template.kind, brought, actor=actor, title=template.title(language))
    _measure(made, template.draft(language), actor)
    return made


@transaction.atomic
def make_from_draft(community: Community, kind: str, draft: Draft, *, actor: User) -> Instrument:
    """A new instrument of the community; its form id is made from the draft's, or from its title, and is free.

    Raises NotAllowed; ValueError for a draft that `tejido_forms.building.sheets` refuses; FormRefused.
    Announces as `make_instrument` and `define_scale`.
    """
    require(actor, "instruments.make", community)
    taken = set(community.instruments.values_list("form_id", flat=True))
    form_id = free_name(draft.form_id or draft.title, taken, "form")
    whole = named(replace(draft, form_id=form_id, version=""))
    made = make_instrument(community, kind, _brought(whole), actor=actor, title=draft.title)
    _measure(made, whole, actor)
    return made


@transaction.atomic
def publish_draft(instrument: Instrument, draft: Draft, *, actor: User) -> Version:
    """The draft as the next version of `instrument`, whose title it becomes too; answers to the versions before stay as they are.

    Raises NotAllowed; Refusal("same_version"); ValueError and FormRefused as `make_from_draft`. Announces as `publish_version`.
    """
    require(actor, "instruments.change", instrument)
    whole = named(replace(draft, form_id=instrument.form_id, version=""))
    version = publish_version(instrument, _brought(whole), actor=actor)
    instrument.title = draft.title[:200]
    instrument.save(update_fields=["title"])
    _measure(instrument, whole, actor)
    return version


def _brought(draft: Draft) -> Brought:
    """What was drawn here, read in this process: nothing in it comes from a stranger's file."""
    source = as_xlsx(draft)
    return Brought(read_form(source, Roster().files()), source, f"{draft.form_id}.xlsx")


def _measure(instrument: Instrument, draft: Draft, actor: User) -> None:
    """The scale that the draft speaks of. Where there are several, each has a page of its own, and none is touched here."""
    scales = list(instrument.scales.all()[:2])
    parts = [
        (f"/data/{one.name}", one.dimension, one.reverse) for one in draft.questions if one.dimension.strip()
    ]
    dimensions = {dimension for _path, dimension, _reverse in parts}
    if len(scales) > 1:
        return
    if not parts:
        for scale in scales:
            drop_scale(scale, actor=actor)
        return
    alone = len(dimensions) == 1
    name = scales[0].name if scales else (dimensions.pop() if alone else instrument.title)
    made = [Part(path, "" if alone else dimension, reverse) for path, dimension, reverse in parts]
    define_scale(instrument, name, made, actor=actor)

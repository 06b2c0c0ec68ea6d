"""Bringing a form: read apart, then published as a version that never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.events import InstrumentMade, VersionPublished
from tejido.instruments.models import (
    Choice,
    ChoiceText,
    Instrument,
    Item,
    ItemText,
    Version,
    VersionFile,
)
from tejido.instruments.rosters import LISTS, Roster
from tejido_forms.definition import FormDefinition, Node
from tejido_forms.problems import FormRefused, Problem
from tejido_forms.reading_apart import read_form_apart
from tejido_forms.rendering import showing
from tejido_forms.versioning import version_from_content, with_version

LONGEST_PATH, LONGEST_NAME = 1_000, 200  # characters, what the tables hold
MOST_CHOICES_KEPT = 2_000  # of one item, as rows; longer lists stay in the form alone


@dataclass(frozen=True, slots=True)
class Brought:
    """A form that was read and can be published. problems: what its author should know all the same."""

    definition: FormDefinition
    source: bytes = field(repr=False)
    source_name: str
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.definition.problems


def read_brought(source: bytes, source_name: str, files: Mapping[str, bytes] | None = None) -> Brought:
    """Read a file that somebody brought, in a process of its own. Not inside a transaction: it may take seconds.

    files: lists and pictures that the form needs, by name. Raises tejido_forms.problems.FormRefused with every problem;
    `wording.form_problem` says each as a sentence.
    """
    definition = read_form_apart(source, {**(files or {}), **Roster().files()}, name=source_name)
    longest = max((len(node.path) for node in definition.nodes()), default=0)
    if longest > LONGEST_PATH or max(len(definition.form_id), len(definition.version)) > LONGEST_NAME:
        raise FormRefused([Problem("too_large", detail={"limit": LONGEST_PATH})])
    wanted = {
        name: content
        for name, content in (files or {}).items()
        if name in definition.files and name not in LISTS  # those are made for each reader
    }
    return Brought(definition, source, source_name[:255], wanted)


@transaction.atomic
def make_instrument(
    community: Community | None, kind: str, brought: Brought, *, actor: User, title: str = ""
) -> Instrument:
    """A new instrument of the community (None: a template of the house) with its first version.

    Raises NotAllowed; Refusal("form_id_taken"): the community has a form with this id, of which this may be a version.
    Announces InstrumentMade, VersionPublished.
    """
    require(actor, "instruments.make", community)
    form = brought.definition
    there = Instrument.objects.filter(community=community, form_id=form.form_id).first()
    if there is not None:
        raise Refusal(
            "form_id_taken",
            _(
                "«%(title)s» already has the form id %(form_id)s. Publish this as a new version of it, or give it another "
                "form_id in the settings sheet."
            )
            % {"title": there.title, "form_id": form.form_id},
            instrument=there.pk,
        )
    instrument = Instrument.objects.create(
        community=community,
        kind=kind,
        form_id=form.form_id,
        title=(title or form.title or form.form_id)[:200],
    )
    announce(InstrumentMade(instrument.community_id, instrument.pk), actor=actor)
    publish_version(instrument, brought, actor=actor)
    return instrument


@transaction.atomic
def publish_version(instrument: Instrument, brought: Brought, *, actor: User) -> Version:
    """A new version of an instrument. A version without a name, or with one that is taken, is named after its content.

    Raises NotAllowed; Refusal("other_form_id"); Refusal("same_version"): exactly this was published before.
    Announces VersionPublished.
    """
    require(actor, "instruments.change", instrument)
    form = brought.definition
    if form.form_id != instrument.form_id:
        raise Refusal(
            "other_form_id",
            _(
                "This file has the form id %(other)s, and «%(title)s» has %(form_id)s. Write %(form_id)s as form_id in the "
                "settings sheet, or bring it as a form of its own."
            )
            % {"other": form.form_id, "title": instrument.title, "form_id": instrument.form_id},
        )
    name, xform = _named(instrument, form)
    version = Version.objects.create(
        instrument=instrument,
        version=name,
        title=(form.title or instrument.title)[:300],
        xform=xform,
        md5=hashlib.md5(xform, usedforsecurity=False).hexdigest(),
        digest=_digest(xform, brought.files),
        source=brought.source,
        source_name=brought.source_name,
        languages="\n".join(form.languages),
        way=showing(form).way,
    )
    VersionFile.objects.bulk_create(
        VersionFile(
            version=version,
            name=file,
            content=content,
            md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        )
        for file, content in sorted(brought.files.items())
    )
    _write_items(version, form)
    announce(VersionPublished(instrument.community_id, instrument.pk, version.pk), actor=actor)
    return version


def _named(instrument: Instrument, form: FormDefinition) -> tuple[str, bytes]:
    """The name of the version and the bytes that carry it."""
    taken = {one.version: bytes(one.xform) for one in instrument.versions.all()}
    made = version_from_content(form.xform)
    if form.xform in taken.values() or made in taken:
        raise Refusal("same_version", _("Nothing is different from a version that is already published."))
    if form.version and form.version not in taken:
        return form.version[:200], form.xform
    return made, with_version(form.xform, made)


def _digest(xform: bytes, files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(xform)
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


# What it asks, as rows ------------------------------------------------------------------------


def _write_items(version: Version, form: FormDefinition) -> None:
    """Items, choices and their texts: four inserts for a form of any length."""
    nodes = [node for node in form.nodes() if not node.children and node.kind in {"question", "hidden"}]
    repeats = tuple(node.path + "/" for node in form.nodes() if node.kind == "repeat")
    items = Item.objects.bulk_create(
        Item(
            version=version, position=place, path=node.path, name=node.name[:200], type=node.type[:40],
            control=node.control, appearance=node.appearance[:200], repeated=node.path.startswith(repeats),
        )
        for place, node in enumerate(nodes, 1)
    )  # fmt: skip
    pairs = list(zip(items, nodes, strict=True))
    ItemText.objects.bulk_create(
        ItemText(item=item, language=language, label=node.label.bare(language), hint=node.hint.bare(language))
        for item, node in pairs
        for language in form.languages
        if node.label or node.hint
    )
    _write_choices(pairs, form.languages)


def _write_choices(pairs: Sequence[tuple[Item, Node]], languages: Sequence[str]) -> None:
    offered = [
        (item, {choice.value[:500]: choice.label for choice in node.choices})
        for item, node in pairs
        if len(node.choices) <= MOST_CHOICES_KEPT
    ]
    made = Choice.objects.bulk_create(
        Choice(item=item, position=place, value=value)
        for item, choices in offered
        for place, value in enumerate(choices, 1)
    )
    labels = [label for _item, choices in offered for label in choices.values()]
    ChoiceText.objects.bulk_create(
        (
            ChoiceText(choice=choice, language=language, label=label.bare(language))
            for choice, label in zip(made, labels, strict=True)
            for language in languages
        ),
        batch_size=2_000,
    )

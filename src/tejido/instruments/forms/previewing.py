"""A form as whoever answers will see it, without anything that could be sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from tejido.instruments.forms.questions import Part, parts_of
from tejido_forms.answers import begin
from tejido_forms.definition import FormDefinition
from tejido_forms.judging import scene_for
from tejido_forms.pages import page
from tejido_forms.texts import language_code


@dataclass(frozen=True, slots=True)
class Preview:
    """What partials/preview.html shows. code: for the lang attribute, "" where the form does not say."""

    title: str
    parts: tuple[Part, ...]
    code: str


def preview_of(definition: FormDefinition, language: str) -> Preview:
    """The form in `language` (as it names it; its default where unknown), with its defaults filled in."""
    scene = scene_for(definition, timezone.now(), language, "uuid:preview")
    shown = page(begin(definition), scene, language)
    return Preview(shown.title, parts_of(shown, {}, frozenset()), language_code(shown.language))

"""A list says who is who and who allowed what: the equity indicator rests on those who allowed it."""

from __future__ import annotations

import pytest

from tejido.directory.models import Person
from tejido.directory.services import seed_reference
from tejido.imports import services
from tejido.imports.tests.samples import bring
from tejido.insights.selectors.tables import tables_for

pytestmark = pytest.mark.django_db


def test_what_a_list_says_of_people_enters_numbers_only_with_their_consent(cast, system):
    seed_reference(actor=system)
    text = "Nombre;Género;Consentimiento análisis\nSol Vera;Mujer;sí\nIan Rey;Hombre;no\nEva Gil;Mujer;\n"
    services.apply_run(bring(text, cast), actor=cast.rosa)

    read = {person.id: dict(person.attributes) for person in tables_for(cast.network).people}
    ids = {p.given_names: str(p.pk) for p in Person.objects.all()}
    assert read[ids["Sol"]] == {"gender": "F"}
    assert read[ids["Ian"]] == read[ids["Eva"]] == {}

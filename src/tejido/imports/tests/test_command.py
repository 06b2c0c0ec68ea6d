"""Lists are brought at the command line too, with the same sentences."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tejido.directory.models import Person, School
from tejido.imports.models import ImportRun
from tejido.imports.tests.samples import LIST
from tejido.imports.tests.test_school_registers import CHILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def said(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command("import", *[str(one) for one in arguments], stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_a_dry_run_says_what_would_change_and_changes_nothing(cast, people):
    before = Person.objects.count()
    words = said(people, "--community", cast.network.pk, "--dry-run")
    assert "Correo: E-mail" in words and "3  New" in words and "will be added" in words
    assert "Nothing was changed." in words
    assert (Person.every.count(), ImportRun.objects.count()) == (before, 0)


def test_a_list_is_brought_in_when_one_says_yes(cast, people):
    assert "Added: 3" in said(people, "--community", "red tejer", "--yes")
    assert Person.objects.filter(list_code="007").exists()
    assert "Already here: 3" in said(people, "--community", cast.network.pk, "--yes")


def test_without_a_yes_it_waits_on_the_page(cast, people, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(""))
    words = said(people, "--community", cast.network.pk)
    assert f"/lists/{ImportRun.objects.get().pk}/" in words
    assert not Person.objects.filter(list_code="007").exists()


def test_a_register_of_schools_is_brought(cast, tmp_path):
    path = tmp_path / "directorio.csv"
    path.write_text(CHILE, encoding="utf-8")
    words = said(path, "--kind", "schools", "--profile", "cl-rbd", "--yes")
    assert "check digit" in words and "Added: 3" in words
    assert School.objects.filter(register="cl-rbd").count() == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nada.csv", "--community", "Red Tejer"], "There is no file"),
        (["LIST"], "Say which community"),
        (["LIST", "--community", "Otra cosa"], "There is no community"),
        (["LIST", "--community", "Red Tejer", "--as", "nobody@x.org"], "There is no account"),
    ],
)
def test_what_is_wrong_is_one_sentence(cast, people, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        said(*[people if one == "LIST" else one for one in arguments])
    assert refused.value.returncode == 2


def test_it_is_brought_with_the_rights_of_whoever_brings_it(cast, people):
    with pytest.raises(CommandError, match="coordination"):
        said(people, "--community", cast.network.pk, "--as", cast.ana.email)

"""Every command of `tejido` helps with an example, and errs in one sentence."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from tejido import cli
from tejido.foundation.commands import TejidoCommand, sentence_about, terminal_language
from tejido.foundation.tests.running import tejido

KNOWN = [name for name in cli.COMMANDS if cli.is_there(name)]


@pytest.mark.parametrize("name", KNOWN)
def test_help_has_a_sentence_and_an_example_that_the_command_understands(name: str):
    command = cli.command(name)
    assert isinstance(command, TejidoCommand)
    parser = command.create_parser("tejido", name)
    shown = parser.format_help()
    assert str(command.help) in " ".join(shown.split())
    assert f"example:\n  {command.example}" in shown
    words = shlex.split(command.example)
    start = words.index("tejido")
    assert words[start + 1] == name
    parser.parse_args(words[start + 2 :])  # raises if the example asks for what is not there


def test_the_overview_names_every_command_with_its_sentence(tmp_path: Path):
    ended = tejido(tmp_path / "var", "--help")
    assert ended.returncode == 0
    for name in KNOWN:
        assert f"  {name:<16}{cli.command(name).help}" in ended.stdout
    assert not (tmp_path / "var").exists()  # asking for help makes no installation


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["sevre"], "There is no command «sevre». Did you mean «serve»?"),
        (["migrate"], "«migrate» is one of Django's own commands"),
        (
            ["serve", "--prot", "1"],
            "tejido serve: unrecognized arguments: --prot 1. See: tejido serve --help",
        ),
        (["serve", "--port", "x"], "tejido serve: argument --port: invalid int value: 'x'"),
        (["backup"], "tejido backup: the following arguments are required: file"),
        (["restore", "nowhere.zip"], "nowhere.zip does not exist. Check the name."),
    ],
)
def test_an_error_is_one_sentence_and_code_2(asked: list[str], said: str, monkeypatch, capsys):
    for name in ("TEJIDO_URL", "TEJIDO_DATA"):
        monkeypatch.setenv(name, "")  # whatever the command sets there is taken back
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setattr("sys.argv", ["tejido", *asked])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    told = capsys.readouterr().err
    assert stopped.value.code == 2
    assert told.startswith(said)
    assert told.count("\n") == 1


def test_a_backup_of_nothing_is_refused_without_traceback(tmp_path: Path):
    ended = tejido(tmp_path / "var", "backup", "b.zip")
    assert ended.returncode == 2
    assert ended.stderr == "There are no tables here yet. Start «tejido serve» once.\n"
    assert not (tmp_path / "b.zip").exists()


def test_a_database_that_is_not_there_is_said_without_traceback(tmp_path: Path):
    ended = tejido(tmp_path / "var", "work", "--once", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert ended.returncode == 2
    assert "The database does not answer" in ended.stderr
    assert "tejido doctor" in ended.stderr
    assert "Traceback" not in ended.stderr


class Broken(TejidoCommand):
    help = "break"
    example = "tejido broken"

    def work(self, **options):
        raise ZeroDivisionError("nobody thought of this")


def test_what_nobody_foresaw_is_a_sentence_and_its_details_are_kept(settings, tmp_path: Path, capsys):
    settings.DATA_DIR = tmp_path
    with pytest.raises(SystemExit) as stopped:
        Broken().run_from_argv(["tejido", "broken"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert str(tmp_path / "errors.log") in said
    assert "Traceback" not in said
    assert "nobody thought of this" in (tmp_path / "errors.log").read_text()


def test_programmers_see_the_traceback_when_they_ask():
    with pytest.raises(ZeroDivisionError):
        Broken().run_from_argv(["tejido", "broken", "--traceback"])


def test_a_log_that_cannot_be_written_goes_elsewhere(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path / "nowhere"
    sentence = sentence_about(ZeroDivisionError("x"), "tejido broken")
    place = Path(sentence.split("details are in ")[1].split(";")[0])
    assert "ZeroDivisionError" in place.read_text()
    place.unlink()


def test_missing_tables_and_wrong_arguments_have_their_own_remedies():
    assert "--migrate" in sentence_about(OperationalError("no such table: x"), "tejido work")
    with pytest.raises(CommandError, match="unrecognized arguments"):
        Broken().create_parser("", "broken").parse_args(["--bla"])


@pytest.mark.parametrize(
    ("lang", "language"), [("es_CO.UTF-8", "es"), ("pt_BR.UTF-8", "pt-br"), ("C.UTF-8", "en"), ("", "en")]
)
def test_the_terminal_is_answered_in_its_language(lang: str, language: str, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    assert terminal_language() == language

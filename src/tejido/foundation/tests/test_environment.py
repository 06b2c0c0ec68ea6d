"""A wrong variable stops the start with a sentence that names it; a secret may come from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tejido.config import env
from tejido.foundation.tests.running import tejido


@pytest.fixture(autouse=True)
def _declared_apart(monkeypatch):
    monkeypatch.setattr(env, "VARIABLES", [])


@pytest.mark.parametrize(
    ("declare", "value", "must_be"),
    [
        (lambda: env.flag("TEJIDO_X", False, "does x"), "perhaps", "1 or 0"),
        (lambda: env.choice("TEJIDO_X", "es", ["es", "en"], "speaks"), "fr", "one of es, en"),
        (lambda: env.address("TEJIDO_X", "", ["https"], "is there"), "example.org", "https://"),
        (lambda: env.address("TEJIDO_X", "", ["https"], "is there"), "https://host:port", "https://"),
    ],
)
def test_a_wrong_value_is_named_and_ends_with_code_2(declare, value, must_be, monkeypatch, capsys):
    monkeypatch.setenv("TEJIDO_X", value)
    with pytest.raises(SystemExit) as stopped:
        declare()
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said.count("\n") == 1
    assert "TEJIDO_X" in said
    assert must_be in said


def test_a_wrong_address_is_shown_without_its_password(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "mysql://rosa:secreto@db/tejido")
    with pytest.raises(SystemExit):
        env.address("DATABASE_URL", "", ["postgresql"], "where data are")
    assert "secreto" not in capsys.readouterr().err


def test_a_secret_comes_from_the_file_that_is_named(monkeypatch, tmp_path: Path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("TEJIDO_KEY_FILE", str(tmp_path / "key"))
    assert env.text("TEJIDO_KEY", "", "signs") == "from the file"
    monkeypatch.setenv("TEJIDO_KEY", "said outright")
    assert env.text("TEJIDO_KEY", "", "signs") == "said outright"


def test_a_named_file_that_is_not_there_stops_the_start(monkeypatch, tmp_path: Path, capsys):
    monkeypatch.setenv("TEJIDO_KEY_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit) as stopped:
        env.text("TEJIDO_KEY", "", "signs")
    assert stopped.value.code == 2
    assert "TEJIDO_KEY_FILE" in capsys.readouterr().err


def test_an_empty_value_is_the_default(monkeypatch):
    monkeypatch.setenv("TEJIDO_X", "")
    assert env.flag("TEJIDO_X", True, "does x") is True
    assert env.words("TEJIDO_Y", ["a", "b"], "lists") == ["a", "b"]
    assert [variable.default for variable in env.VARIABLES] == ["1", "a, b"]


def test_the_command_stops_before_it_does_anything(tmp_path: Path):
    ended = tejido(tmp_path / "var", "doctor", TEJIDO_LANGUAGE="klingon")
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("TEJIDO_LANGUAGE is «klingon»")
    assert "Traceback" not in ended.stderr


def test_several_processes_that_start_at_once_agree_on_one_key(tmp_path: Path):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as crowd:
        found = list(crowd.map(lambda _n: tejido(tmp_path / "var", "doctor"), range(3)))
    assert all("Tejido" in ended.stdout for ended in found)
    assert [path.name for path in (tmp_path / "var").glob("secret-key*")] == ["secret-key"]
    assert len((tmp_path / "var" / "secret-key").read_text()) > 40

"""`tejido serve` makes ready, answers, has a worker beside it, and stops both in order."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tejido.foundation import serving
from tejido.foundation.errors import Refusal
from tejido.foundation.tests.running import command, environment, tejido


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()[1:]]
    direct = [child for child, parent in pairs if parent == pid]
    return direct + [grandchild for child in direct for grandchild in children_of(child)]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def answers(port: int, path: str = "/ping") -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read()


@pytest.fixture
def served(tmp_path: Path):
    """A running `tejido serve` on an installation that was empty: (process, port, what it said)."""
    port = free_port()
    with subprocess.Popen(
        command("serve", "--port", str(port)),
        env=environment(tmp_path / "var"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Stop with Ctrl-C" in line:
                break
        yield process, port, "".join(said)
        process.kill()


def test_an_empty_installation_is_served_and_stopped(served, tmp_path: Path):
    process, port, said = served
    assert "Making the tables" in said
    assert f"Open http://127.0.0.1:{port} in a browser" in said
    assert answers(port) == b"ok"

    page = answers(port, "/accounts/login/").decode()
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert styles, "the page has its styles"
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", style) and answers(port, style) for style in styles)

    family = children_of(process.pid)
    assert len(family) >= 3  # the server, its processes, the worker
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert not [pid for pid in family if alive(pid)]

    second = tejido(tmp_path / "var", "doctor")
    assert "Styles and scripts are those of this version" in second.stdout
    assert "Its tables are those of this version" in second.stdout


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the kernel's promise is Linux's")
def test_a_supervisor_that_is_killed_leaves_nobody_behind(served):
    process, _port, _said = served
    family = children_of(process.pid)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(alive(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in family if alive(pid)]


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = tejido(tmp_path / "var", "serve", "--port", str(port))
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"Port {port} of 127.0.0.1 cannot be used")
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / "var" / "tejido.sqlite3").exists()


@pytest.mark.django_db
def test_tables_of_an_older_version_are_changed_only_when_asked(monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(serving, "pending_migrations", lambda: ["gatherings.0002_later"])
    monkeypatch.setattr(serving, "call_command", lambda name, **_options: done.append(name))

    with pytest.raises(Refusal) as refused:
        serving.make_tables(migrate=False, say=print)
    assert refused.value.code == "tables_of_older_version"
    assert done == []

    serving.make_tables(migrate=True, say=print)
    assert done[0] == "migrate"


def test_static_files_are_collected_again_when_one_of_them_changes(monkeypatch, settings, tmp_path: Path):
    done: list[str] = []
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(serving, "call_command", lambda name, **_options: done.append(name))
    monkeypatch.setattr(serving, "BUILT", "web/mark.svg")
    styles = tmp_path / "styles"
    styles.mkdir()
    (styles / "a.css").write_text("p { color: red }")
    settings.STATICFILES_DIRS = [styles]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    for _time in range(2):
        serving.collect_static_files(say=print)
    assert done == ["collectstatic"]
    (styles / "a.css").write_text("p { color: green }")
    serving.collect_static_files(say=print)
    assert done == ["collectstatic"] * 2
    finders.get_finder.cache_clear()


def test_nothing_is_collected_before_the_front_end_is_built(monkeypatch, settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(serving, "BUILT", "dist/nowhere.css")
    with pytest.raises(Refusal, match="make setup"):
        serving.collect_static_files(say=print)
    assert not (tmp_path / "static").exists()

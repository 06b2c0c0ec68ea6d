"""Films and attachments: by their bytes, up to a limit, in pieces, under any name; and a film of 300 MB to a real server."""

from __future__ import annotations

import http.client
import io
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tejido.calls import services
from tejido.calls.films import film_type
from tejido.calls.models import Application
from tejido.calls.tests import factories as make
from tejido.calls.tokens import application_token
from tejido.calls.views.streaming import part_of
from tejido.foundation.errors import Refusal
from tejido.foundation.tests.running import command, environment

pytestmark = pytest.mark.django_db


def own(application, name="application", *more):
    return reverse(f"calls:{name}", args=[application_token(application.key), *more])


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", ""),
        (b"\0\0\0\x18ftypheic", ""),
        (b"\0\0\0\x18ftypM4A ", ""),
        (b"<html><script>", ""),
        (b"", ""),
    ],
)
def test_a_film_is_known_by_its_bytes(head, kind):
    assert film_type(head.ljust(64, b"\0")) == kind


def test_a_film_comes_with_the_application_and_plays_in_the_page(client, cast):
    call = make.published(cast.network)
    client.post(reverse("calls:apply", args=[call.token]), make.typed(video=make.film("Mi película.mp4")))
    made = Application.objects.get()
    file = made.files.get()
    assert (file.kind, file.media_type, file.size) == ("video", "video/mp4", len(make.MP4))
    seen = client.get(own(made)).content.decode()
    assert re.search(r'<video\s+controls\s+preload="none"', seen)
    assert own(made, "file", file.key) in seen


def test_a_film_is_served_in_ranges(client, cast):
    made = make.applied(make.published(cast.network))
    file = services.keep_file(made, "video", make.film())
    address = own(made, "file", file.key)
    whole = client.get(address)
    assert (whole.status_code, b"".join(whole)) == (200, make.MP4)
    assert whole["Accept-Ranges"] == "bytes"
    part = client.get(address, headers={"range": "bytes=4-11"})
    assert (part.status_code, b"".join(part)) == (206, b"ftypmp42")
    assert part["Content-Range"] == f"bytes 4-11/{len(make.MP4)}"
    assert part["Content-Length"] == "8"
    last = client.get(address, headers={"range": "bytes=-3"})
    assert b"".join(last) == make.MP4[-3:]
    beyond = client.get(address, headers={"range": f"bytes={len(make.MP4)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(make.MP4)}")
    assert "no-store" in whole["Cache-Control"]


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=", "pages=1-2", "bytes=1-2,4-5", "bytes=x-y", ""])
def test_ranges_that_say_nothing_give_everything_or_nothing(asked):
    start, end = part_of(asked, 10)
    assert (start, end) == ((5, 2) if asked == "bytes=5-2" else (0, 9))


def test_what_is_larger_than_the_limit_is_left_out_and_everything_else_kept(client, cast, settings):
    settings.TEJIDO_VIDEO_MB = 1
    call = make.published(cast.network)
    large = make.film(content=make.MP4 + b"\0" * 3_000_000)
    note = SimpleUploadedFile("carta.pdf", b"%PDF-1.7 hello")
    sent = make.typed(video=large, attachments=[note])
    seen = client.post(reverse("calls:apply", args=[call.token]), sent, follow=True).content.decode()
    made = Application.objects.get()
    assert "The film is larger than 1 MB and was not kept; everything else was." in seen
    assert made.motivation == "Quiero aprender con otras."
    assert [one.name for one in made.files.all()] == ["carta.pdf"]
    client.post(own(made, "add_files"), {"video": make.film()})
    assert made.files.filter(kind="video").count() == 1  # a shorter one, from her page


def test_what_is_no_film_is_left_out_with_a_sentence(client, cast):
    call = make.published(cast.network)
    fake = SimpleUploadedFile("film.mp4", b"<html><script>alert(1)</script>", "video/mp4")
    sent = make.typed(video=fake)
    seen = client.post(reverse("calls:apply", args=[call.token]), sent, follow=True).content.decode()
    assert "no film that a browser plays" in seen
    assert Application.objects.get().files.count() == 0


def test_a_new_film_takes_the_place_of_the_old_one_and_the_same_is_kept_once(
    cast, django_capture_on_commit_callbacks
):
    made = make.applied(make.published(cast.network))
    with django_capture_on_commit_callbacks(execute=True):
        old = services.keep_file(made, "video", make.film())
        assert services.keep_file(made, "video", make.film()) == old
        new = services.keep_file(made, "video", make.film(content=make.MP4 + b"more"))
    assert made.files.get() == new
    assert not default_storage.exists(old.file)
    assert default_storage.exists(new.file)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\hoja.pdf", "hoja.pdf"),
        ("hoja\u202efdp.exe", "hojafdp.exe"),
        ('a"; filename="b.html', "a_; filename=_b.html"),
        ("línea\r\nSet-Cookie: x=1", "líneaSet-Cookie_ x=1"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("<script>.pdf", "_script_.pdf"),
    ],
)
def test_names_of_files_are_for_people_and_never_a_path(client, cast, name, kept):
    made = make.applied(make.published(cast.network))
    sent = SimpleUploadedFile("x", b"%PDF-1.7 " + name.encode())
    sent._name = name  # as a hostile client sends it
    file = services.keep_file(made, "attachment", sent)
    assert file.name == kept
    assert re.fullmatch(r"calls/[0-9a-f]{2}/[0-9a-f]{32}", file.file)
    handed = client.get(own(made, "file", file.key))
    assert handed["Content-Disposition"].startswith("attachment")
    assert "\n" not in handed["Content-Disposition"]


def test_what_could_run_in_a_browser_is_only_handed_over(client, cast):
    made = make.applied(make.published(cast.network))
    file = services.keep_file(made, "attachment", SimpleUploadedFile("a.html", b"<script>alert(1)</script>"))
    handed = client.get(own(made, "file", file.key))
    assert handed["Content-Type"] == "application/octet-stream"
    assert handed["Content-Disposition"].startswith("attachment")
    assert handed["X-Content-Type-Options"] == "nosniff"


def test_five_attachments_are_enough(cast):
    made = make.applied(make.published(cast.network))
    for number in range(5):
        services.keep_file(made, "attachment", SimpleUploadedFile("a", b"%d" % number))
    with pytest.raises(Refusal, match="5 attachments"):
        services.keep_file(made, "attachment", SimpleUploadedFile("a", b"6"))


def test_files_are_added_only_while_the_call_is_open(client, cast):
    call = make.published(cast.network)
    made = make.applied(call)
    make.closed(call)
    seen = client.post(own(made, "add_files"), {"video": make.film()}, follow=True).content.decode()
    assert "stays as it was" in seen
    assert not made.files.exists()


def test_a_post_without_the_token_of_the_page_is_refused(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    call = make.published(cast.network)
    assert strict.post(reverse("calls:apply", args=[call.token]), make.typed()).status_code == 403
    assert not Application.objects.exists()


# A real server ---------------------------------------------------------------------------------

LARGE_MB, LIMIT_MB = 300, 100
PLANT = """
import django; django.setup()
from tejido.accounts.services import system_account
from tejido.communities.services import found_community
from tejido.calls.tests import factories as make
print(make.published(found_community({"name": "Red"}, under=None, actor=system_account())).token)
"""


class Film(io.RawIOBase):
    """Bytes of a multipart form with a film of so many MB in it, made as they are read."""

    def __init__(self, head: bytes, tail: bytes, size: int) -> None:
        self.left = [head, size, tail]

    def pieces(self):
        head, size, tail = self.left
        yield head + make.MP4[:64]
        for _ in range(size // 65_536):
            yield b"\0" * 65_536
        yield b"\0" * (size % 65_536) + tail


@pytest.fixture
def serving(tmp_path):
    """`tejido serve` on a data folder of its own; gives (port, token of a call, process)."""
    env = environment(
        tmp_path / "var", TEJIDO_VIDEO_MB=str(LIMIT_MB), DJANGO_SETTINGS_MODULE="tejido.config.settings"
    )
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], cwd=tmp_path, env=env, check=True)
    planted = subprocess.run(
        [sys.executable, "-c", PLANT], env=env, check=True, capture_output=True, text=True, cwd=tmp_path
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        command("serve", "--port", str(port)),
        env=env,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port, planted.stdout.strip().splitlines()[-1], server, tmp_path / "var"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(port):
    for _ in range(240):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise AssertionError("the server did not answer within a minute")


def _memory_mb(pid):
    """The most memory that a process or one of its children ever had at once (VmHWM), in MB."""
    most = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue
        found = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if int(found["Pid"]) == pid or _descends(int(found["PPid"]), pid):
            most = max(most, int(found.get("VmHWM", "0 kB").split()[0]) // 1024)
    return most


def _descends(one, ancestor):
    while one > 1:
        if one == ancestor:
            return True
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except OSError:
            return False
        one = int(re.search(r"PPid:\s+(\d+)", status)[1])
    return False


def _page(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Accept-Language": "en"})
    answer = connection.getresponse()
    return answer.read().decode(), answer.getheader("Set-Cookie") or ""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("size_mb", [LARGE_MB, 60])
def test_a_film_of_any_size_neither_fills_the_memory_nor_loses_the_application(serving, size_mb):
    port, token, server, data = serving
    page, cookie = _page(port, f"/calls/{token}/apply/")
    fields = {
        name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]
        for name in ("csrfmiddlewaretoken", "key", "begun")
    }
    before = _memory_mb(server.pid)
    boundary = "----film"
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (make.typed() | fields).items()
    )
    head = (
        f'{parts}--{boundary}\r\nContent-Disposition: form-data; name="video"; filename="film.mp4"\r\n'
        "Content-Type: video/mp4\r\n\r\n"
    ).encode()
    film = Film(head, f"\r\n--{boundary}--\r\n".encode(), size_mb * 1024 * 1024)
    length = len(head) + 64 + film.left[1] + len(film.left[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(length), "Accept-Language": "en",
        "Cookie": cookie.split(";")[0],
    }  # fmt: skip
    connection.request("POST", f"/calls/{token}/apply/", body=film.pieces(), headers=headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    status = answer.getheader("Location")
    shown, _none = _page(port, status)
    assert "Quiero aprender con otras." in shown
    kept = [path for path in (data / "uploads").rglob("*") if path.is_file()]
    assert bool(kept) is (size_mb <= LIMIT_MB)
    assert ("<video" in shown) is (size_mb <= LIMIT_MB)
    assert _memory_mb(server.pid) - before < 60, "the film went through memory"

"""Files that come with answers: only what the answer names, once, by its bytes, without where the picture was taken."""

from __future__ import annotations

import struct
import zlib

import pytest
from django.core.files.storage import default_storage

from tejido.instruments.attachments import media_type, without_traces
from tejido.instruments.models import Attachment, Blob
from tejido.instruments.services import Sent, ingest
from tejido.instruments.tests import factories as make

PLACE = b"4.6486,-74.0990 bogota"


def jpeg(turned: int = 6) -> bytes:
    """A JPEG as phones make them: EXIF with place and orientation, XMP, IPTC, a comment, two scans, a second picture behind."""

    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, turned, 0, 0) + PLACE
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x02") + segment(0xE1, b"Exif\0\0" + tiff)
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE) + segment(0xED, b"Photoshop" + PLACE)
        + segment(0xFE, PLACE) + segment(0xE2, b"ICC_PROFILE\0colour") + segment(0xDB, b"table\xff\xd9inside")
        + scan + segment(0xC4, b"huffman") + scan + b"\xff\xd9" + b"\xff\xd8 second " + PLACE
    )  # fmt: skip


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    parts = (b"IHDR", b"x" * 13), (b"eXIf", PLACE), (b"tEXt", PLACE), (b"IDAT", b"picture"), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def test_a_photograph_loses_its_place_and_keeps_its_picture_and_how_it_is_turned():
    kept = without_traces(jpeg())
    assert PLACE not in kept
    assert kept.startswith(b"\xff\xd8\xff\xe1")
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in kept
    assert kept.count(b"\x12\xff\x00\x34\xff\xd0\x56") == 2
    assert b"ICC_PROFILE" in kept
    assert b"table\xff\xd9inside" in kept
    assert kept.endswith(b"\xff\xd9")
    assert b"Exif" not in without_traces(jpeg(turned=1))


def test_a_png_loses_its_words_and_keeps_its_picture():
    kept = without_traces(png())
    assert PLACE not in kept
    assert b"picture" in kept
    assert kept.endswith(png()[-12:])


@pytest.mark.parametrize("cut", range(0, len(jpeg()), 7))
def test_a_picture_that_breaks_off_never_keeps_its_place_and_never_crashes(cut):
    assert PLACE not in without_traces(jpeg()[:cut]) or cut < 3


def test_what_could_run_in_a_browser_has_no_type_of_its_own():
    dangerous = (b"<svg onload=alert(1)>", b"<html><script>", b"GIF", b"MZ\x90\x00")
    assert {media_type(one) for one in dangerous} == {"application/octet-stream"}


@pytest.mark.django_db
def test_only_files_that_the_answer_names_are_kept_each_once(system):
    collection = make.collection(form=make.brought(make.PHONE))
    files = {"p.jpg": jpeg(), "../etc/passwd": b"root", "other.jpg": jpeg()}
    received = [
        ingest(make.sent(collection, more={"files": files}, word="a", photo="p.jpg"), actor=system)
        for _ in range(2)
    ]
    assert received[0].ignored == ("../etc/passwd", "other.jpg")
    assert Attachment.objects.count() == 2
    blob = Blob.objects.get()
    assert (blob.media_type, blob.size) == ("image/jpeg", len(without_traces(jpeg())))
    with default_storage.open(blob.file.name) as stored:
        assert PLACE not in stored.read()


@pytest.mark.django_db
def test_files_that_come_in_a_second_post_of_the_same_answer_join_it(system):
    collection = make.collection(form=make.brought(make.PHONE))
    sent = make.sent(collection, word="a", photo="p.jpg")
    first = ingest(sent, actor=system)
    assert first.response.attachments.count() == 0
    again = ingest(
        Sent(sent.xml, sent.channel, sent.community, collection, files={"p.jpg": jpeg()}), actor=system
    )
    assert (again.outcome, again.response.pk) == ("known", first.response.pk)
    assert [one.name for one in first.response.attachments.all()] == ["p.jpg"]

"""The doctor says what is wrong and how to mend it, and is content where all is well."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tejido.accounts.services import system_account
from tejido.foundation import health, journal, serving
from tejido.foundation.models import JournalEntry, PendingReaction, Tick
from tejido.foundation.tests import reactions

pytestmark = pytest.mark.django_db


def wrong(look) -> list[str]:
    findings = list(look())
    assert all(finding.remedy for finding in findings if not finding.good), "every complaint has its remedy"
    return [finding.what for finding in findings if not finding.good]


def entry(**fields) -> JournalEntry:
    return JournalEntry.objects.create(fact="foundation.x", actor=system_account(), **fields)


def test_a_sound_database_has_nothing_to_mend():
    assert wrong(health.database) == []
    assert wrong(health.clock) == []
    assert wrong(health.work) == []


def test_public_addresses_want_encryption_and_no_demonstration(settings):
    settings.TEJIDO_URL = "http://red.example.org"
    settings.TEJIDO_DEMONSTRATION = True
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["other.example.org"]
    assert len(wrong(health.choices)) == 4
    settings.TEJIDO_URL = "https://red.example.org"
    settings.TEJIDO_DEMONSTRATION = settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["red.example.org"]
    assert wrong(health.choices) == []


def test_a_key_that_others_can_read_is_said(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    assert "can read" in wrong(health.choices)[0]
    (tmp_path / "secret-key").chmod(0o600)
    assert wrong(health.choices) == []


def test_a_full_disk_and_a_missing_folder_are_said(settings, tmp_path: Path, monkeypatch):
    settings.DATA_DIR = tmp_path / "nowhere"
    assert "cannot be written" in wrong(health.disk)[0]
    settings.DATA_DIR = tmp_path
    assert wrong(health.disk) == []
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)
    assert "are free where" in wrong(health.disk)[0]


def test_mail_that_nobody_gets_is_said(settings, monkeypatch, tmp_path: Path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    assert wrong(health.mail) == []  # at home, files will do
    settings.TEJIDO_URL = "https://red.example.org"
    assert "nobody gets a code" in wrong(health.mail)[0]

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "does not take our mail" in wrong(health.mail)[0]

    def refuse(*_arguments, **_options):
        raise smtplib.SMTPAuthenticationError(535, b"wrong password")

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    assert "wrong password" in wrong(health.mail)[0]


def test_a_front_end_that_was_not_built_is_said(monkeypatch):
    monkeypatch.setattr(serving, "BUILT", "dist/nowhere.css")
    assert "not built" in wrong(health.static_files)[0]


def test_tables_that_lag_behind_are_said(monkeypatch):
    monkeypatch.setattr(serving, "pending_migrations", lambda: ["gatherings.0002_later"])
    assert "gatherings.0002_later" in wrong(health.database)[0]


def test_a_clock_that_goes_wrong_is_said():
    entry(happened_at=timezone.now() + timedelta(days=2))
    assert "newest entry" in wrong(health.clock)[0]


def test_what_waits_too_long_is_given_up_or_failed_is_named():
    PendingReaction.objects.create(
        entry=entry(happened_at=timezone.now() - timedelta(hours=2)),
        handler="a.handler",
        not_before=timezone.now() - timedelta(hours=2),
    )
    PendingReaction.objects.create(
        entry=entry(), handler="b.handler", failures=journal.GIVE_UP_AFTER, last_error="ValueError('no')"
    )
    Tick.objects.create(deed="c.deed", last_error="KeyError('x')", due_at=timezone.now())
    reactions.write_secretly.enqueue()
    DBTaskResult.objects.get().set_failed(ValueError("no paper"))

    said = " ".join(wrong(health.work))

    assert "wait since" in said
    assert "b.handler" in said
    assert "write_secretly (ValueError: no paper)" in said
    assert "c.deed" in said


def test_the_command_ends_with_code_2_when_something_is_wrong(monkeypatch, capsys):
    monkeypatch.setattr(
        health, "examine", lambda: iter([health.good("Fine"), health.bad("Broken.", "Mend it.")])
    )
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor")
    assert stopped.value.code == 2
    assert capsys.readouterr().out == "✓ Fine\n✗ Broken.\n    Mend it.\n1 thing to mend.\n"

    monkeypatch.setattr(health, "examine", lambda: iter([health.good("Fine")]))
    call_command("doctor")
    assert capsys.readouterr().out.endswith("All is well.\n")

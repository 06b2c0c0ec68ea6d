"""The first steward of an installation is made at the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tejido.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_steward_is_made_once_and_may_found_networks(client):
    call_command("steward", "rosa@example.org")
    call_command("steward", "Rosa@example.org")
    rosa = User.objects.get(email="rosa@example.org")
    assert rosa.is_superuser
    assert not rosa.has_usable_password()
    assert rosa.emailaddress_set.get().verified


def test_a_steward_may_get_a_password_where_no_mail_is_sent_yet(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _words: "tres tristes tejedoras")
    call_command("steward", "rosa@example.org", "--password")
    assert User.objects.get(email="rosa@example.org").check_password("tres tristes tejedoras")


def test_what_is_no_address_and_what_is_no_password_is_refused(monkeypatch):
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("steward", "rosa")
    monkeypatch.setattr("getpass.getpass", lambda _words: "1234")
    with pytest.raises(CommandError, match="at least 8"):
        call_command("steward", "rosa@example.org", "--password")
    assert not User.objects.exclude(is_system=True).filter(email="rosa").exists()

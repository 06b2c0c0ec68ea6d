"""The first steward of an installation is made at the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.directory.models import ContactPoint, Person
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db


def steward(*words: str) -> str:
    out = StringIO()
    call_command("steward", *words, stdout=out)
    return out.getvalue()


def test_the_first_steward_of_an_installation(db):
    said = steward("Rosa@Example.org", "--name", "Rosa Díaz Soto", "--language", "es")
    assert "Rosa Díaz Soto" in said
    user = User.objects.get(email="rosa@example.org")
    assert (user.person.given_names, user.person.family_names) == ("Rosa", "Díaz Soto")
    assert can(user, "communities.found", None)
    steward("rosa@example.org")
    assert Person.objects.filter(user=user).count() == User.objects.filter(is_system=False).count() == 1


def test_a_person_who_is_in_the_directory_already_becomes_the_steward(db):
    system_account()
    known = PersonFactory()
    ContactPoint.objects.create(person=known, kind="email", value="rosa@example.org")
    steward("rosa@example.org")
    known.refresh_from_db()
    assert known.user.is_superuser


def test_a_shared_email_makes_nobody_of_those_who_share_it_a_steward(db):
    system_account()
    for _n in range(2):
        ContactPoint.objects.create(person=PersonFactory(), kind="email", value="escuela@example.org")
    steward("escuela@example.org")
    assert Person.objects.get(user__email="escuela@example.org").contacts.count() == 1
    assert Person.objects.count() == 3


def test_what_is_no_email_is_refused_in_one_sentence(db):
    with pytest.raises(CommandError, match="is not an e-mail address") as refused:
        steward("rosa")
    assert refused.value.returncode == 2
    assert not User.objects.filter(is_system=False).exists()


def test_a_steward_is_made_once_and_signs_in_by_mail():
    steward("rosa@example.org")
    steward("Rosa@example.org")
    rosa = User.objects.get(email="rosa@example.org")
    assert rosa.is_superuser
    assert not rosa.has_usable_password()
    assert rosa.emailaddress_set.get().verified


def test_a_steward_may_get_a_password_where_no_mail_is_sent_yet(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _words: "tres tristes tejedoras")
    steward("rosa@example.org", "--password")
    assert User.objects.get(email="rosa@example.org").check_password("tres tristes tejedoras")


def test_a_weak_password_is_refused(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _words: "1234")
    with pytest.raises(CommandError, match="at least 8"):
        steward("rosa@example.org", "--password")

"""A phone that sends an act twice has done it once, also when both arrive together."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from django.db import IntegrityError

from tejido.accounts.services import system_account
from tejido.foundation import acts
from tejido.foundation.models import DoneAct, Tick
from tejido.foundation.tests.test_jobs import together


@pytest.mark.django_db(transaction=True)
def test_of_many_that_arrive_together_one_is_done_and_all_hear_the_same():
    key, actor, answers = uuid4(), system_account(), []

    def deed() -> str:
        time.sleep(0.05)
        Tick.objects.create(deed="done once")  # a second one would break on its key
        return "recorded"

    together(6, lambda: answers.append(acts.once(key, "attendance", deed, actor=actor)))

    assert sorted(answers) == [("recorded", False)] * 5 + [("recorded", True)]
    assert Tick.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_nothing_and_may_be_sent_again():
    key, actor = uuid4(), system_account()

    def broken() -> str:
        Tick.objects.create(deed="half of it")
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        acts.once(key, "attendance", broken, actor=actor)
    assert not DoneAct.objects.exists()
    assert not Tick.objects.exists()
    assert acts.once(key, "attendance", lambda: "recorded", actor=actor) == ("recorded", True)


@pytest.mark.django_db(transaction=True)
def test_a_broken_rule_of_the_deed_itself_is_not_taken_for_a_repetition():
    actor = system_account()
    Tick.objects.create(deed="taken")

    with pytest.raises(IntegrityError):
        acts.once(uuid4(), "x", lambda: str(Tick.objects.create(deed="taken")), actor=actor)
    assert not DoneAct.objects.exists()

"""Who may do what: the cast against every verb, and lists that agree with questions."""

from __future__ import annotations

import pytest

from tejido.foundation.policies import can
from tejido.instruments import policies
from tejido.instruments.models import Collection, Instrument, Response
from tejido.instruments.tests import factories as make

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")

IN_THE_NODE = [  # who, makes forms, gives them out, sees results, reads single answers, answers
    ("ana", False, False, False, False, True),
    ("rosa", True, True, True, True, False),
    ("tomas", True, True, True, True, False),
    ("ines", False, False, True, False, False),
    ("sole", False, False, True, False, False),
    ("ze", False, False, False, False, False),
]


@pytest.mark.parametrize(("who", "makes", "gives", "sees", "reads", "answers"), IN_THE_NODE)
def test_rights_in_a_node(cast, who, makes, gives, sees, reads, answers):
    actor, collection = getattr(cast, who), make.collection(cast.node)
    assert bool(can(actor, "instruments.make", cast.node)) is makes
    assert bool(can(actor, "instruments.change", collection.version.instrument)) is makes
    assert bool(can(actor, "instruments.open", cast.node)) is gives
    assert bool(can(actor, "instruments.manage", collection)) is gives
    assert bool(can(actor, "instruments.see_results", collection)) is sees
    assert bool(can(actor, "instruments.read_answers", collection)) is reads
    assert bool(can(actor, "instruments.answer", collection)) is answers


def test_lists_and_questions_agree_for_everybody(cast, system):
    make.instrument(None)
    for community in (cast.network, cast.node, cast.sister, cast.elsewhere):
        make.answered(make.collection(community), more={"person": cast.ana.person}, useful="no")
    make.collection(cast.sister, make.brought(make.PHONE), audience="list", people=[cast.ana.person])
    for actor in [*(getattr(cast, who) for who in WHO), system]:
        for model, verb, listed in (
            (Instrument, "see", policies.instruments_visible_to(actor)),
            (Collection, "see_results", policies.results_visible_to(actor)),
            (Collection, "read_answers", policies.answers_readable_by(actor)),
            (Collection, "answer", policies.answerable_by(actor)),
            (Response, "read_response", policies.responses_readable_by(actor)),
        ):
            said = {row.pk for row in model.objects.all() if can(actor, f"instruments.{verb}", row)}
            assert set(model.objects.filter(listed).values_list("pk", flat=True)) == said, (actor, verb)


def test_somebody_on_a_list_answers_although_she_belongs_elsewhere(cast):
    collection = make.collection(cast.sister, audience="list", people=[cast.ana.person])
    assert can(cast.ana, "instruments.answer", collection)
    collection.invitations.update(revoked=True)
    assert not can(cast.ana, "instruments.answer", collection)


def test_her_own_answer_is_read_by_its_author_and_by_no_other_member(cast):
    response = make.answered(make.collection(cast.node), more={"person": cast.ana.person}, useful="no")
    assert can(cast.ana, "instruments.read_response", response)
    assert not can(cast.ze, "instruments.read_response", response)
    assert not can(cast.ines, "instruments.read_response", response)

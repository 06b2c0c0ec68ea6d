"""Proposals come from everywhere, become one where they say the same, and keep their authors."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.consultations import selectors, services
from tejido.consultations.models import Proposal
from tejido.consultations.tests import factories as make
from tejido.consultations.values import Note
from tejido.foundation.errors import Refusal

pytestmark = pytest.mark.django_db


def texts(consultation):
    return [one.text for one in selectors.standing_proposals(consultation)]


def test_a_wall_of_notes_is_typed_in_with_names_and_alike_ones_are_one(client, cast):
    found = make.asked(cast.network)
    client.force_login(cast.rosa)
    notes = "Clean water | Marta Ruiz\n\n• clean water. | José Peña\nReading\n"
    client.post(reverse("consultations:wall", args=[found.pk]), {"wall": notes})
    assert texts(found) == ["Clean water", "Reading"]
    authors = selectors.authors_of(selectors.standing_proposals(found))
    assert list(authors.values()) == [["Marta Ruiz", "José Peña"], []]


def test_a_member_proposes_under_her_own_name(client, cast):
    found = make.asked(cast.node)
    client.force_login(cast.ana)
    client.post(reverse("consultations:propose", args=[found.pk]), {"text": "Water", "detail": "The river"})
    one = found.proposals.get()
    assert (one.text, one.detail, one.source) == ("Water", "The river", Proposal.Source.PAGE)
    assert [author.person for author in one.authors.all()] == [cast.ana.person]


def test_merged_proposals_keep_their_authors_and_can_be_parted_again(cast, system):
    found = make.asked(cast.network)
    notes = [Note("Water", author="Marta"), Note("The river", author="José"), Note("Reading")]
    water, river, _reading = services.write_down_proposals(found, notes, actor=system)
    services.merge_proposals(found, [river.pk, water.pk], actor=cast.rosa, text="Water of our river")
    assert texts(found) == ["Water of our river", "Reading"]
    assert selectors.authors_of(selectors.standing_proposals(found))[water.pk] == ["Marta", "José"]
    services.part_again(river, actor=cast.rosa)
    assert texts(found) == ["Water of our river", "The river", "Reading"]


def test_what_was_merged_moves_on_with_what_it_was_merged_into(cast, system):
    found = make.asked(cast.network, "a", "b", "c")
    a, b, c = selectors.standing_proposals(found)
    services.merge_proposals(found, [b.pk, c.pk], actor=system)
    services.merge_proposals(found, [a.pk, b.pk], actor=system)
    assert {one.merged_into_id for one in found.proposals.exclude(pk=a.pk)} == {a.pk}


def test_one_proposal_alone_is_not_merged(client, cast):
    found = make.asked(cast.network, "a", "b")
    client.force_login(cast.rosa)
    key = found.proposals.get(text="a").pk
    seen = client.post(reverse("consultations:merge", args=[found.pk]), {"proposal": [key]}, follow=True)
    assert "Tick at least two proposals" in seen.content.decode()
    assert texts(found) == ["a", "b"]


def test_nothing_said_is_told(client, cast):
    found = make.asked(cast.network)
    client.force_login(cast.rosa)
    seen = client.post(reverse("consultations:wall", args=[found.pk]), {"wall": " | Marta\n"})
    assert seen.status_code == 422
    assert "Write at least one proposal." in seen.content.decode()


def test_proposals_are_fixed_when_the_vote_opens(cast, system):
    found = make.opened(cast.network, "Water", "Energy")
    for deed in (
        lambda: services.propose(found, Note("Late"), actor=cast.ana),
        lambda: services.merge_proposals(found, [1, 2], actor=cast.rosa),
        lambda: services.withdraw_proposal(found.proposals.first(), actor=cast.rosa),
        lambda: services.change_question(found, {"question": "Other?"}, actor=cast.rosa),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "vote_has_begun"


def test_open_answers_to_a_form_become_proposals_with_their_authors(client, cast):
    from tejido.instruments.tests import factories as forms

    ticket = forms.collection(cast.network)
    forms.answered(ticket, more={"person": cast.ana.person}, useful="si", give="Water of the river")
    forms.answered(ticket, useful="no", give="Reading aloud")
    found = make.asked(cast.network)
    client.force_login(cast.rosa)
    address = reverse("consultations:from_a_form", args=[found.pk])
    client.post(address, {"question": f"{ticket.pk}|answers|/data/give"})
    assert sorted(texts(found)) == ["Reading aloud", "Water of the river"]
    water = found.proposals.get(text__startswith="Water")
    assert selectors.authors_of([water])[water.pk] == [cast.ana.person.name]
    assert water.source == Proposal.Source.SURVEY


def test_a_question_about_somebody_elses_form_is_not_offered(client, cast):
    from tejido.instruments.tests import factories as forms

    theirs = forms.collection(cast.elsewhere)
    forms.answered(theirs, useful="si", give="Secret plans")
    found = make.asked(cast.network)
    client.force_login(cast.rosa)
    address = reverse("consultations:from_a_form", args=[found.pk])
    assert client.post(address, {"question": f"{theirs.pk}|answers|/data/give"}).status_code == 422
    assert texts(found) == []

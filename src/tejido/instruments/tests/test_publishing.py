"""Bringing forms: published once, never changed, and every refusal with its remedy."""

from __future__ import annotations

import hashlib

import pytest

from tejido.communities.tests.factories import CommunityFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.instruments import services
from tejido.instruments.models import Choice, ChoiceText, Instrument, Item, ItemText, Version
from tejido.instruments.selectors import definition_of
from tejido.instruments.tests import factories as make
from tejido_forms.problems import FormRefused

pytestmark = pytest.mark.django_db


def test_a_form_is_published_with_what_it_asks_in_every_language(cast):
    instrument = services.make_instrument(cast.node, "exit_ticket", make.ticket(), actor=cast.rosa)
    version = instrument.versions.get()
    assert (instrument.title, instrument.form_id, version.version) == ("Boleto de salida", "ticket", "1")
    assert version.md5 == hashlib.md5(bytes(version.xform)).hexdigest()
    assert version.spoken == ("Español (es)", "English (en)")
    assert version.way == Version.Way.SCRIPT
    asked = Item.objects.filter(version=version).exclude(control="").values_list("name", "type")
    assert list(asked) == [("useful", "select1"), ("mark", "int"), ("uses", "select"), ("give", "string")]
    texts = ItemText.objects.filter(item__version=version, item__name="give").values_list("language", "label")
    assert set(texts) == {("Español (es)", "¿Qué daría?"), ("English (en)", "What would you give?")}
    assert list(Choice.objects.filter(item__name="uses").values_list("value", flat=True)) == ["kit", "guide"]
    assert ChoiceText.objects.get(choice__value="si", language="English (en)").label == "Yes"


def test_a_version_keeps_the_file_that_was_brought(cast):
    version = make.instrument(cast.node).versions.get()
    assert bytes(version.source).startswith(b"| survey")
    assert version.source_name == "ticket.md"


def test_a_new_version_stands_beside_the_old_one(cast):
    instrument = make.instrument(cast.node)
    services.publish_version(instrument, make.ticket("2"), actor=cast.rosa)
    assert set(instrument.versions.values_list("version", flat=True)) == {"1", "2"}


def test_a_version_name_that_is_taken_is_replaced_by_one_made_from_the_content(cast):
    instrument = make.instrument(cast.node)
    changed = make.brought((make.TICKET % "1").replace("¿Qué daría?", "¿Qué daría usted?"))
    version = services.publish_version(instrument, changed, actor=cast.rosa)
    assert version.version not in {"", "1"}
    assert definition_of(version).version == version.version
    with pytest.raises(Refusal) as refused:
        services.publish_version(instrument, changed, actor=cast.rosa)
    assert refused.value.code == "same_version"


def test_the_same_form_again_is_refused(cast):
    instrument = make.instrument(cast.node)
    with pytest.raises(Refusal) as refused:
        services.publish_version(instrument, make.ticket(), actor=cast.rosa)
    assert refused.value.code == "same_version"
    assert instrument.versions.count() == 1


def test_a_form_of_another_name_is_no_version_of_this_one(cast):
    instrument = make.instrument(cast.node)
    with pytest.raises(Refusal) as refused:
        services.publish_version(instrument, make.brought(make.PHONE), actor=cast.rosa)
    assert refused.value.code == "other_form_id"


def test_a_community_has_a_form_id_once_and_two_communities_may_share_it(cast):
    make.instrument(cast.node)
    with pytest.raises(Refusal) as refused:
        services.make_instrument(cast.node, "survey", make.ticket("2"), actor=cast.rosa)
    assert refused.value.code == "form_id_taken"
    make.instrument(cast.sister)
    assert Instrument.objects.filter(form_id="ticket").count() == 2


def test_a_file_that_is_no_form_is_refused_by_the_process_apart():
    with pytest.raises(FormRefused) as refused:
        services.read_brought(b"just some words", "notes.txt")
    assert refused.value.problems


def test_a_form_is_read_in_a_process_of_its_own_and_can_be_published(cast):
    brought = services.read_brought((make.TICKET % "7").strip().encode(), "ticket.md")
    instrument = services.make_instrument(cast.node, "exit_ticket", brought, actor=cast.rosa)
    assert instrument.versions.get().version == "7"


def test_a_template_of_the_house_takes_a_steward_of_the_installation(cast, system):
    with pytest.raises(NotAllowed):
        services.make_instrument(None, "exit_ticket", make.ticket(), actor=cast.rosa)
    assert make.instrument(None).community is None


def test_a_form_of_one_community_is_given_out_there_and_below_only(cast, system):
    version = make.instrument(cast.network).versions.get()
    assert services.open_collection(version, cast.node, {}, actor=cast.rosa)
    stranger = CommunityFactory()
    with pytest.raises(Refusal) as refused:
        services.open_collection(version, stranger, {}, actor=system)
    assert refused.value.code == "other_community"

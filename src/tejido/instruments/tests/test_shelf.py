"""Templates of the house: whole in three languages, given out in a few taps, taken once by each community."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation

from tejido.communities.tests.factories import MembershipFactory
from tejido.foundation.errors import NotAllowed
from tejido.instruments import services
from tejido.instruments.models import Collection, Instrument, Response
from tejido.instruments.shelf import KEYS, LANGUAGES, definition_of_template, shelf
from tejido_forms.building import TYPES, named
from tejido_forms.opening import opened
from tejido_forms.rendering import showing

KINDS = {one.value for one in Instrument.Kind}


def texts(said):
    """Every table of texts in a template: those that have a text in one of the languages."""
    if isinstance(said, dict):
        if set(said) & set(LANGUAGES):
            yield said
        for part in said.values():
            yield from texts(part)


@pytest.mark.parametrize("key", KEYS)
def test_every_text_of_a_template_is_there_in_three_languages(key):
    said = list(texts(shelf()[key].said))

    assert [one for one in said if not all(one.get(code, "").strip() for code in LANGUAGES)] == []
    assert len(said) > 4


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_template_is_a_form_that_nothing_is_to_be_said_about(key, code):
    template, form = shelf()[key], definition_of_template(key, code)

    assert template.kind in KINDS
    assert form.problems == ()
    assert (form.form_id, form.languages[0]) == (key, LANGUAGES[code])
    shown = [node.name for node in form.nodes() if node.control and node.kind == "question"]
    assert shown == list(template.said["order"]) and set(shown) == set(template.said["questions"])
    assert len(form.questions) == template.count
    assert {one["kind"] for one in template.said["questions"].values()} <= set(TYPES)


@pytest.mark.parametrize("key", [key for key in KEYS if not shelf()[key].repeats])
def test_the_quick_builder_opens_a_template_as_it_was_written(key):
    template = shelf()[key]

    assert opened(template.xlsx("es")) == named(template.draft("es"))


def test_an_exit_ticket_needs_nothing_but_a_plain_page():
    assert showing(definition_of_template("exit_ticket", "es")).way == "light"
    assert shelf()["exit_ticket"].count == 6


@pytest.mark.django_db
def test_a_community_takes_a_template_once_and_its_scale_comes_along(cast):
    ticket = shelf()["exit_ticket"]
    made = services.use_template(cast.node, ticket, "pt-br", actor=cast.rosa)

    assert services.use_template(cast.node, ticket, "es", actor=cast.rosa) == made
    assert (made.title, made.kind, made.form_id) == ("Bilhete de saída", "exit_ticket", "exit_ticket")
    scale = made.scales.get()
    assert scale.name == "Avaliação do encontro"
    assert [item.path for item in scale.items.all()] == ["/data/useful", "/data/quality", "/data/voice"]
    other = services.use_template(cast.sister, ticket, "es", actor=cast.tomas)
    assert other != made


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ana", "ines", "sole", "ze"])
def test_who_does_not_run_the_community_makes_nothing(cast, who):
    with pytest.raises(NotAllowed):
        services.use_template(cast.node, shelf()["exit_ticket"], "es", actor=getattr(cast, who))
    assert not Instrument.objects.exists()


@pytest.mark.django_db
def test_an_exit_ticket_is_four_taps_away_from_the_page_of_the_community(client, cast):
    client.force_login(cast.rosa)
    forms = reverse("instruments:forms", args=[cast.node.pk])
    assert forms in client.get(reverse("communities:overview", args=[cast.node.pk])).content.decode()
    templates = reverse("instruments:templates", args=[cast.node.pk])
    assert templates in client.get(forms).content.decode()
    ticket = reverse("instruments:template", args=[cast.node.pk, "exit_ticket"])
    assert ticket in client.get(templates).content.decode()

    shown = client.get(ticket)
    ready = {name: shown.context["form"][name].value() for name in ("title", "audience", "names")}
    opened_at = client.post(ticket, ready)["Location"]

    collection = Collection.objects.get()
    assert opened_at == reverse("instruments:share", args=[collection.pk])
    assert collection.audience == "link" and collection.public_token
    answer = reverse("instruments:answer", args=[collection.public_token])
    client.logout()
    assert "Send" in client.get(answer).content.decode()
    client.post(answer, {"q/useful": "5", "q/next_week": "yes"})
    assert Response.objects.get().state == "accepted"


@pytest.mark.django_db
def test_a_template_is_shown_in_the_language_of_the_reader(client, cast):
    client.force_login(cast.rosa)
    url = reverse("instruments:template", args=[cast.node.pk, "exit_ticket"])

    html = client.get(url, headers={"accept-language": "pt-BR"}).content.decode()

    assert "Vai usar algo de hoje na próxima semana?" in html
    with translation.override("pt-br"):
        assert 'lang="pt"' in html


@pytest.mark.django_db
def test_a_form_without_a_title_is_not_opened(client, cast):
    client.force_login(cast.rosa)
    url = reverse("instruments:template", args=[cast.node.pk, "exit_ticket"])

    answer = client.post(url, {"title": " ", "audience": "link", "names": "named"})

    assert answer.status_code == 422
    assert not Collection.objects.exists() and not Instrument.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["templates", "template"])
def test_templates_are_for_those_who_run_the_community(client, cast, page, django_assert_max_num_queries):
    url = reverse(
        f"instruments:{page}", args=[cast.node.pk, *(["exit_ticket"] if page == "template" else [])]
    )
    assert client.get(url).status_code == 302
    for name in ("ana", "rosa", "tomas", "ines", "sole", "ze"):
        client.force_login(getattr(cast, name))
        assert client.get(url).status_code == (200 if name in {"rosa", "tomas"} else 404), name
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(12):
        client.get(url)


@pytest.mark.django_db
def test_a_template_that_there_is_not_is_not_found(client, cast):
    MembershipFactory(community=cast.elsewhere)
    client.force_login(cast.rosa)
    assert client.get(reverse("instruments:template", args=[cast.node.pk, "nothing"])).status_code == 404


@pytest.mark.django_db
def test_of_the_place_where_they_work_people_are_asked_without_names(client, cast):
    client.force_login(cast.rosa)
    url = reverse("instruments:template", args=[cast.node.pk, "school_environment"])

    shown = client.get(url)
    client.post(url, {name: shown.context["form"][name].value() for name in ("title", "audience", "names")})

    assert Collection.objects.get().anonymous


@pytest.mark.django_db
def test_where_a_community_changed_its_copy_that_one_is_shown_and_given(client, cast):
    client.force_login(cast.rosa)
    made = services.use_template(cast.node, shelf()["exit_ticket"], "en", actor=cast.rosa)
    draft = shelf()["exit_ticket"].draft("en")
    services.publish_draft(
        made, replace(draft, title="Our ticket", questions=draft.questions[:2]), actor=cast.rosa
    )
    url = reverse("instruments:template", args=[cast.node.pk, "exit_ticket"])

    html = client.get(url).content.decode()

    assert "Our ticket" in html and "a copy of its own" in html
    assert "How useful was this gathering" in html and "What do you take with you" not in html
    client.post(url, {"title": "T", "audience": "link", "names": "named"})
    assert Collection.objects.get().version == made.versions.first()

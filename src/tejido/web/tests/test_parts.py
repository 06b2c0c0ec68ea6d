"""The parts say what a reader, also one who listens, relies on."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from tejido.web import charts
from tejido.web.sharing import sheet


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


class VisitForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    how = forms.ChoiceField(
        label="How", choices=[("a", "In person"), ("b", "Online")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="Agreed", required=False)


def test_a_field_has_its_label_above_its_help_and_says_when_it_may_stay_empty():
    html = render("{% field form.name %}{% field form.note %}", form=VisitForm())
    assert '<label for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_help"' in html and 'id="id_name_help">As people say it.' in html
    assert "Note <span" in html and "(optional)" in html
    assert html.count("(optional)") == 1


def test_an_error_stands_at_its_field_in_words_and_the_control_knows_it():
    html = render("{% field form.name %}", form=VisitForm({}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_help id_name_wrong"' in html
    assert "This field is required." in html.split('id="id_name_wrong"')[1]


def test_choices_are_a_group_with_a_legend():
    html = render("{% field form.how %}", form=VisitForm())
    assert "<fieldset" in html and "<legend>How</legend>" in html and html.count('type="radio"') == 2


def test_the_summary_leads_to_each_wrong_field_and_says_the_form_s_own_errors_too():
    form = VisitForm({"agreed": "on"})
    form.add_error(None, "That makes 32 people.")
    html = render("{% error_summary form %}", form=form)
    assert 'href="#id_name"' in html and 'href="#id_how_0"' in html
    assert "That makes 32 people." in html and "3 things need another look" in html
    assert render("{% error_summary form %}", form=VisitForm()).strip() == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Quispe", "AQ"), ("María de los Ríos", "MR"), ("Zé", "Z"), ("", ""), ("Inês e Souza", "IS")],
)
def test_a_person_shows_the_initials_of_her_names(name: str, letters: str):
    html = render("{% person name post='Docente' school='El Alerce' url='/p/1' %}", name=name)
    assert f'aria-hidden="true">{letters}</span>' in html
    assert "Docente · El Alerce" in html


def test_what_people_write_is_never_markup():
    nasty = "<script>alert(1)</script>"
    source = (
        "{% person n post=n school=n %}{% chip n 'leaf' %}{% card title=n %}{{ n }}{% endcard %}{% stat n n unit=n basis=n %}"
        "{% empty_state n n example=n %}{% dialog id='d' title=n %}{{ n }}{% enddialog %}{% definition id='x' of=n %}{{ n }}{% enddefinition %}"
        "{% stepper steps current=1 %}{% timeline entries %}{% progress n remains=n %}{{ chart }}{{ network }}"
    )
    chart = charts.bars([(nasty, 3)], caption=nasty, says=nasty)
    network = charts.network(
        [charts.Node(1, nasty, 0.5, 0.5)], [], [nasty], caption=nasty, says=nasty, unit=nasty
    )
    entries = [{"when": None, "words": nasty, "detail": nasty}]
    html = render(source, n=nasty, steps=[nasty], entries=entries, chart=chart, network=network)
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") > 20


def test_a_chip_of_an_unknown_tone_is_a_fault_of_the_page():
    with pytest.raises(TemplateSyntaxError, match="no tone"):
        render("{% chip 'Held' 'red' %}")


def test_a_stat_without_a_value_says_why_and_shows_no_zero():
    html = render("{% stat 'Who comes back' None because='It takes five people.' %}")
    assert "It takes five people." in html and 'class="value"' not in html


def test_numbers_are_written_as_the_reader_s_language_writes_them():
    source = "{% stat 'People' 1234 %}{{ 0.5|percent }} {{ 0.123|percent:1 }} {{ 1234|plain }}"
    said = {}
    for language in ("es", "en", "pt-br"):
        with translation.override(language):
            said[language] = render(source).replace("\xa0", " ")
    assert "1 234" in said["es"] and "50 % 12,3 %" in said["es"] and said["es"].strip().endswith("1234")
    assert "1,234" in said["en"] and "50% 12.3%" in said["en"]
    assert "1.234" in said["pt-br"] and "50% 12,3%" in said["pt-br"]


def test_a_message_carries_its_undo_as_a_form_that_works_without_script():
    message = Message(constants.SUCCESS, "Ana is a member now.", "undo:/m/1/undo")
    html = render("{% include 'web/components/toast.html' %}", message=message, csrf_token="t")
    assert '<form method="post" action="/m/1/undo">' in html and "Undo" in html
    plain = Message(constants.SUCCESS, "Saved.")
    assert "<form" not in render("{% include 'web/components/toast.html' %}", message=plain)


def test_progress_asks_again_only_while_there_is_something_to_wait_for():
    waiting = render("{% progress 'Bringing in' done=3 total=1200 poll_url='/p' %}")
    assert 'hx-get="/p"' in waiting and 'max="1200"' in waiting and 'value="3"' in waiting
    assert "hx-get" not in render("{% progress 'Done' done=1200 total=1200 %}")
    assert "max=" not in render("{% progress 'Reading' %}"), "a total that is not known is not invented"


def test_a_stepper_says_where_one_is():
    html = render("{% stepper steps current=2 %}", steps=[("Read", "/1"), "Decide", "Bring in"])
    assert '<li class="now" aria-current="step">' in " ".join(html.split())
    assert '<a href="/1">Read</a>' in html and "(done)" in html


def test_a_share_sheet_has_the_message_in_three_languages_the_reader_s_first():
    with translation.override("pt-br"):
        shared = sheet("Encontro", "https://example.org/e/1", lambda: translation.get_language() or "")
    assert [code for code, *_ in shared.messages] == ["pt-br", "es", "en"]
    assert [text for _, _, text, _ in shared.messages] == [
        f"{code}\nhttps://example.org/e/1" for code in ("pt-br", "es", "en")
    ]
    assert shared.messages[0][3] == "https://wa.me/?text=pt-br%0Ahttps%3A%2F%2Fexample.org%2Fe%2F1"
    html = render("{% share_sheet sheet %}", sheet=shared)
    assert html.count("<pre") == 3 and 'lang="es"' in html and 'role="img"' in html


def test_the_title_of_a_page_is_written_once_and_shown_twice(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    page = Template(
        "{% extends 'web/light.html' %}{% block title %}Encuentros & más{% endblock %}"
        "{% block lead %}Una frase.{% endblock %}{% block content %}<p>x</p>{% endblock %}"
    ).render(Context({"request": request, "languages": [("es", "Español")]}))
    flat = " ".join(page.split())
    assert "<title>Encuentros & más · Tejido</title>" in flat
    assert "<h1> Encuentros & más </h1>" in flat or "<h1>Encuentros & más</h1>" in flat
    assert "Una frase." in flat and "htmx" not in flat


def test_the_places_are_the_same_in_the_same_order_and_mark_where_one_is(rf):
    from tejido.config.navigation import Place

    place = Place("parts", "Parts", "accounts:parts")
    other = Place("account", "Account", "accounts:settings")
    html = render("{% include 'web/components/places.html' %}", places=[place, other], place="account")
    assert html.index("Parts") < html.index("Account")
    assert html.count("aria-current") == 1 and 'aria-current="page"' in html.split("Parts")[1]
    assert render("{% include 'web/components/places.html' %}", places=[]).strip() == ""

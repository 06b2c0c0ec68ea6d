"""An invitation goes out, answers come back: by link, on the page, by phone; with places that run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.directory.tests.factories import PostFactory, SchoolFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import clock_words
from tejido.gatherings.services import uninvite
from tejido.invitations import selectors, services
from tejido.invitations.models import Reply
from tejido.invitations.services.letters import INVITATION
from tejido.invitations.tests import factories as make
from tejido.invitations.values import Place, Said, Wanted
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(cast):
    return make.coming(cast.node, title="Encuentro de mayo")


def letters(kind: str) -> list[str]:
    """The given names of those to whom a letter of this kind was written."""
    rows = Message.objects.filter(batch__kind=f"invitations.{kind}").select_related("person").order_by("pk")
    return [row.person.given_names for row in rows]


def test_everybody_who_is_invited_is_written_to_once_and_whoever_joins_later_too(cast, gathering):
    make.member(cast.node, "Luz")
    make.member(cast.node, "Paz", mail=False)
    first = services.ask_for_answers(gathering, actor=cast.rosa)
    assert letters("invitation").count("Luz") == 1
    assert "Paz" not in letters("invitation")
    assert first[1] >= 1  # Paz has a link to hand on, and no letter
    make.member(cast.node, "Sol")
    assert services.ask_for_answers(gathering, actor=cast.rosa) == (1, 0)
    assert services.ask_for_answers(gathering, actor=cast.rosa) == (0, 0)
    assert letters("invitation").count("Luz") == 1
    assert letters("invitation")[-1] == "Sol"


def test_the_letter_says_what_when_and_where_and_its_link_is_the_readers_own(cast):
    school = SchoolFactory(name="Colegio Norte")
    gathering = make.coming(cast.node, title="Encuentro de mayo", school=school)
    luz, paz = make.member(cast.node, "Luz"), make.member(cast.node, "Paz")
    luz.language = "en"
    luz.save()
    services.ask_for_answers(gathering, actor=cast.rosa)
    mine = Message.objects.get(person=luz)
    assert mine.subject == "Encuentro de mayo: are you coming?"
    assert "Where: Colegio Norte" in mine.text
    assert clock_words(gathering) in mine.text
    assert INVITATION.link(mine).endswith(make.link(gathering, luz))
    assert make.link(gathering, luz) != make.link(gathering, paz)


def test_somebody_answers_by_her_link_without_an_account_and_changes_her_mind(client, cast, gathering):
    luz = make.member(cast.node, "Luz")
    path = make.link(gathering, luz)
    assert "Encuentro de mayo" in client.get(path).text
    sent = {
        "answer": "yes",
        "wheelchair": "on",
        "other_needs": "",
        "transport": "offers",
        "seats": "3",
        "note": "Hola",
    }
    assert client.post(path, sent).status_code == 302
    reply = Reply.objects.get(person=luz)
    assert (reply.answer, reply.modality, reply.wheelchair, reply.seats) == ("yes", "on_site", True, 3)
    assert "You are coming. See you there!" in client.get(path).text
    client.post(path, {"answer": "no"})
    reply.refresh_from_db()
    assert (reply.answer, reply.modality, reply.wheelchair, reply.seats) == ("no", "", False, None)


def test_a_hybrid_gathering_asks_how(client, cast):
    gathering = make.coming(cast.node, modality="hybrid")
    luz = make.member(cast.node, "Luz")
    path = make.link(gathering, luz)
    answer = client.post(path, {"answer": "yes"})
    assert answer.status_code == 422
    assert "On site or online?" in answer.text
    client.post(path, {"answer": "yes", "modality": "online"})
    assert [(one.person, one.modality) for one in selectors.coming_to(gathering)] == [(luz, "online")]


def test_after_the_beginning_and_after_calling_off_nothing_is_answered(client, cast, gathering):
    luz = make.member(cast.node, "Luz")
    path = make.link(gathering, luz)
    Gathering.objects.filter(pk=gathering.pk).update(state="cancelled")
    assert "This gathering was cancelled." in client.get(path).text
    with pytest.raises(Refusal) as refused:
        make.says(gathering, luz)
    assert refused.value.code == "cancelled"
    now = timezone.now()
    Gathering.objects.filter(pk=gathering.pk).update(state="planned", starts_at=now - timedelta(minutes=1))
    assert client.post(path, {"answer": "yes"}).status_code == 422
    assert "It has begun" in client.get(path).text
    assert not Reply.objects.exists()


def test_whoever_is_taken_off_the_list_has_a_link_that_leads_nowhere(client, cast, gathering):
    luz = make.member(cast.node, "Luz")
    services.choose_whom(gathering, Wanted(pasted=f"{luz.name}\n{cast.ana.person.name}"), actor=cast.rosa)
    gathering.refresh_from_db()
    path = make.link(gathering, luz)
    assert client.get(path).status_code == 200
    uninvite(gathering, luz, actor=cast.rosa)
    assert client.get(path).status_code == 404
    assert client.get("/i/nothing/").status_code == 404
    assert client.get("/i/nothing/gathering.ics").status_code == 404


def test_the_calendar_file_of_the_link_grows_with_each_change(client, cast, gathering):
    path = make.link(gathering, make.member(cast.node, "Luz"))
    assert "SEQUENCE:0" in client.get(path + "gathering.ics").text
    Gathering.objects.filter(pk=gathering.pk).update(sequence=2, state="cancelled")
    written = client.get(path + "gathering.ics").text
    assert "SEQUENCE:2" in written
    assert "STATUS:CANCELLED" in written


def test_who_comes_when_it_is_full_waits_in_line_and_moves_up_by_a_letter(cast, gathering):
    services.set_asking(gathering, places=2, remind_days=3, actor=cast.rosa)
    luz, paz, sol, mar = (make.member(cast.node, name) for name in ("Luz", "Paz", "Sol", "Mar"))
    assert [make.says(gathering, one).waiting for one in (luz, paz, sol, mar)] == [False, False, True, True]
    assert make.says(gathering, sol, note="still").in_line_since < Reply.objects.get(person=mar).in_line_since
    make.says(gathering, luz, "no")
    assert not Reply.objects.get(person=sol).waiting
    assert Reply.objects.get(person=mar).waiting
    assert letters("place") == ["Sol"]
    assert {one.person for one in selectors.coming_to(gathering)} == {paz, sol}
    services.set_asking(gathering, places=3, remind_days=3, actor=cast.rosa)
    assert letters("place") == ["Sol", "Mar"]
    services.set_asking(
        gathering, places=1, remind_days=3, actor=cast.rosa
    )  # nobody loses a place that was given
    assert len(selectors.coming_to(gathering)) == 3


def test_taking_part_online_takes_no_place(cast):
    gathering = make.coming(cast.node, modality="hybrid")
    services.set_asking(gathering, places=1, remind_days=3, actor=cast.rosa)
    luz, paz, sol = (make.member(cast.node, name) for name in ("Luz", "Paz", "Sol"))
    assert not make.says(gathering, luz, modality="online").waiting
    assert not make.says(gathering, paz, modality="on_site").waiting
    assert make.says(gathering, sol, modality="on_site").waiting
    assert not make.says(gathering, sol, modality="online").waiting


def test_the_team_writes_down_what_somebody_said_on_the_phone(client, cast, gathering):
    luz = make.member(cast.node, "Luz")
    client.force_login(cast.rosa)
    address = reverse("invitations:person", args=[gathering.pk, luz.pk])
    assert client.post(address, {"answer": "maybe"}).status_code == 302
    reply = Reply.objects.get(person=luz)
    assert (reply.answer, reply.answered_by) == ("maybe", cast.rosa)
    with pytest.raises(NotAllowed):
        services.answer_for(gathering, luz, Said("yes"), actor=cast.ana)


def test_a_member_answers_with_one_tap_on_the_page_of_the_gathering(client, cast, gathering):
    client.force_login(cast.ana)
    page = reverse("gatherings:gathering", args=[gathering.pk])
    assert "my-answer" not in client.get(page).text  # nobody asks yet
    services.ask_for_answers(gathering, actor=cast.rosa)
    assert "my-answer" in client.get(page).text
    client.post(reverse("invitations:mine", args=[gathering.pk]), {"answer": "yes", "interpreter": "on"})
    client.post(reverse("invitations:quick", args=[gathering.pk]), {"answer": "maybe"})
    reply = Reply.objects.get(person=cast.ana.person)
    assert (reply.answer, reply.interpreter) == ("maybe", True)
    assert "You answered: perhaps." in client.get(page).text


def test_no_name_and_no_answer_is_in_the_history(cast, gathering):
    luz = make.member(cast.node, "Luz")
    make.says(gathering, luz, "no", note="Ill")
    entry = JournalEntry.objects.filter(fact="invitations.answered").get()
    assert set(entry.payload) == {"community_id", "gathering_id"}


def test_somebody_who_is_not_invited_cannot_be_answered_for(cast, gathering):
    with pytest.raises(NotAllowed):
        services.answer_for(gathering, cast.ze.person, Said("yes"), actor=cast.rosa)


def test_a_substitute_of_the_school_takes_over_the_place_with_a_link_of_her_own(client, cast, gathering):
    school = SchoolFactory(name="Colegio Norte")
    services.set_asking(gathering, places=1, remind_days=3, actor=cast.rosa)
    luz, paz = make.member(cast.node, "Luz", school=school), make.member(cast.node, "Paz")
    make.says(gathering, luz)
    assert make.says(gathering, paz).waiting
    path = make.link(gathering, luz)
    assert "Colegio Norte" in client.get(path + "substitute/").text
    assert client.post(path + "substitute/", {"name": "Flor Díaz"}).status_code == 302
    flor = selectors.substitute_for(gathering)[luz.pk]
    assert flor.posts.get().school == school
    assert [one.person for one in selectors.coming_to(gathering)] == [
        flor
    ]  # Paz waits on: the place went with her
    assert "You are coming" in client.get(make.link(gathering, flor)).text
    assert "Flor Díaz comes in your place." in client.get(path).text
    make.says(gathering, luz)  # after all
    assert not Reply.objects.filter(person=flor).exists()
    assert client.get(make.link_of(gathering, flor)).status_code == 404


def test_a_substitute_from_another_school_is_refused_with_the_reason(client, cast, gathering):
    north, south = SchoolFactory(name="Colegio Norte"), SchoolFactory(name="Colegio Sur")
    luz = make.member(cast.node, "Luz", school=north)
    beto = make.member(cast.node, "Beto", school=south)
    with pytest.raises(Refusal) as refused:
        services.name_substitute(Place(gathering, luz), beto, actor=cast.rosa)
    assert refused.value.code == "of_another_school"
    answer = client.post(make.link(gathering, luz) + "substitute/", {"name": beto.name})
    assert answer.status_code == 422
    assert "works at another school. In your place comes somebody of Colegio Norte" in answer.text
    assert not Reply.objects.exists()
    assert not beto.posts.filter(school=north).exists()


def test_a_part_of_the_name_asks_which_colleague_is_meant(client, cast, gathering):
    school = SchoolFactory()
    luz = make.member(cast.node, "Luz", school=school)
    flor = make.member(cast.sister, "Flor", school=school)
    path = make.link(gathering, luz) + "substitute/"
    asked = client.post(path, {"name": "flo"})
    assert asked.status_code == 422
    assert flor.name in asked.text
    client.post(path, {"name": "flo", "person": str(flor.pk)})
    assert selectors.substitute_for(gathering) == {luz.pk: flor}
    assert letters("substitute") == ["Flor"]


def test_nobody_is_sent_who_is_invited_anyway_or_by_somebody_without_a_school(cast, gathering):
    school = SchoolFactory()
    luz = make.member(cast.node, "Luz", school=school)
    with pytest.raises(Refusal) as refused:
        services.name_substitute(
            Place(gathering, luz), make.member(cast.node, "Paz", school=school), actor=cast.rosa
        )
    assert refused.value.code == "invited_already"
    with pytest.raises(Refusal) as refused:
        services.name_substitute(Place(gathering, make.member(cast.node, "Sol")), "Flor", actor=cast.rosa)
    assert refused.value.code == "no_school"
    elsewhere = make.member(cast.sister, "Mar")
    PostFactory(person=elsewhere, school=school)
    services.name_substitute(Place(gathering, luz), elsewhere, actor=cast.rosa)
    with pytest.raises(Refusal) as refused:
        services.name_substitute(Place(gathering, elsewhere), "Otra", actor=cast.rosa)
    assert refused.value.code == "stands_in"

"""An open call from its draft to its members, through the pages: nobody uses a script, and applicants have no account.

Network A looks for leaders of two nodes: four apply, one by video; two read without names; one is accepted, one waits, one is not,
one withdraws, and the place that falls free goes on. Everybody here is invented.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.stories.walking import Walker, a_file

from tejido.calls.models import Application, OpenCall
from tejido.calls.tests.factories import MP4
from tejido.communities.models import Membership, Role
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


def moment(**later: int) -> str:
    return (timezone.localtime() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def make_the_call(rosa: Walker, cast) -> OpenCall:
    rosa.open(reverse("communities:governance", args=[cast.network.pk])).follow("Open calls").follow(
        "Make a call"
    )
    rosa.press(
        "Keep the draft",
        {
            "kind": "lead",
            "title_es": "¿Quién coordina un nodo?",
            "title_en": "Who leads a node?",
            "text_es": "Un año, con otras personas.",
            "opens_at": moment(hours=-30),
            "closes_at": moment(days=5),
            "places": "1",
            "nodes": [str(cast.node.pk), str(cast.sister.pk)],
            "term_starts": "2027-01-01",
            "term_ends": "2027-12-31",
            "contact": "Rosa, rosa@example.org",
            "blind": True,
            "form": "shelf:call_questions",
        },
    ).sees("The draft is here", "Who leads a node?")
    rosa.follow("What is required").press(
        "Add the question",
        {
            "question_es": "¿Es docente?",
            "question_en": "Do you teach?",
            "must": True,
            "sentence_en": "Teachers only, sorry.",
        },
    )
    rosa.open(reverse("calls:call", args=[OpenCall.objects.get().pk])).follow("By what it is read")
    rosa.press("Add the criterion", {"name": "Motivation", "most": "5", "weight": "2"})
    rosa.press("Add the criterion", {"name": "Experience", "most": "5", "weight": "1"})
    rosa.open(reverse("calls:call", args=[OpenCall.objects.get().pk])).press("Publish the call")
    rosa.follow("Share the call").sees("Send by WhatsApp")
    return OpenCall.objects.get()


def somebody_applies(call: OpenCall, name: str, node: str, **more: object) -> Walker:
    given, _, family = name.partition(" ")
    requirement = f"requirement_{call.requirements.get().pk}"
    her = Walker().open(reverse("calls:public", args=[call.token])).sees("Who leads a node?", "Do you teach?")
    typed = {
        "given_names": given, "family_names": family, "email": f"{given.lower()}@example.net", "node": node,
        "motivation": "I would like to hold it together.", "q/done": "A garden", "q/time": "4", "agree": True,
        requirement: "yes", **more,
    }  # fmt: skip
    her.follow("Apply").press("Send the application", {**typed, requirement: "no"}, status=422)
    her.sees("Teachers only, sorry.")
    assert "hold it together" in her.values("//textarea[@name='motivation']/text()")[0]
    return her.press("Send the application", {requirement: "yes", "agree": True}).sees(
        "Your application: Received"
    )


def somebody_reads(user, call: OpenCall, points: dict[int, tuple[str, str]]) -> None:
    reader = Walker(user).open(reverse("calls:call", args=[call.pk])).follow("Read the applications")
    keys = list(call.criteria.values_list("pk", flat=True))
    for number, given in points.items():
        reader.open(reverse("calls:applications", args=[call.pk])).follow(f"Application {number}")
        reader.does_not_see("Marta", "Julio", "Nora", "example.net", "pelicula").sees("A garden")
        reader.press(
            "Keep the points", {f"criterion_{key}": one for key, one in zip(keys, given, strict=True)}
        )


def test_from_the_call_to_the_leader_of_a_node(cast, django_capture_on_commit_callbacks):
    rosa = Walker(cast.rosa)
    call = make_the_call(rosa, cast)
    # Four apply, without an account; Nora with a film, Olga without a place to read on.
    node, sister = str(cast.node.pk), str(cast.sister.pk)
    marta = somebody_applies(call, "Marta Ruiz", node)
    julio = somebody_applies(call, "Julio Paz", sister)
    nora = somebody_applies(call, "Nora Gil", node)
    nora.press("Add", {"video": a_file("pelicula.mp4", MP4, "video/mp4")}).sees("pelicula.mp4")
    olga = somebody_applies(call, "Olga Sanz", sister)
    olga.press("Withdraw the application").sees("Your application: Withdrawn")
    julio.follow("Change it").press("Save", {"motivation": "Other words, said better."}).sees(
        "Other words, said better."
    )
    assert Message.objects.filter(batch__kind="calls.received").count() == 4

    # Two read without names; one of them knows an applicant.
    rosa.open(reverse("calls:reviewers", args=[call.pk]))
    people = {str(user.pk) for user in (cast.ines, cast.sole)}
    rosa.press("Name them", {"people": sorted(people)}).sees("Ines Prado", "Sole Vera")
    ines = Walker(cast.ines).open(reverse("calls:applications", args=[call.pk]))
    ines.sees("names are not shown").follow("Application 2").press("Declare it", {"words": "We share a flat"})
    ines.does_not_see("Application 2")
    somebody_reads(cast.ines, call, {1: ("5", "5"), 3: ("3", "3")})
    somebody_reads(cast.sole, call, {1: ("4", "5"), 2: ("4", "4"), 3: ("1", "1")})
    rosa.open(reverse("calls:call", args=[call.pk])).press("Close the call now").sees("The call is closed")
    marta.open(marta.url).sees("Your application: In review")
    rosa.open(reverse("calls:reviewers", args=[call.pk])).press("Close the review").sees(
        "Marta Ruiz", "93.3", "Far apart"
    )

    # Chosen with reasons; then told; one of them takes it back, and the place goes on.
    one, two, three = (call.applications.get(number=number) for number in (1, 2, 3))
    rosa.open(reverse("calls:choose", args=[call.pk])).follow("Fill in by points")
    rosa.press(
        "Keep the decisions",
        {
            f"{three.pk}-outcome": "declined",
            f"{three.pk}-reason": "requirements",
            f"{three.pk}-words": "The contract ends in May.",
        },
    ).sees("3 decisions are kept", "1 of 1 place is taken")
    marta.open(marta.url).sees("In review")
    rosa.open(reverse("calls:choose", args=[call.pk])).press("Tell 3 people").sees(
        "3 people can read it now; 3 of them by letter"
    )
    marta.open(marta.url).sees("Your application: Accepted", "You will lead Nodo Agua.")
    nora.open(nora.url).sees("Not accepted", "The contract ends in May.")
    julio.open(julio.url).sees("You have place 1 on the waiting list")
    marta.press("Withdraw the application").sees("Withdrawn")
    rosa.open(reverse("calls:choose", args=[call.pk])).press("Give the free place to Julio Paz")
    julio.open(julio.url).sees("Your application: Accepted", "You will lead Nodo Energía.")

    # Julio is nobody whom the directory knows: he is entered, and leads the node for the term.
    rosa.open(reverse("calls:welcome", args=[call.pk])).sees("Julio Paz").press("Somebody new").sees(
        "belongs to it now"
    )
    held = Membership.objects.get(person__given_names="Julio")
    assert (held.community, held.role, held.term_ends_on.year) == (cast.sister, Role.NODE_LEADER, 2027)
    two.refresh_from_db()
    assert two.membership == held
    rosa.open(reverse("communities:history", args=[cast.network.pk])).sees(
        "published the open call",
        "1 accepted, 1 on the waiting list, 1 not accepted",
        "next on the waiting list",
    )
    assert not re.search(r"Marta|Nora|Olga", rosa.text)
    assert Application.objects.count() == 4
    assert one.files.count() == 0

"""Calls as they come about: made, published, applied to, closed; and films of any size."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.calls import services
from tejido.calls.models import Application, OpenCall
from tejido.calls.values import CallFields, Choice, Filled
from tejido.communities.models import Community
from tejido.instruments.selectors import shelf
from tejido.instruments.services import use_template

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 8


def drafted(community: Community, **more: Any) -> OpenCall:
    """A draft, open since an hour, for ten days."""
    now = timezone.now()
    fields: dict[str, Any] = {
        "title_es": "Convocatoria abierta",
        "title_en": "Open call",
        "text_es": "Buscamos docentes.",
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=10),
        "contact": "Rosa, rosa@example.org",
        **more,
    }
    return services.make_call(community, CallFields(**fields), actor=system_account())


def published(community: Community, **more: Any) -> OpenCall:
    return services.publish_call(drafted(community, **more), actor=system_account())


def with_form(community: Community, **more: Any) -> OpenCall:
    """A call that asks the questions of the shelf."""
    made = use_template(community, shelf()["call_questions"], "es", actor=system_account())
    return published(community, version=made.versions.get(), **more)


def filled(name: str = "Marta Ruiz", **more: Any) -> Filled:
    given, _, family = name.partition(" ")
    fields: dict[str, Any] = {
        "given_names": given,
        "family_names": family,
        "email": f"{given.lower()}@example.net",
        "phone": "",
        "language": "es",
        "agreed_to": "Agreed.",
        "motivation": f"{given} wants to join.",
        **more,
    }
    return Filled(**fields)


def applied(call: OpenCall, name: str = "Marta Ruiz", **more: Any) -> Application:
    return services.apply(call, filled(name, **more), actor=system_account())[0]


def closed(call: OpenCall) -> OpenCall:
    return services.close_call(call, actor=system_account())


def criteria(call: OpenCall, *names: str) -> OpenCall:
    for name in names or ("Motivation", "Experience"):
        services.add_criterion(call, {"name": name, "most": 5, "weight": 1}, actor=system_account())
    return call


def chosen(call: OpenCall, outcomes: dict[Application, str]) -> None:
    """Decide so about these, by points."""
    choices = [Choice(one.pk, outcome, "points") for one, outcome in outcomes.items()]
    services.choose(call, choices, actor=system_account())


def film(name: str = "video.mp4", content: bytes = MP4) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "video/mp4")


def typed(form_page: str = "", **more: Any) -> dict[str, Any]:
    """What somebody types on the page of an application."""
    return {
        "given_names": "Marta",
        "family_names": "Ruiz Peña",
        "email": "Marta@example.net",
        "phone": "",
        "school_words": "",
        "motivation": "Quiero aprender con otras.",
        "video_link": "",
        "agree": "on",
        **more,
    }

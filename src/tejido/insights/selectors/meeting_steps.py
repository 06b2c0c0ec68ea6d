"""Prepared steps of what is said about gatherings: their agenda, who leads, how useful they are."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.insights.models import AttentionItem
from tejido.insights.selectors.steps import Proposal, message_to, phone_of


def change_agenda(item: AttentionItem, actor: User) -> Proposal:
    return Proposal(
        _(
            "Send what can be read ahead of time, and give a part of the presentation back: a conversation in pairs after "
            "every ten minutes, a table at which people try it out, a round of what each will use next week."
        ),
        url=reverse("agenda:agenda", args=[int(item.key)]),
        button=_("Open the agenda"),
    )


def ask_others(item: AttentionItem, actor: User) -> Proposal:
    """Two queries: how to reach the one who leads most."""
    assert item.person is not None
    person = item.person

    def words() -> str:
        return _(
            "Hello %(name)s! You lead much of what we do in %(community)s, and that is worth a lot. So that it does not rest "
            "on you alone: whom could you invite to lead a part of the next gathering, with you or instead of you?"
        ) % {"name": person.given_names, "community": item.community.name}

    return Proposal(
        _(
            "Ask who would like to lead a part of the next gathering: ten minutes are enough to begin with, and it is easier "
            "for two together. This text is for the one who leads most now."
        ),
        message=message_to(person, item, phone_of(person, actor), words),
    )


def read_tickets(item: AttentionItem, actor: User) -> Proposal:
    return Proposal(
        _(
            "Read what people wrote on the last exit tickets, change one thing at the next gathering, and say there what was "
            "changed and why."
        ),
        url=reverse("gatherings:gathering", args=[int(item.evidence["gathering"])]),
        button=_("Open the gathering"),
    )

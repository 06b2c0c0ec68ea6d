"""Heads of Avanzando Juntas' centres who were asked: some promised time, one would like to talk, one says not now. All invented."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.demo.planting import Garden
from tejido.directory.models import Person, Post
from tejido.directory.services import take_up_post
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.selectors import coming_for_school
from tejido.school_leaders.services import (
    answer_later,
    give_commitment,
    invite_all,
    invite_head,
    note_term,
    send_substitute,
    want_to_talk,
)
from tejido.school_leaders.values import Noted, Promise


def plant_heads(garden: Garden, network: Community, principals: list[Person]) -> None:
    """The first eight are asked, six answer; the first, who is Ana, sends somebody in her place. `garden.actor` runs the network."""
    actor, today = garden.actor, timezone.localdate()
    asked = [_asked(network, person, actor) for person in principals[:8]]
    hours = SchoolCommitment.Unit.HOURS_A_MONTH
    promises = [
        Promise(
            today, today + timedelta(days=240), hours, 6, "Equipo pedagógico", "Educadora de apoyo", room=True
        ),
        Promise(today, today + timedelta(days=21), hours, 4, "Dos educadoras", "Cambio de horario"),
        Promise(today, None, SchoolCommitment.Unit.DAYS, 5, "Directora", "Subdirectora", transport=True),
        Promise(today, None, support="Materiales para la sala"),
    ]
    given = [
        give_commitment(one, promise, actor=actor) for one, promise in zip(asked, promises, strict=False)
    ]
    want_to_talk(asked[4], actor=actor)
    answer_later(asked[5], "Este semestre hay dos licencias médicas en el equipo.", actor=actor)
    note_term(given[0], Noted("Ciclo 2", "partly", "En marzo no hubo reemplazo."), actor=actor)
    coming = coming_for_school(given[0])
    if coming:
        substitute = garden.person("Elena", "Soto Rivas", language="es")
        take_up_post(
            substitute, given[0].school, function=Post.Function.MIDDLE_LEADER, actor=system_account()
        )
        send_substitute(given[0], coming[0], substitute, actor=actor)


def _asked(network: Community, head: Person, actor: User) -> SchoolCommitment:
    post = head.posts.select_related("school").get(ends_on=None)
    assert post.school is not None
    return invite_head(network, post.school, head, actor=actor)


def plant_heads_of_nodes(nodes: list[Community], actor: User) -> int:
    """In a national programme the heads who are known in these nodes are asked. Returns how many."""
    return sum(invite_all(node, actor=actor) for node in nodes)

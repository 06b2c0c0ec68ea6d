"""The charter of Avanzando Juntas: two versions, one by deed and one by vote, suggestions, acceptances, a draft that is being written.

The purpose follows the programme's own account; every other word is invented.
"""

from __future__ import annotations

from random import Random

from tejido.accounts.models import User
from tejido.accounts.services import open_account
from tejido.charters.models import Article, CharterVersion
from tejido.charters.selectors import articles_of
from tejido.charters.services import (
    accept_signed_in,
    add_article,
    adopt,
    begin_draft,
    keep_public_page,
    put_to_vote,
    settle_vote,
    suggest,
    write_article,
)
from tejido.communities.models import Community
from tejido.consultations.services import close_voting, vote
from tejido.consultations.values import Chosen

FIRST = {
    Article.Kind.PURPOSE: (
        "Somos directoras de jardines infantiles públicos que se juntan para mejorar lo que ocurre en cada jardín.\n\n"
        "Nos proponemos probar cambios pequeños, mirar juntas qué pasó y decidir el paso siguiente."
    ),
    Article.Kind.PRINCIPLES: "Lo que se dice en la red se queda en la red, salvo que quien lo dijo quiera compartirlo.",
}
SECOND = {
    Article.Kind.MISSION: "Colaborar entre jardines para que cada niña y cada niño aprenda jugando, cerca de quienes le cuidan.",
    Article.Kind.VISION: "En tres años, cada jardín del territorio tiene con quién pensar su práctica y a quién visitar.",
    Article.Kind.GOVERNANCE: (
        "Decidimos en encuentro, por consenso si se puede y por votación si no.\n\n"
        "La coordinación se renueva cada dos años. Quien entra tiene a alguien que le acompaña el primer semestre."
    ),
}
NEXT = "Nos reunimos una vez al mes, alternando jardín anfitrión y encuentro en línea."
SUGGESTED = "Lo que se dice en la red se queda en la red, salvo que quien lo dijo quiera compartirlo. Nos escuchamos sin interrumpir."


def plant_charter(rng: Random, network: Community, actor: User) -> None:
    """`actor` coordinates the network and votes in it."""
    _write(begin_draft(network, actor=actor), FIRST, actor)
    adopt(_draft(network), "Acordado por todas en el quinto taller", actor=actor)
    _write(begin_draft(network, actor=actor), SECOND, actor)
    _voted(rng, _draft(network), actor)
    draft = begin_draft(network, actor=actor)
    add_article(draft, "Encuentros", text=NEXT, actor=actor)
    ana = open_account("ana@demo.tejido.invalid")
    principles = articles_of(draft).get(kind=Article.Kind.PRINCIPLES)
    suggest(principles, SUGGESTED, "Lo pidieron varias en el último encuentro.", actor=ana)
    accept_signed_in(network.charter_versions.get(state=CharterVersion.State.IN_FORCE), actor=actor)
    keep_public_page(network, is_open=True, actor=actor)


def _draft(network: Community) -> CharterVersion:
    return network.charter_versions.get(state=CharterVersion.State.DRAFT)


def _write(version: CharterVersion, texts: dict[Article.Kind, str], actor: User) -> None:
    for article in articles_of(version):
        text = texts.get(Article.Kind(article.kind))
        if text:
            write_article(article, text, edition=article.edition, actor=actor)


def _voted(rng: Random, version: CharterVersion, actor: User) -> None:
    """Most adopt it."""
    consultation = put_to_vote(version, secret=True, actor=actor)
    keep, adopt_it = consultation.proposals.order_by("number").values_list("pk", flat=True)
    for voter in consultation.voters.order_by("pk"):
        vote(voter, [Chosen(adopt_it if rng.random() < 0.8 else keep)], actor=actor)
    close_voting(consultation, actor=actor)
    version.refresh_from_db()
    settle_vote(version, actor=actor)

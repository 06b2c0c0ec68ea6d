"""Giving a form to those who came."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.foundation.policies import require
from tejido.gatherings.models import FormGiven, Gathering
from tejido.instruments.models import Collection, Version
from tejido.instruments.services import Terms, open_collection


@transaction.atomic
def give_form(
    gathering: Gathering, version: Version, terms: Terms, *, actor: User, people: Sequence[Person] = ()
) -> Collection:
    """Open a form for those who came, and keep that it was given here.

    people: the frozen audience, where `terms` ask for those who attended. Raises: NotAllowed; Refusal as `open_collection`,
    which announces it.
    """
    require(actor, "gatherings.ask", gathering)
    collection = open_collection(version, gathering.community, terms, actor=actor, people=people)
    FormGiven.objects.create(gathering=gathering, collection=collection)
    return collection

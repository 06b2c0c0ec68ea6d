"""What the templates of this domain ask for."""

from __future__ import annotations

from django import template

from tejido.consultations.models import Proposal

register = template.Library()


@register.filter
def of_proposal(authors: dict[int, list[str]], proposal: Proposal) -> str:
    """The names of a proposal's authors, in one line. authors: of `selectors.authors_of`."""
    return ", ".join(authors.get(proposal.pk, []))

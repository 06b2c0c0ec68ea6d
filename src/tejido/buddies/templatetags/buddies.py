"""What the templates of this domain ask for."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from tejido.directory.models import Topic

register = template.Library()


@register.simple_tag
def topic_name(topic: Topic) -> str:
    """The topic's name in the reader's language."""
    return topic.name(get_language() or "es")

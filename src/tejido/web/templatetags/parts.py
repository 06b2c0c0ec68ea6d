"""The design system's parts as template tags. Shown one by one on /_parts/."""

from __future__ import annotations

from django import template

register = template.Library()

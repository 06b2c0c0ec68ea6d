"""The design system's parts as template tags. Shown one by one on /_parts/, listed in web/README.md."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from babel import Locale
from babel.numbers import format_percent
from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, to_locale

from tejido.web import charts, zones
from tejido.web.fields import field_context, problems_of
from tejido.web.icons import PATHS
from tejido.web.look import look as look_inside
from tejido.web.trail import steps

register = template.Library()

TONES = {"plain", "outline", "indigo", "cochineal", "marigold", "leaf", "clay", "plum", "lagoon"}
PARTICLES = {"de", "del", "la", "las", "los", "da", "das", "do", "dos", "e", "y", "van", "von"}


@register.simple_tag(takes_context=True)
def block_text(context: template.Context, name: str) -> str:
    """What the page puts into block `name`, so that a shell can use it twice (title and h1)."""
    layers: list[dict[Any, Any]] = (
        context.render_context.dicts
    )  # an {% include %} stands on a layer of its own, above the page's
    blocks = next(
        (layer[BLOCK_CONTEXT_KEY] for layer in reversed(layers) if BLOCK_CONTEXT_KEY in layer), None
    )
    block = blocks.get_block(name) if blocks else None
    return mark_safe(block.render(context).strip()) if block else ""  # noqa: S308 - a template's own output


@register.simple_tag
def look() -> SafeString:
    """The look of participants' pages, for the inside of a page: see web/look.py. "" where the front end is not built."""
    return look_inside()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon of web/icons.py. An unknown name raises KeyError."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', PATHS[name]
    )


@register.filter
def zone_name(zone: str) -> str:
    """ "Colombia Time" for America/Bogota."""
    return zones.zone_name(zone)


@register.simple_tag
def crumb(words: str, url: str) -> SafeString:
    """One step of the breadcrumbs, for the block `breadcrumbs`; the page itself is not one."""
    return format_html('<li><a href="{}">{}</a></li>', url, words)


@register.simple_tag(takes_context=True)
def trail(context: template.Context) -> SafeString:
    """The first steps of every page's breadcrumbs, from `place`, `community` and `above`: see web/trail.py."""
    return format_html_join(
        "", '<li><a href="{}">{}</a></li>', ((step.url, step.words) for step in steps(context))
    )


@register.filter
def undo_url(message: Message) -> str:
    """The address that undoes what `message` tells, or "". Put there by web.responses.done."""
    return message.extra_tags.removeprefix("undo:") if (message.extra_tags or "").startswith("undo:") else ""


@register.filter
def plain(value: Any) -> str:
    """A number for a machine: 1234 and not 1 234. For every pk or id in an attribute: id="person-{{ person.pk|plain }}"."""
    return "" if value is None else str(value)


@register.filter
def percent(share: float | None, digits: int = 0) -> str:
    """A share (0..1) as each language writes it: 0.5 -> "50%" or "50 %". "" for None."""
    if share is None:
        return ""
    locale = Locale.parse(to_locale(get_language() or "es"))
    pattern = locale.percent_formats[None].pattern
    decimals = "." + "0" * digits if digits else ""
    return format_percent(share, locale=locale, format=pattern.replace("##0", f"##0{decimals}"))


# Forms


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field: label above, help, control, what is wrong. {% field form.name %}"""
    return field_context(bound)


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: BaseForm, more: Sequence[tuple[str, str, str]] = ()) -> dict[str, Any]:
    """What is wrong with `form`, each line a link to its field. Nothing while there is nothing wrong.

    more: (field id, label, sentence) of what stands on the page beside the form's own fields.
    """
    return {"form": form, "problems": [*(problems_of(form) if form.is_bound else []), *(more or ())]}


@register.inclusion_tag("web/components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """The whole of a form but its csrf token and buttons."""
    return {"form": form}


# Small parts


@register.simple_tag
def chip(words: str, tone: str = "plain") -> SafeString:
    """A role or a state in a pill. tone: plain, outline, indigo, cochineal, marigold, leaf, clay, plum, lagoon."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(
            f"A chip has no tone {tone!r}; there are {', '.join(sorted(TONES))}."
        )
    return format_html('<span class="chip {}">{}</span>', tone, words)


def initials(name: str) -> str:
    """First letters of the first and the last word that is not a particle.

    >>> initials("Ana María de los Ríos"), initials("Zé")
    ('AR', 'Z')
    """
    words = [word for word in name.split() if word.lower() not in PARTICLES and word[0].isalpha()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


@register.inclusion_tag("web/components/person.html")
def person(name: str, post: str = "", school: str = "", url: str = "") -> dict[str, Any]:
    """A person: initials, name (a link with `url`), post, school. The colour comes from the name and means nothing."""
    tone = zlib.crc32(name.encode()) % 6
    return {
        "name": name,
        "post": post,
        "school": school,
        "url": url,
        "initials": initials(name),
        "tone": tone,
    }


@register.simple_tag
def empty_state(title: str, sentence: str, action: str = "", url: str = "", example: str = "") -> SafeString:
    """An empty place that teaches: what for, one sentence, one button, one example from a real programme."""
    words = {"title": title, "sentence": sentence, "action": action, "url": url, "example": example}
    return SafeString(render_to_string("web/components/empty_state.html", words))


@register.inclusion_tag("web/components/stat.html")
def stat(label: str, value: Any, **more: Any) -> dict[str, Any]:
    """One number. more: unit, basis, previous (a sentence), points (numbers, oldest first), url, because."""
    points: Sequence[float | None] = more.pop("points", None) or ()
    line = (
        charts.spark(points, title=gettext("%(label)s over time") % {"label": label})
        if len(points) > 1
        else ""
    )
    return {"label": label, "value": value, "line": line, **more}


@register.inclusion_tag("web/components/stepper.html")
def stepper(steps: Sequence[Any], current: int) -> dict[str, Any]:
    """The steps of a long task. steps: words, or (words, url); current: number of the present one, from 1."""
    shown = []
    for number, step in enumerate(steps, start=1):
        words, url = step if isinstance(step, tuple | list) else (step, "")
        shown.append(("done" if number < current else "now" if number == current else "next", words, url))
    return {"steps": shown}


@register.inclusion_tag("web/components/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """A history: entries with when, words, and optionally tone, detail, url."""
    return {"entries": entries}


@register.inclusion_tag("web/components/progress.html")
def progress(doing: str, done: int = 0, total: int = 0, **more: Any) -> dict[str, Any]:
    """Long work. more: remains (a sentence), poll_url (asked every two seconds), id (default "progress")."""
    return {"doing": doing, "done": done, "total": total, "id": "progress", **more}


@register.inclusion_tag("web/components/share_sheet.html")
def share_sheet(sheet: Any, id: str = "share") -> dict[str, Any]:  # noqa: A002 - the word of HTML
    """A web.sharing.Sheet: link, QR code, messages in three languages."""
    return {"sheet": sheet, "id": id}


# Parts with something inside


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", tone: str = "") -> SafeString:
    """{% card title="…" %}…{% endcard %}: something that belongs together. tone: "" or attention."""
    words = format_html('<a href="{}">{}</a>', url, title) if url else title
    head = format_html("<h2>{}</h2>", words) if title else ""
    return format_html('<section class="card {}">{}{}</section>', tone, head, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002 - the word of HTML
    """{% dialog id="leave" title="…" %}…{% enddialog %}; opened by <a href="#leave" data-opens="leave">."""
    return format_html(
        '<dialog id="{0}" aria-labelledby="{0}-title"><header><h2 id="{0}-title">{1}</h2>'
        '<a class="button quiet small" href="#main" data-closes>{2}<span class="unseen">{3}</span></a></header>{4}</dialog>',
        id,
        title,
        icon("close"),
        gettext("Close"),
        content,
    )


@register.simple_block_tag
def definition(content: str, id: str, of: str) -> SafeString:  # noqa: A002 - the word of HTML
    """{% definition id="returning" of="…" %}what it means{% enddefinition %}: a question mark that explains."""
    return format_html(
        '<button class="what" type="button" popovertarget="{0}" aria-label="{1}">?</button>'
        '<div id="{0}" popover><p><strong>{2}</strong></p>{3}</div>',
        id,
        gettext("What does “%(word)s” mean?") % {"word": of},
        of,
        content,
    )


@register.simple_tag
def script_words() -> SafeString:
    """The sentences that scripts say, as JSON for frontend/words.ts."""
    return json_script(
        {
            "unsent": gettext("There is no connection. What you wrote is still here; try again in a moment."),
            "forbidden": gettext(
                "That is not allowed, or you were signed out meanwhile. Load the page again."
            ),
            "missing": gettext("That is not there any more. Load the page again."),
            "failed": gettext(
                "Something went wrong on our side. What you wrote is still here; try again in a moment."
            ),
            "queued": gettext("%(count)s mark is waiting for the connection"),
            "queued_many": gettext("%(count)s marks are waiting for the connection"),
            "sent": gettext("Everything is saved"),
            "sign_in": gettext("Sign in again to send %(count)s mark"),
            "sign_in_many": gettext("Sign in again to send %(count)s marks"),
            "held": gettext("%(count)s mark could not be saved yet"),
            "held_many": gettext("%(count)s marks could not be saved yet"),
            "others": gettext("%(count)s mark of another account waits on this device"),
            "others_many": gettext("%(count)s marks of another account wait on this device"),
            "refused": gettext("This was not saved: %(reason)s"),
            "row_queued": gettext("waiting"),
            "saving": gettext("Saving …"),
            "found": gettext("%(count)s person found"),
            "found_many": gettext("%(count)s people found"),
            "no_ties": gettext("%(name)s has no ties of this strength here."),
            "ties": gettext("%(name)s has %(count)s tie"),
            "ties_many": gettext("%(name)s has %(count)s ties"),
            "nobody": gettext("Pick a person in the drawing or in the list."),
        },
        "script-words",
    )


@register.inclusion_tag("web/components/table.html", takes_context=True)
def table(context: template.Context, bound: Any, empty: str = "") -> dict[str, Any]:
    """A web.tables.BoundTable. empty: what stands there when there is nothing at all ({% empty_state … as nothing %})."""
    return {"table": bound, "empty": empty, "request": context.get("request")}

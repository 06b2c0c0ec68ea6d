"""Agendas in words and drawn: the time mix, its warnings, how late it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.agenda.models import Kind, Segment
from tejido.agenda.selectors import Shown, mix_of
from tejido.gatherings.models import Gathering
from tejido.web.charts import Chart, shares

KINDS = dict(Kind.choices)


def minutes_words(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def length_of(gathering: Gathering) -> int:
    """How long the gathering is, in minutes."""
    return round((gathering.ends_at - gathering.starts_at).total_seconds() / 60)


def length_words(planned: int, length: int) -> str:
    """What the agenda fills of the gathering: "100 of 120 minutes are planned; 20 are free."."""
    if planned > length:
        return ngettext(
            "The agenda is %(over)d minute longer than the gathering (%(planned)d of %(length)d).",
            "The agenda is %(over)d minutes longer than the gathering (%(planned)d of %(length)d).",
            planned - length,
        ) % {"over": planned - length, "planned": planned, "length": length}
    if planned == length:
        return _("The agenda fills the whole gathering: %(length)d minutes.") % {"length": length}
    return ngettext(
        "%(planned)d of %(length)d minutes are planned; %(free)d is free.",
        "%(planned)d of %(length)d minutes are planned; %(free)d are free.",
        length - planned,
    ) % {"planned": planned, "length": length, "free": length - planned}


def mix_chart(segments: Sequence[Segment]) -> Chart | None:
    """The time of an agenda by what people do, as planned and, where it was measured, as it was. None without segments."""
    if not segments:
        return None
    rows = [(_("As planned"), mix_of(segments))]
    if any(row.actual_minutes for row in segments):
        rows.append((_("As it was"), mix_of(segments, "actual")))
    used = [kind for kind in KINDS if any(mix.detail["minutes"][kind] for _label, mix in rows)]
    return shares(
        [(label, [mix.detail["minutes"][kind] for kind in used]) for label, mix in rows],
        [str(KINDS[kind]) for kind in used],
        caption=_("What the time goes to, in minutes"),
        says=mix_words(segments),
        say=lambda value: minutes_words(round(value)),
    )


def mix_words(segments: Sequence[Segment]) -> str:
    """The share in which people do something themselves, as planned."""
    mix = mix_of(segments)
    if mix.value is None:
        return ""
    return _("In %(share)d %% of the time people work, talk or think themselves.") % {
        "share": round(100 * mix.value)
    }


def warnings_of(segments: Sequence[Segment]) -> list[str]:
    """What the plan should be looked at again for, each with a step that helps."""
    said = {
        "much_presentation": _(
            "More than half of the time somebody presents. People come for one another: let them try or discuss part of it."
        ),
        "little_active": _(
            "Less than two fifths of the time is for trying out, talking and thinking. Could one segment become an activity?"
        ),
    }
    return [said[key] for key in mix_of(segments).detail["warnings"]] if segments else []


def late_words(late: int) -> str:
    """How far behind its plan an agenda is; "" within two minutes."""
    if late > 2:
        return ngettext("%(count)d minute behind the plan", "%(count)d minutes behind the plan", late) % {
            "count": late
        }
    if late < -2:
        return ngettext(
            "%(count)d minute ahead of the plan", "%(count)d minutes ahead of the plan", -late
        ) % {"count": -late}
    return _("In time")


def left_words(row: Shown, remains: int) -> str:
    """What remains of the part that runs."""
    if remains >= 0:
        return ngettext(
            "%(count)d minute left of %(whole)d", "%(count)d minutes left of %(whole)d", remains
        ) % {"count": remains, "whole": row.segment.minutes}
    return ngettext(
        "%(count)d minute over its %(whole)d", "%(count)d minutes over its %(whole)d", -remains
    ) % {"count": -remains, "whole": row.segment.minutes}

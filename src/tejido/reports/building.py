"""From a panorama to a document. Says what is known, what it rests on, and why something is not known.

Names stand only where `Subject.names` has them: the caller puts in those who consented to that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tejido.insights.selectors import DEFINITIONS, FAMILIES, TIE, because, left_out
from tejido.reports import drawing, watch
from tejido.reports.document import Document, Section, Stat
from tejido.reports.values import before, rests_on, value
from tejido_analytics.panorama import Indicator, Panorama

SHORT = ("active_members", "retention", "schools_reached", "attendance_rate", "density", "isolates_share")
LISTED_GATHERINGS = 200


@dataclass(frozen=True, slots=True)
class Met:
    """A gathering as the report lists it. attended: people present; None where nothing was recorded."""

    day: date
    title: str
    kind: str
    modality: str
    attended: int | None
    invited: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom the report tells. names: person id -> name, of those only who consented to be named.

    groups: person id -> district or sector by which the network is coloured; grouped_by: what that is called.
    districts: district as the tables have it -> its name, where the two differ.
    watched_by_name: whether "What to watch" says who: consent to be named is no consent to be called absent before others.
    """

    title: str
    subtitle: str
    gatherings: Sequence[Met]
    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    grouped_by: str = ""
    schools: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    notes: Sequence[str] = ()
    watched_by_name: bool = True


def build(seen: Panorama, subject: Subject, *, today: date) -> Document:
    """The report of one community (or folder) and period, in the active language."""
    document = Document(
        title=subject.title,
        subtitle=subject.subtitle,
        period=_("%(first)s to %(last)s")
        % {
            "first": date_format(seen.period.start, "DATE_FORMAT"),
            "last": date_format(seen.period.end, "DATE_FORMAT"),
        },
        made=_("Made with Tejido on %(day)s.") % {"day": date_format(today, "DATE_FORMAT")},
        language=get_language() or "es",
        note=subject.note,
    )
    _in_short(document, seen)
    _what_happened(document, subject)
    _who_took_part(document, seen, subject)
    _how_it_grew(document, seen, subject)
    _what_to_watch(document, seen, subject)
    _all_indicators(document, seen)
    _definitions(document)
    _left_out(document, seen, subject)
    return document


def _stat(found: Indicator) -> Stat:
    return {
        "label": str(DEFINITIONS[found.id].title),
        "value": value(found.id, found.value) if found.value is not None else "—",
        "rests_on": rests_on(found) if found.value is not None else because(found.because),
        "before": before(found),
    }


def _in_short(document: Document, seen: Panorama) -> None:
    section = document.section(_("In short"))
    section.stats([_stat(seen.indicators[name]) for name in SHORT])


def _what_happened(document: Document, subject: Subject) -> None:
    section = document.section(_("What happened"))
    if not subject.gatherings:
        section.say(_("No gathering is recorded in this period."))
        return
    count = len(subject.gatherings)
    section.say(
        ngettext("There was %(count)d gathering.", "There were %(count)d gatherings.", count)
        % {"count": count}
    )
    listed = subject.gatherings[:LISTED_GATHERINGS]
    kinds = any(met.kind or met.modality for met in listed)
    rows = []
    for met in listed:
        kind = [" · ".join(part for part in (met.kind, met.modality) if part)] if kinds else []
        attended = "—" if met.attended is None else str(met.attended)
        rows.append([date_format(met.day, "SHORT_DATE_FORMAT"), met.title, *kind, attended])
    headers = [_("Day"), _("Gathering"), *([_("Kind")] if kinds else []), _("Attended")]
    section.table("", headers, rows, numeric=[len(headers) - 1])
    if count > LISTED_GATHERINGS:
        section.say(
            _("The first %(shown)d are listed; the data file has them all.") % {"shown": LISTED_GATHERINGS}
        )


def _who_took_part(document: Document, seen: Panorama, subject: Subject) -> None:
    section = document.section(_("Who took part"))
    names = ("active_members", "newcomers", "returners", "core_share", "drop_in_share", "schools_reached")
    section.stats([_stat(seen.indicators[name]) for name in names])
    _equity(section, seen, subject)
    if subject.names:
        active = {node.id for node in seen.nodes}
        named = sorted(name for person, name in subject.names.items() if person in active)
        if named:
            section.say(_("Active members who agreed to be named: %(names)s.") % {"names": ", ".join(named)})


def _equity(section: Section, seen: Panorama, subject: Subject) -> None:
    """Active rate of each group, as the library suppressed it."""
    attributes = seen.indicators["equity"].detail.get("attributes", {})
    titles = {
        "district": _("District"),
        "sector": _("Sector"),
        "subject": _("Subject"),
        "gender": _("Gender"),
    }
    for name, cells in attributes.items():
        called = subject.districts if name == "district" else {}
        rows = [
            [
                called.get(str(cell["key"]), str(cell["key"])),
                "—" if cell["people"] is None else str(cell["people"]),
                "—" if cell["rate"] is None else value("retention", cell["rate"]),
            ]
            for cell in cells
        ]
        title = titles.get(name, name)
        section.table(
            _("Active by %(group)s") % {"group": title.lower()},
            [title, _("People"), _("Share active")],
            rows,
            numeric=[1, 2],
        )


def _how_it_grew(document: Document, seen: Panorama, subject: Subject) -> None:
    section = document.section(_("How the network grew"))
    section.say(str(TIE))
    picture = drawing.network(seen, subject)
    if picture is None:
        section.say(
            because(seen.indicators["density"].because)
            if seen.indicators["density"].because
            else _("No ties stand yet.")
        )
    else:
        section.figure(picture.caption, picture.says, picture.svg, picture.legend)
    change = seen.indicators["tie_change"]
    if change.value is not None:
        section.say(
            _("Between the two periods %(new)d ties are new, %(kept)d were kept and %(lost)d were lost.")
            % {key: change.detail[key] for key in ("new", "kept", "lost")}
        )
    core = seen.indicators["core_periphery"].detail
    if "inward" in core:
        section.say(
            _("Since the period before %(inward)d moved into the core and %(outward)d moved to the edge.")
            % {"inward": len(core["inward"]), "outward": len(core["outward"])}
        )
    names = (
        "density",
        "mean_strength",
        "isolates_share",
        "largest_component",
        "bridging_district",
        "brokers",
    )
    section.stats([_stat(seen.indicators[name]) for name in names])
    cohorts = drawing.cohorts(seen)
    if cohorts is not None:
        section.figure(cohorts.caption, cohorts.says, cohorts.svg, cohorts.legend)


def _what_to_watch(document: Document, seen: Panorama, subject: Subject) -> None:
    section = document.section(_("What to watch"))
    sentences = watch.sentences(
        seen.signals,
        subject.names if subject.watched_by_name else {},
        subject.schools if subject.watched_by_name else {},
    )
    if sentences:
        section.items(sentences)
    else:
        section.say(_("Nothing in these data asks for attention."))


def _all_indicators(document: Document, seen: Panorama) -> None:
    section = document.section(_("All indicators"))
    for family in FAMILIES:
        rows = []
        for definition in family.indicators:
            found = seen.indicators.get(definition.id)
            if found is None:
                continue
            rows.append(
                [
                    str(definition.title),
                    "—" if found.value is None else value(found.id, found.value),
                    because(found.because) if found.value is None else rests_on(found),
                    "—" if found.previous is None else value(found.id, found.previous),
                ]
            )
        section.table(
            str(family.title), [_("Indicator"), _("Value"), _("Rests on"), _("Before")], rows, numeric=[1, 3]
        )


def _definitions(document: Document) -> None:
    """Each definition once: indicators that are counted alike share theirs."""
    by_text: dict[str, list[str]] = {}
    for family in FAMILIES:
        for one in family.indicators:
            by_text.setdefault(str(one.exactly), []).append(str(one.title))
    document.section(_("Definitions")).definitions(
        [(", ".join(titles), text) for text, titles in by_text.items()]
    )


def _left_out(document: Document, seen: Panorama, subject: Subject) -> None:
    """What the numbers could not take into account, each once, with the largest count said."""
    most: dict[str, int] = {}
    for found in seen.indicators.values():
        for phrase, count in found.missing.items():
            most[phrase] = max(most.get(phrase, 0), count)
    said = [*left_out(most), *subject.notes]
    if said:
        section = document.section(_("What was left out"))
        section.items(said)

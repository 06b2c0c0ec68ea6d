"""Meetings and shared leadership: what gatherings, their agendas and their exit tickets say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tejido.insights.definitions.base import Definition, Family

MEETINGS = Family(
    "meetings",
    _("Meetings"),
    _("Are the gatherings worth coming to?"),
    (
        Definition(
            "held",
            _("Gatherings held"),
            "share",
            _("Does what was planned take place?"),
            _(
                "Gatherings of the period that were held, divided by all that were planned for it and are due by now, "
                "the cancelled ones included."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s gathering",
                "%(numerator)s of %(denominator)s gatherings",
                "denominator",
            ),
        ),
        Definition(
            "attendance_rate",
            _("Attendance"),
            "share",
            _("Do those who are invited come?"),
            _(
                "Over all gatherings of the period with attendance recorded: members invited who were present, divided by "
                "members invited. Where nobody was invited by name, all members of that day were. Guests are counted apart."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s invitation",
                "%(numerator)s of %(denominator)s invitations",
                "denominator",
            ),
        ),
        Definition(
            "time_mix",
            _("Time to do, talk and think"),
            "share",
            _("What does the time of gatherings go to?"),
            _(
                "Of all minutes of the agendas of the period, those of hands-on work, discussion and reflection. Minutes that "
                "were measured count, else those that were planned. Less than 40 % of it, or more than 50 % of presentation, "
                "is said as a warning."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s minute",
                "%(numerator)s of %(denominator)s minutes",
                "denominator",
            ),
        ),
        Definition(
            "voices",
            _("Voices"),
            "count",
            _("How many different people lead a part of a gathering?"),
            _(
                "Distinct people who led a segment of an agenda in the period: people of the directory, and guests by name. "
                "A member is whoever belonged to the community that day and not to the team that accompanies it."
            ),
            ngettext_lazy(
                "in %(n)s segment of which it is known who led it",
                "in %(n)s segments of which it is known who led them",
                "n",
            ),
        ),
        Definition(
            "partners",
            _("Partners"),
            "count",
            _("Which organisations from outside contribute?"),
            _(
                "Distinct organisations that in the period led a segment of an agenda, hosted a gathering, delivered "
                "what was agreed with them, or were named when a gathering was closed. What was only promised does not "
                "count."
            ),
            ngettext_lazy("%(n)s contribution", "%(n)s contributions", "n"),
        ),
        Definition(
            "exit_response",
            _("Exit tickets answered"),
            "share",
            _("Do those who come say how it was?"),
            _(
                "Over the gatherings of the period at which an exit ticket was given: answers, divided by people who were "
                "there. Of several tickets the one with most answers counts, and never more answers than people."
            ),
            ngettext_lazy(
                "%(numerator)s answer from %(denominator)s person who was there",
                "%(numerator)s answers from %(denominator)s people who were there",
                "denominator",
            ),
        ),
        Definition(
            "usefulness",
            _("Usefulness"),
            "rating",
            _("How useful do people find it, and does that change?"),
            _(
                "The mean of all questions with a scale from 1 to 5 of the exit tickets of the period; every answered question "
                "counts once. The chart shows gathering after gathering with the limits of chance (individuals chart, Shewhart "
                "1931, Wheeler 1993); from six gatherings on, what lies beyond is said. Fewer than five answers are not shown."
            ),
            ngettext_lazy("from %(n)s exit ticket", "from %(n)s exit tickets", "n"),
        ),
    ),
)

SHARED = Family(
    "shared_leadership",
    _("Shared leadership"),
    _("Do many people lead, and more and more of them members?"),
    (
        Definition(
            "leadership_spread",
            _("Concentration of leading"),
            "spread",
            _("Do many lead, or always the same?"),
            _(
                "What each member led in the period: segments of agendas and nodes, shared evenly where several lead together. "
                "0 means that all led alike, close to 1 that one person led everything (Gini, 1912). Members who were active or "
                "led something are counted; the team that accompanies is not."
            ),
            ngettext_lazy("%(n)s member", "%(n)s members", "n"),
        ),
        Definition(
            "member_led",
            _("Led by members"),
            "share",
            _("Does the community carry itself more and more?"),
            _(
                "Segments and nodes of which it is known who led them, each counted once and divided among those who led it: "
                "the part of members, and not of facilitators, researchers, stewards, guests or organisations. Accompaniment "
                "is a scaffolding, so this should rise."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s thing that was led",
                "%(numerator)s of %(denominator)s things that were led",
                "denominator",
            ),
        ),
    ),
)

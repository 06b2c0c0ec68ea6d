"""Place and context, school leadership; and what waits for later records."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tejido.insights.definitions.base import Awaited, Definition, Family

OF_ACTIVE_SCHOOLS = ngettext_lazy(
    "%(numerator)s of %(denominator)s active school",
    "%(numerator)s of %(denominator)s active schools",
    "denominator",
)

PLACE = Family(
    "place",
    _("Place and context"),
    _("Whom does the community reach, and whom not?"),
    (
        Definition(
            "schools_reached",
            _("Schools reached"),
            "count",
            _("In how many schools is the community present?"),
            _(
                "Schools with at least one active member in the period. Where the official register of the territory is "
                "known, also the share of its schools."
            ),
            ngettext_lazy(
                "from %(n)s active member whose school is known",
                "from %(n)s active members whose school is known",
                "n",
            ),
        ),
        Definition(
            "territories_reached",
            _("Territories reached"),
            "count",
            _("How far does the community spread?"),
            _(
                "Municipalities or districts with at least one active member, by the place of the member's school."
            ),
            ngettext_lazy("from %(n)s school", "from %(n)s schools", "n"),
        ),
        Definition(
            "rural_share",
            _("Rural members"),
            "share",
            _("Do rural schools have their place?"),
            _(
                "Active members who work in rural schools, divided by active members whose school is known to be rural or "
                "urban. Where the official register is known, also how that compares with its share of rural schools."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s active member",
                "%(numerator)s of %(denominator)s active members",
                "denominator",
            ),
        ),
        Definition(
            "distance",
            _("Way to the gatherings"),
            "km",
            _("How far do people come?"),
            _(
                "The distance as the crow flies from the member's school to the venue, for everybody who attended on site: "
                "half of them came from closer than this (median). The table shows who comes by distance: up to 5, 20, 50 "
                "kilometres and beyond."
            ),
            ngettext_lazy("%(n)s attendance on site", "%(n)s attendances on site", "n"),
        ),
        Definition(
            "equity",
            _("Equal chances to take part"),
            "ratio",
            _("Does any group come less than the rest?"),
            _(
                "For each group, the share of its members who are active, divided by the same share of everybody else. "
                "1 means alike, 0.5 half as often. The value is the lowest one. Only what people consented to is looked at."
            ),
            ngettext_lazy("%(n)s member compared", "%(n)s members compared", "n"),
        ),
    ),
)

SCHOOLS = Family(
    "school_leadership",
    _("School leadership"),
    _("Does the school carry the work, or one teacher alone?"),
    (
        Definition(
            "leaders_engaged",
            _("Schools whose leaders take part"),
            "share",
            _("Are principals and middle leaders on board?"),
            _(
                "Active schools with at least one active principal, senior or middle leader, divided by all active schools."
            ),
            OF_ACTIVE_SCHOOLS,
        ),
        Definition(
            "depth",
            _("Schools with two or more members"),
            "share",
            _("Would the school stay if one person left?"),
            _(
                "Schools with at least two active members in the period, divided by all schools with an active member."
            ),
            OF_ACTIVE_SCHOOLS,
        ),
        Definition(
            "school_retention",
            _("Schools that stayed"),
            "share",
            _("Do schools remain from one period to the next?"),
            _(
                "Of the schools that were active in the period before, the share that is active in this one too."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s school active in the period before",
                "%(numerator)s of %(denominator)s schools active in the period before",
                "denominator",
            ),
        ),
        Definition(
            "survives_departure",
            _("Schools that outlast a departure"),
            "share",
            _("Does the school stay when its member leaves?"),
            _(
                "Of the schools whose only active member of the period before has left the community or the school, the "
                "share that is active in this period through somebody else."
            ),
            ngettext_lazy(
                "%(numerator)s of %(denominator)s school whose only member left",
                "%(numerator)s of %(denominator)s schools whose only member left",
                "denominator",
            ),
        ),
        Definition(
            "school_survival",
            _("Schools still there a year after a departure"),
            "share",
            _("How long does a school stay once a member leaves?"),
            _(
                "Every school that an active member ever left is followed from that day on. It has fallen silent when nobody "
                "else from it came for half a year with two gatherings or more. The share is an estimate that also counts "
                "schools whose year is not over yet, for as long as they were seen. Kaplan and Meier, 1958."
            ),
            ngettext_lazy(
                "from %(n)s school that a member left", "from %(n)s schools that a member left", "n"
            ),
        ),
    ),
)

LATER = (
    Family(
        "improvement",
        _("Improvement"),
        _("Does the work change something?"),
        (),
        (Awaited(_("Improvement cycles and inquiries"), _("Waits for improvement cycles to be recorded.")),),
    ),
    Family(
        "accompaniment",
        _("Accompaniment and results"),
        _("Are schools accompanied, and what comes of it?"),
        (),
        (
            Awaited(
                _("Visits, observations and scales"),
                _("Waits for accompaniment plans and for instruments to be answered."),
            ),
        ),
    ),
    Family(
        "reach",
        _("Reach"),
        _("How many teachers and students does it touch?"),
        (),
        (Awaited(_("Teachers, students and kits"), _("Waits for use in class to be reported.")),),
    ),
    Family(
        "evidence",
        _("Evidence"),
        _("What do people say, and who consented?"),
        (),
        (Awaited(_("Sources and codes"), _("Waits for interviews and documents to be collected.")),),
    ),
)

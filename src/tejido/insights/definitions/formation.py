"""Formation: is there a lasting community?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tejido.insights.definitions.base import Awaited, Definition, Family

OF_ACTIVE = ngettext_lazy(
    "%(numerator)s of %(denominator)s active member",
    "%(numerator)s of %(denominator)s active members",
    "denominator",
)
ACTIVE = ngettext_lazy("among %(n)s active member", "among %(n)s active members", "n")
OF_TIES = ngettext_lazy(
    "%(n)s tie between people whose group is known",
    "%(n)s ties between people whose group is known",
    "n",
)
MIXING = _(
    "Standing ties between different groups minus standing ties within a group, divided by all of them: −1 when every "
    "tie stays inside a group, +1 when every tie goes across. Beside it stands the value to expect if people were tied "
    "by chance, given only how many belong to each group. Krackhardt and Stern's E-I index, 1988."
)

PARTICIPATION = (
    Definition(
        "active_members",
        _("Active members"),
        "count",
        _("How many people really take part?"),
        _(
            "Members who were present at one gathering or more in the period, on site or online. "
            "Only recorded attendance counts, never a promise to come."
        ),
        ngettext_lazy("from %(n)s attendance", "from %(n)s attendances", "n"),
    ),
    Definition(
        "retention",
        _("Who stayed"),
        "share",
        _("Do people come back from one period to the next?"),
        _(
            "Of the members who were active in the period before, the share who are active in this one too. "
            "It is not known while nobody was active before."
        ),
        ngettext_lazy(
            "%(numerator)s of %(denominator)s person active in the period before",
            "%(numerator)s of %(denominator)s people active in the period before",
            "denominator",
        ),
    ),
    Definition(
        "newcomers",
        _("Newcomers"),
        "count",
        _("Does the community reach new people?"),
        _(
            "Members active in this period who had never attended any of its gatherings before. Where the records begin "
            "within the period everybody looks new, and the page says so."
        ),
        ACTIVE,
    ),
    Definition(
        "returners",
        _("People who came back"),
        "count",
        _("Do those who stayed away find the way back?"),
        _("Members active in this period who had attended some time before, but not in the period before."),
        ACTIVE,
    ),
    Definition(
        "core_share",
        _("Core group"),
        "share",
        _("Is there a group that carries the community?"),
        _(
            "Active members who were present at 60 % or more of the gatherings to which they were invited in the period, "
            "if there were at least three, divided by all active members."
        ),
        OF_ACTIVE,
    ),
    Definition(
        "drop_in_share",
        _("Came only once"),
        "share",
        _("How many looked in and were not seen again?"),
        _(
            "Active members whose whole history, up to the end of the period, is one single gathering, divided by all "
            "active members. Newcomers of the last gathering are among them."
        ),
        OF_ACTIVE,
    ),
    Definition(
        "cohort_retention",
        _("Back in the next period"),
        "share",
        _("Of those who started together, who is still there?"),
        _(
            "People are grouped by the period in which they first attended. The value is the share of all first-timers "
            "who attended again in the very next period; the table follows each group through every period since."
        ),
        ngettext_lazy(
            "%(numerator)s of %(denominator)s person who came for the first time",
            "%(numerator)s of %(denominator)s people who came for the first time",
            "denominator",
        ),
    ),
)

NETWORK = (
    Definition(
        "density",
        _("How closely knit"),
        "share",
        _("Of all the ties there could be, how many stand?"),
        _(
            "Standing ties between active members divided by all the pairs that they could form: 2m ÷ (n × (n − 1)). "
            "It falls by itself as a community grows, so compare it with its own past, not with a larger network."
        ),
        ngettext_lazy(
            "%(numerator)s of %(denominator)s possible tie",
            "%(numerator)s of %(denominator)s possible ties",
            "denominator",
        ),
    ),
    Definition(
        "mean_strength",
        _("Strength of ties"),
        "strength",
        _("How much have people met, on average?"),
        _("The strengths of all ties of a person added up, and the mean of that over all active members."),
        ACTIVE,
    ),
    Definition(
        "isolates_share",
        _("Not tied to anybody yet"),
        "share",
        _("Who comes without getting to know anyone?"),
        _("Active members without a single standing tie, divided by all active members."),
        OF_ACTIVE,
    ),
    Definition(
        "largest_component",
        _("Largest connected group"),
        "share",
        _("Is it one network, or several that do not touch?"),
        _(
            "People who can all be reached from one another along standing ties, in the largest such group, divided by "
            "all active members."
        ),
        OF_ACTIVE,
    ),
    Definition(
        "clustering",
        _("Circles that close"),
        "share",
        _("Do people who share a colleague know each other?"),
        _(
            "Wherever one person is tied to two others, how often those two are tied as well: three times the triangles "
            "divided by all such threesomes."
        ),
        ngettext_lazy("%(n)s threesome", "%(n)s threesomes", "n"),
    ),
    Definition(
        "communities",
        _("Circles within the network"),
        "count",
        _("Into which circles does the network fall?"),
        _(
            "Groups of two people or more who are tied more to one another than to the rest, found by the Leiden method "
            "on the strength of ties. The same records always give the same groups."
        ),
        ACTIVE,
    ),
    Definition(
        "k_core",
        _("Most tightly knit group"),
        "count",
        _("How strong is the inner weave?"),
        _(
            "The largest number k for which there is a group of people who are each tied to at least k others of that "
            "same group."
        ),
        ACTIVE,
    ),
    Definition(
        "core_periphery",
        _("Core and edge"),
        "spread",
        _("Is there an inner circle, and does it open?"),
        _(
            "How well the network is described by a core to which everybody is tied and an edge whose people are tied to "
            "the core only: 1 exactly so, near 0 not at all. The core is the one that describes it best. Beside it, who "
            "moved from the edge into the core and who moved out since the period before. Borgatti and Everett, 1999."
        ),
        ACTIVE,
    ),
    Definition(
        "bridging_district",
        _("Mixing between districts"),
        "mixing",
        _("Do people from different districts work together?"),
        MIXING,
        OF_TIES,
    ),
    Definition(
        "bridging_school",
        _("Mixing between schools"),
        "mixing",
        _("Do ties reach beyond the own school?"),
        MIXING,
        OF_TIES,
    ),
    Definition(
        "bridging_sector",
        _("Mixing between sectors"),
        "mixing",
        _("Do public and private schools weave together?"),
        MIXING,
        OF_TIES,
    ),
    Definition(
        "bridging_subject",
        _("Mixing between subjects"),
        "mixing",
        _("Do teachers of different subjects meet?"),
        MIXING,
        OF_TIES,
    ),
    Definition(
        "brokers",
        _("How unequally connecting is shared"),
        "spread",
        _("Would the network fall apart without a few people?"),
        _(
            "How often each person stands on the shortest way between two others (betweenness; a stronger tie is a shorter "
            "way), and how unequally that is spread: 0 when all connect alike, near 1 when one person connects everybody "
            "(Gini)."
        ),
        ACTIVE,
    ),
    Definition(
        "reciprocity",
        _("Ties that are returned"),
        "share",
        _("Is advice given both ways?"),
        _("Of the directed ties (advice, answers), the share that also goes the other way."),
        ngettext_lazy(
            "%(numerator)s of %(denominator)s directed tie",
            "%(numerator)s of %(denominator)s directed ties",
            "denominator",
        ),
    ),
    Definition(
        "tie_change",
        _("Ties that last"),
        "share",
        _("Which ties last from one period to the next?"),
        _(
            "Of the ties that stood at the end of the period before, the share that still stands: kept ÷ (kept + lost). "
            "Beside it the number of new, kept and lost ties."
        ),
        ngettext_lazy(
            "%(numerator)s of %(denominator)s tie of the period before",
            "%(numerator)s of %(denominator)s ties of the period before",
            "denominator",
        ),
    ),
    Definition(
        "skills_cover",
        _("Wishes that somebody can meet"),
        "share",
        _("Can members learn from one another what they want to learn?"),
        _(
            "Each topic that a member would like to learn is a wish. The share of wishes for which at least one other "
            "member offers the topic."
        ),
        ngettext_lazy(
            "%(numerator)s of %(denominator)s wish", "%(numerator)s of %(denominator)s wishes", "denominator"
        ),
    ),
)

FORMATION = Family(
    "formation",
    _("Formation"),
    _("Is there a lasting community?"),
    (*PARTICIPATION, *NETWORK),
    (
        Awaited(
            _("Maturity of the collaboration"),
            _("Waits for work done together (cycles, projects, shared resources) to be recorded."),
        ),
    ),
)

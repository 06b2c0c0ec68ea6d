"""What is done again and again, and how often. `tejido work` does it; several workers do each only once.

A deed takes nothing and may be done twice without harm. A domain adds its line here.
"""

from __future__ import annotations

from datetime import timedelta

TICKS: dict[str, timedelta] = {
    "tejido.foundation.jobs.give_back_orphans": timedelta(minutes=1),
    "tejido.messages.services.send_all_due": timedelta(minutes=1),
    "tejido.consultations.services.close_what_is_over": timedelta(minutes=5),
    "tejido.calls.services.close_what_is_over": timedelta(minutes=5),
    "tejido.calls.services.forget_old_applications": timedelta(days=1),
    "tejido.school_leaders.services.end_what_is_over": timedelta(hours=6),
    "tejido.school_leaders.services.remind_before_the_end": timedelta(hours=6),
    "tejido.invitations.services.tell_what_changed": timedelta(minutes=5),
    "tejido.invitations.services.remind_before": timedelta(hours=1),
    "tejido.closing.services.remind_of_commitments": timedelta(hours=1),
    "tejido.alliances.services.recall_renewals": timedelta(hours=6),
    "tejido.buddies.services.look_after_buddies": timedelta(hours=1),
    "tejido.communities.services.follow_the_day": timedelta(hours=6),
    "tejido.communities.services.remind_of_terms": timedelta(hours=6),
    "tejido.insights.services.owe_the_new_day": timedelta(hours=6),
    "tejido.foundation.jobs.forget_what_is_done": timedelta(days=1),
    "tejido.messages.services.forget_old_texts": timedelta(days=1),
    "tejido.imports.services.forget_old_lists": timedelta(days=1),
}

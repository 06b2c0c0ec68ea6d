"""What is told of calls and applications, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override, pgettext, pgettext_lazy

from tejido.calls.models import Application, OpenCall, Requirement
from tejido.calls.selectors import in_language, is_open, is_over
from tejido.calls.tokens import application_address, application_token

DATED = "2026-11-23"  # of the words on the use of her data
REASONS: dict[str, Any] = {  # as the applicant reads it; the list of choices is the runner's
    Application.Reason.FITS: gettext_lazy("Your application answers what the call looks for."),
    Application.Reason.EXPERIENCE: gettext_lazy("Your experience is what the community needs."),
    Application.Reason.BALANCE: gettext_lazy("Schools, levels and subjects had to be in balance."),
    Application.Reason.POINTS: gettext_lazy("The points of those who read the applications decided."),
    Application.Reason.PLACES: gettext_lazy("There were more applications than places."),
    Application.Reason.REQUIREMENTS: gettext_lazy("One of the requirements is not met."),
    Application.Reason.INCOMPLETE: gettext_lazy("Something was missing in the application."),
    Application.Reason.ELSEWHERE: gettext_lazy("Another call would suit your application better."),
}
IN_REVIEW = pgettext_lazy("state of an application", "In review")


def because(application: Application) -> str:
    """Why it was decided so, as she reads it; "" where nothing was said. In the language that is active."""
    said = [str(REASONS.get(application.reason, "")), application.reason_words.strip()]
    return " ".join(part for part in said if part)


def state_told(application: Application) -> str:
    """Where the application stands, as the applicant may know it."""
    if application.state == Application.State.WITHDRAWN:
        return str(Application.State.WITHDRAWN.label)
    if application.told_at is not None:
        return str(application.get_state_display())
    return str(IN_REVIEW) if is_over(application.call) else str(Application.State.RECEIVED.label)


@dataclass(frozen=True, slots=True)
class ByPhone:
    """Somebody who left no e-mail: whom to call, and the message ready for WhatsApp. text: in the applicant's language."""

    name: str
    phone: str
    text: str
    whatsapp: str


def by_phone(application: Application) -> ByPhone:
    """How an applicant without e-mail is told that the outcome can be read."""
    with override(application.language):
        call = application.call
        title = in_language(call, "title", call.community.language, application.language).text
        text = _(
            "Hello, %(name)s. What was decided about your application to “%(title)s” can be read here:"
        ) % {
            "name": application.given_names,
            "title": title,
        }
    text += "\n" + application_address(application_token(application.key))
    link = f"https://wa.me/{application.phone.lstrip('+')}?" + urlencode({"text": text}, quote_via=quote)
    return ByPhone(application.name, application.phone, text, link)


def agreement(call: OpenCall) -> str:
    """The words on the use of her data to which an applicant agrees, with their date. In the language that is active."""
    return ngettext(
        "I agree that %(community)s keeps what I send here and lets those who choose read it, only for this call. Nobody else "
        "reads it. If I am not taken in, it is deleted %(count)d month after the call is over; I may withdraw my application at "
        "any time. (Text of %(dated)s)",
        "I agree that %(community)s keeps what I send here and lets those who choose read it, only for this call. Nobody else "
        "reads it. If I am not taken in, it is deleted %(count)d months after the call is over; I may withdraw my application at "
        "any time. (Text of %(dated)s)",
        call.keep_months,
    ) % {
        "community": call.community.name,
        "count": call.keep_months,
        "dated": date_format(date.fromisoformat(DATED), "DATE_FORMAT"),
    }


def stopping_sentence(call: OpenCall, requirement: Requirement) -> str:
    """What somebody reads who does not meet a requirement without which she cannot apply."""
    said = in_language(requirement, "sentence", call.community.language).text
    return said or _("This call is for people who can answer yes here. What you typed is still on this page.")


def why_closed(call: OpenCall) -> str:
    """Why nothing can be sent; "" where it can."""
    if is_open(call):
        return ""
    if call.state == OpenCall.State.WITHDRAWN:
        return _("This call was withdrawn. Nothing needs to be done.")
    if is_over(call):
        return _("This call closed on %(day)s, and takes no more applications.") % {
            "day": date_format(call.closes_at, "DATETIME_FORMAT")
        }
    return _("This call opens on %(day)s.") % {"day": date_format(call.opens_at, "DATETIME_FORMAT")}


def places_told(call: OpenCall, accepted: int) -> str:
    """How places and accepted ones stand, as a sentence."""
    if call.places is None:
        return ngettext("%(count)d is accepted.", "%(count)d are accepted.", accepted) % {"count": accepted}
    words = {"count": accepted, "places": call.places}
    if accepted > call.places:
        return _("%(count)d are accepted, and there are only %(places)d places.") % words
    return (
        ngettext(
            "%(count)d of %(places)d place is taken.",
            "%(count)d of %(places)d places are taken.",
            call.places,
        )
        % words
    )


REASON_OF_A_MATCH = {  # of foundation.tables.matching
    "code": gettext_lazy("the same number in the lists"),
    "email": gettext_lazy("the same e-mail address"),
    "phone": gettext_lazy("the same phone number"),
    "same_name": gettext_lazy("the same name"),
    "similar_name": gettext_lazy("a similar name"),
    "other_name": gettext_lazy("another name"),
    "school": gettext_lazy("the same school"),
    "other_school": gettext_lazy("another school"),
}


def matched_by(reasons: tuple[str, ...]) -> str:
    """Why somebody in the directory may be the applicant, in one line."""
    return pgettext("between reasons", ", ").join(str(REASON_OF_A_MATCH.get(one, one)) for one in reasons)

"""What is said of a row, in words: notes on its cells, reasons of a match. Codes are kept, sentences made on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tejido.directory.models import Post
from tejido.imports.fields import ADDED, PERSON, PERSONAL, WORK

Detail = Mapping[str, Any]
FIELD_WORDS: Mapping[str, Any] = {**PERSON, **WORK, **PERSONAL}


def _in_words(detail: Detail, which: str) -> str:
    """A value as pages write it: functions have a code of their own."""
    value = str(detail[which])
    return str(Post.Function(value).label) if detail["field"] == "function" else value


NOTES: dict[str, Callable[[Detail], str]] = {
    "no_name": lambda d: _(
        "No name, so nobody can be added. Write the name in the file, or leave the row out."
    ),
    "bad_email": lambda d: _("«%(text)s» is not an e-mail address; it was left out.") % d,
    "bad_phone": lambda d: _("«%(text)s» is not a complete phone number; it was left out.") % d,
    "bad_date": lambda d: _("«%(text)s» (%(column)s) is not a date; it was left out.") % d,
    "bad_minutes": lambda d: (
        _("«%(text)s» is not a number of minutes between 1 and 1440; it was left out.") % d
    ),
    "bad_number": lambda d: _("«%(text)s» (%(column)s) is not a number; it was left out.") % d,
    "ruined_code": lambda d: (
        _(
            "The code «%(text)s» lost its last digits in the spreadsheet. Format the column as text and bring it again."
        )
        % d
    ),
    "formula": lambda d: _("The cell under «%(column)s» looks like a formula; it is kept as plain text.") % d,
    "too_long": lambda d: _("«%(text)s…» was cut after %(longest)d characters.") % d,
    "ends_before_start": lambda d: (
        _("It ends (%(ends)s) before it starts (%(starts)s); the end was left out.") % d
    ),
    "unknown_function": lambda d: (
        _("The function «%(text)s» is not known; it counts as another function.") % d
    ),
    "unknown_role": lambda d: _("The role «%(text)s» is not known; the person becomes a member.") % d,
    "unknown_community": lambda d: (
        _("There is no community «%(text)s» inside this one; the whole community was taken.") % d
    ),
    "new_school": lambda d: _("The school «%(name)s» is not here yet; it will be added.") % d,
    "several_schools": lambda d: (
        _("Several schools are called «%(name)s»; none was taken. A column with the code helps.") % d
    ),
    "unknown_school_code": lambda d: _("No school has the code %(code)s; it will be added.") % d,
    "repeated": lambda d: _("The same person as in row %(row)d; both rows are joined into one.") % d,
    "repeated_school": lambda d: (
        _("The code %(code)s stands in row %(row)d already; this row is left out.") % d
    ),
    "no_code": lambda d: _("No official code; the school is known by its name alone.") % d,
    "no_school_name": lambda d: _("No name, so the school cannot be added.") % d,
    "zero_place": lambda d: _("The place is 0, 0, in the sea off Africa; it was left out.") % d,
    "outside_country": lambda d: (
        _("The place (%(latitude)s, %(longitude)s) is outside the country; it was left out.") % d
    ),
    "no_place": lambda d: _("No coordinates; the school will not be on maps.") % d,
    "wrong_check_digit": lambda d: (
        _("The check digit of %(code)s does not fit; perhaps a digit is wrong.") % d
    ),
    "unknown_status": lambda d: _("It is not known what «%(text)s» means; that mark is left out.") % d,
    "no_gathering": lambda d: _("The row does not say which gathering it is about; it is left out."),
    "other_mark": lambda d: _("For «%(title)s» row %(row)d already gave another mark; that one counts.") % d,
    "unknown_tie_kind": lambda d: (
        _("The kind of tie «%(text)s» is not known; the kind chosen for the whole list counts.") % d
    ),
    "bad_weight": lambda d: _("«%(text)s» is not a number; the tie counts once.") % d,
    "tie_without_weight": lambda d: _("A tie without weight is none; it is left out."),
    "tie_with_oneself": lambda d: _("Both are the same person; this tie is left out."),
    "tie_without_end": lambda d: _("One of the two people is not known; this tie is left out."),
    "no_day": lambda d: _("The row does not say when it is, so it is left out."),
    "off_the_globe": lambda d: (
        _("«%(latitude)s, %(longitude)s» is no place on the globe; it was left out.") % d
    ),
    "unknown_gathering_kind": lambda d: (
        _("The kind of gathering «%(text)s» is not known; it becomes a workshop.") % d
    ),
    "unknown_modality": lambda d: _("It is not known what «%(text)s» means; it counts as on site.") % d,
    "repeated_gathering": lambda d: _("The same gathering as in row %(row)d; this row is left out.") % d,
    "adds": lambda d: _("New here: %(what)s.") % {"what": ", ".join(str(ADDED[key]) for key in d["fields"])},
    "replaces": lambda d: (
        _("%(field)s: «%(old)s» becomes «%(new)s».")
        % {"field": FIELD_WORDS[d["field"]], "old": _in_words(d, "old"), "new": _in_words(d, "new")}
    ),
    "email_guarded": lambda d: _(
        "The person also belongs to a community that you do not run, so the e-mail with which they will sign in "
        "is not changed by this list."
    ),
    "unclear_consent": lambda d: (
        _("«%(text)s» (%(column)s) is neither yes nor no; it counts as no answer.") % d
    ),
    "consent_ahead": lambda d: (
        _("A consent cannot have been given on a day to come (%(day)s); the date was left out.") % d
    ),
    "consent_kept": lambda d: (
        _("Another answer stands here, and this list does not say a later day: it stays (%(what)s).")
        % {"what": ", ".join(str(FIELD_WORDS[f"consent_{purpose}"]) for purpose in d["purposes"])}
    ),
    "consent_without_words": lambda d: (
        _("There are no published words to consent to, so this was left out: %(what)s.")
        % {"what": ", ".join(str(FIELD_WORDS[f"consent_{purpose}"]) for purpose in d["purposes"])}
    ),
    "no_school_for": lambda d: (
        _("«%(text)s» is said of a school, and the row names none; it was left out.") % d
    ),
    "two_words_for_a_school": lambda d: (
        _("Of the same school an earlier row says «%(first)s», this one «%(text)s»; the first counts.") % d
    ),
    "unknown_district": lambda d: (
        _("There is no territory called «%(text)s» here; the district of the school was left out.") % d
    ),
    "several_districts": lambda d: (
        _("Several territories are called «%(text)s»; the district of the school was left out.") % d
    ),
    "other_district": lambda d: (
        _("The list places the school in «%(text)s»; here it stands in %(here)s, and that stays.") % d
    ),
    "other_sector": lambda d: (
        _("The list gives the school the sector «%(text)s»; here it is «%(here)s», and that stays.") % d
    ),
    "closed_school": lambda d: _(
        "The register lists it as closed; the day of the register counts as the last one."
    ),
}
REASONS: dict[str, Callable[[], str]] = {
    "code": lambda: _("same code"),
    "email": lambda: _("same e-mail"),
    "phone": lambda: _("same phone"),
    "same_name": lambda: _("same name"),
    "similar_name": lambda: _("similar name"),
    "school": lambda: _("same school"),
    "other_name": lambda: _("but another name"),
    "other_school": lambda: _("but another school"),
    "same_day": lambda: _("same day"),
    "remembered": lambda: _("as decided before"),
}


def note_sentence(note: Mapping[str, Any]) -> str:
    """The sentence of one note. An unknown code raises KeyError."""
    return NOTES[note["code"]](note["detail"])


def reasons_in_words(reasons: list[str]) -> str:
    """«same name, same school»."""
    return ", ".join(REASONS[reason]() for reason in reasons)

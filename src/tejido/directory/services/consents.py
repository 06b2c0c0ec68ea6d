"""Deeds on consent: given and withdrawn with the same one step."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.events import ConsentAnswered
from tejido.directory.models import Consent, ConsentText, Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def publish_consent_text(purpose: str, bodies: dict[str, str], *, actor: User) -> ConsentText:
    """A new version of the words for `purpose`; the same words are not published twice.

    bodies: {"es": …, "en": …, "pt": …}. Raises NotAllowed. Earlier answers stay tied to the words they answered.
    """
    require(actor, "directory.keep_schools", None)
    last = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    words = {f"body_{language}": text.strip() for language, text in bodies.items()}
    if last is not None and all(getattr(last, field) == text for field, text in words.items()):
        return last
    return ConsentText.objects.create(purpose=purpose, version=last.version + 1 if last else 1, **words)


@transaction.atomic
def answer_consent(
    person: Person, purpose: str, given: bool, *, actor: User, how: str = Consent.How.SELF
) -> Consent:
    """What the person answers for one purpose, today, to the newest words. Withdrawing is answering no.

    how: "self" is for the person and for the system that plants or brings an answer; whoever writes down
    the answer of another says whether it was given on paper or spoken.

    Raises: NotAllowed; Refusal("no_consent_text"): nothing was published for that purpose yet;
    Refusal("not_their_own_answer"). Announces ConsentAnswered.
    """
    require(actor, "directory.record_consent", person)
    if how == Consent.How.SELF and not actor.is_system and person.user_id != actor.pk:
        raise Refusal(
            "not_their_own_answer",
            _("Only the person can answer here. Say whether the answer was given on paper or spoken."),
        )
    text = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    if text is None:
        raise Refusal(
            "no_consent_text", _("There are no words to consent to yet. Run «tejido seed-reference» first.")
        )
    person.consents.filter(purpose=purpose, is_current=True).update(is_current=False)
    consent = Consent.objects.create(
        person=person, purpose=purpose, text=text, given=given, how=how, recorded_by=actor
    )
    announce(ConsentAnswered(person.pk, purpose, given), actor=actor)
    return consent

"""What this domain writes to people: where to vote, to everybody who has not."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tejido.accounts.models import User
from tejido.communities.services import letter_of
from tejido.consultations.models import Consultation, Voter
from tejido.consultations.selectors import is_open
from tejido.consultations.services.opening import address_of
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.messages.models import Message
from tejido.messages.selectors import reached_by_mail, written_just_now
from tejido.messages.services import Kind, register, write

ABOUT = "consultations.consultation:"


def _voter(message: Message) -> Voter | None:
    key = message.batch.about.removeprefix(ABOUT)
    found = Voter.objects.select_related("consultation")
    return found.filter(consultation_id=int(key), person_id=message.person_id or 0).first()


def _link(message: Message) -> str:
    voter = _voter(message)
    return address_of(voter) if voter else ""


def _voted(message: Message) -> bool:
    """Whether nobody waits for this vote any more."""
    voter = _voter(message)
    return voter is None or voter.has_voted or not is_open(voter.consultation)


CALL = register(
    Kind(
        "consultations.vote",
        _("Call to vote"),
        subject=_("{question} Your vote is awaited"),
        text=_(
            "Hello {name},\n\n{community} decides together: {question}\n\nVote here, without signing in:\n\n{link}\n\n"
            "The link is yours alone; please do not pass it on. Thank you!"
        ),
        placeholders=("name", "question", "community", "link"),
        needed=("link",),
        link=_link,
        unwanted=_voted,
    )
)


@transaction.atomic
def call_to_vote(consultation: Consultation, *, actor: User) -> int:
    """Write their own link to everybody on the list who has not voted and can be written to. Returns to how many.

    Asked for again within ten minutes it is the same letter, and nothing more goes out. Of secret votes nobody learns to whom.
    Raises: NotAllowed; Refusal("not_open").
    """
    consultation = (
        Consultation.objects.select_for_update().select_related("community").get(pk=consultation.pk)
    )
    require(actor, "consultations.manage", consultation)
    if not is_open(consultation):
        raise Refusal("not_open", _now("Nobody can vote now, so nobody is called. Open the vote first."))
    community = consultation.community
    about = f"{ABOUT}{consultation.pk}"
    known = written_just_now(CALL.key, about)
    if known is not None:
        return known.people
    waiting = consultation.voters.filter(has_voted=False).values("person_id")
    people = reached_by_mail(Person.objects.filter(pk__in=waiting))
    if people:
        question = {"question": consultation.question}
        writing = letter_of(community, CALL, about, question, discreet=consultation.secret)
        write(writing, people, actor=actor)
    return len(people)

"""Named links into the demonstration, for the documentation, the tests and the curious.

An issue that adds a page adds its name here.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tejido.alliances.models import Agreement, Joining
from tejido.calls.models import OpenCall
from tejido.charters.models import CharterVersion, PublicPage
from tejido.closing.models import Door as ClosingDoor
from tejido.closing.tokens import door_token as closing_token
from tejido.communities.models import Community
from tejido.consultations.models import Consultation
from tejido.demo import avanzando_juntas, calling, certificates, closing, during, inviting, national
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.instruments.models import Collection
from tejido.instruments.tokens import personal_token
from tejido.invitations.models import Door
from tejido.invitations.tokens import door_token
from tejido.school_leaders.models import HeadInvitation
from tejido.school_leaders.tokens import head_token

# name -> (URL name, what its pk is)
PAGES: dict[str, tuple[str, str]] = {
    "home": ("home:home", ""),
    "community": ("communities:overview", "community"),
    "people": ("communities:people", "community"),
    "history": ("communities:history", "community"),
    "gatherings": ("gatherings:list", "community"),
    "calendar": ("gatherings:month", "community"),
    "gathering": ("gatherings:gathering", "gathering"),
    "attendance": ("gatherings:attendance", "gathering"),
    "tables": ("gatherings:tables", "gathering"),
    "answers": ("invitations:answers", "coming"),
    "venues": ("invitations:venues", "coming"),
    "seating": ("seating:board", "coming"),
    "door": ("checkin:door", "coming"),
    "quick_questions": ("during:desk", "coming"),
    "asked_in_the_room": ("during:desk", "closed"),
    "wall": ("during:wall", "coming"),
    "room": ("during:room", "code_of_room"),
    "attendance_on_paper": ("checkin:paper", "coming"),
    "answering_an_invitation": ("invitations:answer", "link_of_invited"),
    "agenda": ("agenda:agenda", "gathering"),
    "keeping_time": ("agenda:run", "gathering"),
    "certificates": ("certificates:certificates", "gathering"),
    "certificate": ("certificates:certificate", "certificate"),
    "checking_a_certificate": ("certificates:verify", "key_of_certificate"),
    "series": ("gatherings:series", "community"),
    "closing": ("closing:closing", "closed"),
    "what_was_agreed": ("closing:by_link", "link_of_reader"),
    "commitments": ("closing:commitments", "community"),
    "activities": ("agenda:activities", "community"),
    "insight": ("insights:insight", "community"),
    "attention": ("insights:attention", "community"),
    "report": ("reports:reports", "community"),
    "imports": ("imports:lists", "community"),
    "person": ("directory:person", "person"),
    "school": ("directory:school", "school"),
    "forms": ("instruments:forms", "community"),
    "answering": ("instruments:answer", "shared_link"),
    "answering_as_ana": ("instruments:answer", "link_of_ana"),
    "open_form": ("instruments:collection", "open_form"),
    "results": ("instruments:collection", "ticket"),
    "open_answers": ("instruments:open_answers", "ticket"),
    "diagnostic": ("instruments:collection", "diagnostic"),
    "anonymous_survey": ("instruments:collection", "anonymous"),
    "consultations": ("consultations:list", "community"),
    "skills": ("buddies:skills", "community"),
    "buddies": ("buddies:buddies", "community"),
    "decision": ("consultations:consultation", "decision"),
    "school_leaders": ("school_leaders:schools", "community"),
    "answering_as_a_head": ("school_leaders:answer", "link_of_head"),
    "organisations": ("communities:organisations", "upper"),
    "networks_together": ("alliances:joinings", "community"),
    "side_by_side": ("insights:networks", "upper"),
    "agreements": ("alliances:agreements", "community"),
    "agreement": ("alliances:agreement", "agreement"),
    "calls": ("calls:list", "community"),
    "call": ("calls:call", "call"),
    "public_call": ("calls:public", "call_token"),
    "apply": ("calls:apply", "call_token"),
    "applications": ("calls:applications", "read_call"),
    "choose": ("calls:choose", "read_call"),
    "charter": ("charters:charter", "community"),
    "charter_draft": ("charters:version", "draft"),
    "charter_comparison": ("charters:compare", "draft"),
    "public_charter": ("charters:public", "public_charter"),
    "parts": ("accounts:parts", ""),
}


QUERIES = {"open_answers": "?question=/data/take"}  # what a page needs to be told besides


def _subjects(network: Community) -> dict[str, int | str]:
    """The rows that the links show: the last gathering that was held, its host's school, and Ana or the first member."""
    held = Gathering.objects.filter(community__lineage__ancestor=network, state=Gathering.State.HELD)
    gathering = held.exclude(school=None).order_by("-starts_at").first()
    person = (
        Person.objects.filter(
            memberships__community__lineage__ancestor=network, user__email="ana@demo.tejido.invalid"
        ).first()
        or Person.objects.filter(memberships__community__lineage__ancestor=network).order_by("pk").first()
    )
    found = _forms(network, person)
    found["community"] = network.pk
    found |= _charter(network)
    decision = (
        Consultation.objects.filter(community=network, state=Consultation.State.CLOSED)
        .order_by("-pk")
        .first()
    )
    if decision is not None:
        found["decision"] = decision.pk
    found |= _allies(network)
    found |= _calls(network)
    if gathering is not None and gathering.school_id is not None:
        found |= {"gathering": gathering.pk, "school": gathering.school_id}
    if person is not None:
        found["person"] = person.pk
        found |= _invited(network, person) | _certified(network, person) | _closed(network, person)
    invitation = HeadInvitation.objects.filter(community=network).order_by("pk").first()
    if invitation is not None:
        found["link_of_head"] = head_token(invitation.grain)
    return found


def _invited(network: Community, person: Person) -> dict[str, int | str]:
    """The next gathering that asks for answers, and the link of this person to it. Three queries."""
    coming = inviting.next_gathering(network)
    door = Door.objects.filter(gathering=coming, person=person).first() if coming else None
    found: dict[str, int | str] = {"coming": coming.pk} if coming else {}
    room = during.room_of_demo(network)
    found |= {"code_of_room": room.code} if room else {}
    return found | ({"link_of_invited": door_token(door.grain)} if door else {})


def _certified(network: Community, person: Person) -> dict[str, int | str]:
    """A certificate of this person, and the key of its public page. One query."""
    given = certificates.certificate_of(network, person)
    return {"certificate": given.pk, "key_of_certificate": given.key} if given else {}


def _closed(network: Community, person: Person) -> dict[str, int | str]:
    """The last gathering that was closed, and the link of this person to what was agreed. Two queries."""
    last = closing.last_closed(network)
    door = ClosingDoor.objects.filter(gathering=last, person=person).first() if last else None
    found: dict[str, int | str] = {"closed": last.pk} if last else {}
    return found | ({"link_of_reader": closing_token(door.grain)} if door else {})


def _allies(network: Community) -> dict[str, int | str]:
    """The network of networks to which it belongs, and an agreement. Two queries."""
    found: dict[str, int | str] = {}
    joining = Joining.objects.filter(member=network, ends_on=None).first()
    agreement = Agreement.objects.filter(community=network).order_by("pk").first()
    if joining is not None:
        found["upper"] = joining.upper_id
    if agreement is not None:
        found["agreement"] = agreement.pk
    return found


def _calls(network: Community) -> dict[str, int | str]:
    """The call that is open, and the one that waits for its choice. Two queries."""
    opened = calling.newest(network, OpenCall.State.OPEN)
    read = calling.newest(network, OpenCall.State.CLOSED)
    found: dict[str, int | str] = {"read_call": read.pk} if read else {}
    return {**found, "call": opened.pk, "call_token": opened.token} if opened and opened.token else found


def _charter(network: Community) -> dict[str, int | str]:
    """The draft of the charter and its public page. Two queries."""
    draft = network.charter_versions.filter(state=CharterVersion.State.DRAFT).first()
    page = PublicPage.objects.filter(community=network, is_open=True).first()
    found: dict[str, int | str] = {"draft": draft.pk} if draft else {}
    return found | ({"public_charter": page.slug} if page else {})


def _forms(network: Community, person: Person | None) -> dict[str, int | str]:
    """What is asked in the network: the newest of each kind, and the links of what is open. Two queries."""
    given = list(
        Collection.objects.filter(community=network)
        .select_related("version__instrument")
        .order_by("opens_at", "pk")
    )
    found: dict[str, int | str] = {}
    for one in given:
        kind = one.version.instrument.kind
        name = {"exit_ticket": "ticket", "diagnostic": "diagnostic"}.get(
            kind, "anonymous" if one.anonymous else ""
        )
        if name:
            found[name] = one.pk
        if one.state == Collection.State.OPEN and one.public_token:
            found |= {"open_form": one.pk, "shared_link": one.public_token}
            mine = one.invitations.filter(person=person).first() if person else None
            if mine is not None:
                found["link_of_ana"] = personal_token(one.pk, mine.person_id, mine.turn)
    return found


def links(base: str = "") -> dict[str, str]:
    """Absolute links by name; those into the national programme, where it is planted, begin with `national_`."""
    base = (base or settings.TEJIDO_URL).rstrip("/")
    named: dict[str, str] = {}
    for prefix, network in (("", avanzando_juntas.planted()), ("national_", national.planted())):
        if network is None:
            continue
        subjects = _subjects(network)
        for name, (url, subject) in PAGES.items():
            if (subject and subject not in subjects) or (prefix and not subject):
                continue
            try:
                named[f"{prefix}{name}"] = base + (
                    reverse(url, args=[subjects[subject]]) if subject else reverse(url)
                )
                named[f"{prefix}{name}"] += QUERIES.get(name, "")
            except NoReverseMatch as missing:
                raise LookupError(f"links.PAGES names {url}, which no page has: {missing}") from missing
    return named

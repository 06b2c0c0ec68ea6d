"""What planting needs again and again. Everything goes through the services, as the system account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tejido.accounts.models import User
from tejido.accounts.services import open_account, system_account
from tejido.communities.models import Community, Role
from tejido.communities.services import add_member
from tejido.directory.models import (
    Consent,
    ContactPoint,
    Organisation,
    Person,
    Post,
    Purpose,
    School,
    Skill,
    Topic,
)
from tejido.directory.services import (
    add_person,
    answer_consent,
    link_account,
    set_attribute,
    set_contacts,
    set_skills,
    take_up_post,
)
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import Presence, record_attendance

USUAL = (Purpose.CONTACT, Purpose.ANALYTICS, Purpose.PHOTOGRAPH, Purpose.PUBLICATION, Purpose.RESEARCH)


@dataclass
class Garden:
    """One planting: who acts, the seeded chance, the list of topics."""

    rng: Random
    actor: User = field(default_factory=system_account)
    topics: list[Topic] = field(default_factory=lambda: list(Topic.objects.order_by("code")))

    def person(self, given_names: str, family_names: str, *, email: str = "", **extra: int | str) -> Person:
        """An invented person; with `email`, one who can sign in by the demonstration's door."""
        fields = {"given_names": given_names, "family_names": family_names, "is_invented": True, **extra}
        person = add_person(fields, actor=self.actor)  # type: ignore[arg-type]
        if email:
            link_account(person, open_account(email), actor=self.actor)
        return person

    def reachable(self, person: Person, number: int, country: str) -> None:
        """An invented mobile number (of a range kept free) and an address that leads nowhere."""
        prefix = {"CL": "+569000", "CO": "+573000"}[country]
        self_email = f"p{person.pk}@invented.tejido.invalid"
        contacts = [(ContactPoint.Kind.PHONE, f"{prefix}{number:05d}"), (ContactPoint.Kind.EMAIL, self_email)]
        set_contacts(person, [(str(kind), value) for kind, value in contacts], actor=self.actor)

    def consent(self, person: Person, purposes: Iterable[str] = USUAL, refused: Iterable[str] = ()) -> None:
        for purpose in purposes:
            answer_consent(person, purpose, True, actor=self.actor, how=Consent.How.PAPER)
        for purpose in refused:
            answer_consent(person, purpose, False, actor=self.actor, how=Consent.How.PAPER)

    def works(
        self, person: Person, place: School | Organisation, function: str = Post.Function.TEACHER, **more: str
    ) -> None:
        take_up_post(person, place, function=function, actor=self.actor, **more)

    def belongs(self, person: Person, community: Community, since: date, role: str = Role.MEMBER) -> None:
        add_member(community, person, role=role, starts_on=since, actor=self.actor)

    def skills(self, person: Person) -> None:
        """One to three topics offered and one or two wanted, none both."""
        if len(self.topics) < 6:
            return
        chosen = self.rng.sample(self.topics, 5)
        offered, wanted = chosen[: self.rng.randint(1, 3)], chosen[3 : 3 + self.rng.randint(1, 2)]
        set_skills(person, Skill.Side.OFFERED, offered, actor=self.actor)
        set_skills(person, Skill.Side.WANTED, wanted, actor=self.actor)

    def gender(self, person: Person, share_of_women: float) -> None:
        set_attribute(person, "gender", "F" if self.rng.random() < share_of_women else "M", actor=self.actor)

    def attendance(
        self,
        gathering: Gathering,
        present: Collection[Person],
        absent: Mapping[int, str] | None = None,
        shorter: Mapping[int, int] | None = None,
    ) -> None:
        """Those present, in the gathering's own modality, and the absent with absent or excused. shorter: minutes of who left early."""
        online = gathering.modality == Gathering.Modality.ONLINE
        status = Attendance.Status.ONLINE if online else Attendance.Status.ON_SITE
        minutes = round((gathering.ends_at - gathering.starts_at).total_seconds() / 60)
        shorter = shorter or {}
        lines = {person.pk: Presence(status, shorter.get(person.pk, minutes)) for person in present}
        lines |= {pk: Presence(why) for pk, why in (absent or {}).items() if pk not in lines}
        record_attendance(gathering, lines, actor=self.actor)


def moment(day: date, hour: int, zone: str, minute: int = 0) -> datetime:
    """That hour of that day on the clocks of `zone`, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def hours(start: datetime, length: float) -> datetime:
    return start + timedelta(hours=length)

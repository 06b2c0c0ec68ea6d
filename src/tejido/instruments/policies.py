"""Who may do what with instruments, collections and answers. Roles are those of communities.

Whoever runs the community makes forms, gives them out and reads every answer. Its team and its researchers see what the answers
come to, with small groups hidden. Who is asked answers.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership
from tejido.communities.policies import RIGHTS, communities_for, has_right, holding
from tejido.communities.selectors import members_on
from tejido.directory.models import Person
from tejido.foundation.policies import Decision, can, policy
from tejido.instruments.models import Collection, Instrument, Invitation, Phone, Response


def runs_something(actor: User) -> Q:
    """Whether the actor runs any community, as a `Q` on any model with a key."""
    return Q(Exists(Community.objects.filter(communities_for(actor, "run"))))


def instruments_visible_to(actor: User) -> Q:
    """`instruments.see`, for lists of Instrument: those of communities whose results one may see, and the house's templates."""
    if actor.is_system:
        return Q(pk__gt=0)
    own = Q(community_id__in=Community.objects.filter(communities_for(actor, "understand")).values("pk"))
    return own | (Q(community=None) & runs_something(actor))


@policy("instruments.see")
def may_see(actor: User, instrument: Instrument) -> Decision:
    if Instrument.objects.filter(instruments_visible_to(actor), pk=instrument.pk).exists():
        return Decision(True, "in the team, or a template")
    return Decision(False, _("Forms are open to the team of their community."))


@policy("instruments.make")
def may_make(actor: User, community: Community | None) -> Decision:
    """Bring a form into a community, or (None) among the templates of the house."""
    if community is None:
        allowed = actor.is_superuser
    else:
        allowed = has_right(actor, community, "run")
    if allowed:
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community makes forms. Ask the coordinator."))


@policy("instruments.change")
def may_change(actor: User, instrument: Instrument) -> Decision:
    """Publish a version, say which questions make a scale."""
    return may_make(actor, instrument.community)


@policy("instruments.open")
def may_open(actor: User, community: Community) -> Decision:
    """Give a form to people of the community."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community gives out forms. Ask the coordinator."))


@policy("instruments.manage")
def may_manage(actor: User, collection: Collection) -> Decision:
    """Close, open again, withdraw, invite, remind, settle."""
    return may_open(actor, collection.community)


def results_visible_to(actor: User) -> Q:
    """`instruments.see_results`, for lists of Collection."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "understand")).values("pk"))


@policy("instruments.see_results")
def may_see_results(actor: User, collection: Collection) -> Decision:
    """What the answers come to: counts, means, with small groups hidden."""
    if has_right(actor, collection.community_id, "understand"):
        return Decision(True, "in the team or a researcher")
    return Decision(False, _("Results are open to the team of this community."))


def answers_readable_by(actor: User) -> Q:
    """`instruments.read_answers`, for lists of Collection."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "run")).values("pk"))


@policy("instruments.read_answers")
def may_read_answers(actor: User, collection: Collection) -> Decision:
    """Every single answer: open answers, downloads, who has not answered."""
    if has_right(actor, collection.community_id, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community reads single answers."))


def answerable_by(actor: User) -> Q:
    """`instruments.answer`, for lists of Collection: those to whose audience the actor belongs, open or not."""
    if actor.is_system:
        return Q(pk__gt=0)
    return _asked(Q(person__user_id=actor.pk))


def asked_of(person: Person) -> Q:
    """Collections to whose audience the person belongs, open or not, with or without an account. A `Q` on Collection."""
    return _asked(Q(person=person))


def _asked(whose: Q) -> Q:
    """whose: a `Q` on Invitation and on Membership alike."""
    mine = Invitation.objects.filter(whose, collection_id=OuterRef("pk"))
    member = Membership.objects.filter(
        whose, holding(), community__lineage__ancestor_id=OuterRef("community_id")
    )
    everybody = Q(audience=Collection.Audience.COMMUNITY) & Q(Exists(member))
    return (everybody | Q(Exists(mine.filter(revoked=False)))) & ~Q(Exists(mine.filter(revoked=True)))


def recorded_by(person: Person) -> Q:
    """Collections of observations and record sheets that the person fills in about others, by a role. A `Q` on Collection."""
    held = Membership.objects.filter(
        holding(),
        person=person,
        role__in=RIGHTS["record"],
        community__descent__community_id=OuterRef("community_id"),
    )
    return Q(version__instrument__kind__in=Instrument.RECORDED) & Q(Exists(held))


@policy("instruments.answer")
def may_answer(actor: User, collection: Collection) -> Decision:
    """As somebody signed in, also late. Who comes with a link is let in by the link (see `services.ingest`)."""
    if Collection.objects.filter(answerable_by(actor), pk=collection.pk).exists():
        return Decision(True, "belongs to the audience")
    return Decision(False, _("You are not among those who are asked. Speak to whoever gave out this form."))


def responses_readable_by(actor: User) -> Q:
    """`instruments.read_response`, for lists of Response: of collections one may read, and one's own."""
    if actor.is_system:
        return Q(received_at__isnull=False)
    run = Q(community_id__in=Community.objects.filter(communities_for(actor, "run")).values("pk"))
    return run | Q(person__user_id=actor.pk)


@policy("instruments.read_response")
def may_read_response(actor: User, response: Response) -> Decision:
    if Response.objects.filter(responses_readable_by(actor), pk=response.pk).exists():
        return Decision(True, "runs the community, or their own")
    return Decision(False, _("Only its author and the coordination of this community read this answer."))


def phones_visible_to(actor: User) -> Q:
    """`instruments.see_phone`, for lists of Phone: one's own, and those of communities that one runs."""
    if actor.is_system:
        return Q(pk__gt=0)
    run = Q(community_id__in=Community.objects.filter(communities_for(actor, "run")).values("pk"))
    return run | Q(person__user_id=actor.pk)


@policy("instruments.see_phone")
def may_see_phone(actor: User, phone: Phone) -> Decision:
    """See that it is there, its code as long as it was not used, and take it back."""
    if Phone.objects.filter(phones_visible_to(actor), pk=phone.pk).exists():
        return Decision(True, "its owner, or runs the community")
    return Decision(False, _("Only its owner and the coordination of the community see this phone."))


@policy("instruments.connect_phone")
def may_connect_phone(actor: User, phone: Phone) -> Decision:
    """phone: not yet in the database. For oneself where one belongs; for a member where one runs the community."""
    if phone.person.user_id == actor.pk:
        return can(actor, "communities.see", phone.community)
    belongs = members_on(phone.community).filter(pk=phone.person_id).exists()
    if belongs and has_right(actor, phone.community, "run"):
        return Decision(True, "runs the community of a member")
    return Decision(
        False, _("Only the coordination of this community hands out codes, and only to its members.")
    )

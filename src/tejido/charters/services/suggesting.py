"""What members suggest for a draft, and what becomes of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.charters.events import ChangeSuggested, SuggestionDecided
from tejido.charters.models import Article, CharterVersion, Suggestion
from tejido.charters.services.drafting import check_is_draft, drafting, put_text
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def suggest(
    article: Article, wording: str, why: str, *, actor: User, author: Person | None = None
) -> Suggestion:
    """Another wording and why, or a remark only. A second tap is the suggestion that is there. author: the actor, unless said.

    Raises: NotAllowed; Refusal("not_a_draft", "nothing_said", "nobody"). Announces ChangeSuggested.
    """
    version = CharterVersion.objects.select_for_update().get(pk=article.version_id)
    require(actor, "charters.suggest", version)
    check_is_draft(version)
    article = version.articles.get(pk=article.pk)
    wording, why = wording.replace("\r\n", "\n").strip(), why.strip()
    if wording == article.text:
        wording = ""
    if not wording and not why:
        raise Refusal("nothing_said", _("Change the wording, or write a remark."))
    whose = author or Person.objects.filter(user_id=actor.pk).first()
    if whose is None:
        raise Refusal(
            "nobody", _("Your account belongs to nobody here, so the suggestion would have no author.")
        )
    suggestion, is_new = Suggestion.objects.get_or_create(
        article=article,
        author=whose,
        wording=wording,
        why=why,
        state=Suggestion.State.OPEN,
        defaults={"before": article.text},
    )
    if is_new:
        announce(ChangeSuggested(version.community_id, version.pk, suggestion.pk), actor=actor)
    return suggestion


@transaction.atomic
def decide_suggestion(
    suggestion: Suggestion, accepted: bool, reason: str = "", *, actor: User, keep_words: bool = False
) -> Suggestion:
    """Accept: its wording is the article's (keep_words: the article stays as it is). Decline: with a reason.

    Raises: NotAllowed; Refusal("not_a_draft", "decided", "no_reason", "changed_meanwhile"). Announces SuggestionDecided.
    """
    version = drafting(suggestion.article.version, actor)
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.state != Suggestion.State.OPEN:
        raise Refusal("decided", _("This suggestion is decided already."))
    reason = " ".join(reason.split())[:500]
    if not accepted and not reason:
        raise Refusal("no_reason", _("Say in a sentence why it is declined: its author reads it."))
    if accepted and suggestion.wording and not keep_words:
        _take_over(version.articles.select_for_update().get(pk=suggestion.article_id), suggestion, actor)
    suggestion.state = Suggestion.State.ACCEPTED if accepted else Suggestion.State.DECLINED
    suggestion.reason, suggestion.decided_at = reason, timezone.now()
    suggestion.save(update_fields=["state", "reason", "decided_at"])
    announce(SuggestionDecided(version.community_id, version.pk, suggestion.pk, accepted), actor=actor)
    return suggestion


def _take_over(article: Article, suggestion: Suggestion, actor: User) -> None:
    if article.text != suggestion.before:
        raise Refusal(
            "changed_meanwhile",
            _(
                "The article was changed since this was suggested. Work the suggestion into it, then accept it without its wording."
            ),
        )
    put_text(article, suggestion.wording, actor)

"""Bringing a reviewed list into the directory: all of it or nothing, for whoever looks.

Long work is carried on by `carry_on`, from wherever it was: after a restart, a stop, a killed process.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.services.attendance import settle_attendance, stage_gatherings
from tejido.imports.services.bringing import bring_people_of, bring_schools_of
from tejido.imports.services.gatherings import match_gatherings, settle_gatherings
from tejido.imports.services.matching import match_people
from tejido.imports.services.registers import bring_register, match_schools, settle_schools
from tejido.imports.services.settling import settle_people
from tejido.imports.services.staging import recognise, refuse_unless
from tejido.imports.services.ties import note_ties, settle_ties
from tejido.imports.services.undoing import finish_undoing, hide_everything
from tejido.imports.services.working import Stopped, holding, move_to

State, Kind = ImportRun.State, ImportRun.Kind
AT_ONCE = 2_000  # rows; longer lists wait for a worker


def match_rows(run: ImportRun, *, actor: User, at_once: bool = False) -> ImportRun:
    """Compare every row with who is already here, by the columns as they are now. Decisions are made anew.

    at_once: do the work here and now, however long the list.

    Raises: NotAllowed; Refusal("not_now", "nobody_named"): no column says who.
    """
    require(actor, "imports.work_on", run)
    refuse_unless(run, {State.COLUMNS, State.REVIEW})
    _refuse_nameless(run)
    recognise(run, actor=actor)
    move_to(run, State.MATCHING, done=0, total=run.staged_count, failure="")
    return _now_or_later(run, at_once=at_once)


def _refuse_nameless(run: ImportRun) -> None:
    fields = set(run.columns.exclude(field="").values_list("field", flat=True))
    if run.kind == Kind.SCHOOLS:
        if not fields & {"name", "establishment"}:
            raise Refusal(
                "nobody_named", _("No column holds the name of the school. Say above which one does.")
            )
    elif run.kind == Kind.GATHERINGS:
        if not fields & {"date", "starts"}:
            raise Refusal(
                "no_days", _("No column says when. Say above which one holds the date or the start.")
            )
    elif run.kind == Kind.TIES:
        if not fields >= {"source", "target"}:
            raise Refusal(
                "nobody_named",
                _("Two columns have to say who is tied to whom. Say above which ones they are."),
            )
    elif not fields & {"full_name", "given_names", "family_names", "list_code", "email"}:
        raise Refusal(
            "nobody_named", _("No column says who the row is about. Say above which one holds the name.")
        )
    if run.kind == Kind.ATTENDANCE and not fields & {"status", "session"}:
        raise Refusal(
            "no_marks",
            _("No column holds the attendance. Say above which ones do: P, A, ✓, sí, 1 and the like."),
        )


def apply_run(run: ImportRun, *, actor: User, at_once: bool = False) -> ImportRun:
    """Bring the list in as it was decided. at_once: here and now, however long it is.

    Raises: NotAllowed; Refusal("not_now"); Refusal("undecided").
    """
    require(actor, "imports.work_on", run)
    refuse_unless(run, {State.REVIEW})
    undecided = run.rows.filter(decision=StagedRow.Decision.UNDECIDED).count()
    if undecided:
        raise Refusal(
            "undecided",
            ngettext(
                "%(count)d row still has to be decided: is it somebody who is here, or somebody new?",
                "%(count)d rows still have to be decided: are they people who are here, or new?",
                undecided,
            )
            % {"count": undecided},
            count=undecided,
        )
    move_to(run, State.APPLYING, done=0, total=0, stop_asked=False, failure="")
    return _now_or_later(run, at_once=at_once)


def resume_run(run: ImportRun, *, actor: User) -> ImportRun:
    """Go on with what was stopped or broke off. Raises: NotAllowed; Refusal("not_now", "busy")."""
    require(actor, "imports.work_on", run)
    refuse_unless(run, {State.STOPPED, *ImportRun.UNDER_WAY})
    if run.state == State.STOPPED:
        move_to(run, State.APPLYING, stop_asked=False, failure="")
    return _now_or_later(run)


@transaction.atomic
def stop_run(run: ImportRun, *, actor: User) -> ImportRun:
    """Stop bringing in. Nothing of it is seen; it can go on or be undone. Raises: NotAllowed; Refusal("not_now")."""
    require(actor, "imports.work_on", run)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    refuse_unless(run, {State.APPLYING})
    run.stop_asked = True
    if run.busy_until is None or run.busy_until < timezone.now():
        run.state = State.STOPPED  # nobody has it: the one who had it is gone, or has not begun
    run.save(update_fields=["stop_asked", "state"])
    return run


def undo_run(run: ImportRun, *, actor: User) -> ImportRun:
    """Make it as if the list had never been brought. Raises: NotAllowed; Refusal("not_now", "busy", "later_changes").

    later_changes: people or schools that the list brought or changed were worked with since; the sentence names them.
    """
    require(actor, "imports.work_on", run)
    refuse_unless(run, {State.APPLIED, State.STOPPED})
    with holding(run):
        hide_everything(run, actor=actor)
    run.refresh_from_db()
    return _now_or_later(run)


def _now_or_later(run: ImportRun, *, at_once: bool = False) -> ImportRun:
    if at_once or run.staged_count <= AT_ONCE:
        carry_on(run)
    else:
        work_on_run.enqueue(run.pk)
    run.refresh_from_db()
    return run


@task()
def work_on_run(run_id: int) -> None:
    """The long task: go on with an import. Safe to run again after it broke off."""
    carry_on(ImportRun.objects.get(pk=run_id))


def carry_on(run: ImportRun) -> None:
    """Do what the import's state asks for, until it waits for a person. Raises Refusal("busy")."""
    with holding(run):
        try:
            if run.state == State.MATCHING:
                _match(run)
            elif run.state == State.APPLYING:
                _apply(run)
            elif run.state == State.UNDOING:
                finish_undoing(run)
        except Stopped:
            move_to(run, State.STOPPED)
        except Refusal as refusal:
            waits_in = {State.MATCHING: State.COLUMNS, State.APPLYING: State.STOPPED}
            move_to(run, waits_in.get(State(run.state), run.state), failure=refusal.message)


def _match(run: ImportRun) -> None:
    if run.kind == Kind.SCHOOLS:
        match_schools(run)
    elif run.kind == Kind.GATHERINGS:
        match_gatherings(run)
    else:
        match_people(run)
        if run.kind == Kind.ATTENDANCE:
            stage_gatherings(run)
        elif run.kind == Kind.TIES:
            note_ties(run)
    move_to(run, State.REVIEW, done=0, total=0)


def _apply(run: ImportRun) -> None:
    if run.kind == Kind.SCHOOLS:
        bring_register(run)
        settle_schools(run, actor=run.actor)
        return
    if run.kind == Kind.GATHERINGS:
        settle_gatherings(run, actor=run.actor)
        return
    if run.kind not in ImportRun.REPEATING:
        bring_schools_of(run)
    bring_people_of(run)
    if run.kind == Kind.ATTENDANCE:
        settle_attendance(run, actor=run.actor)
    elif run.kind == Kind.TIES:
        settle_ties(run, actor=run.actor)
    else:
        settle_people(run, actor=run.actor)

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.models import Community, RecordedTie
from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.imports import selectors, services
from tejido.imports.fields import REPLACES
from tejido.imports.models import ImportRun
from tejido.imports.profiles import PROFILES

SHOWN = 20  # rows with something to say


class Command(TejidoCommand):
    help = "bring a list of people, memberships, gatherings, attendance, ties or schools, or an official register of schools"
    example = "tejido import personas.xlsx --kind people --community 1 --dry-run"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, XLSX, ODS or XLS")
        parser.add_argument("--kind", choices=ImportRun.Kind.values, default="people", help="what is in it")
        parser.add_argument("--community", help="number or name of the community; not for schools")
        parser.add_argument(
            "--profile", choices=sorted(PROFILES), default="", help="of an official register of schools"
        )
        parser.add_argument(
            "--tie", choices=RecordedTie.Kind.values, default="worked",
            help="kind of the ties of a list whose lines do not say it",
        )  # fmt: skip
        parser.add_argument("--sheet", help="of a workbook; the first with data if not given")
        parser.add_argument("--region", default="", help="country of telephones without a prefix, such as CO")
        parser.add_argument(
            "--as", dest="email", help="e-mail of the account that brings it; the system if not given"
        )
        parser.add_argument(
            "--likely", choices=["ask", "same", "new", "skip"], default="ask",
            help="what to do with rows that are perhaps somebody who is here (ask: leave them to the page)",
        )  # fmt: skip
        parser.add_argument(
            "--replace", action="append", default=[], metavar="FIELD", choices=sorted(REPLACES),
            help="a column that replaces what differs, such as phone; else it only fills what is empty (repeatable)",
        )  # fmt: skip
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument("--yes", action="store_true", help="bring it in without asking")

    def work(self, **options: Any) -> None:
        actor, community = self._actor(options["email"]), self._community(options)
        run = services.stage_file(
            options["file"], options["file"].name, options["kind"], actor=actor, community=community,
            profile=options["profile"], sheet=options["sheet"],
            region=options["region"] or selectors.region_of(community), tie_kind=options["tie"],
        )  # fmt: skip
        if options["replace"]:
            fields = run.columns.filter(field__in=options["replace"]).values_list("position", flat=True)
            services.correct_columns(run, {}, modes=dict.fromkeys(fields, "replace"), actor=actor)
        self._match(run, actor)
        if options["likely"] != "ask":
            services.decide_all(run, "likely", options["likely"], actor=actor)
        self._say(run, actor)
        if options["dry_run"]:
            services.discard_run(run, actor=actor)
            self.stdout.write(_("Nothing was changed."))
            return
        self._apply(run, actor, asked=not options["yes"])

    def _match(self, run: ImportRun, actor: User) -> None:
        with services.watching(lambda done, total: self.progress(done, total, _("comparing"))):
            services.match_rows(run, actor=actor, at_once=True)
        run.refresh_from_db()
        if run.state != ImportRun.State.REVIEW:
            raise Refusal("not_compared", run.failure)

    def _apply(self, run: ImportRun, actor: User, *, asked: bool) -> None:
        if asked and not self._agreed():
            where = f"/lists/{run.pk}/"
            self.stdout.write(_("It waits for a decision under %(where)s.") % {"where": where})
            return
        with services.watching(lambda done, total: self.progress(done, total, _("bringing in"))):
            services.apply_run(run, actor=actor, at_once=True)
        run.refresh_from_db()
        if run.state != ImportRun.State.APPLIED:
            raise Refusal("not_applied", run.failure or _("It was stopped. Nobody sees anything of it."))
        counts = selectors.counts_of(run)
        words = _("Done. Added: %(new)d. Already here: %(known)d. Left out: %(skipped)d.")
        self.stdout.write(words % {"new": counts.new, "known": counts.known, "skipped": counts.skipped})

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input(_("Bring it in? [y/N] ")).strip().lower() in {"y", "yes", "s", "si", "sí", "sim"}

    def _say(self, run: ImportRun, actor: User) -> None:
        for column in selectors.columns_of(run):
            words = dict(column.choices).get(column.column.field) or column.column.field
            self.stdout.write(f"  {column.column.header}: {words}")
            if column.column.because == "which_purpose":
                self.stdout.write(f"    {_('Say for which purpose it was given')}")
        for problem in [*selectors.problems_of(run), *selectors.consents_said(run)]:
            self.stdout.write(f"  {problem}")
        counts = selectors.counts_of(run)
        for finding, words in run.rows.model.Finding.choices:
            if counts.by_finding.get(finding):
                self.stdout.write(f"{counts.by_finding[finding]:>8}  {words}")
        noted = selectors.found_rows(run, noted=True)[:SHOWN]
        for one in selectors.shown_rows(noted, actor=actor):
            self.stdout.write(f"  {one.row.line}: {one.name}: {' '.join(one.sentences)}")
        if counts.noted > SHOWN:
            self.stdout.write(_("  … and %(count)d more rows with a note") % {"count": counts.noted - SHOWN})

    def _actor(self, email: str | None) -> User:
        if not email:
            return system_account()
        actor = User.objects.filter(email__iexact=email).first()
        if actor is None:
            raise Refusal(
                "no_account", _("There is no account %(email)s. Check the address.") % {"email": email}
            )
        return actor

    def _community(self, options: dict[str, Any]) -> Community | None:
        asked = options["community"]
        if options["kind"] == ImportRun.Kind.SCHOOLS:
            return None
        if not asked:
            raise Refusal(
                "no_community", _("Say which community it is for: --community with its number or name.")
            )
        if asked.isdigit():
            found = Community.objects.filter(pk=int(asked)).first()
        else:
            found = Community.objects.filter(name__iexact=asked).first()
        if found is None:
            raise Refusal("no_community", _("There is no community «%(name)s».") % {"name": asked})
        return found

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from tejido.foundation import jobs, serving
from tejido.foundation.commands import TejidoCommand

PAUSE_S = 1.0


class Command(TejidoCommand):
    help = "do what waits: consequences of what people did, long tasks, and what comes round every day"
    example = "tejido work --once"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--again", action="store_true", help="first take up what was given up")
        parser.add_argument("--quiet", action="store_true", help="say only what goes wrong")

    def work(self, **options: Any) -> None:
        serving.require_tables()
        self.quiet: bool = options["quiet"]
        if options["again"]:
            self.tell(_("Taken up again: %(things)d") % {"things": jobs.try_again_what_was_given_up()})
        stop = threading.Event()
        worker = jobs.worker_name()
        heart = jobs.Heart(worker)
        heart.start()
        try:
            if options["once"]:
                self.say(jobs.work(worker))
                return
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda _number, _frame: stop.set())
            self.tell(_("Working. Stop with Ctrl-C; what is under way is finished first."))
            while not stop.is_set():
                close_old_connections()
                done = jobs.work(worker, going_on=lambda: not stop.is_set())
                if done:
                    self.say(done)
                stop.wait(PAUSE_S)
        finally:
            heart.stop()

    def say(self, done: jobs.Done) -> None:
        counts = {"reactions": done.reactions, "tasks": done.tasks, "ticks": done.ticks}
        self.tell(_("Done: %(reactions)d consequences, %(tasks)d tasks, %(ticks)d regular deeds") % counts)

    def tell(self, words: str) -> None:
        if not self.quiet:
            self.stdout.write(words)
            self.stdout.flush()

"""What `tejido doctor` looks at. Each look gives findings: good or bad, in a sentence, with what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import django
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido import __version__
from tejido.foundation import jobs, journal, serving
from tejido.foundation.models import JournalEntry, Tick, Worker

LEAST_FREE_BYTES = 500_000_000
LONGEST_WAIT = timedelta(minutes=10)
CLOCK_MAY_DIFFER = timedelta(seconds=30)
OLDEST_SQLITE = (3, 35)
OLDEST_POSTGRESQL = 140000
LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor. `remedy` is empty where all is well."""

    good: bool
    what: str
    remedy: str = ""


def good(what: str) -> Finding:
    return Finding(True, what)


def bad(what: str, remedy: str) -> Finding:
    return Finding(False, what, remedy)


def versions() -> Iterator[Finding]:
    yield good(
        f"Tejido {__version__}, Python {platform.python_version()}, Django {django.get_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )
    try:
        ZoneInfo("America/Bogota")
    except ZoneInfoNotFoundError:
        yield bad(_("Time zones are not known to this machine."), _("Install tzdata: pip install tzdata"))
    missing = [
        code
        for code, _name in settings.LANGUAGES
        if code != "en" and not any(Path(settings.LOCALE_PATHS[0]).glob(f"{code[:2]}*/LC_MESSAGES/django.mo"))
    ]
    if missing:
        yield bad(
            _("Translations are not compiled: %(languages)s.") % {"languages": ", ".join(missing)},
            _("Run: make setup"),
        )


def choices() -> Iterator[Finding]:
    """The settings, as far as they can be wrong together."""
    url = urlsplit(settings.TEJIDO_URL)
    local = url.hostname in LOCAL
    yield good(_("People reach it under %(address)s") % {"address": settings.TEJIDO_URL})
    if not local and url.scheme != "https":
        yield bad(
            _("People reach it without encryption."),
            _("Put a proxy with TLS before it and set TEJIDO_URL=https://…"),
        )
    if not local and settings.DEBUG:
        yield bad(_("Programmers' error pages are on."), _("Unset TEJIDO_DEBUG."))
    if not local and settings.TEJIDO_DEMONSTRATION:
        yield bad(
            _("Anybody can sign in as one of the demonstration's people."), _("Unset TEJIDO_DEMONSTRATION.")
        )
    if url.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield bad(
            _("TEJIDO_HOSTS lacks %(host)s, so every page is refused.") % {"host": url.hostname},
            _("Add it to TEJIDO_HOSTS."),
        )
    key = Path(settings.DATA_DIR) / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield bad(
            _("Others on this machine can read %(path)s.") % {"path": key},
            _("Run: %(command)s") % {"command": f"chmod 600 {key}"},
        )


def disk() -> Iterator[Finding]:
    data = Path(settings.DATA_DIR)
    if not data.is_dir() or not os.access(data, os.W_OK):
        yield bad(
            _("%(path)s cannot be written.") % {"path": data},
            _("Make the folder, or give it to the account that runs Tejido."),
        )
        return
    free = shutil.disk_usage(data).free
    if free < LEAST_FREE_BYTES:
        yield bad(
            _("Only %(megabytes)d MB are free where %(path)s is.") % {"megabytes": free / 1e6, "path": data},
            _("Make room, or move the data folder."),
        )
    else:
        yield good(
            _("Data are in %(path)s; %(gigabytes).1f GB are free") % {"path": data, "gigabytes": free / 1e9}
        )
    if (data / "restore-unfinished").exists():
        yield bad(
            _("A restore was broken off, so this installation is empty."),
            _("Run «tejido restore FILE» again."),
        )


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        yield bad(
            _("The database does not answer: %(reason)s.") % {"reason": reason},
            _("Check DATABASE_URL, and that the server runs."),
        )
        return
    yield from sqlite_in_force() if connection.vendor == "sqlite" else postgresql_in_force()
    pending = serving.pending_migrations()
    if not connection.introspection.table_names():
        yield good(_("The database is empty; the first «tejido serve» makes its tables"))
    elif pending:
        yield bad(
            _("Changes of the tables are not made yet, from %(name)s on.") % {"name": pending[0]},
            _("Make a backup, then run: tejido serve --migrate"),
        )
    else:
        yield good(_("Its tables are those of this version"))


def _pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def sqlite_in_force() -> Iterator[Finding]:
    """The settings without which SQLite loses every second of two writers, or half a network."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield bad(
            _("%(program)s is too old.") % {"program": f"SQLite {sqlite3.sqlite_version}"},
            _("Install a Python with SQLite 3.35 or newer."),
        )
    wrong = [
        f"{name} is {_pragma(name)}"
        for name, wanted in (("journal_mode", "wal"), ("foreign_keys", 1))
        if _pragma(name) != wanted
    ]
    if getattr(connection, "transaction_mode", "") != "IMMEDIATE":
        wrong.append("transactions are not IMMEDIATE")
    if wrong:
        yield bad(
            _("SQLite's settings are not in force: %(which)s.") % {"which": "; ".join(wrong)},
            _("Keep the data folder on a disk of this machine: network folders cannot do this."),
        )
    else:
        yield good(_("SQLite answers, with write-ahead log and immediate transactions"))
    found = _pragma("quick_check(1)")
    if found != "ok":
        yield bad(
            _("The database file is damaged: %(found)s.") % {"found": found},
            _("Stop the server and restore the last backup."),
        )


def postgresql_in_force() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')"
        )
        version, encoding = cursor.fetchone()
    if version < OLDEST_POSTGRESQL:
        yield bad(
            _("%(program)s is too old.") % {"program": f"PostgreSQL {version // 10000}"},
            _("Upgrade it to 14 or newer."),
        )
    elif encoding != "UTF8":
        yield bad(
            _("The database writes %(encoding)s.") % {"encoding": encoding},
            _("Make it anew: createdb --encoding UTF8"),
        )
    else:
        yield good(_("PostgreSQL %(version)d answers, in UTF-8") % {"version": version // 10000})


def clock() -> Iterator[Finding]:
    """This machine's clock against the database's, and against the newest entry of the journal."""
    now = datetime.now(UTC)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            theirs = cursor.fetchone()[0]
        if abs(theirs - now) > CLOCK_MAY_DIFFER:
            yield bad(
                _("This clock and the database's differ by %(seconds)d s.")
                % {"seconds": abs(theirs - now).total_seconds()},
                _("Let both machines set their clocks from the network (NTP)."),
            )
            return
    newest = JournalEntry.objects.order_by("-id").values_list("happened_at", flat=True).first()
    if newest and newest - now > CLOCK_MAY_DIFFER:
        yield bad(
            _("The journal's newest entry is of %(newest)s UTC, and it is only %(now)s.")
            % {"newest": f"{newest:%Y-%m-%d %H:%M}", "now": f"{now:%Y-%m-%d %H:%M}"},
            _("Set this machine's clock from the network (NTP)."),
        )
    else:
        yield good(_("It is %(now)s UTC") % {"now": f"{now:%Y-%m-%d %H:%M}"})


def mail() -> Iterator[Finding]:
    if "filebased" in settings.EMAIL_BACKEND:
        kept = _("Mail is not sent but kept in %(path)s") % {"path": settings.EMAIL_FILE_PATH}
        if urlsplit(settings.TEJIDO_URL).hostname in LOCAL:
            yield good(kept)
        else:
            yield bad(
                _("Mail is not sent but kept in %(path)s: nobody gets a code to sign in.")
                % {"path": settings.EMAIL_FILE_PATH},
                _("Set TEJIDO_MAIL=smtp://user:password@host:587"),
            )
        return
    try:
        with get_connection(timeout=10):
            yield good(
                _("%(host)s takes our mail, sent as %(sender)s")
                % {"host": settings.EMAIL_HOST, "sender": settings.DEFAULT_FROM_EMAIL}
            )
    except (OSError, SMTPException) as error:
        yield bad(
            _("%(host)s:%(port)s does not take our mail: %(reason)s.")
            % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "reason": error},
            _("Check TEJIDO_MAIL."),
        )


def static_files() -> Iterator[Finding]:
    if find(serving.BUILT) is None:
        yield bad(_("Styles and scripts were not built."), _("Run: make setup"))
    elif serving.static_files_are_current():
        yield good(_("Styles and scripts are those of this version"))
    else:
        yield good(_("Styles and scripts will be prepared by the next «tejido serve»"))


def work() -> Iterator[Finding]:
    """Whether what waits is done, and what was given up."""
    now = timezone.now()
    alive = Worker.objects.filter(seen_at__gt=now - jobs.SILENT).count()
    since = jobs.owed_since()
    if since and now - since > LONGEST_WAIT:
        remedy = _("Look at what the worker says.") if alive else _("Start «tejido serve» or «tejido work».")
        yield bad(
            _("Consequences of what people did wait since %(since)s UTC.")
            % {"since": f"{since:%Y-%m-%d %H:%M}"},
            remedy,
        )
    else:
        yield good(
            ngettext(
                "Nothing waits too long; %(workers)d worker is running",
                "Nothing waits too long; %(workers)d workers are running",
                alive,
            )
            % {"workers": alive}
        )
    for reaction in journal.given_up()[:10]:
        yield bad(
            _("Given up: %(what)s (%(why)s).")
            % {"what": f"{reaction.handler} #{reaction.entry_id}", "why": reaction.last_error[:200]},
            _("Mend the cause, then: tejido work --again"),
        )
    for task in jobs.failed_tasks()[:10]:
        last = task.traceback.strip().splitlines()[-1:] or [""]
        yield bad(
            _("Failed: %(what)s (%(why)s).") % {"what": task.task_path, "why": last[0][:200]},
            _("Mend the cause, then: tejido work --again"),
        )
    for tick in Tick.objects.exclude(last_error=""):
        yield bad(
            _("Failed: %(what)s (%(why)s).") % {"what": tick.deed, "why": tick.last_error[:200]},
            _("It is tried again by itself; report it."),
        )


def address() -> Iterator[Finding]:
    """Whether the name of TEJIDO_URL leads anywhere."""
    host = urlsplit(settings.TEJIDO_URL).hostname or ""
    try:
        socket.getaddrinfo(host, None)
    except OSError as error:
        yield bad(
            _("The name %(host)s leads nowhere: %(reason)s.") % {"host": host, "reason": error.strerror},
            _("Check TEJIDO_URL, or its DNS entry."),
        )


ALWAYS: list[Callable[[], Iterator[Finding]]] = [
    versions,
    choices,
    address,
    disk,
    mail,
    static_files,
    database,
]
WITH_TABLES: list[Callable[[], Iterator[Finding]]] = [clock, work]


def examine() -> Iterator[Finding]:
    """Everything, in the order in which a person would mend it."""
    every_good = True
    for look in ALWAYS:
        for finding in look():
            every_good = every_good and (finding.good or look is not database)
            yield finding
    if every_good and connection.introspection.table_names():
        for look in WITH_TABLES:
            yield from look()

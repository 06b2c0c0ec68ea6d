"""The `tejido` command: the commands that people use, each a management command of its domain."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tejido", *sys.argv[1:]])

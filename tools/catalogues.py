"""The message catalogues: extract from the source, bring up to date, compile. Babel does the work."""

from __future__ import annotations


def compile_all() -> None:
    pass

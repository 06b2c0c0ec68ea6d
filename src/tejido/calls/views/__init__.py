"""Pages of open calls."""

from __future__ import annotations

from tejido.calls.views import choosing, public, reading, running, status

__all__ = ["choosing", "public", "reading", "running", "status"]

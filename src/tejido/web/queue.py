"""The server's side of frontend/islands/attendance.ts: acts that a phone may send late, and twice.

    @members
    @require_POST
    def mark(request, pk):
        …
        outcome, _ = once(act_key(request), "gatherings.mark", deed, actor=request.user)   # foundation.acts
        return answered(request, outcome, to=url, pressed=status)

With script the answer is JSON, without it a redirect. The whole contract stands in frontend/README.md.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

NOT_DONE = {"refused": 422, "held": 423}


def from_queue(request: HttpRequest) -> bool:
    """Whether the queue of the page sent this, and so waits for JSON."""
    return "application/json" in request.headers.get("Accept", "")


def act_key(request: HttpRequest) -> UUID:
    """The key that the phone made for this act; a new one for a form that was sent without script, or a broken key."""
    try:
        return UUID(request.POST.get("act", ""))
    except ValueError:
        return uuid4()


def answered(
    request: HttpRequest, outcome: str, *, to: str, pressed: str | None = None, message: str = ""
) -> HttpResponse:
    """Say what became of an act: JSON for the queue, else back to `to`.

    outcome: "refused": the act leaves the queue and its row says why; "held": it stays in the queue, because somebody may
    still make it possible; any other word: it is done. pressed: value of the button that is now in force, "" for none,
    None to leave the buttons as they are.
    """
    if not from_queue(request):
        return redirect(to)
    said = {"outcome": outcome, "message": message, **({} if pressed is None else {"pressed": pressed})}
    return JsonResponse(said, status=NOT_DONE.get(outcome, 200))

"""Inner loops as machine code: numba, kept on disk where that is possible.

Import a module that uses this only inside the function that needs it: numba takes half a second to load, and most
callers never need it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

Given = ParamSpec("Given")
Back = TypeVar("Back")


def compiled(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """`function` compiled at its first call for the types it is given; only what numba knows may be in it.

    The machine code is kept beside the module or in NUMBA_CACHE_DIR. Where neither can be written (a read-only image)
    each process compiles anew, which takes a second or two, instead of failing.

    >>> @compiled
    ... def twice(number):
    ...     return 2 * number
    >>> twice(21)
    42
    """
    try:
        kept = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba: "no locator available"
        kept = njit(nogil=True)(function)
    return cast(Callable[Given, Back], kept)

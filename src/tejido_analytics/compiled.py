"""Inner loops as machine code: numba, kept on disk where that is possible.

Import a module that uses this only inside the function that needs it: numba takes half a second to load, and most
callers never need it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit

Given = ParamSpec("Given")
Back = TypeVar("Back")
_PART: dict[str, Any] = {"_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


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
    return _kept(function, {})


def compiled_bare(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """As `compiled`, for loops that make no array: without numba's counting of who still holds which array.

    Where many small functions hand the same dozen arrays to each other, that counting takes five sixths of the time.

    >>> @compiled_bare
    ... def first(numbers):
    ...     return numbers[0]
    >>> first((21, 42))
    21
    """
    return _kept(function, {"_nrt": False})


def compiled_part(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """A part of a `compiled_bare` loop, which only machine code calls: no way in from Python, so it is ready sooner.

    function: nopython code.
    """
    return cast(Callable[Given, Back], njit(**_PART)(function))


def compiled_into(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """As `compiled_part`, written out at every place that calls it: for the few functions that run at each step."""
    return cast(Callable[Given, Back], njit(forceinline=True, **_PART)(function))


def _kept(function: Callable[Given, Back], options: dict[str, Any]) -> Callable[Given, Back]:
    try:
        kept = njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba: "no locator available"
        kept = njit(nogil=True, **options)(function)
    return cast(Callable[Given, Back], kept)

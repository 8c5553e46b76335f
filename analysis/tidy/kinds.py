"""Kinds of indicator, and what the numbers of each admit: one table that every method asks.

Numbers of each kind can be put in order. Whether their differences, ratios and sums mean anything
is a matter of the scale they are measured on (Stevens 1946, Science 103, 677-680): a balance that
changes its sign has differences and no rate of growth, a score or a rank has its order alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

OPERATIONS = ("order", "difference", "ratio", "sum")


@dataclass(frozen=True)
class Kind:
    """One kind of indicator: which values it may have, and what may be computed of them."""

    meaning: str  # in a few words, as the codebook has it
    least: float  # the smallest value there can be
    most: float  # the largest
    whole: bool  # counted in whole units
    difference: bool  # changes, slopes, means and smoothing
    ratio: bool  # growth rates, index numbers, quotients with another indicator
    sum: bool  # adding up over clusters; shares of a total
    percent: str  # whether its unit is per cent: always, never, or either

    def admits(self, operation: str) -> bool:
        """Tell whether an operation, one of `OPERATIONS`, is meaningful for this kind."""
        return operation == "order" or getattr(self, operation)


KINDS = {
    "count": Kind("whole things", 0, math.inf, True, True, True, True, "never"),
    "amount": Kind("measured, not negative", 0, math.inf, False, True, True, True, "never"),
    "share": Kind("per cent of a whole, 0 to 100", 0, 100, False, True, True, False, "always"),
    "rate": Kind(
        "per cent or ratio without bounds: a growth rate, debt to GDP, previous year = 100",
        *(-math.inf, math.inf, False, True, False, False, "either"),
    ),
    "balance": Kind(
        "may be negative: a surplus, net migration",
        *(-math.inf, math.inf, False, True, False, True, "either"),
    ),
    "score": Kind(
        "points of which only the order counts",
        *(-math.inf, math.inf, False, False, False, False, "either"),
    ),
    "rank": Kind("a place in an order, 1 the first", 1, math.inf, *(False,) * 4, "never"),
}
# why a cell is empty where a kind bars what would stand there
ONLY_ORDER = {n: f"of a {n} only the order counts" for n, k in KINDS.items() if not k.difference}
NO_RATIO = {
    name: f"a {name} has no ratios"
    for name, kind in KINDS.items()
    if kind.difference and not kind.ratio
}
KIND_REASONS = (*ONLY_ORDER.values(), *NO_RATIO.values())


def admits(kind: str | None, operation: str) -> bool:
    """Tell whether an operation is meaningful for indicators of a kind.

    Parameters
    ----------
    kind : one of `KINDS`, or None where it is not known: then everything is admitted
    operation : "order", "difference", "ratio" or "sum"

    Raises ValueError for another word.

    >>> admits("balance", "difference"), admits("balance", "ratio"), admits("rank", "order")
    (True, False, True)
    """
    if operation not in OPERATIONS:
        raise ValueError(f"operation is {operation!r}; wanted one of {', '.join(OPERATIONS)}")
    if kind is None:
        return True
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; wanted one of {', '.join(KINDS)}")
    return KINDS[kind].admits(operation)


def why_not(kind: str | None, operation: str) -> str:
    """Return why a kind does not allow an operation; empty if it does.

    >>> why_not("balance", "ratio"), why_not("score", "ratio"), why_not("count", "ratio")
    ('a balance has no ratios', 'of a score only the order counts', '')
    """
    if admits(kind, operation) or kind is None:
        return ""
    if operation == "sum" and KINDS[kind].difference:
        return f"{kind}s do not add up"
    return ONLY_ORDER.get(kind) or NO_RATIO[kind]

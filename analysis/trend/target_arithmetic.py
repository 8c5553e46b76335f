"""Progressions: is a series a constant level, step or rate, up to rounding?

A printed value v with d decimals stands for every number from v - h up to v + h, with
h = 10^-d / 2 (half a unit is rounded up). A pattern fits if some exact progression stays inside all
these intervals; that is decided with whole numbers and fractions, without a tolerance of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cmp_to_key
from itertools import accumulate, combinations, pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.tidy.observations import observations
from analysis.tidy.showing import Readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

MAX_SHAPES = 5000  # series that `passing` tries at most
BELOW_ZERO = ("balance", "rate")  # kinds of indicator that may be below 0
MAX_DECIMALS = 200  # more than any value has that `finite_values` lets pass


@dataclass(frozen=True, repr=False)
class Progression(Readable):
    """The progression of a series, and the range of its step or rate that rounding leaves."""

    pattern: str  # constant level, constant step, constant rate or none; empty below 3 observations
    low: float  # units per year (step) or per cent per year (rate); all between low and high fit
    high: float  # as low; NaN where there is neither step nor rate
    simplest: float  # as printed, or else the number with the fewest digits between low and high
    as_printed: bool  # the printed values keep it exactly, without rounding


def pattern(values: ArrayLike, years: Iterable, decimals: int = 0, kind: str = "") -> str:
    """Classify a series: constant level, constant step, constant rate or none.

    See `progression`, whose first field this is.

    >>> pattern([100, 150, 200, 250, 300], range(2016, 2021))
    'constant step'
    """
    return progression(values, years, decimals, kind).pattern


def passing(
    values: ArrayLike, years: Iterable, decimals: int = 0, kind: str = "count"
) -> tuple[int, int]:
    """Count the series of the same shape in which `progression` would find a pattern.

    Of that shape are all with the same first value and years whose moves are the whole ones from
    the least to the greatest that the series has. Returns (those that pass, those there are); the
    second says how little a pattern tells where nearly all pass. (0, 0) where there are more than
    `MAX_SHAPES`, or values are not whole.

    >>> passing([0, 1, 3, 5, 7], range(2016, 2021)), passing([439, 456, 475, 494], range(4))
    ((2, 16), (14, 27))
    """
    points = _whole_points(values, years, decimals)
    moves = [later - earlier for (_, earlier), (_, later) in pairwise(points)]
    if decimals or not moves or (max(moves) - min(moves) + 1) ** len(moves) > MAX_SHAPES:
        return 0, 0
    times, first = [year for year, _ in points], points[0][1]
    passed = shapes = 0
    for steps in product(range(min(moves), max(moves) + 1), repeat=len(moves)):
        shape = list(zip(times, accumulate(steps, initial=first), strict=True))
        passed += _progression(shape, 0, kind).pattern.startswith("constant")
        shapes += 1
    return passed, shapes


def progression(
    values: ArrayLike, years: Iterable, decimals: int = 0, kind: str = ""
) -> Progression:
    """Find the constant level, step or rate that the printed values of a series are rounded from.

    A level is all printed values equal. Where a step and a rate both fit, the one that the printed
    values keep exactly is taken, otherwise the step. Either is claimed only if each printed value
    differs from the one before it, as otherwise it is smaller than what the rounding can show, and
    a rate only if all values are above 0 or all below.

    Parameters
    ----------
    values : sequence of float, shape (n,), with at most `decimals` decimals; NaN is a gap
    years : sequence of whole numbers, shape (n,), each once
    decimals : decimals that the values are rounded to; -1 means to tens
    kind : kind of the indicator. A count is what it is, so that only equal printed steps are a
        constant step of it. A step is claimed only if the progression itself can stay at 0 or
        above where all values do, except for a balance or a rate, which may be below

    Fewer than three observations show no arithmetic: `pattern` is then empty.
    Raises TypeError or ValueError that names argument, position and value.

    The condition on each pair of years is that of a linear programme in start and step (or their
    logarithms): a step d fits if v_j - v_i - 2h < d (t_j - t_i) < v_j - v_i + 2h for all i < j.

    >>> found = progression([439, 456, 475, 494, 513], range(2016, 2021))
    >>> found.pattern, found.simplest, found.as_printed
    ('constant rate', 4.0, False)
    """
    return _progression(_whole_points(values, years, decimals), decimals, kind)


def decimals_of(values: Iterable[float]) -> int:
    """Return the number of decimals of printed values: the fewest that represent all of them.

    >>> decimals_of([5.0, 0.25])
    2
    """
    exponents: list[Any] = [
        Decimal(repr(float(value))).normalize().as_tuple().exponent for value in values
    ]
    return max([0, *(-exponent for exponent in exponents)])


def _progression(points, decimals, kind):
    """Return the progression of (year, value in units of the last decimal), by year."""
    if len(points) < 3:
        return Progression("", np.nan, np.nan, np.nan, False)
    numbers = [number for _, number in points]
    if len(set(numbers)) == 1:
        return Progression("constant level", 0.0, 0.0, 0.0, True)
    found = [Progression("none", np.nan, np.nan, np.nan, False)]
    if all(number != following for number, following in pairwise(numbers)):
        above = min(numbers) >= 0 and kind not in BELOW_ZERO
        step = _constant_step(points, decimals, above)
        step = None if kind == "count" and step and not step.as_printed else step
        found = [fit for fit in (step, _constant_rate(points)) if fit] or found
    return min(found, key=lambda fit: not fit.as_printed)


def _whole_points(values, years, decimals):
    """Return (year, value in units of the last decimal) for each observation, by year."""
    whole = isinstance(decimals, int | np.integer) and not isinstance(decimals, bool)
    if not whole or abs(decimals) > MAX_DECIMALS:
        wanted = f"a whole number from {-MAX_DECIMALS} to {MAX_DECIMALS}"
        raise ValueError(f"decimals is {decimals!r}; wanted {wanted}")
    points = []
    for year, value in zip(
        *(column.tolist() for column in observations(values, years)), strict=True
    ):
        scaled = Decimal(repr(value)).scaleb(int(decimals))
        if scaled != scaled.to_integral_value():
            raise ValueError(f"values has {value} in {year}; wanted at most {decimals} decimals")
        points.append((year, int(scaled)))
    return points


def _constant_step(points, decimals, above):
    """Find the open interval of steps that fit; None if it is empty.

    `above`: no value of the progression may be below 0, so that a printed 0 stands for 0 and more.
    """
    moves = [(b - a, later - year) for (year, a), (later, b) in combinations(points, 2)]
    ends = [(year, 2 * a - (a > 0 or not above), 2 * a + 1) for year, a in points]  # in halves
    pairs = [(*one, *other) for one, other in combinations(ends, 2)]
    low = max(
        ((down - up, later - year) for year, _, up, later, down, _ in pairs), key=_BY_QUOTIENT
    )
    high = min(
        ((up - down, later - year) for year, down, _, later, _, up in pairs), key=_BY_QUOTIENT
    )
    if _compare_quotients(low, high) >= 0:
        return None
    low, high = ((end, 2 * span) for end, span in (low, high))
    unit = Fraction(10) ** -int(decimals)
    low, high = (Fraction(*bound) * unit for bound in (low, high))
    as_printed = all(_compare_quotients(moves[0], move) == 0 for move in moves)
    simplest = float(Fraction(*moves[0]) * unit) if as_printed else _simplest(low, high)
    return Progression("constant step", float(low), float(high), simplest, as_printed)


def _constant_rate(points):
    """Find the open interval of rates that fit; None if it is empty."""
    numbers = [number for _, number in points]
    if min(numbers) <= 0 <= max(numbers):
        return None
    # twice the values, so that half a unit is whole; a series below 0 mirrors one above
    doubled = [(year, 2 * abs(number)) for year, number in points]
    pairs = [(a, b, later - year) for (year, a), (later, b) in combinations(doubled, 2)]
    low = max(((b - 1, a + 1, span) for a, b, span in pairs), key=_BY_ROOT)
    high = min(((b + 1, a - 1, span) for a, b, span in pairs), key=_BY_ROOT)
    if _compare_roots(low, high) >= 0:
        return None
    ratios = [(b, a, span) for a, b, span in pairs]
    as_printed = all(_compare_roots(ratios[0], ratio) == 0 for ratio in ratios)
    low, high, first = (
        100 * ((above / below) ** (1 / span) - 1) for above, below, span in (low, high, ratios[0])
    )
    simplest = first if as_printed else _simplest(low, high)
    return Progression("constant rate", low, high, simplest, as_printed)


def _compare_quotients(one, other):
    """Compare a / p with b / q, given as (a, p) and (b, q), in integer arithmetic."""
    return one[0] * other[1] - other[0] * one[1]


def _compare_roots(one, other):
    """Compare (a / b)^(1 / p) and (c / d)^(1 / q), as (a, b, p) and (c, d, q), in integers."""
    (a, b, p), (c, d, q) = one, other
    left, right = a**q * d**p, c**p * b**q
    return (left > right) - (left < right)


_BY_QUOTIENT, _BY_ROOT = cmp_to_key(_compare_quotients), cmp_to_key(_compare_roots)


def _simplest(low, high):
    """Return the number with the fewest digits between two bounds, near their middle."""
    if low >= high:  # two roots that differ by less than a float can show
        return float(low)
    low, high, decimals = Fraction(low), Fraction(high), -len(str(int(max(abs(low), abs(high)))))
    while not low < (number := round((low + high) / 2, decimals)) < high:
        decimals += 1
    return float(number)

"""Tail probabilities of Kendall's S under any ties, for series too long to count their orders.

With X pairs that fall, the orders of the values have the generating function

    F(z) = sum over k of (orders with X = k) z^k = product over i of (1 - z^i)^a(i),
    a(i) = 1 - (groups of equal values with i values or more),    i = 1, ..., n

(the Gaussian multinomial, see `kendall_null.py`). Hence F(z) / F(1) / (1 - z) = G(z)
generates P(X <= k), and Cauchy's formula on a circle of radius r < 1, summed over N > k points of
it, gives

    1/N sum over j of G(z_j) z_j^-k = P(X <= k) + sum over m >= 1 of P(X <= k + mN) r^(mN).

No probability is above 1, so r^N bounds what the last sum adds: N is chosen so that it is far below
the last digit of a float. The radius is where G(r) r^-k is least; on that circle the terms are no
larger than P(X <= k) itself, so nothing cancels, however small it is. At all N points at once,
ln F(z) = - sum over s of z^s/s (sum of i a(i) over the divisors i of s) is one Fourier transform.

What is left is rounding: the relative error is below 1e-12 up to 1,000 observations, as tests show
against whole numbers and in longer floats, and below 1e-11 wherever the circles are within reach.

Sources: Abate and Whitt (1992), Numerical inversion of probability generating functions, Operations
Research Letters 12, 245-251 (the sum, its error); Stanley (2012), Enumerative Combinatorics 1,
section 1.7 (F).
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, log, perm, pi

import numpy as np
import scipy

MAX_POINTS = 1 << 21  # of a circle: some tens of megabytes
ALWAYS_WITHIN = 2000  # observations up to which the circles are small enough, whatever the ties
NEGLIGIBLE = 45  # natural logarithm of how much smaller a term is that changes no digit
MARGIN = 10  # how much less ln P(X <= k) may be than ln G(r) - k ln r
RADII = 64  # tried on the way to the best one
MIN_RADIUS = 40  # as -ln r: smaller circles are no better
MIDDLE = 3.0  # standard deviations, within which a nearly normal distribution is taken as normal
NEARLY_NORMAL = 0.1  # largest excess of the kurtosis
SPREAD = 2.0  # how far, in ln(size of the largest term), a circle may be from the best one


def number_of_orders(tie_sizes: tuple) -> int:
    """Count the distinct permutations of values with these tie groups: an integer of any size.

    >>> number_of_orders((2, 1, 1)), number_of_orders((100_000, 1))
    (12, 100001)
    """
    tied = [size for size in tie_sizes if size > 1]
    placed, orders = 0, perm(sum(tie_sizes), len(tie_sizes) - len(tied))
    for size in tied:
        placed += size
        orders *= comb(placed, size)
    return orders


def falling_cumulant(tie_sizes: tuple, order: int) -> float:
    """Return the second or fourth cumulant of the number of falling pairs.

    Source: from ln F(e^t), with Bernoulli's numbers B2 = 1/6 and B4 = -1/30: B / order x
    sum of a(i) i^order.

    >>> falling_cumulant((1, 1, 1), 2)  # 0, 1, 1, 2, 2, 3
    0.9166666666666666
    """
    powers, exponents = _factors(tie_sizes)
    bernoulli = {2: 1 / 6, 4: -1 / 30}[order]
    return bernoulli / order * float(exponents @ powers.astype(float) ** order)


def is_within_reach(tie_sizes: tuple) -> bool:
    """Tell whether the contour integral of a tie pattern is feasible.

    >>> is_within_reach((1,) * 2000), is_within_reach((1,) * 4000), is_within_reach((6000, 1))
    (True, False, True)
    """
    n = sum(tie_sizes)
    if n <= ALWAYS_WITHIN:
        return True
    untied = (n * n - sum(size * size for size in tie_sizes)) // 2
    points = max(untied / 2, NEGLIGIBLE * falling_cumulant(tie_sizes, 2) ** 0.5)
    return points <= MAX_POINTS


def few_falling_by_contour(tie_sizes: tuple, falling: np.ndarray) -> np.ndarray:
    """Return P(X <= k) for numbers k of falling pairs, at most half of the untied pairs.

    Parameters
    ----------
    tie_sizes : tuple of the sizes of the groups of equal values, at least two groups
    falling : int array of shape (numbers,), rising, each once, from 0

    Returns a float array of shape (numbers,). A probability below the smallest float, 5e-324, is 0.

    >>> few_falling_by_contour((1, 1, 1), np.array([0, 1])).round(12).tolist()
    [0.166666666667, 0.5]
    """
    powers, exponents = _factors(tie_sizes)
    orders = log(number_of_orders(tie_sizes))
    tilts = _best_tilts(powers, exponents, falling)
    found = np.empty(len(falling))
    begin = 0
    while begin < len(falling):
        # one circle serves all numbers for which it is nearly the best
        apart = (tilts[begin] - tilts[begin:]) * (falling[begin:] - falling[begin]) / 2
        end = begin + int(np.searchsorted(np.maximum.accumulate(apart), SPREAD, side="right"))
        some = falling[begin:end]
        circle = _circle(powers, exponents, orders, some, tilts[begin])
        found[begin:end] = _sums(circle, some)
        begin = end
    return found


def _factors(tie_sizes):
    """Return the powers i and exponents a(i) of the factors of F whose exponent is not zero."""
    groups = np.bincount(tie_sizes, minlength=sum(tie_sizes) + 1)[1:]
    exponents = 1 - np.cumsum(groups[::-1])[::-1]
    powers = np.flatnonzero(exponents) + 1
    return powers, exponents[powers - 1].astype(float)


def _best_tilts(powers, exponents, falling):
    """Return -ln r of the best radius for each number: where ln G(r) - k ln r is least.

    There, the mean of the pairs that fall, weighted by r, and r / (1 - r) add up to k. Of a
    distribution that is nearly normal, and not too far from its middle, that is a formula.
    """
    squares = powers.astype(float) ** 2
    variance = float(exponents @ squares) / 12
    spread = max(1.0, variance) ** 0.5
    away = (float(exponents @ powers) / 2 - falling) / spread
    kurtosis = abs(float(exponents @ squares**2)) / 120 / spread**4
    if kurtosis < NEARLY_NORMAL and away.max(initial=0) < MIDDLE:
        return (away + np.sqrt(away**2 + 4)) / 2 / spread
    narrow = 0.2 / spread
    tilts = np.geomspace(narrow, MIN_RADIUS, RADII)
    steps = np.minimum(np.outer(tilts, powers), 700)  # beyond, a factor is 1
    means = -(powers / np.expm1(steps)) @ exponents + 1 / np.expm1(tilts)
    # both fall and rise over many magnitudes: straight between the logarithms
    places = np.interp(np.log(falling + 1e-3), np.log(means + 1e-3)[::-1], np.log(tilts)[::-1])
    return np.exp(places)


def _circle(powers, exponents, orders, falling, tilt):
    """Return (-ln r, N, j, ln G(z_j)) at the points z_j of a circle that are not negligible."""
    largest = exponents @ np.log(-np.expm1(-tilt * powers)) - log(-np.expm1(-tilt)) - orders
    least = largest + tilt * falling[0]  # ln P(X <= k) is less, but within MARGIN
    points = max(falling[-1] + 1, int((NEGLIGIBLE + MARGIN - min(least, 0)) / tilt) + 1)
    points = scipy.fft.next_fast_len(points, real=True)
    series = _divisor_sums(powers, exponents, points) * np.exp(-tilt * np.arange(points))
    logs = -scipy.fft.rfft(series)
    kept = np.flatnonzero(logs.real > logs.real[0] - NEGLIGIBLE)
    z = np.exp(-tilt - 2j * pi / points * kept)
    return tilt, points, kept, logs[kept] - np.log(1 - z) - orders


def _divisor_sums(powers, exponents, length):
    """Return, for s = 0, 1, ..., the sum of i a(i) over the divisors i of s, divided by s."""
    n, ties = int(powers[-1]), int(np.searchsorted(exponents, 1))  # the exponents rise, to 1
    first = int(powers[ties])  # from here to n, all exponents are 1
    if first > n // 2:
        sums = np.zeros(length)
        added = [*zip(powers, exponents, strict=True)]
    else:
        sums = _untied_divisor_sums(n, 1 << length.bit_length())[:length].copy()
        below = np.zeros(first - 1)
        below[powers[:ties] - 1] = exponents[:ties]
        added = [*zip(range(1, first), below - 1, strict=True)]
    for power, exponent in added:
        sums[power::power] += exponent * power
    sums[1:] /= np.arange(1, length)
    return sums


@lru_cache(maxsize=4)
def _untied_divisor_sums(n, length):
    """Return the sums of the divisors up to n; the series of one length share them."""
    sums = np.zeros(length)
    for power in range(1, min(n, length - 1) + 1):
        sums[power::power] += power
    return sums


def _sums(circle, falling):
    tilt, points, kept, logs = circle
    halves = np.where((kept == 0) | (2 * kept == points), 1, 2)  # the rest mirrors them
    # whole numbers first: the angle then has all its digits
    turns = np.outer(falling, kept) % points
    terms = np.exp(logs + (tilt * falling)[:, None] + (2j * pi / points) * turns)
    return terms.real @ halves / points

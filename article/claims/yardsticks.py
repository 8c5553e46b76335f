"""Decision rules: from counts, ranges and parts of a claim to one verdict (docs/methods.md).

Every check judges by these, so that claims of one kind are judged alike.
"""

from __future__ import annotations

from functools import reduce

# the share of cases that a word asks for; a hedge that names none of them asks for no share
SHARES = {
    "usually": 1 / 2,
    "mostly": 1 / 2,
    "often": 1 / 2,
    "majority": 1 / 2,
    "in many respects": 1 / 2,
    "primarily": 1 / 2,
    "practically": 9 / 10,
    "almost": 9 / 10,
}
SHARES_TRIED = (1 / 3, 1 / 2, 2 / 3)  # beside the threshold of a share


def share_meant(hedge: str) -> float | None:
    """Return the share of cases that a hedge asks for, or None.

    >>> share_meant("practically in each"), share_meant("to a certain extent")
    (0.9, None)
    """
    return next((share for word, share in SHARES.items() if word in hedge), None)


def neighbours_of(
    threshold: float | None, share: bool = False
) -> tuple[float | None, float | None]:
    """Return the neighbouring thresholds (lower, higher), None where there is none.

    A share has a third, a half, two thirds; a count one less, down to 1, and one more; any other
    figure its half and its double.

    >>> neighbours_of(0.9, share=True), neighbours_of(1), neighbours_of(0.05)
    ((0.6666666666666666, None), (None, 2), (0.025, 0.1))
    """
    if threshold is None:
        return (None, None)
    if share:
        lower = [tried for tried in SHARES_TRIED if tried < threshold]
        higher = [tried for tried in SHARES_TRIED if tried > threshold]
        return (max(lower, default=None), min(higher, default=None))
    if isinstance(threshold, int):
        return (threshold - 1 if threshold > 1 else None, threshold + 1)
    return (threshold / 2, 2 * threshold)


def written(threshold: float | None, share: bool = False) -> str:
    """Write a threshold: a share in per cent.

    >>> written(0.5, share=True), written(2), written(None)
    ('50 %', '2', '')
    """
    if threshold is None:
        return ""
    return f"{threshold:.0%}".replace("%", " %") if share else f"{threshold:g}"


def every(against: int, confirmed: int, total: int) -> str:
    """Judge a claim on all cases: one certain counter-example contradicts it.

    >>> every(1, 5, 11), every(0, 11, 11), every(0, 5, 11)
    ('contradicted', 'supported', 'not shown')
    """
    if against:
        return "contradicted"
    return "supported" if total and confirmed == total else "not shown"


def some(sure: int, possible: int, wanted: int = 2) -> str:
    """Judge an existence claim: two certain cases, unless the claim says otherwise.

    >>> some(3, 9), some(1, 9), some(0, 1)
    ('supported', 'not shown', 'contradicted')
    """
    return at_least(sure, possible, wanted)


def more_than(low: float, high: float, threshold: float) -> str:
    """Judge "usually", "most": more than a share, when the truth lies anywhere from low to high.

    >>> more_than(0.6, 0.9, 0.5), more_than(0.1, 0.5, 0.5), more_than(0.3, 0.7, 0.5)
    ('supported', 'contradicted', 'not shown')
    """
    if low > threshold:
        return "supported"
    return "contradicted" if high <= threshold else "not shown"


def none_of(low: int, high: int, threshold: int = 1) -> str:
    """Judge "there is none" from the fewest and the most found in two readings.

    >>> none_of(0, 0), none_of(0, 1), none_of(1, 2)
    ('supported', 'partly supported', 'contradicted')
    """
    if high < threshold:
        return "supported"
    return "partly supported" if low < threshold else "contradicted"


def worst(*verdicts: str) -> str:
    """Combine the verdicts on the parts of one claim: every part counts.

    All alike: that one. Support of a part beside anything else: partly supported. A part that is
    contradicted beside one that is not shown: contradicted.

    >>> worst("supported", "not shown"), worst("not shown", "contradicted")
    ('partly supported', 'contradicted')
    """
    order = ["supported", "partly supported", "not shown", "contradicted"]

    def both(one, other):
        if one == other:
            return one
        if order.index(min(one, other, key=order.index)) < 2:
            return "partly supported"
        return max(one, other, key=order.index)

    return reduce(both, verdicts)


def at_least(low: float, high: float, threshold: float) -> str:
    """Judge "at least so much" when the truth lies anywhere from low to high.

    >>> at_least(0.6, 0.9, 0.5), at_least(0.1, 0.3, 0.5), at_least(0.3, 0.7, 0.5)
    ('supported', 'contradicted', 'not shown')
    """
    if low >= threshold:
        return "supported"
    return "contradicted" if high < threshold else "not shown"

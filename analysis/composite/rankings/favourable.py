"""First under any weights? The most favourable weights of each unit, by linear programme."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from analysis.composite.matrix import distinct_names, matching_bounds

TOLERANCE = 1e-9  # a lead smaller than this share of the largest difference is a tie


def first_under_any_weights(low: pd.DataFrame, high: pd.DataFrame) -> pd.DataFrame:
    """Tell which units some weighting puts first, at both ends of what is known of them.

    For each unit and end, the weights (none negative, sum 1) with the greatest lead of the unit's
    weighted arithmetic mean over the best other. A shared first place counts as first and is said.

    Parameters
    ----------
    low, high : DataFrame of float, units x indicators, the least and the most of each cell,
        normalised so that more is better; two or more units

    Returns a DataFrame, two rows per unit: cluster (the unit), end ("best": its own high against
    the others' low; "worst": its own low against the others' high), first (bool), shared (bool:
    even the best lead is nil), lead (in units of the score; negative: what it lacks), then the
    weights, one column per indicator ("lead (component)" for one called as a column is). First at
    the worst end means: under these weights it is first whatever the unknown turns out to be.
    Formula: max t, w (x_i - x_j) >= t for all j.
    Raises ValueError for a single unit, and for bounds that do not match.

    >>> exact = pd.DataFrame({"jobs": [1.0, 0.0, 0.4], "sales": [0.0, 1.0, 0.4]}, index=list("abc"))
    >>> first_under_any_weights(exact, exact).query("end == 'worst'")["first"].tolist()
    [True, True, False]
    """
    lows, highs = matching_bounds(low, high)
    if len(lows) < 2:
        raise ValueError("low has one unit; a first place wants at least two")
    rows, names = [], distinct_names(low.columns, "cluster", "end", "first", "shared", "lead")
    for place, unit in enumerate(low.index):
        for end, own, others in (("best", highs, lows), ("worst", lows, highs)):
            leads = own[place] - np.delete(others, place, axis=0)
            lead, weights = _greatest_lead(leads)
            verdict = {"first": lead >= 0, "shared": lead == 0, "lead": lead}
            weights = dict(zip(names, weights, strict=True))
            rows.append({"cluster": unit, "end": end} | verdict | weights)
    return pd.DataFrame(rows)


def _greatest_lead(leads):
    """Return (lead, weights) that maximise the least of `leads @ weights`."""
    count, size = leads.shape
    scale = np.abs(leads).max() or 1.0  # the solver wants numbers around 1
    leads = leads / scale
    result = scipy.optimize.linprog(
        np.r_[np.zeros(size), -1.0],  # the unknowns: the weights, then the lead t
        A_ub=np.c_[-leads, np.ones(count)],
        b_ub=np.zeros(count),
        A_eq=np.r_[np.ones(size), 0.0][None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * size + [(None, None)],
        method="highs",
    )
    if not result.success:
        raise RuntimeError(f"the linear programme of the first place failed: {result.message}")
    weights = np.maximum(result.x[:-1], 0)
    weights /= weights.sum()
    lead = float((leads @ weights).min())  # of these very weights, not the solver's word for it
    return (0.0 if abs(lead) < TOLERANCE else lead * scale), weights

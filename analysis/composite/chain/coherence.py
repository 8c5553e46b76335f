"""Internal coherence: correlations of indicators with flags, and what each pillar measures.

Every correlation is of normalised values, so that more is better on both sides: one that is
negative within a pillar, or between indicators that enter the total itself, says that the two
cancel each other out.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.composite.chain.integral import IntegralIndicator
from analysis.composite.diagnostics import ROUNDING, cronbach_alpha, eigenvalues
from analysis.composite.effective import MatchingWeights, effective_weights, matching_weights
from analysis.composite.matrix import deviations

NEGATIVE = "negative within a pillar"
NEGATIVE_IN_TOTAL = "negative within the total"  # of indicators that are in no pillar
SAME = "nearly the same indicator twice"
WEAK = "weak"
AGAINST = "moves against the total"
CARRIES_NOTHING = "carries nothing"
PAIRS = [
    *("first", "second", "pillar_first", "pillar_second", "within", "n", "correlation", "flag"),
]
FEWEST = 3  # units that a correlation is read from


def indicator_correlations(
    result: IntegralIndicator, *, high: float = 0.9, negative: float = 0.0
) -> pd.DataFrame:
    """Correlate every pair of indicators; flag negative ones of one mean, and very high ones.

    Parameters
    ----------
    result : IntegralIndicator
    high : correlation from which on two indicators are called nearly the same
    negative : correlation below which a pair within a pillar is flagged, or a pair of indicators
        that are in no pillar, so that the total itself is their mean

    Returns a DataFrame, one row per pair: first, second, pillar_first, pillar_second, within (the
    same pillar, or both in none), n (units that have both), correlation (empty below three units or
    where one is constant), flag.

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0, 5.0], "b": [4.0, 3.0, 2.0, 1.0]})
    >>> table = indicator_correlations(integral_indicator(indicator_matrix(data, direction="up")))
    >>> table[["first", "second", "flag"]].values.tolist()
    [['a', 'b', 'negative within the total']]
    """
    tree, values = result.hierarchy, result.scaled.values
    names = np.array(tree.indicators, dtype=object)
    pillars = np.array([tree.nodes[node] for node in tree.parent[: len(names)]], dtype=object)
    correlation, counts = _pairwise(values)
    rows, columns = np.triu_indices(len(names), k=1)
    table = pd.DataFrame(
        {
            "first": names[rows],
            "second": names[columns],
            "pillar_first": pillars[rows],
            "pillar_second": pillars[columns],
            "within": pillars[rows] == pillars[columns],
            "n": counts[rows, columns],
            "correlation": correlation[rows, columns],
        }
    )
    below = table["within"] & (table["correlation"] < negative)
    in_total = table["pillar_first"] == tree.nodes[-1]
    conditions = [below & in_total, below, table["correlation"].abs() > high]
    flags = np.select(conditions, [NEGATIVE_IN_TOTAL, NEGATIVE, SAME], "")
    return table.assign(flag=flags)[PAIRS]


def correlation_matrix(result: IntegralIndicator) -> pd.DataFrame:
    """Return the correlations of the normalised indicators: DataFrame, indicators x indicators.

    Pearson's, over the units that have both; NaN where fewer than three have, or one has no spread.

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"jobs": [9, 4, 2], "waste": [5, 1, 7]}, index=["a", "b", "c"])
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> correlation_matrix(result).round(3).loc["jobs"].to_dict()
    {'jobs': 1.0, 'waste': -0.091}
    """
    correlation, _ = _pairwise(result.scaled.values)
    names = list(result.hierarchy.indicators)
    return pd.DataFrame(correlation, index=names, columns=names)


def pillar_diagnostics(result: IntegralIndicator) -> pd.DataFrame:
    """Assess the internal consistency of every pillar and of the total.

    The parts of a node are its indicators and the scores of the pillars in it; units with every
    part are used. Returns a DataFrame, one row per node: name, parts, units, alpha (Cronbach's,
    standardised), eigenvalue_1, variance_1_pct (what the first component explains), above_1 (how
    many eigenvalues are greater than 1), reason (why there is none).

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.0, 6.0]})
    >>> table = pillar_diagnostics(integral_indicator(indicator_matrix(data, direction="up")))
    >>> table[["name", "parts", "alpha", "above_1"]].values.tolist()
    [['total', 2, 1.0, 1]]
    """
    rows = []
    for node, name in enumerate(result.hierarchy.nodes):
        parts = node_parts(result, node).dropna()
        row = {"name": name, "parts": parts.shape[1], "units": len(parts)}
        varied = parts.loc[:, parts.nunique() > 1] if len(parts) else parts
        if parts.shape[1] < 2:
            row["reason"] = "one part only"
        elif len(parts) < FEWEST:
            row["reason"] = f"fewer than {FEWEST} units have every part"
        elif varied.shape[1] < parts.shape[1]:
            row["reason"] = (
                f"constant: {', '.join(map(str, parts.columns.difference(varied.columns)))}"
            )
        else:
            roots = eigenvalues(parts)
            row |= {
                "alpha": cronbach_alpha(parts)["alpha"].iloc[0],
                "eigenvalue_1": roots["eigenvalue"].iloc[0],
                "variance_1_pct": roots["variance_pct"].iloc[0],
                "above_1": int((roots["eigenvalue"] > 1 + 1e-9).sum()),
                "reason": "",
            }
        rows.append(row)
    columns = ["name", "parts", "units", "alpha", "eigenvalue_1", "variance_1_pct", "above_1"]
    return pd.DataFrame(rows, columns=[*columns, "reason"]).astype({"above_1": "Int64"})


def node_parts(result: IntegralIndicator, node: int) -> pd.DataFrame:
    """Return the scores of one node's parts, units x parts; NaN where a value is missing."""
    tree, children = result.hierarchy, result.hierarchy.children[node]
    first = len(tree.indicators)
    low, high = result.nodes.low, result.nodes.high
    scores = np.where(low == high, low, np.nan)
    columns = [
        result.scaled.values[:, child] if child < first else scores[:, child - first]
        for child in children
    ]
    names = [tree.elements[child] for child in children]
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=result.matrix.values.index)


def indicator_weights(
    result: IntegralIndicator, *, weak: float = 0.3, nothing: float = 0.1
) -> pd.DataFrame:
    """Compare the nominal with the effective weight of each indicator in the total.

    Units whose total is one number and that have the indicator are used. Returns a DataFrame,
    index indicator: pillar, nominal (share of the total), correlation (with the total), effective
    (squared correlation, as a share of their sum), correlation_ratio (of a smooth curve),
    effective_curve, correlation_with_pillar, flag ("carries nothing": no weight, constant, or a
    correlation with the total within `nothing` of zero; "moves against the total": below that;
    "weak": below `weak`).

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0, 9.0], "b": [2.0, 2.5, 2.0, 4.0]})
    >>> result = integral_indicator(indicator_matrix(data, direction="up"))
    >>> indicator_weights(result)["effective"].round(2).to_dict()
    {'a': 0.5, 'b': 0.5}
    """
    tree = result.hierarchy
    first = len(tree.indicators)
    nominal = tree.to_total(result.nodes.nominal)[:first]
    closed = np.where(result.nodes.low == result.nodes.high, result.nodes.low, np.nan)
    rows = []
    for at, name in enumerate(tree.indicators):
        column, total = result.scaled.values[:, at], closed[:, -1]
        both = ~(np.isnan(column) | np.isnan(total))
        row = {"correlation": np.nan, "correlation_ratio": np.nan}
        if both.sum() >= FEWEST and np.ptp(column[both]) > 0 and np.ptp(total[both]) > 0:
            part = pd.DataFrame({name: column[both]})
            row = effective_weights(part, total[both], [1.0])[list(row)].iloc[0].to_dict()
        pillar = closed[:, tree.parent[at]]
        row["correlation_with_pillar"] = _correlation(column, pillar)
        rows.append(row | {"pillar": tree.nodes[tree.parent[at]], "nominal": nominal[at]})
    table = pd.DataFrame(rows, index=pd.Index(tree.indicators, name="indicator"))
    squares = table["correlation"] ** 2
    table["effective"] = squares / squares.sum()
    table["effective_curve"] = table["correlation_ratio"] / table["correlation_ratio"].sum()
    moves = table["correlation"]
    still = (table["nominal"] == 0) | ~(moves.abs() >= nothing)
    flags = np.select([still, moves < 0, moves < weak], [CARRIES_NOTHING, AGAINST, WEAK], "")
    columns = ["pillar", "nominal", "correlation", "effective", "correlation_ratio"]
    return table.assign(flag=flags)[
        [*columns, "effective_curve", "correlation_with_pillar", "flag"]
    ]


def agreeing_weights(result: IntegralIndicator) -> MatchingWeights:
    """Find the weights whose effective weights equal the nominal ones.

    Units without an open gap are used. Returns a MatchingWeights whose `weights` name every
    indicator and pillar, so that they can be given back: `integral_indicator(matrix,
    weights=found.weights)`. `exact`, `unique`, `condition` and `reason` say whether there are such
    weights, and how well they are determined. Raises ValueError for an indicator without spread.

    >>> from analysis.composite import indicator_matrix, integral_indicator
    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0, 9.0], "b": [2.0, 2.5, 2.0, 4.0]})
    >>> matrix = indicator_matrix(data, direction="up")
    >>> found = agreeing_weights(integral_indicator(matrix))
    >>> again = integral_indicator(matrix, weights=found.weights)
    >>> found.exact, indicator_weights(again)["effective"].round(6).tolist()
    (True, [0.5, 0.5])
    """
    tree = result.hierarchy
    nominal = tree.to_total(result.nodes.nominal)[: len(tree.indicators)]
    found = matching_weights(
        result.normalised.dropna(), target=dict(zip(tree.indicators, nominal, strict=True))
    )
    weights = found.weights.to_numpy()
    above = weights @ tree.below[:, :-1]
    whole = pd.Series([*weights, *above], index=list(tree.elements), name="weight")
    return replace(found, weights=whole)


def _correlation(first, second):
    correlation, _ = _pairwise(np.column_stack([first, second]))
    return correlation[0, 1]


def _pairwise(values):
    """Correlate every pair of columns over the rows that have both; (correlations, counts)."""
    known = (~np.isnan(values)).astype(float)
    counts = (known.T @ known).astype(int)
    if not np.isnan(values).any():
        off = deviations(values)
        spread = np.sqrt((off**2).sum(axis=0))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.clip((off / spread).T @ (off / spread), -1, 1)
        found[~np.isfinite(found)] = np.nan
    else:
        found = pd.DataFrame(values).corr(min_periods=FEWEST).to_numpy(copy=True)
    found[counts < FEWEST] = np.nan
    found[np.abs(found) < ROUNDING] = 0  # what rounding leaves of nought has no sign
    return found, counts

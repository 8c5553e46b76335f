"""Ratios of two indicators of one cluster: one per unit of another, and new ones per unit of it.

Which indicator is held against which is a fact of the study: `per` and `increase_per` of its
indicators name the other one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tidy.kinds import why_not

COLUMNS = ["cluster", "ratio", "indicator", "by", "year", "value", "standing", "reason"]
PER, INCREASE = "per", "increase per"
GAP = {PER: "not reported in this year", INCREASE: "not reported in this year or the one before"}


def ratios(series: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Divide each indicator, or its increase on the year before, by its denominator.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing
    indicators : DataFrame, index indicator, columns per and increase_per: the indicator to divide
        by, or missing; and kind: a divisor has to have ratios, what is divided differences

    Returns one row per cluster, pair and year: cluster, ratio ("per": value by value; "increase
    per": increase on the year before by value), indicator, by, year, value (units of the one by
    units of the other), standing, reason (why value is empty).

    >>> rows = [("a", "jobs", 2016, 30.0), ("a", "jobs", 2017, 40.0), ("a", "firms", 2016, 10.0),
    ...     ("a", "firms", 2017, 0.0)]
    >>> series = pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value"])
    >>> indicators = pd.DataFrame({"per": ["firms", None], "increase_per": [None, None]},
    ...     index=["jobs", "firms"])
    >>> ratios(series.assign(standing="base"), indicators)[["value", "reason"]].values.tolist()
    [[3.0, ''], [nan, 'divisor is zero']]
    """
    pairs = [
        (ratio, indicator, by)
        for ratio, column in ((PER, "per"), (INCREASE, "increase_per"))
        for indicator, by in indicators[column].dropna().items()
    ]
    kinds = indicators["kind"].to_dict() if "kind" in indicators else {}
    tables = [_barred(_pair(series, *pair), kinds) for pair in pairs]
    tables = [table for table in tables if len(table)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def _pair(series, ratio, indicator, by):
    own = series[series["indicator"] == indicator]
    place = own["cluster"].map({name: at for at, name in enumerate(own["cluster"].unique())})
    top = own.assign(place=place).sort_values(["place", "year"])
    if ratio == INCREASE:
        top = _increases(top)
    bottom = series.loc[series["indicator"] == by, ["cluster", "year", "value"]]
    both = top.merge(bottom, on=["cluster", "year"], suffixes=("", "_by"))
    known = both["value"].notna() & both["value_by"].notna()
    divided = known & (both["value_by"] != 0)
    both["reason"] = [
        "" if fine else "divisor is zero" if given else GAP[ratio]
        for fine, given in zip(divided, known, strict=True)
    ]
    both["value"] = both["value"].where(divided) / both["value_by"].where(divided)
    return both.assign(ratio=ratio, by=by)[COLUMNS]


def _barred(ratios, kinds):
    """Empty the ratios of two indicators that their kinds do not admit."""
    for indicator, by in ratios[["indicator", "by"]].drop_duplicates().itertuples(index=False):
        why = why_not(kinds.get(by), "ratio") or why_not(kinds.get(indicator), "difference")
        if why:
            ratios = ratios.assign(value=np.nan, reason=why)
    return ratios


def _increases(rows):
    """Replace each value by its increase on the year before; the first year has none."""
    before = rows.groupby("cluster")[["year", "value"]].shift()
    follows = rows["year"] - before["year"] == 1
    increases = rows.assign(value=(rows["value"] - before["value"]).where(follows))
    return increases[before["year"].notna()]

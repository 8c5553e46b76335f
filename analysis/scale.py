"""Hold a cluster's figures against its region's: shares as ranges, with what would turn them."""

TIMES = {"thousand": 1e3, "million": 1e6}  # units that are multiples; any other counts singly
COLUMNS = [
    "cluster", "indicator", "year", "value", "standing", "measure", "period", "certainty",
    "region_low", "region_high", "share_low_pct", "share_high_pct", "reason",
]  # fmt: skip


def regional_scale(series, clusters, indicators, context):
    """Give the share of each value in the figure of its region that its indicator names.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing
    clusters : DataFrame, index cluster, column region
    indicators : DataFrame, index indicator, column scale_measure: the regional measure, or missing
    context : DataFrame: region, period, measure, low, high, unit, certainty

    Returns one row per value and regional figure: share_low_pct and share_high_pct are per cent of
    the figure's high and low end, so a weak figure widens the range. A value whose region has no
    such figure keeps its row, with the reason.

    >>> from analysis.data import load_study
    >>> study = load_study()
    >>> table = regional_scale(study.series, study.clusters, study.indicators, study.context)
    >>> table.loc[0, ["cluster", "measure", "period"]].tolist()
    ['sakha-furniture', 'employed', '2016']
    >>> table.loc[0, ["share_low_pct", "share_high_pct"]].astype(float).round(4).tolist()
    [0.0965, 0.098]
    """
    own = series.dropna(subset="value").assign(
        measure=series["indicator"].map(indicators["scale_measure"]),
        region=series["cluster"].map(clusters["region"]),
    )
    figures = context.assign(times=context["unit"].map(TIMES).fillna(1.0))
    figures = figures.assign(
        region_low=figures["low"] * figures["times"], region_high=figures["high"] * figures["times"]
    )
    figures = figures[["region", "measure", "period", "certainty", "region_low", "region_high"]]
    table = own.dropna(subset="measure").merge(figures, on=["region", "measure"], how="left")
    positive = table["region_low"] > 0
    table["share_low_pct"] = (100 * table["value"] / table["region_high"]).where(positive)
    table["share_high_pct"] = (100 * table["value"] / table["region_low"]).where(positive)
    table["reason"] = _reasons(table)
    return table[COLUMNS]


def break_even(share_low_pct, share_high_pct, threshold_pct):
    """Say how many times too high or too low a regional figure must be to cross a threshold.

    Returns the factor: above 1, the figure would have to be so many times smaller for the share to
    reach the threshold; below 1, so many times larger. NaN where the range holds the threshold
    already, or the share is zero.

    >>> break_even(0.1, 0.2, 1.0)
    5.0
    """
    if 0 < share_high_pct < threshold_pct:
        return threshold_pct / share_high_pct
    if share_low_pct > threshold_pct:
        return threshold_pct / share_low_pct
    return float("nan")


def _reasons(table):
    missing = table["region_low"].isna()
    return [
        f"no figure for {row.measure} in the region" if lost else ""
        for row, lost in zip(table.itertuples(), missing, strict=True)
    ]

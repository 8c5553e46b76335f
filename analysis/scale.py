"""Hold a cluster's figures against its region's: shares as ranges, with what would turn them."""

import numpy as np

from analysis.units import PERCENT, multiple

BARE = "a bare number"
ENDS = ["region_low", "region_high"]
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
    indicators : DataFrame, index indicator, columns unit, scale_measure: the regional measure, or
        missing
    context : DataFrame: region, period, measure, low, high, unit, certainty

    Returns one row per value and regional figure: region_low and region_high are in the unit
    without its multiple (thousand, million, billion, trillion); share_low_pct and share_high_pct
    are per cent of the figure's high and low end, so a weak figure widens the range. A value whose
    region has no such figure, or one in another unit, keeps its row, with the reason.

    >>> from analysis.data import load_study
    >>> study = load_study()
    >>> table = regional_scale(study.series, study.clusters, study.indicators, study.context)
    >>> table.loc[0, ["cluster", "measure", "period"]].tolist()
    ['sakha-furniture', 'employed', '2016']
    >>> table.loc[0, ["share_low_pct", "share_high_pct"]].astype(float).round(4).tolist()
    [0.0965, 0.098]
    """
    counted = indicators["unit"].map(multiple)
    own = series.dropna(subset="value").assign(
        measure=series["indicator"].map(indicators["scale_measure"]),
        region=series["cluster"].map(clusters["region"]),
        counted=series["indicator"].map(counted),
    )
    figures = context.assign(figure=context["unit"].map(multiple))
    times = [times for times, _ in figures["figure"]]
    figures = figures.assign(**{end: figures[end.removeprefix("region_")] * times for end in ENDS})
    figures = figures[["region", "measure", "period", "certainty", *ENDS, "figure"]]
    table = own.dropna(subset="measure").merge(figures, on=["region", "measure"], how="left")
    table["reason"] = [_reason(row) for row in table.itertuples()]
    value = 100 * table["value"] * [times for times, _ in table["counted"]]
    ends = [(value / table[end]).where(table["reason"] == "") for end in ENDS]
    table["share_low_pct"], table["share_high_pct"] = np.minimum(*ends), np.maximum(*ends)
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


def _reason(row):
    """Say why a value has no share: no figure, one in another unit, or none above zero."""
    if row.region_low != row.region_low:
        return f"no figure for {row.measure} in the region"
    (_, own), (_, other) = row.counted, row.figure
    counts = other or own == PERCENT  # a bare "thousand" is of whatever the indicator counts
    if counts and own != other:
        return f"counted in {own or BARE}, the region's figure in {other or BARE}"
    return "" if row.region_low > 0 else "the region's figure is not surely above zero"

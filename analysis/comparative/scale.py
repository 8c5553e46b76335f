"""A cluster's figures as shares of its region's: as ranges, with their break-even factors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analysis.tidy.kinds import why_not
from analysis.tidy.records import records, table_of
from analysis.tidy.units import PERCENT, multiple

if TYPE_CHECKING:
    import pandas as pd

INSIGNIFICANT = 1.0  # per cent of a region's figure: what is below is called insignificant
BARE = "a bare number"
NONE = float("nan")
NO_FIGURE = (None, None, NONE, NONE, None)  # period, certainty, low, high, what is counted
OWN = ("cluster", "indicator", "year", "value", "standing")
NUMBERS = ("value", "region_low", "region_high", "share_low_pct", "share_high_pct")


class RegionalShare(NamedTuple):
    """A value as a share of a regional figure; see `regional_scale`."""

    cluster: str
    indicator: str
    year: int
    value: float
    standing: str
    measure: str
    period: str | None
    certainty: str | None
    region_low: float
    region_high: float
    share_low_pct: float
    share_high_pct: float
    reason: str


COLUMNS = list(RegionalShare._fields)
TYPES = dict.fromkeys(COLUMNS, "str") | {"year": "int64"} | dict.fromkeys(NUMBERS, "float64")


def regional_scale(
    series: pd.DataFrame, clusters: pd.DataFrame, indicators: pd.DataFrame, context: pd.DataFrame
) -> pd.DataFrame:
    """Compute each value as a share of the regional figure that its indicator names.

    Parameters
    ----------
    series : tidy DataFrame: cluster, indicator, year, value, standing
    clusters : DataFrame, index cluster, column region
    indicators : DataFrame, index indicator, columns unit, scale_measure: the regional measure, or
        missing; and kind, which may have no ratios
    context : DataFrame: region, period, measure, low, high, unit, certainty

    Returns one row per value and regional figure: region_low and region_high are in the unit
    without its multiple (thousand, million, billion, trillion); share_low_pct and share_high_pct
    are per cent of the figure's high and low end, so a weak figure widens the range. A value whose
    region has no such figure, or one in another unit, keeps its row, with the reason.

    >>> from analysis.study.loading import load_study
    >>> study = load_study()
    >>> table = regional_scale(study.series, study.clusters, study.indicators, study.context)
    >>> table.loc[0, ["cluster", "measure", "period"]].tolist()
    ['sakha-furniture', 'employed', '2016']
    >>> table.loc[0, ["share_low_pct", "share_high_pct"]].astype(float).round(4).tolist()
    [0.0965, 0.098]
    """
    return table_of(regional_shares(series, clusters, indicators, context), TYPES)


def regional_shares(
    series: pd.DataFrame, clusters: pd.DataFrame, indicators: pd.DataFrame, context: pd.DataFrame
) -> list[RegionalShare]:
    """Return the same as a list of named tuples; arguments as in `regional_scale`.

    >>> from analysis.study.loading import load_study
    >>> study = load_study()
    >>> regional_shares(study.series, study.clusters, study.indicators, study.context)[0].measure
    'employed'
    """
    figures, regions = _figures(context), clusters["region"].to_dict()
    measures, units = indicators["scale_measure"].dropna().to_dict(), indicators["unit"]
    scales = {name: (measure, *multiple(units[name])) for name, measure in measures.items()}
    kinds = indicators["kind"].to_dict() if "kind" in indicators else {}
    rows = []
    for own in records(series, *OWN):
        cluster, indicator, _, value, _ = own
        if indicator in scales and value == value:
            measure, times, counted = scales[indicator]
            for figure in figures.get((regions.get(cluster), measure), [NO_FIGURE]):
                barred = why_not(kinds.get(indicator), "ratio")
                shares = (NONE, NONE, barred) if barred else None
                shares = shares or _shares(value * times, counted, measure, figure)
                cells = [*own, measure, *figure[:-1], *shares]
                rows.append(RegionalShare(*cells))
    return rows


def break_even(share_low_pct: float, share_high_pct: float, threshold_pct: float) -> float:
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


def _figures(context):
    """Group the figures by (region, measure): lists of (period, certainty, low, high, counted)."""
    figures = {}
    wanted = ("region", "measure", "unit", "period", "certainty", "low", "high")
    for region, measure, unit, period, certainty, low, high in records(context, *wanted):
        times, counted = multiple(unit)
        figure = (period, certainty, low * times, high * times, counted)
        figures.setdefault((region, measure), []).append(figure)
    return figures


def _shares(value, counted, measure, figure):
    """Return the bounds of the share in per cent, and the reason if there is none."""
    *_, low, high, other = figure
    if reason := _reason(measure, low, counted, other):
        return NONE, NONE, reason
    shares = [100 * value / end for end in (low, high)]
    return min(shares), max(shares), ""


def _reason(measure, low, own, other):
    """Say why a value has no share: no figure, one in another unit, or none above zero."""
    if low != low:
        return f"no figure for {measure} in the region"
    counts = other or own == PERCENT  # a bare "thousand" is of whatever the indicator counts
    if counts and own != other:
        return f"counted in {own or BARE}, the region's figure in {other or BARE}"
    return "" if low > 0 else "the region's figure is not certainly above zero"

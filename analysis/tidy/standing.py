"""The standing of an observation: measured, planned, or of an unfinished year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.tidy.records import check_columns

if TYPE_CHECKING:
    from typing import Literal

    import pandas as pd

MEASURED = ("outcome", "base")  # the only standings that can be outcomes
STANDINGS = ("all", "measured")


def of_standing(
    series: pd.DataFrame, standings: Literal["all", "measured"] = "all"
) -> pd.DataFrame:
    """Keep the observations of one kind: all of them, or only the years that were measured.

    Parameters
    ----------
    series : tidy DataFrame with the column standing (outcome, base, unfinished or target)
    standings : "all", or "measured": outcomes and the base year, no target and no unfinished year

    Returns the rows that are left, numbered anew: a series without a measured year has none.
    Raises KeyError without the column, ValueError for another word or where no row is left.

    >>> import pandas as pd
    >>> series = pd.DataFrame({"year": [2016, 2018], "standing": ["base", "target"]})
    >>> of_standing(series, "measured")["year"].tolist()
    [2016]
    """
    if standings not in STANDINGS:
        raise ValueError(f"standings is {standings!r}; wanted one of {', '.join(STANDINGS)}")
    if standings == "all":
        return series
    check_columns(series, ["standing"])
    kept = series[series["standing"].isin(MEASURED)].reset_index(drop=True)
    if kept.empty:
        raise ValueError(
            f"no year of the series was measured: standings = {standings!r} leaves none; 'all' "
            "takes plans and unfinished years as well"
        )
    return kept

"""One sentence below a table: what there is to see in it, computed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, escaped, listed, number

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from analysis.study.loading import Study


def extremes(table: pd.DataFrame, column: str, what: str, unit: str = "") -> str:
    """Name the row with the largest and the row with the smallest value of a column.

    Parameters
    ----------
    table : DataFrame; its index names the rows
    column : the column compared; rows without a value are left out
    what : what the column holds, as a sentence begins with it
    unit : what follows a value, such as "% a year"

    Returns "" where fewer than two rows have a value.

    >>> import pandas as pd
    >>> growth = pd.DataFrame({"cagr_pct": [2.0, 9.5, None]}, index=["jobs", "sales", "debt"])
    >>> extremes(growth, "cagr_pct", "Mean growth", "% a year")
    'Mean growth: largest for sales (9.5 % a year), smallest for jobs (2 % a year).'
    """
    known = table[column].dropna() if column in table else table.index[:0]
    if len(known) < 2:
        return ""
    most, least = known.max(), known.min()
    if most == least:
        return f"{what}: the same for all {len(known)} ({_with(most, unit)})."
    top, bottom = (_rows(known, value) for value in (most, least))
    least_of = f"smallest for {bottom} ({_with(least, unit)})"
    return f"{what}: largest for {top} ({_with(most, unit)}), {least_of}."


def of_mean_growth(summary: pd.DataFrame, series: pd.DataFrame) -> str:
    """Name the series that grow most and least, and say where targets are among the values.

    Parameters
    ----------
    summary : DataFrame as `growth_summary` returns it; its index names the rows
    series : the tidy series that it sums up

    >>> import pandas as pd
    >>> growth = pd.DataFrame({"cagr_pct": [2.0, 9.5]}, index=["jobs", "sales"])
    >>> told = pd.DataFrame({"value": [1.0, 2.0], "standing": ["outcome", "target"]})
    >>> of_mean_growth(growth, told).partition(":")[0]
    'Mean growth, years that were not measured included'
    """
    known = series[series["value"].notna()]
    planned = not known["standing"].isin(MEASURED).all()
    included = ", years that were not measured included" if planned else ""
    return extremes(summary, "cagr_pct", f"Mean growth{included}", "% a year")


def how_many(mask: list, what: str, one: str | None = None) -> str:
    """Count the rows for which something holds.

    >>> how_many([True, False, True], "have a number")
    '2 of 3 have a number.'
    >>> how_many([True, False], "have a number", one="has a number")
    '1 of 2 has a number.'
    """
    mask = list(mask)
    count = sum(map(bool, mask))
    return f"{count or 'None'} of {len(mask)} {one if one and count == 1 else what}."


def many(table: pd.DataFrame, one: str, several: str, what: str) -> str:
    """Count the rows of a table that lists what something happened to; none is said, too.

    >>> import pandas as pd
    >>> many(pd.DataFrame(), "value is", "values are", "missing")
    'No values are missing.'
    >>> many(pd.DataFrame({"value": [1.0]}), "value is", "values are", "missing")
    '1 value is missing.'
    """
    count = len(table)
    return f"{f'{count:,}' if count else 'No'} {one if count == 1 else several} {what}."


def flagged(table: pd.DataFrame, column: str, what: str, one: str, word: Any = True) -> str:
    """Count the rows that have a word, or true, in a column; nothing of a table without rows.

    >>> import pandas as pd
    >>> flagged(pd.DataFrame({"holds": ["always", "never"]}), "holds", "hold", "holds", "always")
    '1 of 2 holds.'
    """
    return how_many(table[column] == word, what, one) if len(table) else ""


def of_printed(printed: Any) -> Any:
    """Say how many values a printed table has, and how many places are empty."""
    values = printed.select_dtypes("number")
    known = int(values.notna().to_numpy().sum())
    gaps = values.size - known
    empty = f"; {counted(gaps, 'place')} {'is' if gaps == 1 else 'are'} empty" if gaps else ""
    return f"{counted(len(printed), 'row')} and {counted(known, 'value')}{empty}."


def of_empty(table: pd.DataFrame, column: str = "reason") -> str:
    """Say how many rows have no value, and why most of them.

    >>> import pandas as pd
    >>> of_empty(pd.DataFrame({"reason": ["", "zero base", "zero base"]}))
    '2 of 3 rows have an empty cell, most often because of: zero base.'
    """
    reasons = table[column].fillna("")
    reasons = reasons[reasons != ""]
    if reasons.empty:
        return ""
    verb = "has" if len(reasons) == 1 else "have"
    most = reasons.value_counts(sort=True).index[0]
    start = f"{len(reasons)} of {counted(len(table), 'row')} {verb} an empty cell"
    return f"{start}, most often because of: {most}."


def _rows(known, value):
    """Name the rows that have a value; of several three at most."""
    return listed((_name(key) for key in known.index[known == value]), most=3)


def _name(key):
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _with(value, unit):
    return f"{number(value)} {unit}".strip()


def of_prevalence_range(common: Any) -> Any:
    """Say for which component the count of clusters differs most between the ways of counting."""
    counts = common.groupby("component", sort=False)["k"].agg(["min", "max"])
    spread = counts["max"] - counts["min"]
    if spread.empty or not spread.max():
        return "No count depends on how what is not reported is counted."
    row, total = counts.loc[spread.idxmax()], int(common["n"].iloc[0])
    return (
        f"The least certain is {spread.idxmax()}: {int(row['min'])} to {int(row['max'])} of "
        f"{counted(total, 'cluster')}."
    )


def of_spread(wide: pd.DataFrame, units: str) -> str:
    """Say in how many indicators, one a row, units lie closer together at the end.

    >>> import pandas as pd
    >>> of_spread(pd.DataFrame({2020: [10.0, 5.0], 2021: [8.0, None]}), "regions")
    'In 1 of 2 indicators the regions lie closer together in the last year than in the first.'
    >>> of_spread(pd.DataFrame(index=["net migration"]), "regions")
    'No indicator has a spread of the regions in two years.'
    """
    wide = wide.dropna(how="all")
    if wide.empty or wide.shape[1] < 2:
        return f"No indicator has a spread of the {units} in two years."
    closer = int((wide.ffill(axis=1).iloc[:, -1] < wide.bfill(axis=1).iloc[:, 0]).sum())
    return (
        f"In {closer} of {counted(len(wide), 'indicator')} the {units} lie closer together in the "
        f"last year than in the first."
    )


def of_cells(tables: Any) -> Any:
    """Say between which numbers of cells with evidence several ways of counting lie."""
    counts = [int(table["evidence"].sum()) for table in tables.values()]
    total = len(next(iter(tables.values())))
    return (
        f"Whichever way is chosen, {min(counts)} to {max(counts)} of {total} cells have a number."
    )


def of_contents(study: Study, cells: Any) -> Any:
    """Name the table that is shown and whose numbers it has; of many, how many there are."""
    names = study.clusters.loc[cells["cluster"].unique(), "name"]
    whose = study.counted(len(names)) if len(names) > 12 else listed(map(escaped, names))
    indicators = counted(cells["indicator"].nunique(), "indicator")
    if study.has("series.table"):
        return f"**Table {cells['table'].iloc[0]}:** {whose}"
    return f"**{indicators}:** {whose}"

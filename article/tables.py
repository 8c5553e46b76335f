"""Tables 1-4 of the article, regenerated, and each published value compared with its counterpart.

Tables 2-4 are source data, so printing them again is a round trip: what guards them is that
`published.csv` is a second transcription. Table 1's grades are compared the same way.
"""

from decimal import Decimal

import pandas as pd

from analysis.rules import NUMBER
from analysis.tables import components_table, indicator_table, table_numbers

TITLES = {
    1: "Institutional components of the innovative potential of the clusters",
    2: "Quantitative indicators: wooden house-building and woodworking, Vologda region",
    3: "Quantitative indicators: furniture, woodworking and allied industries, Sakha (Yakutia)",
    4: "Quantitative indicators: information technologies, Novgorod region",
}
DASH = "-"  # how the article prints a value that is not reported


def regenerate(study):
    """Regenerate the article's tables from a study: {number: DataFrame}.

    >>> from analysis.data import load_study
    >>> {number: table.shape for number, table in regenerate(load_study()).items()}
    {1: (11, 4), 2: (8, 6), 3: (2, 6), 4: (4, 6)}
    """
    tables = {1: components_table(study)}
    return tables | {number: indicator_table(study, number) for number in table_numbers(study)}


def verify(study):
    """Compare every published value with the regenerated one.

    Returns one row per printed cell: table, row, column, published, regenerated, status; status is
    equal, differs, or missing (a cell that only one side has). A table of which nothing was
    published, such as one that an analyst added, has nothing to be compared with.

    >>> from analysis.data import load_study
    >>> verify(load_study())["status"].value_counts().to_dict()
    {'equal': 81}
    """
    published = study.published.set_index(["table", "row", "column"])["published"]
    printed = set(study.published["table"])
    cells = {place: text for place, text in _cells(study).items() if place[0] in printed}
    places = pd.DataFrame(list(cells), columns=published.index.names)
    index = pd.MultiIndex.from_frame(places.astype({"table": int, "row": int, "column": str}))
    regenerated = pd.Series(list(cells.values()), index=index, dtype="str")
    both = pd.concat(
        [published, regenerated.rename("regenerated")], axis=1, join="outer", sort=True
    )
    both["status"] = [_status(*pair) for pair in both.itertuples(index=False)]
    return both.reset_index()


def _cells(study):
    """Every printed cell as text, by (table, row, column)."""
    tables = regenerate(study)
    cells = {
        (1, int(row.no), "level"): row.level
        for row in tables[1].itertuples()
        if row.level == row.level
    }
    series = study.series
    for number in table_numbers(study):
        rows = sorted(series.loc[series["table"] == number, "row"].unique().tolist())
        years = [column for column in tables[number] if column.isdigit()]
        for row, values in zip(rows, tables[number][years].to_numpy(), strict=True):
            cells |= {(number, row, year): _text(v) for year, v in zip(years, values, strict=True)}
    return cells


def _text(value):
    return DASH if pd.isna(value) else f"{value:.15g}"


def _status(published, regenerated):
    if pd.isna(published) or pd.isna(regenerated):
        return "missing"
    return "equal" if _same(published, regenerated) else "differs"


def _same(published, regenerated):
    """Compare as numbers what is written as a number; a dash or a grade as it is."""
    if NUMBER.fullmatch(published) and NUMBER.fullmatch(regenerated):
        return Decimal(published) == Decimal(regenerated)
    return published == regenerated

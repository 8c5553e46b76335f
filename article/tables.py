"""Tables 1-4 of the article, regenerated, and each published value compared with its counterpart.

Tables 2-4 are source data, so printing them again is a round trip: what guards them is that
`published.csv` is a second transcription. Table 1's grades are compared the same way.
"""

from decimal import Decimal

import pandas as pd

from analysis.study.checks.number_rules import NUMBER
from analysis.text.printed_tables import components_table, indicator_table, table_numbers
from analysis.tidy.records import records, table_of

TITLES = {
    1: "Institutional components of the innovative potential of the clusters",
    2: "Quantitative indicators: wooden house-building and woodworking, Vologda region",
    3: "Quantitative indicators: furniture, woodworking and allied industries, Sakha (Yakutia)",
    4: "Quantitative indicators: information technologies, Novgorod region",
}
PRINTED = ("table", "row", "column", "published")
COLUMNS = (*PRINTED, "regenerated", "status")
TYPES = dict.fromkeys(COLUMNS, "str") | {"table": "int64", "row": "int64"}
DASH = "-"  # how the article prints a value that is not reported


def regenerate(study):
    """Regenerate the article's tables from a study: {number: DataFrame}.

    >>> from analysis.study.loading import load_study
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

    >>> from analysis.study.loading import load_study
    >>> verify(load_study())["status"].value_counts().to_dict()
    {'equal': 81}
    """
    return table_of(compared(study), TYPES)


def compared(study):
    """Return the same as a list of tuples.

    >>> from analysis.study.loading import load_study
    >>> compared(load_study())[-1]
    (4, 4, '2020', '2160', '2160', 'equal')
    """
    published = {tuple(place): text for *place, text in records(study.published, *PRINTED)}
    numbers = {number for number, _, _ in published}
    regenerated = _cells(study, numbers)
    rows = []
    for place in sorted(published.keys() | regenerated.keys()):
        both = published.get(place), regenerated.get(place)
        rows.append((*place, *both, _status(*both)))
    return rows


def _cells(study, numbers):
    """Every printed cell of these tables as text, by (table, row, column)."""
    cells = {}
    if 1 in numbers:
        table = components_table(study)
        grades = zip(table["no"].tolist(), table["level"].tolist(), strict=True)
        cells = {(1, no, "level"): grade for no, grade in grades if grade == grade}
    for number in sorted(numbers.intersection(table_numbers(study))):
        table = indicator_table(study, number)
        years = [column for column in table if column.isdigit()]
        rows = sorted(set(study.series["row"][study.series["table"] == number].tolist()))
        for row, *values in zip(rows, *(table[year].tolist() for year in years), strict=True):
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

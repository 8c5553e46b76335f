"""Compare published values with the regenerated ones: to the digits that were printed.

A study says in `published.csv` where each of its values must come out: the file of the results,
the row by its key, and the column.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

PLACE = ["file", "key", "column", "published"]
EQUAL, DIFFERS, MISSING = "equal", "differs", "missing"
DASH = {"-", "\N{EN DASH}", "\N{EM DASH}"}  # printed where there is no value
BETWEEN = re.compile(r"(?<=\d)[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}](?=\d{3})")


def verify_files(published: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Look every published value up in the result file that should hold it.

    Parameters
    ----------
    published : DataFrame with the columns file, key, column, published
    folder : the results

    Returns a DataFrame: file, key, column, published, regenerated, status ("equal", "differs",
    "missing": no such file, row or column, or more than one row).
    """
    tables = {name: _read(folder / name) for name in published["file"].unique()}
    rows = []
    for file, key, column, printed in published[PLACE].itertuples(index=False):
        found = _found(tables[file], key, column)
        status = MISSING if found is None else EQUAL if same(printed, found) else DIFFERS
        rows.append((file, key, column, printed, found or "", status))
    return pd.DataFrame(rows, columns=[*PLACE, "regenerated", "status"])


def same(printed: str, regenerated: str) -> bool:
    """Tell whether a value equals the printed one, to the digits printed.

    >>> same("0.14", "0.1351"), same("0.14", "0.146"), same("1 234", "1234.4"), same("-", "")
    (True, False, True, True)
    >>> same("high", "high"), same("5", "")
    (True, False)
    """
    if printed.strip() in DASH:
        return regenerated == ""
    wanted, found = _number(printed), _number(regenerated)
    if wanted is None or found is None:
        return printed == regenerated
    return abs(found - wanted) <= _half_a_unit(wanted)


def tolerance(printed: str) -> float | None:
    """Return the tolerance of a printed number; None for what is no number.

    >>> tolerance("0.14"), tolerance("1 234"), tolerance("high")
    (0.005, 0.5, None)
    """
    wanted = _number(printed)
    return None if wanted is None else float(_half_a_unit(wanted))


def _half_a_unit(number):
    """Half a unit of the last digit that was printed."""
    return Decimal(5).scaleb(number.as_tuple().exponent - 1)


def _number(text):
    """Parse a printed number, without thousands separators; None if it is none."""
    try:
        number = Decimal(BETWEEN.sub("", text.strip().replace("\N{MINUS SIGN}", "-")))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _read(path):
    if not path.is_file():
        return None
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _found(table, key, column):
    """Return the cell that a key and a column name; None where there is not exactly one."""
    if table is None or column not in table:
        return None
    parts = [part.strip() for part in key.split(";")]
    for place, part in enumerate(parts):
        name, equals, value = part.partition("=")
        if not equals or name not in table:
            name, value = table.columns[place], part
        table = table[table[name] == value.strip()]
    return table[column].iloc[0] if len(table) == 1 else None

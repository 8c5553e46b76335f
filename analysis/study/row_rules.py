"""Rules on the printed rows of a study's series: one series each, whole, and standing once.

Functions of {name: RawTable} that return problems, as those in `rules.py`.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)


@dataclass
class PrintedRow:
    """What a printed row holds; a cell with a problem of its own is no reason for another one."""

    series: dict = field(default_factory=dict)  # (cluster, indicator) -> {year: row number}
    last: dict = field(default_factory=dict)  # (cluster, indicator) -> its last row number
    years: set = field(default_factory=set)  # all that can be read, of whatever series
    stray: set = field(default_factory=set)  # those of a cluster or indicator that was reported
    unread: int = 0  # rows whose year was reported

    def add(self, table, number, record):
        """Take in one row of the table."""
        key, year = _series_of(record), _whole(record["year"])
        is_known = not table.is_reported(number, "cluster", "indicator")
        if is_known:
            self.series.setdefault(key, {})
            self.last[key] = max(number, self.last.get(key, 0))
        if table.is_reported(number, "year"):
            self.unread += 1
            return
        self.years.add(year)
        if is_known:
            self.series[key][year] = number
        else:
            self.stray.add(year)

    def missing(self, key, years):
        """List the years that a series lacks, unless as many rows may be theirs."""
        lacking = years - self.series[key].keys() - self.stray
        return sorted(lacking, key=str) if len(lacking) > self.unread else []


def _printed_rows(table):
    """Gather the rows of `series` by printed row; where that was reported, with their series."""
    homes, rows = {}, defaultdict(PrintedRow)
    for number, r in table.records():
        if not table.is_reported(number, "table", "row"):
            homes.setdefault(_series_of(r), _place(r))
    for number, r in table.records():
        is_lost = table.is_reported(number, "table", "row")
        place = homes.get(_series_of(r)) if is_lost else _place(r)
        if place:
            rows[place].add(table, number, r)
    return rows


def _series_of(record):
    return record["cluster"], record["indicator"]


def _place(record):
    return _whole(record["table"]), _whole(record["row"])


def table_rows_are_whole(tables):
    """A printed row is one series, with a cell for every year of its table."""
    if "series" not in tables:
        return []
    table, problems, years = tables["series"], [], defaultdict(set)
    rows = _printed_rows(table)
    for (printed, _), found in rows.items():
        years[printed] |= found.years
    for (printed, row), found in rows.items():
        for key in found.series:
            value, at = ", ".join(key), found.last[key]
            if len(found.series) > 1:
                rule = f"table {printed}, row {row} holds more than one series"
                problems.append(table.problem(at, "row", value, rule, "one cluster and indicator"))
            for year in found.missing(key, years[printed]):
                rule = f"the year {year} is missing in table {printed}, row {row}"
                allowed = "a row for every year of the table; an empty value for a gap"
                problems.append(table.problem(at, "year", value, rule, allowed))
    return problems


def series_stand_once(tables):
    """A series belongs to one printed row."""
    if "series" not in tables:
        return []
    table, first, problems = tables["series"], {}, []
    for number, r in table.records():
        if table.is_reported(number, "table", "row", "cluster", "indicator"):
            continue
        place = _place(r)
        if first.setdefault(_series_of(r), place) != place:
            value, rule = ", ".join(_series_of(r)), "the series stands in two rows"
            problems.append(table.problem(number, "row", value, rule, "one table and row"))
    return problems


def _whole(text):
    """Return the whole number a text stands for, as it is stored: 02 is 2; else the text."""
    return int(text) if INTEGER.fullmatch(text) else text

"""Where a table begins: which rows are its header, found by what stands below them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.units import is_unit_like
from analysis.study.wide.texts.words import NOTES, role_of

if TYPE_CHECKING:
    from analysis.study.wide.files.cells import Sheet

SAMPLE_ROWS, SAMPLE_COLUMNS = 120, 150
ENCLOSED = re.compile(r"\[[^\[\]]+\]|\([^()]+\)")
CODE = re.compile(r"\s*0\d+\s*")  # with leading zeros: the number of a table, no quantity
BODY = 25  # rows below a header that tell what its columns hold


def filled(cells: list) -> list:
    """List the places of the cells that are not empty."""
    return [at for at, text in enumerate(cells) if text and not text.isspace()]


def is_period_like(text: str) -> bool:
    """Tell whether a text names a year or a part of one, and is no plain quantity."""
    return period(text) is not None


def find_header(sheet: Sheet, start: int = 0) -> Any:
    """Find the last row of a table's header at or after a row; None where there is no table."""
    rows = {
        number: sheet.rows[number][:SAMPLE_COLUMNS]
        for number in range(start, min(len(sheet.rows), start + SAMPLE_ROWS))
        if filled(sheet.rows[number])
    }
    kinds = _Kinds(rows)
    order = list(rows)
    if (above := _above_series(rows, order)) is not None:
        return above
    best: tuple[float, int | None] = (0.0, None)
    for place, number in enumerate(order):
        is_wide = len(filled(rows[number])) > 1 or _is_merged_header(sheet, number)
        if not is_wide and not any(is_period_like(text) for text in rows[number] if text):
            continue
        score = _score(rows, kinds, number, order[place + 1 : place + 1 + BODY])
        if score > 0 and score >= best[0]:
            best = (score, number)
        elif best[1] is not None and _is_data(rows[number], kinds[number]):
            break  # the body has begun: a later header is that of a next table
    return best[1]


NAMED_ROWS = 3  # so many rows that name a thing of each series make a time series' header


def _above_series(rows, order):
    """Find the last row above dates that run down, below rows that describe each series."""
    labels = [rows[number][0].strip() for number in order]
    for place in range(NAMED_ROWS, len(order) - 1):
        if not (is_period_like(labels[place]) and is_period_like(labels[place + 1])):
            continue
        above = [rows[number] for number in order[place - NAMED_ROWS : place]]
        names = labels[place - NAMED_ROWS : place]
        is_full = {len(filled(cells)) for cells in above} == {len(filled(rows[order[place]]))}
        is_named = all(kind(name) == "text" and not is_period_like(name) for name in names)
        is_apart = order[place] - order[place - NAMED_ROWS] == NAMED_ROWS
        return order[place - 1] if is_full and is_named and is_apart else None
    return None


class _Kinds(dict):
    """What the cells of a row may be, found when it is first asked for."""

    def __init__(self, rows):
        """Hold the rows."""
        super().__init__()
        self.rows = rows

    def __missing__(self, number):
        self[number] = [kind(text) for text in self.rows[number]]
        return self[number]


def _is_data(cells, kinds):
    """Tell whether a row holds plain numbers beside a label."""
    numbers = [at for at, what in enumerate(kinds) if what == "number"]
    plain = [
        at for at in numbers if not is_period_like(cells[at]) and not CODE.fullmatch(cells[at])
    ]
    return len(plain) > 1 or (
        len(plain) == 1 and len(filled(cells)) > 1 and plain[0] == filled(cells)[-1]
    )


def _is_merged_header(sheet, number):
    return any(
        top <= number <= bottom and right > left for top, left, bottom, right in sheet.merged
    )


def _score(rows, kinds, number, below):
    """Rate a row as header: by texts and years over columns of numbers, and by known words."""
    columns = _number_columns(kinds, rows, below)
    if not columns:
        return 0.0
    cells, own, score = rows[number], kinds[number], 0.0
    names = [text for at, text in enumerate(cells) if text.strip() and at not in columns]
    periods = 0
    for at in columns:
        text = cells[at] if at < len(cells) else ""
        if not text.strip():
            continue
        if is_period_like(text):
            periods += 1
            score += 1
        elif own[at] == "text" or (own[at] == "mark" and text.strip().isalpha()):
            score += 1
        else:
            score -= 1.5  # a number or a mark: a row of the body
    if periods and periods < len(filled(cells)) and not _is_sequence(cells):
        score -= periods  # numbers that only look like years
    score += 0.25 * sum(kind(text) == "text" for text in names)
    score += sum(0.6 for text in cells if text.strip() and role_of(text)[1])
    if names and NOTES.match(names[0]):
        score -= 2
    return score


def _is_sequence(cells):
    """Tell whether the years of a row come in steps, once or in repeated runs."""
    years = [found.year for text in cells if (found := period(text)) is not None]
    if len(years) < 2:
        return True
    steps = [b - a for a, b in pairwise(years)]
    return all(abs(step) <= 10 for step in steps) or len(set(years)) < len(years)


def _number_columns(kinds, rows, below):
    """Find the columns that hold numbers in the rows below."""
    dense = [number for number in below if len(filled(rows[number])) > 1]
    numbers, others = {}, {}
    for number in dense:
        for at, what in enumerate(kinds[number]):
            if what == "number":
                numbers[at] = numbers.get(at, 0) + 1
            elif what == "text":
                others[at] = others.get(at, 0) + 1
    return {at for at, count in numbers.items() if count >= others.get(at, 0)}


def header_rows(sheet: Sheet, last: int, value_columns: list) -> tuple:
    """Extend a header upwards and downwards from the row that was found: (first, last)."""
    first = last
    is_series = _begins_with_periods(sheet, last + 1, value_columns[0])
    while first > 0 and (
        _belongs(sheet, first - 1, value_columns)
        or (is_series and _is_named_row(sheet, first - 1, value_columns))
    ):
        first -= 1
    while last + 1 < len(sheet.rows) and _continues(sheet, last + 1, value_columns):
        last += 1
    return first, last


def _begins_with_periods(sheet, begin, first_value):
    """Tell whether the rows below a header begin with years or dates."""
    texts = [
        next((text for text in cells[:first_value] if text.strip()), "")
        for cells in sheet.rows[begin : begin + 6]
        if filled(cells)
    ]
    return len(texts) > 1 and all(map(is_period_like, texts))


def _is_named_row(sheet, number, value_columns):
    """Tell whether a row above a time series says one thing of each series: its unit, its start."""
    cells = sheet.rows[number]
    label = next((text for text in cells[: value_columns[0]] if text.strip()), "")
    there = [at for at in value_columns if at < len(cells) and cells[at].strip()]
    is_name = kind(label) == "text" and not is_period_like(label) and not NOTES.match(label)
    return is_name and len(there) == len(value_columns)


def _belongs(sheet, number, value_columns):
    """Tell whether a row above a header is one of its rows."""
    cells = sheet.rows[number]
    there = filled(cells)
    over = [at for at in there if at >= value_columns[0]]
    if not over or NOTES.match(cells[there[0]]):
        return False
    name, colon, said = cells[there[0]].partition(":")
    if colon and said.strip() and role_of(name) == ("unit", True):
        return False  # "Unit: number", perhaps in another language beside it
    span = _span(sheet, number, there[0])
    if len(there) == 1:
        # one text: the title of the whole where it spans all, else over the columns below it
        is_over_values = there[0] >= value_columns[0] and (span or is_period_like(cells[there[0]]))
        return bool(is_over_values)
    if len(there) == 2 and there[0] < value_columns[0] and len(value_columns) > 2:
        # a pair such as "Unit of measure: Percentage", unless the second is merged over values
        return _span(sheet, number, there[1]) or is_period_like(cells[there[1]])
    plain = [at for at in over if kind(cells[at]) == "number" and not is_period_like(cells[at])]
    # "Unit | 000 | 000" names units, though they look like numbers
    is_of_units = role_of(cells[there[0]]) == ("unit", True) and there[0] < value_columns[0]
    return not plain or (is_of_units and all(is_unit_like(cells[at]) for at in over))


def _span(sheet, number, column):
    """Tell whether a cell is merged with those to its right."""
    return any(
        top <= number <= bottom and left == column and right > left
        for top, left, bottom, right in sheet.merged
    )


def _continues(sheet, number, value_columns):
    """Tell whether a row below a header is one more of its rows: units, names, column numbers."""
    cells = sheet.rows[number]
    there = filled(cells)
    if not there:
        return False
    over = [at for at in there if at in set(value_columns)]
    beside = [cells[at] for at in there if at < value_columns[0]]
    if not over:
        return all(role_of(text)[1] for text in beside)
    if is_numbering(cells, there):
        return not _is_lettered(sheet, number)
    if not beside and all(ENCLOSED.fullmatch(cells[at].strip()) for at in over):
        return True  # units: [osoba] | [%]
    plain = [at for at in over if kind(cells[at]) == "number" and not is_period_like(cells[at])]
    # "1000" among units is one of them
    plain = [at for at in plain if beside or cells[at].strip() not in ("1000", "1 000", "1.000")]
    if plain or (
        all(kind(cells[at]) == "number" for at in over if not is_period_like(cells[at]))
        and not any(map(is_period_like, (cells[at] for at in over)))
    ):
        return False
    if any(kind(text) == "text" and not role_of(text)[1] for text in beside):
        return False
    names = [
        at
        for at in over
        if kind(cells[at]) == "text" or is_period_like(cells[at]) or cells[at].strip().isalpha()
    ]
    return len(names) > len(over) / 2


def _is_lettered(sheet, number):
    """Tell whether a region is named A, with values 1 and 2: the next are single letters too."""
    below = [cells for cells in sheet.rows[number + 1 : number + 4] if filled(cells)]
    first = [cells[filled(cells)[0]].strip() for cells in (sheet.rows[number], *below[:1])]
    return all(len(text) == 1 and text.isalpha() for text in first)


def is_numbering(cells: list, there: list) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3, or A, 1, 2.

    >>> is_numbering(["A", "1", "2"], [0, 1, 2]), is_numbering(["1", "Kent", "0.9"], [0, 1, 2])
    (True, False)
    """
    texts = [cells[at].strip().strip("()") for at in there]
    if len(texts) > 1 and texts[0].casefold() in ("a", "а", "б", "1"):
        numbers = [text for text in texts if text.isdecimal()]
        letters = [text for text in texts if len(text) == 1 and text.isalpha()]
        begin = int(numbers[0]) if numbers else 0
        counted = [str(begin + at) for at in range(len(numbers))]
        is_whole = len(numbers) + len(letters) == len(texts) and len(letters) <= 2 < len(texts)
        return begin in (1, 2) and numbers == counted and is_whole
    return False

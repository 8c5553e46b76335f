"""The tables of a sheet: titles, header levels, label columns, value columns, body, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.study.wide.tables.columns import (
    content,
    fill_down,
    part_columns,
    signs_as_indents,
    split_packed_keys,
    value_columns,
)
from analysis.study.wide.tables.header import (
    filled,
    find_header,
    header_rows,
    is_numbering,
    is_period_like,
)
from analysis.study.wide.tables.table import Table, side_by_side
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.units import is_unit_like
from analysis.study.wide.texts.words import NOTES, role_of

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.wide.files.cells import Sheet

NAMED = re.compile(r"(?P<name>[^:]{3,30}?)\s*(?::|\s[-–—])\s(?P<value>.+)$")  # "Unit: mln EUR"
CONTINUED = re.compile(r"continu|продолжени|окончание|fortsetzung|segue|suite", re.IGNORECASE)
COLUMNS_SEEN = 60  # of a row, to tell whether it holds more than a heading
SAMPLE = 200  # rows of the body that tell what a column holds


def find_tables(sheet: Sheet, told: dict) -> list:
    """Find the tables of a sheet, from top to bottom, those side by side apart."""
    tables, start = [], 0
    while start < len(sheet.rows):
        header = _told_header(told, len(tables)) if told.get("header_row") else None
        header = find_header(sheet, start) if header is None else header
        if header is None or header >= len(sheet.rows):
            break
        table, start = _table(sheet, start, header)
        if table is not None and table.rows and table.columns:
            tables += side_by_side(table)
        elif table is None:
            break
    return tables


def _told_header(told, count):
    return told["header_row"] - 1 if count == 0 else None


def _table(sheet, start, last):
    """Take one table apart: (table, the row where the search goes on)."""
    table = Table(sheet)
    sample = range(last + 1, min(len(sheet.rows), last + 1 + SAMPLE))
    width = max((len(sheet.rows[row]) for row in (last, *sample)), default=0)
    sample = [row for row in sample if len(filled(sheet.rows[row][:COLUMNS_SEEN])) > 1]
    sample = sample[: max(12, 12_000 // max(1, width))]
    contents = [content(sheet, sample, column) for column in range(width)]
    columns = value_columns(sheet, last, contents)
    if not columns:
        return None, len(sheet.rows)
    first, last = header_rows(sheet, last, columns)
    first = max(first, start)
    table.header = (first, last)
    _titles(table, start, first)
    rows, end = _body(table, last + 1, columns)
    table.rows = rows
    _header_levels(table, first, last, columns)
    part_columns(table, first, last, columns, contents)
    split_packed_keys(table)
    signs_as_indents(table)
    fill_down(table)
    return table, end


def _titles(table, start, first):
    """Read what stands above the header: titles, and pairs of name and value."""
    for row in range(start, first):
        cells = table.sheet.rows[row]
        there = filled(cells)
        texts = [" ".join(cells[at].split()) for at in there]
        if texts and texts[0].startswith("#") and not is_numbering(cells, there):
            _comment(table, ", ".join(texts).lstrip("# "))
        elif len(texts) == 1 and (pair := NAMED.match(texts[0])) and _is_named(pair):
            table.pairs[pair["name"]] = pair["value"]
        elif len(texts) == 1 and there[0] > 0 and is_unit_like(texts[0]) and len(texts[0]) < 40:
            table.pairs["unit"] = texts[0].strip("()")
        elif len(texts) == 1:
            table.titles.append(texts[0])
        elif len(texts) == 2 and (pair := NAMED.match(texts[0])) and _is_named(pair):
            table.pairs[pair["name"]] = pair["value"]  # the same in another language beside it
        elif len(texts) == 2:
            table.pairs[texts[0].rstrip(": ")] = texts[1]
        elif texts:
            table.titles.append(" ".join(texts))


def _is_named(pair):
    return role_of(pair["name"]) in (("unit", True), ("indicator", True))


def _comment(table, text):
    """Keep a line such as "# unit: mln EUR" as a pair, any other comment as a note."""
    name, sign, value = text.partition(":")
    if sign and value.strip() and role_of(name) in (("unit", True), ("indicator", True)):
        table.pairs[name.strip()] = value.strip()
    elif text:
        table.notes.append(text)


def _body(table, begin, columns):
    """Walk down the body: rows of data, headings of sections, notes at the end."""
    sheet, rows, pending, section = table.sheet, [], [], ""
    columns_set = columns
    low, high = columns[0], columns[-1] + 1
    typical = None
    first_header = [text.strip() for text in sheet.rows[begin - 1]]
    end = len(sheet.rows)
    below = _below_values(sheet, begin, low, high)
    for number in range(begin, len(sheet.rows)):
        cells = sheet.rows[number]
        there = "".join(cells[low:high])
        if not there or there.isspace():
            if not filled(cells):
                continue
            labels = filled(cells[:low])
            if typical and typical > 1 and len(labels) >= typical and number < below:
                rows.append(number)  # a row whose values are all missing
                table.sections.append(section)
            else:
                pending.append(number)
            continue
        what = _row_kind(sheet, cells, columns_set, low, first_header)
        if what == "note":
            pending.append(number)
            continue
        if what == "again" and rows and _has_title(sheet, pending):
            what = "header"
        if what == "again":
            table.dropped.append(f"row {number + 1}: the header once more")
            continue
        if what == "header" and rows:
            end = _end_before(rows, pending, number)
            pending = [p for p in pending if p < end]
            break
        if what == "numbering":
            table.dropped.append(f"row {number + 1}: numbers of the columns")
            continue
        section = _section(table, pending, section, begin)
        pending = []
        rows.append(number)
        table.sections.append(section)
        typical = len(filled(cells[:low])) if typical is None else typical
    table.notes += [" ".join(" ".join(sheet.rows[p]).split()) for p in pending]
    return rows, end


def _below_values(sheet, begin, low, high):
    """Find where a list of notes begins: at the first empty row below the last value."""
    upwards = reversed(range(begin, len(sheet.rows)))
    last = next((n for n in upwards if "".join(sheet.rows[n][low:high]).strip()), begin)
    empty = (n for n in range(last + 1, len(sheet.rows)) if not filled(sheet.rows[n]))
    return next(empty, len(sheet.rows))


def _has_title(sheet, pending):
    """Tell whether a header that is repeated has a title of its own, so that a new table begins."""
    texts = [" ".join(sheet.rows[row]).strip() for row in pending]
    texts = [text for text in texts if not CONTINUED.search(text)]
    return bool(texts)


def _end_before(rows, pending, number):
    """Give the row where a next table begins: with the titles just above its header."""
    after = [p for p in pending if p > rows[-1]]
    begin = number
    for row in reversed(after):
        if begin - row > 2:
            break
        begin = row
    return begin


def _row_kind(sheet, cells, columns, low, header):
    """Tell what a row with something under the values is."""
    first = next(at for at in range(low, len(cells)) if cells[at].strip())
    label = next((text for text in cells[:low] if text.strip()), "")
    what = kind(cells[first])
    if what == "number" and not is_period_like(cells[first]):
        if not label.strip() and is_numbering(cells, filled(cells)):
            return "numbering"
        return "note" if NOTES.match(label) and len(filled(cells)) < 4 else "data"
    if header and [text.strip() for text in cells] == header:
        return "again"
    over = [at for at in filled(cells) if at >= low]
    kinds = [kind(cells[at]) for at in over]
    periods = [is_period_like(cells[at]) for at in over]
    plain = [k for k, p in zip(kinds, periods, strict=True) if k == "number" and not p]
    if plain:
        return "note" if NOTES.match(label) and len(over) < 3 else "data"
    is_name = all(k == "text" or p for k, p in zip(kinds, periods, strict=True))
    is_free = not label.strip() or role_of(label)[1] or label.strip() == next(iter(header), None)
    if is_name and is_free and (len(over) > 1 or any(periods)):
        return "header"
    if is_name and not any(periods):
        wide = len(over) >= max(2, len(columns) / 2)
        return (
            "data"
            if label.strip() and (wide or len(columns) == 1) and not NOTES.match(label)
            else "note"
        )
    if kind(label) == "mark" and "number" not in kinds:
        return "note"  # a line of a legend
    return "data"


def _section(table, pending, section, begin):
    """Take rows that hold only labels, above rows of data, as headings."""
    texts = []
    for row in pending:
        text = " ".join(" ".join(table.sheet.rows[row]).split())
        if NOTES.match(text) or len(text) > 200:
            table.notes.append(text)
        else:
            texts.append(text)
            first = filled(table.sheet.rows[row])[0]
            table.heading = table.heading or table.sheet.text(begin - 1, first).strip()
    return texts[-1] if texts else section


def _header_levels(table, first, last, columns):
    """Read the levels of the header over the value columns, merged and spanning texts filled."""
    sheet = table.sheet
    for row in range(first, last + 1):
        cells = sheet.rows[row]
        if is_numbering(cells, filled(cells)):
            table.dropped.append(f"row {row + 1}: numbers of the columns")
            continue
        texts = {at: " ".join(sheet.text(row, at).split()) for at in columns}
        corner = next((t for t in (" ".join(c.split()) for c in cells[: columns[0]]) if t), "")
        merged = [area for area in sheet.merged if area[0] <= row <= area[2] and area[3] > area[1]]
        for top, left, _, right in merged:
            for at in range(max(left, columns[0]), right + 1):
                if at in texts:
                    texts[at] = " ".join(sheet.text(top, left).split())
        is_upper = row < last
        if not merged and (is_upper or _is_one_unit(table, texts, columns)):
            _fill_right(texts, columns, _ended(table, row, columns))
        if any(texts.values()):
            table.levels.append(texts)
            table.level_rows.append(row)
            table.corners.append(corner)
    _join_years(table.levels, columns)


def _join_years(levels, columns):
    """Bring the years that stand in several levels into the one that has most of them.

    So they stand where some headings have a level less than the others.
    """
    counts = [sum(map(is_period_like, filter(None, level.values()))) for level in levels]
    if sum(map(bool, counts)) < 2:
        return
    most = max(range(len(levels)), key=lambda at: (counts[at], at))
    for at, level in enumerate(levels):
        for column in columns if at != most else ():
            if not levels[most][column] and is_period_like(level[column]):
                levels[most][column], level[column] = level[column], ""


def _is_one_unit(table, texts, columns):
    """Tell whether a row below the names says one unit, above the first column, for all."""
    words = [text for text in texts.values() if text]
    is_first = len(words) == 1 < len(columns) and bool(texts[columns[0]])
    above = table.levels[-1] if table.levels else {}
    return is_first and all(above.get(at) for at in columns) and is_unit_like(words[0])


def _ended(table, row, columns):
    """Find the columns where a text to the left ends: a new heading begins above them."""
    sheet = table.sheet
    areas = [area for area in sheet.merged if area[0] < row <= area[2]]  # merged from above
    below = {at for _, left, _, right in areas for at in range(left, right + 1)}
    upper = table.level_rows[-1] if table.level_rows else row
    above = [at for at in columns if upper < row and sheet.text(upper, at).strip()]
    return below | (set(above) if len(above) < len(columns) else set())


def _fill_right(texts, columns, ended):
    """Repeat a text of an upper level over the columns to its right, until the next heading."""
    current = ""
    for at in columns:
        current = texts[at] or ("" if at in ended else current)
        texts[at] = current


def is_year_level(level: Any) -> Any:
    """Tell whether all texts of a header level are periods."""
    return all(period(text) is not None for text in level.values() if text) and any(level.values())

"""Cells that are no plain numbers, or stand twice: what is meant is told, explained or asked."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from analysis.study.wide.texts.conventions import SENTINEL
from analysis.study.wide.texts.labels import plain
from analysis.study.wide.texts.periods import period
from analysis.study.wide.tidy import duplicates, said_twice
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.tidy import Tidy
    from analysis.study.wide.understood import Understood


def toml(value: list) -> str:
    """Write a setting's value as TOML, of which JSON's texts, numbers and lists are a part.

    >>> toml(["Всего", 'a "b"'])
    '["Всего", "a \\\\"b\\\\""]'
    """
    return json.dumps(value, ensure_ascii=False)


ZERO = (
    "nil",
    "zero",
    "явление отсутств",
    "nichts vorhanden",
    "magnitude zero",
    "null",
    "no occurrence",
    "отсутствует явление",
)
GAP = (
    "not available",
    "no data",
    "missing",
    "нет данных",
    "not applicable",
    "unknown",
    "keine angabe",
    "недоступн",
)


def cells_of(blocks: list, told: dict, understood: Understood) -> None:
    """Deal with cells that are no plain numbers: dashes, brackets, texts, formulas."""
    found = {kind: [] for kind in ("dash", "parentheses", "unread", "formula")}
    for block in blocks:
        columns, rows = set(block.columns), set(block.rows)
        for column, cells in enumerate(block.cells):
            if column in columns:
                for row, cell in cells.items():
                    if row in rows and cell.kind in found:
                        found[cell.kind].append((block, row, column, cell))
        _doubts(block, understood)
        _sentinels(block, told, understood)
        _signs(block, understood)
    _dashes(found["dash"], told, understood)
    _parentheses(found["parentheses"], told, understood)
    _unread(found["unread"], understood)
    if cells := found["formula"]:
        places = listed([block.said(row, column) for block, row, column, _ in cells], 4)
        understood.refusals.append(
            f"{_cells(cells)} with formulas saved without their result: {places}; open the "
            f"workbook in a "
            "spreadsheet and save it"
        )


def _cells(cells):
    return "1 cell" if len(cells) == 1 else f"{len(cells)} cells"


def _doubts(block, understood):
    for sign, (column, row) in block.convention.doubts.items():
        text = plain(block.table.sheet.text(block.table.rows[row], block.table.columns[column]))
        name, setting = ("point", "point_means") if sign == "." else ("comma", "comma_means")
        text = re.sub(r"[^0-9.,].*$", "", text.lstrip("*^~ "))
        digits = text.replace(sign, "")
        understood.ask(
            setting,
            f"does the {name} part decimals or thousands? {block.said(row, column)} is {text}: "
            f"{digits} or "
            f"{text.replace(',', '.')}? Every number with a {name} has exactly three figures "
            f"after it",
            '"decimal" or "thousands"',
        )


def _sentinels(block, told, understood):
    """Ask on numbers such as -9999, which some offices write for a missing value."""
    if "missing_marks" in told or not block.convention.has_sentinels:
        return
    found = [
        (row, column)
        for column in block.columns
        for row in block.rows
        if SENTINEL.match(block.values[column][row])
    ]
    if found:
        values = list(dict.fromkeys(block.values[c][r] for r, c in found))
        places = listed([block.said(r, c) for r, c in found], 4)
        understood.ask(
            "missing_marks",
            f"{', '.join(values)} may stand for a missing value: {places}; is it missing, or a "
            f"number?",
            f"{toml(values)}  (or [] where it is a number)",
        )


def _signs(block, understood):
    """Say where a sign was read as something else: a long dash as minus, two decimal signs."""
    sample = [
        block.table.sheet.text(row, c)
        for row in block.table.rows[:200]
        for c, is_plain in zip(block.table.columns[:60], block.convention.plain, strict=False)
        if not is_plain
    ]
    long = [text.strip() for text in sample if re.match(r"\s*[–—]\s?\d", text)]
    if long:
        understood.values.append(f"a long dash before a number is read as minus: {listed(long, 4)}")
    money = {
        sign for text in sample for sign in re.findall(r"[$€£¥₽]", text) if re.search(r"\d", text)
    }
    if money:
        understood.values.append(
            f"signs of money beside numbers are taken off: {' '.join(sorted(money))}"
        )
    texts = [text.strip() for text in sample if re.fullmatch(r"\s*\d+[.,]\d{1,2}\s*", text)]
    points, commas = [t for t in texts if "." in t], [t for t in texts if "," in t]
    if points and commas and not block.table.sheet.is_typed:
        understood.values.append(f"both point and comma part decimals: {points[0]} and {commas[0]}")


def _dashes(cells, told, understood):
    if not cells:
        return
    means = told.get("dash_means") or _legend(cells[0][0])
    block, row, column, cell = cells[0]
    places = listed([b.said(r, c) for b, r, c, _ in cells], 6)
    if means is None:
        understood.ask(
            "dash_means",
            f"{_cells(cells)} with a dash ({cell.flag!r}): {places}; is it a zero (there was "
            f"none) or a missing value?",
            '"zero" or "missing"',
        )
        return
    where = "as told" if told.get("dash_means") else "as the table's own list of signs says"
    understood.values.append(f"{len(cells)} dashes read as {means}, {where}: {places}")
    if means == "zero":
        for block, row, column, _ in cells:
            block.values[column] = _own(block.values[column])
            block.values[column][row] = "0"


def _own(values):
    return values if isinstance(values, list) else list(values)


def _legend(block):
    """Read what a dash means where the notes below the table say it in known words."""
    for line in block.table.notes:
        found = re.search(r"(?:^|[:;,(]\s*)[«\"'(]?[-–—−][»\"')]?\s*[:=–—-]?\s+(\S.{2,80})", line)
        if found:
            text = found[1].casefold()
            means = {"zero" for word in ZERO if word in text}
            means |= {"missing" for word in GAP if word in text}
            if len(means) == 1:
                return means.pop()
    return None


def _parentheses(cells, told, understood):
    if not cells or told.get("parentheses_mean"):
        return
    places = listed([f"{b.said(r, c)} {cell.flag}" for b, r, c, cell in cells], 4)
    understood.ask(
        "parentheses_mean",
        f"{len(cells)} numbers stand in parentheses: {places}; are they negative, uncertain (kept, "
        "with the flag ()), or not to be used?",
        '"negative", "uncertain" or "missing"',
    )


def _unread(cells, understood):
    if not cells:
        return
    marks = dict.fromkeys(cell.flag for *_, cell in cells)
    places = listed([f"{cell.flag!r} at {b.said(r, c)}" for b, r, c, cell in cells], 8)
    understood.ask(
        "missing_marks",
        f"{_cells(cells)} with neither a number nor a mark that is known: {places}; correct them "
        f"in the "
        "file, or say that these texts mean a missing value",
        toml(list(marks)[:12]),
    )


_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|gen|mag|giu|lug|ago|set|ott|"
    r"dic|fév|avr|juin|août|déc|янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек)"
)
# as a spreadsheet writes a day of this year, or a month
DAY = re.compile(rf"\d{{1,2}}[-. ]{_MONTH}\.?|{_MONTH}[-. ]\d{{1,2}}", re.IGNORECASE)
RANGE = re.compile(
    r"(?:[<>≤≥]\s*)?\d+\s*(?:[-–—]|to|bis|до|a|à)\s*\d+(?!\d)\D*|\d+\s*\+\D*|[<>≤≥]\s*\d+\D*"
    r"|\d+ (?:and|or|и|und|et|y) \D+|(?:under|over|(?:less|more) than|до|более|менее|свыше) \d+\D*",
    re.IGNORECASE,
)


def dates_of_ranges(blocks: list, understood: Understood) -> None:
    """Refuse heads such as Oct-19 beside 20-49: a spreadsheet made dates of ranges."""
    for block in blocks:
        for axis in (*block.meaning.names, block.meaning.year):
            texts = [plain(text) for text in dict.fromkeys(axis.values) if text.strip()]
            dates = [text for text in texts if DAY.fullmatch(text) or _is_day(text)]
            ranges = [text for text in texts if RANGE.fullmatch(text) and text not in dates]
            if dates and ranges:
                understood.refusals.append(
                    f"{block.table.sheet.place}: {listed(map(repr, dates), 4)} beside "
                    f"{listed(map(repr, ranges), 4)}: a spreadsheet has made dates of ranges "
                    "(Oct-19 of 10-19); write them as text, as in '10 to 19'"
                )


def _is_day(text):
    found = period(text)
    return found is not None and found.kind in ("date", "month")


def same_twice(tidy: Tidy, understood: Understood) -> None:
    """Refuse a value that stands twice and differs; where both are alike, say so."""
    groups = duplicates(tidy)
    if not groups or any(question.setting == "same_year" for question in understood.questions):
        return  # which of them is meant is asked already
    differ = [group for group in groups if len({tidy.values[row] for row in group}) > 1]
    choices = [c for block in tidy.blocks for c in block.meaning.region_choices]
    shown = [said_twice(tidy, group) for group in (differ or groups)[:6]]
    more = f" and {len(groups) - len(shown)} more" if len(groups) > len(shown) else ""
    if choices:
        names = " and ".join(dict.fromkeys(label.name for label in choices))
        understood.questions = [q for q in understood.questions if q.setting != "region_column"]
        understood.refusals.append(
            f"the columns {names} may each name the region, and by either of them a region "
            f"stands more than "
            f"once in a year (by {tidy.blocks[0].meaning.region.name}: "
            f"{'; '.join(shown)}{more}): several rows "
            "would have to be added up, which an importer does not do"
        )
    elif differ:
        understood.refusals.append(
            "the same region, indicator and year stands more than once with different values: "
            + "; ".join(shown)
            + more
            + (_told_by_marks(tidy, differ) or ". Which one is right only the source can tell")
        )
    else:
        understood.refusals.append(
            "the same region, indicator and year stands more than once: "
            + "; ".join(shown)
            + more
            + ". Keep one of them in the file"
        )


def _told_by_marks(tidy, groups):
    """Say where values of one name differ in the mark of a note: the names may be two."""
    texts = {}
    for row in groups[0]:
        block, own_row, own_column = tidy.origin(row)
        texts[plain(block.meaning.region.at(own_row, own_column))] = None
    if len(texts) < 2:
        return ""
    return (
        f". The names {listed(map(repr, texts), 4)} are taken for one with marks of notes: where "
        "they are several, write them without brackets in the file"
    )

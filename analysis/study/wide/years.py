"""Periods as years: split years are asked, parts of years left out or refused, spans too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from analysis.study.wide.tables.context import UNKNOWN
from analysis.study.wide.texts.labels import plain
from analysis.study.wide.texts.periods import month_alone, period
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from analysis.study.wide.understood import Understood

_ONLY_PARTS = (
    "{place}: the periods are parts of years ({words}: {shown}), and no whole year stands beside "
    "them. "
    "Whether a year is the sum, the mean or the last of its quarters is not for an importer to "
    "say, nor "
    "what becomes of a year that is not complete: bring a table of years, one column or row per "
    "year"
)
WHOLE_YEAR = frozenset(
    ("year", "annual", "total", "a", "год", "всего", "jahr", "anno", "año", "annuel", "all")
)


def resolve_years(blocks: list, told: dict, understood: Understood) -> None:
    """Turn periods into years; ask on split years, ask or refuse where there are parts of years."""
    for block in blocks:
        _without_parts(block, told, understood)
        texts = dict.fromkeys(text for text in block.meaning.year.values if text.strip())
        if UNKNOWN in texts:
            block.years[UNKNOWN] = 0
        found = {text: period(plain(text)) for text in texts}
        days = {p.day for p in found.values() if p is not None and p.kind == "date"}
        for text, one in found.items():
            if one is None:
                continue
            if one.kind == "year" or (one.kind == "date" and len(days) == 1):
                block.years[text] = one.year
            elif one.kind == "split year" and told.get("split_years") in ("first", "last"):
                block.years[text] = one.year + (told["split_years"] == "last")
        _ask_split(block, found, told, understood)
        if days and len(days) == 1:
            block.meaning.said.append(f"years: dates, all of {days.pop()} (month-day)")
        others = {
            t: p.kind
            for t, p in found.items()
            if p is not None and p.kind in ("quarter", "half-year", "month", "months", "week")
        }
        if len(days) > 1:
            others |= {t: "date" for t, p in found.items() if p is not None and p.kind == "date"}
        if not block.years and _are_one_month(others, found):
            _one_month(block, found, told, understood)
            others = {}
        several = [t for t, p in found.items() if p is not None and p.kind == "several years"]
        _part_years(block, others, told, understood)
        if several:
            _several_years(block, several, told, understood)
        _leave_out(block, found)


def _without_parts(block, told, understood):
    """Keep rows and columns of whole years where others are of quarters or months."""
    parts = block.meaning.parts
    if parts is None:
        return
    is_whole = [not text or text.casefold() in WHOLE_YEAR for text in parts.values]
    shown = dict.fromkeys(
        text for text, whole in zip(parts.values, is_whole, strict=True) if not whole
    )
    place = block.table.sheet.place
    if not shown:
        return
    if any(is_whole) and told.get("part_years") != "leave out":
        understood.ask(
            "part_years",
            f"{place}: parts of years stand beside whole years ({listed(shown, 6)}); are they "
            f"left out?",
            '"leave out"',
        )
    elif any(is_whole):
        block.meaning.dropped.append(f"parts of years, left out as told: {listed(shown)}")
    else:
        understood.refusals.append(
            _ONLY_PARTS.format(place=place, words="quarters or months", shown=listed(shown, 12))
        )
    kept = [at for at, whole in enumerate(is_whole) if whole or not any(is_whole)]
    if parts.by == "row":
        block.rows = [at for at in block.rows if at in set(kept)]
    else:
        block.columns = [at for at in block.columns if at in set(kept)]


def _ask_split(block, found, told, understood):
    split = [t for t, p in found.items() if p is not None and p.kind == "split year"]
    if split and told.get("split_years") not in ("first", "last"):
        understood.ask(
            "split_years",
            f"{block.table.sheet.place}: {listed(split, 4)} are years that begin in one and end in "
            f"the next; as which of the two do they count? ({plain(split[0])!r}: "
            f"{found[split[0]].year} or "
            f"{found[split[0]].year + 1})",
            '"first" or "last"',
        )
        for text in split:
            block.years[text] = found[text].year
    elif split:
        block.meaning.said.append(
            f"split years such as {split[0]!r} count as the {told['split_years']} year"
        )


def _are_one_month(others, found):
    """Tell whether the parts of years are one month of each year."""
    years = [found[text].year for text in others]
    months = {month_alone(plain(text)) for text in others}
    return set(others.values()) == {"month"} and len(months) == 1 < len(set(years)) == len(years)


def _one_month(block, found, told, understood):
    """Take one month of each year for the year where it is told; ask else."""
    block.years |= {t: p.year for t, p in found.items() if p is not None and p.kind == "month"}
    shown = listed([plain(text) for text in block.years], 4)
    if told.get("months_are") == "years":
        block.meaning.said.append(f"one month of each year ({shown}) stands for the year, as told")
        return
    understood.ask(
        "months_are",
        f"{block.table.sheet.place}: the periods are one month of each year ({shown}); does it "
        "stand for its year, as a count of that day or a year that ends then does? If not, bring a "
        "table of years",
        '"years"',
    )


def _part_years(block, others, told, understood):
    if not others:
        return
    kinds = Counter(others.values())
    names = {"months": "span", "date": "date"}
    more = {"months": " of months", "date": " within years"}
    order = [t for t in dict.fromkeys(block.meaning.year.values) if t in others]
    words = " and ".join(
        f"{count} {names.get(kind, kind)}{'s' * (count > 1)}{more.get(kind, '')}"
        for kind, count in kinds.items()
    )
    shown = listed([plain(t) for t in order], 12)
    place = block.table.sheet.place
    if not block.years:
        understood.refusals.append(_ONLY_PARTS.format(place=place, words=words, shown=shown))
    elif told.get("part_years") == "leave out":
        block.meaning.dropped.append(f"parts of years, left out as told: {shown}")
    else:
        understood.ask(
            "part_years",
            f"{place}: parts of years stand beside whole years ({words}: {shown}); are they left "
            f"out?",
            '"leave out"',
        )


def _several_years(block, several, told, understood):
    shown = listed([plain(t) for t in several], 6)
    place = block.table.sheet.place
    if told.get("several_years") == "leave out":
        block.meaning.dropped.append(f"spans of several years, left out as told: {shown}")
    elif block.years:
        understood.ask(
            "several_years",
            f"{place}: {shown} span several years; are they left out?",
            '"leave out"',
        )
    else:
        understood.refusals.append(
            f"{place}: the periods span several years ({shown}); a study needs single years"
        )


def _leave_out(block, found):
    """Keep the rows and columns that belong to a year, and say which do not."""
    year = block.meaning.year
    if year.by == "all":
        return
    glued = [
        t for t, p in found.items() if p is not None and p.mark.isdecimal() and len(t.strip()) == 5
    ]
    if glued:
        block.meaning.said.append(
            f"{glued[0]!r} is the year {found[glued[0]].year} with the mark of a note"
        )
    short = [
        t for t, p in found.items() if p is not None and str(p.year) not in t and t in block.years
    ]
    if short:
        block.meaning.said.append(f"{short[0]!r} is the year {found[short[0]].year}")
    is_kept = [text in block.years for text in year.values]
    strange = [t for t, p in found.items() if p is None]
    if year.by == "column":
        block.columns = [at for at in block.columns if is_kept[at]]
        for at, text in enumerate(year.values):
            if not text.strip() or text in strange:
                letter = get_column_letter(block.table.columns[at] + 1)
                header = block.table.sheet.text(block.table.header[1], block.table.columns[at])
                block.meaning.dropped.append(
                    f"column {letter} {(text or plain(header))!r}: no year, so it may be derived "
                    "or an attribute"
                )
    else:
        lost = [at for at in block.rows if not is_kept[at]]
        block.rows = [at for at in block.rows if is_kept[at]]
        strange = sorted(
            {
                plain(year.values[at])
                for at in lost
                if year.values[at] in strange or not year.values[at].strip()
            }
        )
        if strange:
            block.meaning.dropped.append(f"{len(lost)} rows without a year ({listed(strange, 4)})")

"""Years of other eras in a sheet, such as 2561 of the Buddhist era: converted where told, asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import BEFORE_COMMON_ERA, period
from analysis.study.wide.texts.words import role_of
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.study.wide.files.cells import Sheet
    from analysis.study.wide.understood import Understood


@dataclass(frozen=True)
class Era:
    """How years are counted from another beginning than that of the Common Era."""

    name: str
    first: int  # its years that can be meant, so that 1850 to 2100 are covered
    last: int
    offset: int  # added to its year: the year of the Common Era in which it begins
    is_split: bool = False  # its year begins in one year of the Common Era and ends in the next
    where: str = ""

    def converted(self, year: int) -> str:
        """Write a year of this era as one of the Common Era: "2018", or "2018/19".

        >>> ERAS[0].converted(2561), ERAS[1].converted(1397), ERAS[2].converted(5778)
        ('2018', '2018/19', '2017/18')
        """
        begin = year + self.offset
        return f"{begin}/{(begin + 1) % 100:02d}" if self.is_split else str(begin)


ERAS = (
    Era("Buddhist", 2393, 2643, -BEFORE_COMMON_ERA, where="as in Thailand"),
    Era("Solar Hijri", 1229, 1479, 621, True, "as in Iran and Afghanistan"),
    Era("Hebrew", 5610, 5860, -3761, True, "as in Israel"),
)
NONE = "none"
# the lunar year has 354 days: now and then two of them begin in one year of the Common Era
LUNAR = (
    " (years of the lunar Hijri calendar are none of single years: write years of the Common Era "
    "in the file)"
)
LAST_SOLAR = 2050  # later years are rather of the lunar calendar: 1445 is 2023/24 there
TOKEN = re.compile(r"(?<![\d.,/\-])\d{4}(?![\d/\-]|[.,]\d)")
FEWEST = 2  # years across that are taken for a header
LONGEST_STEP = 10


def convert_eras(sheet: Sheet, told: dict, understood: Understood) -> None:
    """Write the years of another era in a sheet's header, or column of years, as told; else ask."""
    if told.get("years_are") == NONE:
        return
    places, era = years_across(sheet)
    if era is None:
        places, era = _years_down(sheet)
    if era is None:
        return
    years = [int(TOKEN.findall(sheet.rows[row][at])[0]) for row, at in places]
    if era.name == "Solar Hijri" and years[0] + era.offset > LAST_SOLAR:
        understood.refusals.append(
            f"{sheet.place}: {listed(dict.fromkeys(years), 4)} may be years of the lunar Hijri "
            "calendar, which are none of single years: write years of the Common Era in the file"
        )
        return
    shown = f"{years[0]} is {era.converted(years[0])}"
    if told.get("years_are") == era.name:
        understood.values.append(f"{sheet.place}: years of the {era.name} era: {shown}")
    else:
        understood.ask(
            "years_are",
            f"{sheet.place}: {listed(dict.fromkeys(years), 4)} may be years of the {era.name} era, "
            f"{era.where} ({shown}); are they?" + (LUNAR if era.name == "Solar Hijri" else ""),
            f'"{era.name}", or "{NONE}" where they are no years',
        )
    for row, at in places:  # where it is asked, so that all else is asked at once too
        text = sheet.rows[row][at]
        sheet.rows[row][at] = TOKEN.sub(lambda found: era.converted(int(found[0])), text, count=1)


def years_across(sheet: Sheet) -> tuple[list[tuple[int, int]], Era | None]:
    """Find the header of years of another era: (places of its cells, the era); ([], None) else."""
    above: set[int] = set()  # columns that have a text of their own above
    for number, cells in enumerate(sheet.rows):
        there = [at for at, text in enumerate(cells) if text.strip()]
        years = {at: found for at in there if (found := _year(cells[at])) is not None}
        is_labelled = bool(there) and there[0] not in years
        is_free = not is_labelled or not years.keys() <= above  # else it is a row of values
        if len(years) >= FEWEST and is_free:
            others = [at for at in there if at not in years and kind(cells[at]) == "number"]
            era = _era_of(list(years.values()))
            if era is not None and not others and _in_steps(list(years.values())):
                same = [row for row in range(number, len(sheet.rows)) if sheet.rows[row] == cells]
                return [(row, at) for row in same for at in years], era
        if any(kind(cells[at]) == "number" for at in there):
            return [], None  # the body has begun
        above |= set(there) if len(there) > 1 else set()
    return [], None


def _years_down(sheet):
    """Find a column of years of another era, below a header that says year."""
    for number, cells in enumerate(sheet.rows[:30]):
        for at, text in enumerate(cells):
            if not text.strip() or role_of(text) != ("year", True):
                continue
            below = range(number + 1, len(sheet.rows))
            there = [row for row in below if sheet.text(row, at).strip()]
            years = [_year(sheet.text(row, at)) for row in there]
            if years and None not in years and (era := _era_of(years)) is not None:
                return [(row, at) for row in there], era
        if any(kind(text) == "number" for text in cells):
            break  # the body has begun
    return [], None


def _year(text):
    """Read the only number of four digits in a text that is no year by itself; else None."""
    found = TOKEN.findall(text)
    return int(found[0]) if len(found) == 1 and period(text.strip()) is None else None


def _era_of(years: Iterable[int]) -> Era | None:
    return next((era for era in ERAS if all(era.first <= year <= era.last for year in years)), None)


def _in_steps(years):
    """Tell whether years come in equal steps, once or in repeated runs."""
    steps = {later - earlier for earlier, later in pairwise(dict.fromkeys(years))}
    return len(steps) == 1 and 0 < abs(steps.pop()) <= LONGEST_STEP

"""Words for numbers: what prose and tables say, composed from what was computed."""

from __future__ import annotations

import math
import re
from html import escape
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS = re.compile(r"([\\`*_{}\[\]|#~$])")  # what means something in Markdown or its formulas
LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
ABBREVIATED = {"trillion": "tn", "billion": "bn", "million": "m"}
MOST = 15  # items a sentence can hold


def escaped(text: str) -> str:
    """Write a text from the data in Markdown, so that it shows as it is and does nothing.

    >>> escaped("<script> costs $5 & *more*")
    '&lt;script&gt; costs \\\\$5 &amp; \\\\*more\\\\*'
    """
    return MARKS.sub(r"\\\1", escape(" ".join(str(text).split()), quote=False))


def listed(items: Iterable[object], empty: str = "none", most: int = MOST) -> str:
    """Join items into a list in words; of many, the first ones and the number of the rest.

    Where an item has a comma of its own, a semicolon parts the items.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([]), listed("abcde", most=3)
    ('a, b and c', 'a', 'none', 'a, b and 3 more')
    >>> listed(["jobs, people", "sales, tonnes", "events"])
    'jobs, people; sales, tonnes; and events'
    """
    words = [str(item) for item in items]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1:,} more"]
    if len(words) < 2:
        return words[0] if words else empty
    if any(", " in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def year_ranges(years: Iterable, most: int = MOST) -> str:
    """Write years in words: three or more consecutive ones as a range.

    >>> year_ranges([2014, 2008, 2009, 2010, 2011]), year_ranges([2017, 2018]), year_ranges([])
    ('2008–2011 and 2014', '2017 and 2018', 'none')
    """
    runs = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    spans = [[f"{run[0]}\N{EN DASH}{run[-1]}"] if len(run) > 2 else run for run in runs]
    return listed((word for span in spans for word in span), most=most)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Write a count with its noun in the singular or the plural.

    >>> counted(1, "cluster"), counted(3, "cluster"), counted(0, "series", "series")
    ('1 cluster', '3 clusters', 'no series')
    """
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}" if number else f"no {word}"


def number(value: float, digits: int = 3) -> str:
    """Format a number to significant digits; integers in full, empty if undefined.

    >>> number(1234.5678), number(0.016666), number(55.0), number(float("nan"))
    ('1,235', '0.0167', '55', 'undefined')
    >>> number(999.6), number(-0.0)
    ('1,000', '0')
    >>> number(112.5), number(112.49999999999999)  # half away from zero, whatever the last bit
    ('113', '113')
    """
    if _is_missing(value):
        return "undefined"
    if float(value).is_integer():
        return f"{value + 0.0:,.0f}"
    value = value * (1 + 1e-14)
    rounded = float(f"{value:.{digits}g}")
    if abs(rounded) >= 10**digits:
        return f"{value:,.0f}"
    return f"{value:,.{digits}g}"


def whole_percent(share: float) -> str:
    """Write a share in whole per cent; 100 % is all, and 0 % is none.

    >>> [whole_percent(share) for share in (1, 0.998, 0.5, 0.001, 0)]
    ['100 %', 'over 99 %', '50 %', 'under 1 %', '0 %']
    """
    rounded = round(100 * share)
    if rounded == 100 and 1 - share > 1e-9:
        return "over 99 %"
    if rounded == 0 and share > 1e-9:
        return "under 1 %"
    return f"{rounded} %"


def in_full(value: float) -> str:
    """Write a number as files hold it: ten significant digits, and of a large one two decimals.

    Ten are fewer than machines differ in; amounts of money beyond ten digits are kept to the cent
    as far as fifteen digits reach, which is what a number can hold.

    >>> in_full(1 / 3), in_full(123456789012.35), in_full(2e12), in_full(55.0)
    ('0.3333333333', '123456789012.35', '2000000000000', '55')
    """
    whole = math.log10(abs(value)) if 1 < abs(value) < math.inf else 0
    return f"{value + 0.0:.{min(max(10, int(whole) + 3), 15)}g}"


def brief_number(value: float) -> str:
    """Write a number beside a dot: from a million on in as few characters as possible.

    >>> brief_number(823.0), brief_number(2.4e11), brief_number(-1e6), brief_number(999_999_999)
    ('823', '240 bn', '-1 m', '1 bn')
    """
    rounded = float(f"{value:.4g}")
    for size, word in LARGE:
        if abs(rounded) >= size:
            return f"{number(float(f'{value / size:.4g}'), 4)} {ABBREVIATED[word]}"
    return number(value, 4)


def interval(low: float, high: float, digits: int = 3) -> str:
    """Write a range, or one value if both ends are equal.

    Ends that differ are written with as many digits as tell them apart, up to ten.

    >>> interval(0.25, 0.75), interval(1.0, 1.0), interval(0.9996, 1.0)
    ('0.25 to 0.75', '1', '0.9996 to 1')
    """
    for more in range(digits, 11):
        ends = number(low, more), number(high, more)
        if ends[0] != ends[1]:
            return " to ".join(ends)
    return number(low, digits)


def cell_text(cell: float | str | tuple | None, digits: int = 3) -> str:
    """Write one cell of a table: a short number, a list as a sentence does, nothing if undefined.

    >>> cell_text(0.123456), cell_text(None), cell_text(("a", "b")), cell_text(True)
    ('0.123', '', 'a and b', 'yes')
    """
    if isinstance(cell, list | tuple | set):
        return listed(cell, empty="")
    if _is_missing(cell):
        return ""
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else "no"
    return number(cell, digits) if isinstance(cell, Real) else str(cell)


def _is_missing(value):
    from pandas import isna  # slow to import: what only escapes a text does without

    return isna(value)

"""Rows that may be totals or parts of other rows: a person has to say whether they are regions."""

from __future__ import annotations

import re

import numpy as np

from analysis.study.wide.texts.labels import is_country
from analysis.study.wide.texts.words import PARTS, TOTAL_CODES, TOTALS, about_indicators

MOST_ROWS, MOST_COLUMNS = 400, 12
CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,4}")


def suspects(regions: list, codes: dict, depths: list, values: np.ndarray | None) -> dict:
    """Name regions that may be totals or parts of others: {region: why}.

    `depths` is how far each name is indented, `values` an array of regions by columns or None.

    >>> suspects(["Centre", "North", "South"], {}, [0, 0, 0], None)
    {}
    >>> suspects(["Total", "North", "South"], {}, [0, 0, 0], None)
    {'Total': 'its name says total'}
    """
    found = {}
    for at, region in enumerate(regions):
        code = codes.get(region, "")
        if PARTS.search(region):
            above = next((r for r in reversed(regions[:at]) if not PARTS.search(r)), "")
            found[region] = (
                f"its name says that it is a part, below {above!r}" if above else "a part"
            )
        elif about_indicators(region):
            found[region] = f"its name says that it is the {about_indicators(region)} of indicators"
        elif TOTALS.search(region):
            found[region] = "its name says total"
        elif TOTAL_CODES.fullmatch(code) or TOTAL_CODES.fullmatch(region):
            found[region] = f"its code is {code or region}, that of a total"
    for region, why in _prefixes(regions, codes).items():
        found.setdefault(region, why)
    for region, why in _indented(regions, depths).items():
        found.setdefault(region, why)
    for region, why in _countries(regions, values).items():
        found.setdefault(region, why)
    if values is not None:
        for region, why in _sums(regions, values, found).items():
            found.setdefault(region, why)
    return {region: found[region] for region in regions if region in found}


def _prefixes(regions, codes):
    """Find codes with which longer codes begin, as in NUTS, and those that end in zeros."""
    by_code = {codes.get(region) or region: region for region in regions}
    shaped = {
        code for code in by_code if CODE.fullmatch(code) or (code.isdecimal() and len(code) > 1)
    }
    if len(shaped) < 0.8 * len(by_code):
        return {}
    found, longer = {}, {}
    for code in sorted(shaped):
        for end in range(2, len(code)):
            longer.setdefault(code[:end], code)
    for code in sorted(shaped):
        if code in longer:
            found[by_code[code]] = f"its code {code} is the beginning of {longer[code]}"
        stem = code.rstrip("0")
        if code.isdecimal() and len(code) >= 5 and len(code) - len(stem) >= 3 and stem:
            part = _part_of(code, stem, shaped)
            if part:
                found[by_code[code]] = f"its code {code} covers {part}"
    return found


def _part_of(code, stem, shaped):
    """Find a code that one ending in zeros covers; 10000 and 12000 are two of a kind, as 02000 is.

    >>> _part_of("10000", "1", {"01000", "10000", "12000"}), _part_of("2000", "2", {"2000", "2100"})
    (None, '2100')
    """
    two_figures = any(c[0] == "0" != c[1] and not c[2:].strip("0") for c in shaped)
    if len(stem) == 1 and two_figures:
        stem = code[:2]
    return next((c for c in sorted(shaped) if c != code and c.startswith(stem)), None)


def _indented(regions, depths):
    """Find names under which others are indented; where those are few, these."""
    low = min(depths, default=0)
    deep = [at for at, depth in enumerate(depths) if depth > low]
    if not deep:
        return {}
    if len(deep) * 2 < len(regions):
        return {regions[at]: f"indented below {regions[at - 1]!r}" for at in deep if at}
    pairs = zip(range(len(regions) - 1), depths, depths[1:], strict=False)
    return {
        regions[at]: "other rows are indented below it" for at, own, after in pairs if after > own
    }


def _countries(regions, values):
    """Find a country among its regions: named as one, and at an end of the table or the largest."""
    countries = [region for region in regions if is_country(region)]
    if not countries or len(countries) > max(1, 0.2 * len(regions)) or len(regions) < 3:
        return {}
    return {
        region: "the name of a country among other regions"
        for region in countries
        if region in (regions[0], regions[-1]) or _is_largest(regions.index(region), values)
    }


def _is_largest(at, values):
    if values is None or len(values) <= at:
        return False
    with np.errstate(invalid="ignore"):
        others = np.delete(values, at, axis=0)
        return bool(np.nanmean(values[at] >= np.nanmax(others, axis=0)) > 0.9)


def _sums(regions, values, known):
    """Find rows that are the sum of the rows next to them, or of all others."""
    rows = len(values)
    if not 3 <= rows <= MOST_ROWS:
        return {}
    values = values[:, :MOST_COLUMNS]
    values = values[:, ~np.isnan(values).all(axis=0)]
    found, is_known = {}, np.array([region in known for region in regions])
    for at, region in enumerate(regions):
        if is_known[at]:
            continue
        others = [i for i in range(rows) if i != at and not is_known[i]]
        if len(others) > 2 and (
            _is_sum(values[at], values[others], rows)
            or _is_sum_in_part(values[at], values[others], rows)
        ):
            found[region] = "equals the sum of all other rows"
            continue
        for step, word in ((1, "below"), (-1, "above")):
            count = _run(values, at, step)
            if count:
                found[region] = f"equals the sum of the {count} rows {word} it"
    return found


def _is_sum_in_part(total, parts, rows):
    """Tell whether counts add up, too far to be chance, and the rest lies between, as rates do."""
    there = ~np.isnan(total) & ~np.isnan(parts).any(axis=0)
    total, parts = total[there], parts[:, there]
    digits = _digits(parts)
    adds = np.abs(parts.sum(axis=0) - total) <= _rounding(digits, len(parts))
    between = (total >= parts.min(axis=0)) & (total <= parts.max(axis=0))
    return (
        bool(np.all(adds | between))
        and _is_telling(total[adds], digits, rows)
        and _is_sum(total[adds], parts[:, adds], rows)
    )


def _digits(parts):
    """Count the decimals that are printed."""
    return max(
        (len(np.format_float_positional(v).partition(".")[2]) for v in np.ravel(parts)[:200]),
        default=0,
    )


def _rounding(digits, parts):
    """Bound what the rounding of parts makes a sum differ by; of k parts k halves at most."""
    return 0.51 * 10.0**-digits * (1 + parts) ** 0.5 + 1e-9


def _run(values, at, step):
    """Count the rows next to a row that add up to it; 0 where none do."""
    end = len(values) if step > 0 else -1
    picked = []
    for row in range(at + step, end, step):
        picked.append(row)
        if len(picked) > 1 and _is_sum(values[at], values[picked], len(values)):
            return len(picked)
    return 0


def _is_sum(total, parts, rows):
    """Tell whether rows add up to another, to the digits printed, too often for chance."""
    there = ~np.isnan(total) & ~np.isnan(parts).any(axis=0)
    total, parts = total[there], parts[:, there]
    if not len(total):
        return False
    largest = np.abs(parts).max(axis=0)
    one_is_all = (largest >= 0.999 * np.abs(total)) & (parts >= 0).all(axis=0)
    if np.any(largest == 0) or np.any(one_is_all):  # of a balance a part may exceed the total
        return False
    digits = _digits(parts)
    if len(total) * (len(parts) - 1) < 3 and not _is_telling(total, digits, rows):
        return False
    return bool(np.all(np.abs(parts.sum(axis=0) - total) <= _rounding(digits, len(parts))))


def _is_telling(total, digits, rows):
    """Tell whether few sums agree in so many digits that chance is out, given the runs tried."""
    agreed = np.log10(np.maximum(1.0, np.abs(total) * 10.0**digits)).sum()
    return bool(agreed >= 2 + np.log10(max(2, rows * (rows - 1))) / 2)

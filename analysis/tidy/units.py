"""Units: the one word for per cent, multiples such as million, and a unit beside its label."""

from __future__ import annotations

import re

PERCENT = "percent"
# other spellings of it, which are no unit of their own
PERCENTS = (
    PERCENT, "%", "per cent", "percents", "percentage", "pct", "p.c.",
    "процент", "проценты", "процентов", "проц.",
)  # fmt: skip
UNIT_UNKNOWN = "unit not stated"  # stands for a unit where the source gives none
MULTIPLES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# a multiple at the beginning of a unit, in the singular or the plural: "millions of roubles"
MULTIPLE = re.compile(rf"({'|'.join(MULTIPLES)})s?\b\s*(?:of\s+)?(.*)", re.IGNORECASE)


def is_percent(unit: str) -> bool:
    """Tell whether a unit is per cent, in whatever spelling.

    >>> is_percent("percent"), is_percent("Per cent"), is_percent("проценты"), is_percent("people")
    (True, True, True, False)
    """
    return unit.strip().casefold() in PERCENTS


def one_spelling(unit: str) -> str:
    """Normalise the spelling of per cent; return any other unit unchanged.

    >>> one_spelling("%"), one_spelling("people")
    ('percent', 'people')
    """
    return PERCENT if is_percent(unit) else unit


def is_unit(text: str) -> bool:
    """Tell whether a text can be a unit in a table: not blank, and per cent in its one spelling.

    >>> is_unit("people"), is_unit("percent"), is_unit("Per cent"), is_unit(" ")
    (True, True, False, False)
    """
    return bool(text.strip()) and (text == PERCENT or not is_percent(text))


def multiple(unit: str) -> tuple[float, str]:
    """Split a unit into a multiple and what is counted.

    >>> multiple("million roubles"), multiple("Thousands of people"), multiple("thousand")
    ((1000000.0, 'roubles'), (1000.0, 'people'), (1000.0, ''))
    """
    found = MULTIPLE.fullmatch(unit.strip())
    times = MULTIPLES[found[1].lower()] if found else 1.0
    counted = (found[2] if found else unit).strip().casefold()
    return times, PERCENT if counted in PERCENTS else counted


def with_unit(label: str, unit: str, is_ours: bool = False) -> str:
    """Write a label with its unit, once; one that is ours is not put among what was printed.

    >>> with_unit("Net profit", "million roubles"), with_unit("Trainees, People.", "people")
    ('Net profit, million roubles', 'Trainees, People.')
    >>> with_unit("Sales, millions rub.", "million roubles"), with_unit("Exports, %", "percent")
    ('Sales, millions rub.', 'Exports, %')
    >>> with_unit("Software products", "products"), with_unit("Programs", "hours", is_ours=True)
    ('Software products', 'Programs')
    >>> with_unit("Net migration", UNIT_UNKNOWN)
    'Net migration'
    """
    if unit == UNIT_UNKNOWN:
        return label
    return label if is_ours or _holds(label, unit) else f"{label}, {unit}"


def _holds(label, unit):
    """Tell whether a label names its unit; of a multiple, by its size, whatever it is short for."""
    spellings = PERCENTS if is_percent(unit) else (unit.strip(),)
    if any(_stands_in(word, label) for word in spellings):
        return True
    times, _ = multiple(unit)
    return times > 1 and multiple(label.rpartition(",")[2])[0] == times


def _stands_in(word, text):
    """Find a whole word; a symbol such as % may follow a digit."""
    first, last = (r"(?<!\w)" * word[0].isalnum(), r"(?!\w)" * word[-1].isalnum())
    return re.search(first + re.escape(word) + last, text, re.IGNORECASE) is not None

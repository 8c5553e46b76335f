"""Units: the one word for per cent, and multiples such as thousand or million."""

import re

PERCENT = "percent"
# other spellings of it, which are no unit of their own
PERCENTS = (PERCENT, "%", "per cent", "percents", "percentage", "pct", "p.c.")
MULTIPLES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# a multiple at the beginning of a unit, in the singular or the plural: "millions of roubles"
MULTIPLE = re.compile(rf"({'|'.join(MULTIPLES)})s?\b\s*(?:of\s+)?(.*)", re.IGNORECASE)


def is_unit(text):
    """Tell whether a text can be a unit: not blank, and no other spelling of per cent.

    >>> is_unit("people"), is_unit("percent"), is_unit("Per cent"), is_unit(" ")
    (True, True, False, False)
    """
    word = text.strip().casefold()
    return bool(word) and (text == PERCENT or word not in PERCENTS)


def multiple(unit):
    """Take a unit apart: how many times what is counted.

    >>> multiple("million roubles"), multiple("Thousands of people"), multiple("thousand")
    ((1000000.0, 'roubles'), (1000.0, 'people'), (1000.0, ''))
    """
    found = MULTIPLE.fullmatch(unit.strip())
    times = MULTIPLES[found[1].lower()] if found else 1.0
    counted = (found[2] if found else unit).strip().casefold()
    return times, PERCENT if counted in PERCENTS else counted

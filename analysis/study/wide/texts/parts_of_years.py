"""Words by which quarters, halves and months of a year are known."""

from __future__ import annotations

import re


def _listed(text):
    return frozenset(text.split("; "))


# columns and headings that say which part of a year
PART_WORDS = _listed(
    "half; mes; mese; mois; monat; month; months; qtr; quartal; quarter; quarters; semester; "
    "trimestre; квартал; кварталы; месяц; месяцы; полугодие"
)
PARTS_OF_YEARS = _listed(
    "1 кв.; 1 квартал; 2 кв.; 2 квартал; 3 кв.; 3 квартал; 4 кв.; 4 квартал; apr; april; aug; "
    "august; dec; december; feb; february; h1; h2; i; i кв.; i квартал; ii; ii кв.; ii "
    "квартал; iii; iii кв.; iii квартал; iv; iv кв.; iv квартал; jan; january; jul; july; "
    "jun; june; mar; march; may; nov; november; oct; october; q1; q2; q3; q4; s1; s2; sep; "
    "september; август; апрель; декабрь; июль; июнь; май; март; ноябрь; октябрь; сентябрь; "
    "февраль; январь"
)
MONTH = re.compile(
    r"(?:янв|фев|март?|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?(?:\s\w+\.?)?$",
    re.IGNORECASE,
)

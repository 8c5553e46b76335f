"""Spans of months within a year, as headers write them: 2020 (9 months), Jan-Sep 2020."""

from __future__ import annotations

import re

YEAR = r"(?:1[89]\d{2}|20\d{2})"
_FIRST = r"(?:jan|jän|gen|ene|sty|led|янв|січ)"
_LAST = r"(?:de[cz]|déc|dic|gru|pro|дек|гру)"
_MONTH = (
    r"(?:jan|jän|gen|ene|sty|led|feb|fév|fev|lut|úno|m[aäá]r|b[rř]e|apr|avr|abr|kwi|dub|may|mai|mag|maj|"
    r"kvě|jun|juin|giu|cze|jul|juil|lug|lip|aug|ago|aoû|sie|srp|sep|set|wrz|zář|o[ck]t|out|ott|paź|"
    r"nov|lis|de[cz]|déc|dic|gru|pro|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|"
    r"бер|кві|тра|чер|лип|сер|вер|жов|лис|гру)[^\W\d_]*\.?"
)
_TO = r"\s*(?:[-–—/]|to|through|bis|à|au|al?|do|по|до)\s*"
_MONTHS = (
    r"(?:m(?:th|on|onth)?s?|monate?n?|mois|mes(?:es|i|e)?|mies[^\W\d_]*|měs[^\W\d_]*|"
    r"м|мес[^\W\d_]*|міс[^\W\d_]*)\.?"
)
_QUARTERS = r"(?:q|кв[^\W\d_]*|quart[^\W\d_]*|qtrs?|trim[^\W\d_]*)\.?"
_PART = (
    rf"(?:(?:с |from |von |de )?(?P<first>{_MONTH}){_TO}(?P<last>{_MONTH})"
    rf"|(?:first |перв[^\W\d_]+ |erste[^\W\d_]* )?(?P<count>\d{{1,2}})[\s\-]?{_MONTHS}"
    rf"|(?:I|0?1)\s?[-–—]\s?(?P<roman>IV|VI{{0,3}}|IX|XI{{0,2}}|X|I{{2,3}})(?:\s?{_QUARTERS})?"
    rf"|q1{_TO}q?(?P<quarter>[2-4])|1\s?[-–—]\s?(?P<quarters>[2-4])\s?{_QUARTERS}"
    r"|(?:first|1st|1\.?|I|1-е|перв[^\W\d_]+)[\s\-]?(?:half|полуг[^\W\d_]*|halbjahr|semest[^\W\d_]*)\.?"
    r"|ytd|year[ -]to[ -]date|с начала года)"
)
# a day within the year: its first and its last day stand for years
_DAY = (
    r"(?:на|on|as of|at|am|zum) (?!1\.? (?:jan|jän|янв)|31\.? (?:de[cz]|дек))"
    rf"\d{{1,2}}\.? {_MONTH}"
)
_YEAR_WORD = r"(?:\s?(?:г|год[ау]?|року?)\.?)?"
SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<year>{YEAR}){_YEAR_WORD}[\s,_:]*[(\[]?(?:за |for )?(?:{_PART}|{_DAY})"
        rf"{_YEAR_WORD}[)\]]?",
        rf"(?:за |for )?[(\[]?{_PART}[)\]]?[\s,'_.]*(?:of |de |des )?(?P<year>{YEAR}){_YEAR_WORD}",
    )
)
_IS_FIRST, _IS_LAST = (re.compile(shape, re.IGNORECASE) for shape in (_FIRST, _LAST))


def part_of_year(text: str) -> tuple[int, bool] | None:
    """Read a year with some of its months: (year, whether they are all twelve); else None.

    >>> part_of_year("2020 (9 мес.)"), part_of_year("Jan-Sep 2020"), part_of_year("2020")
    ((2020, False), (2020, False), None)
    >>> part_of_year("2020 (12 months)"), part_of_year("январь-декабрь 2020 г.")
    ((2020, True), (2020, True))
    """
    found = next(filter(None, (shape.fullmatch(text) for shape in SHAPES)), None)
    if found is None:
        return None
    is_span = bool(found["first"] and _IS_FIRST.match(found["first"]))
    is_whole = (
        found["count"] == "12"
        or (found["roman"] or "").upper() == "XII"
        or (is_span and bool(_IS_LAST.match(found["last"])))
        or "4" in (found["quarter"], found["quarters"])
    )
    return int(found["year"]), is_whole

"""Years and parts of years, as headers and cells write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.study.wide.texts.months import YEAR, part_of_year
from analysis.study.wide.texts.standings import standing_of, without_word

if TYPE_CHECKING:
    from typing import Any

MARK = r"(?:\s*(?:\[(?!YR)[^\]]*\]|\([^()\d]{1,3}\)|\(?\d{1,2}\)|[*†‡#]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?))*"
NOTED = re.compile(r"(?P<text>.+[)\]\w])\s*(?P<mark>\(?\d{1,2}\)|[*†‡#]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?)")
PREFIX = (
    r"(?:fy|cy|yr|year|jahr|año|ano|anno|год|rok|ปี|سال|سنة|عام|वर्ष|в|in|y|x|_|за|на|at|as of|"
    r"end of)?[ _.]*"
)
SUFFIX = (
    r"(?:[ _.]*(?:г\.?г?\.?|год[ауы]?|год[іи]|рік|року|роки|р\.?р?\.|жыл\w*|year|yr|total|annual|"
    r"\[yr\d{4}\]|all year|a|年度?|년도?|年末|년말|god(?:ina|ine|\.)?|gads|gada|metai|"
    r"m\.|rok|roku|år|aasta|év|yılı?))?"
)
WHOLE = re.compile(rf"{PREFIX}(?P<year>{YEAR})(?:\.0+)?{SUFFIX}(?P<mark>{MARK})\.?", re.IGNORECASE)
LETTER = re.compile(rf"(?P<year>{YEAR})\s?(?P<mark>[a-zп]{{1,2}})", re.IGNORECASE)  # 2018p
SPLIT_SHORT = re.compile(r"(?:fy)? ?(?P<year>\d{2})/(?P<end>\d{2})", re.IGNORECASE)  # 17/18
SHORT = re.compile(r"(?:fy|cy)? ?['’‘`´](?P<year>\d{2})", re.IGNORECASE)  # '18
GLUED = re.compile(rf"(?P<year>{YEAR})(?P<mark>\d)")  # 20141: a superscript that lost its place
SPLIT = re.compile(
    rf"(?:fy)?[ _.]*(?P<year>{YEAR})\s*[/\-–—_]\s*(?P<end>\d{{2}}|{YEAR}){SUFFIX}(?P<mark>{MARK})",
    re.IGNORECASE,
)
ROMAN = r"(?:iv|i{1,3}|[1-4])"
SHAPES = (
    ("quarter", rf"(?P<year>{YEAR})[ \-_.:/]*(?:q|k|t|кв\.?|trim\.?|quarter )[ ]?[1-4]"),
    ("quarter", rf"(?:q|t)[ ]?[1-4][ \-_.,:/']*(?P<year>{YEAR}|\d{{2}})"),
    (
        "quarter",
        rf"{ROMAN}[ \-.]*(?:кв|кварт|quart|trim|quarter|qtr)[\w.]*,?[ ]*(?P<year>{YEAR})?.*",
    ),
    ("quarter", rf"(?:quarter|квартал|quartal|trimestre|qtr)[ ]*{ROMAN}[ ,\-]*(?P<year>{YEAR})?"),
    ("half-year", rf"(?P<year>{YEAR})[ \-_.:/]*(?:h|s|hy|п/г)[ ]?[12]"),
    ("half-year", rf"(?:h|s)[ ]?[12][ \-_.:/]*(?P<year>{YEAR})"),
    (
        "half-year",
        rf"(?:i|ii|1|2|1st|2nd|first|second|перв\w+|втор\w+)[ \-]*(?:полуг\w*|half|semest\w*|"
        rf"halbjahr)[\w.\-]*,?[ ]*(?P<year>{YEAR})?.*",
    ),
    ("month", rf"(?P<year>{YEAR})[ \-_.:/]*m[ ]?(?:0?[1-9]|1[0-2])"),
    ("month", rf"(?P<year>{YEAR})[\-./](?:0[1-9]|1[0-2])"),
    ("month", rf"(?:0[1-9]|1[0-2])[\-./](?P<year>{YEAR})"),
    (
        "month",
        rf"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|май|мая|июн|июл|авг|"
        rf"сен|окт|ноя|дек|mär|mai|okt|dez)[\w.]*[ \-,./']*(?P<year>{YEAR}|\d{{2}})(?: г\.?)?",
    ),
    ("month", rf"(?P<year>{YEAR})[ \-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"),
    ("week", rf"(?P<year>{YEAR})[ \-]*w[ ]?\d{{1,2}}"),
)
PARTS = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in SHAPES)
# numbers that are no period: asked first, as most cells are
# twelve months that are one calendar year
TWELVE = re.compile(
    rf"^jan(?:uary)?\.? (?P<year>{YEAR})\s?[-–]\s?dec(?:ember)?\.? (?P=year)$", re.IGNORECASE
)
# years counted from the first of an emperor's reign, or of the Republic of China
ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 1988 + 30,  # its first year is the 31st of the reign before
    "民國": 1911,
    "民国": 1911,
}
ERA = re.compile(rf"(?P<era>{'|'.join(ERAS)})\s?(?P<count>元|\d{{1,3}})\s?年(?:度|末|底)?")
BUDDHIST = re.compile(r"(?:(?:ปี )?พ\.? ?ศ\.?|b\.?e\.?) ?(?P<year>2[45]\d{2})", re.IGNORECASE)
BEFORE_COMMON_ERA = 543  # years by which the Buddhist era, as counted in Thailand, is ahead
# what every period holds: asked before the shapes are tried one by one
POSSIBLE = re.compile(
    rf"{YEAR}|['’‘`´]\s*\d\d|\d\d\s*/\s*\d\d|"
    r"кв|quart|trim|qtr|полуг|half|semest|halbjahr|halfjahr|(?:^|\s)[qt] ?[1-4]|"
    r"(?:^|\s)(?:jan|feb|m[aä]r|apr|may|mai|jun|jul|aug|sep|o[ck]t|nov|de[cz]|янв|фев|мар|апр|ма[йя]|"
    r"июн|июл|авг|сен|окт|ноя|дек)",
    re.IGNORECASE,
)
QUANTITY = re.compile(r"(?:-?[0-9]{1,3}(?:[.,](?:[0-9]{1,3}|[0-9]{5,}))?)?")
DATES = (
    re.compile(rf"(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ][\d:.]+)?Z?"),
    re.compile(rf"(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./](?P<year>{YEAR})(?: г\.?)?"),
    re.compile(
        rf"(?:на |on )?(?P<day>1|31) (?:января|декабря|january|december),? (?P<year>{YEAR})"
        rf"(?P<month>)(?: г(?:ода|\.)?)?",
        re.IGNORECASE,
    ),
)
INSIDE = re.compile(rf"(?<![\d.,\-/]){YEAR}(?![\d\-/]|[.,]\d)")


@dataclass(frozen=True)
class Period:
    """A year, or what is no year: what kind of period it is, and in which year it lies."""

    kind: str  # year, split year, several years, quarter, half-year, month, months, week, date
    year: int
    text: str
    mark: str = ""  # the mark of a note at the year
    day: str = ""  # of a date: "01-01"
    word: str = ""  # the word for its standing: plan, actual, оценка

    @property
    def standing(self) -> str:
        """Return outcome, provisional or target, as the word says; "" without one."""
        return standing_of(self.word)


@lru_cache(8192)
def period(text: str) -> Any:
    """Read a text as a period; None where it is none.

    >>> period("2018 г.").year, period("20141)").mark, period("2018 [YR2018]").year
    (2018, '1)', 2018)
    >>> period("2014/15").kind, period("2014-2016").kind, period("2017-Q3").kind, period("25-34")
    ('split year', 'several years', 'quarter', None)
    >>> period("FY2018").year, period("2018-12-31").kind, period("Employees")
    (2018, 'date', None)
    >>> period("Jan 2018-Dec 2018").kind
    'year'
    >>> period("2020 (9 months)").kind, period("2020 (12 months)").kind
    ('months', 'year')
    >>> period("平成28年").year, period("令和元年度").year, period("民國109年").year
    (2016, 2019, 2020)
    >>> period("พ.ศ. 2561").year, period("2561")
    (2018, None)
    >>> period("2020 (plan)").standing, period("2018年").year, period("'18").year
    ('target', 2018, 2018)
    """
    if "年" in text and (era := ERA.fullmatch(text)):
        count = 1 if era["count"] == "元" else int(era["count"])
        return Period("year", ERAS[era["era"]] + count, text)
    if text[:1] in "พปBb" and (era := BUDDHIST.fullmatch(text)):
        return Period("year", int(era["year"]) - BEFORE_COMMON_ERA, text)
    if QUANTITY.fullmatch(text) or not POSSIBLE.search(text):
        return None
    found = _period(text)
    return found if found is not None else _worded(" ".join(text.split()))


def _century(figures):
    """Complete a year of two figures: up to 68 it is of this century."""
    return (1900 if int(figures) > 68 else 2000) + int(figures)


def _worded(text):
    """Read a year beside which a word says its standing, and perhaps the mark of a note."""
    if len(text) > 60:
        return None
    bare, word = without_word(text)
    mark = ""
    if not word and (noted := NOTED.fullmatch(text)):
        bare, word = without_word(noted["text"])
        mark = noted["mark"]
    found = _period(bare) if word else None
    if found is None or found.kind not in ("year", "split year", "several years"):
        return None
    return replace(found, text=text, word=word, mark=found.mark or mark)


def _period(text):
    """Read a text without any word for its standing."""
    text = TWELVE.sub(r"\g<year>", " ".join(text.split()))
    if (
        QUANTITY.fullmatch(text)
        or len(text) > 40
        or not (any(map(str.isdecimal, text)) or text[:1] in "IViv")
    ):
        return None
    if len(text) > 4 and (part := part_of_year(text)):
        return Period("year" if part[1] else "months", part[0], text)
    if found := WHOLE.fullmatch(text) or LETTER.fullmatch(text) or GLUED.fullmatch(text):
        return Period("year", int(found["year"]), text, found["mark"].strip())
    if found := SHORT.fullmatch(text):
        return Period("year", _century(found["year"]), text)
    if found := SPLIT.fullmatch(text):
        return _split(found, text)
    if found := SPLIT_SHORT.fullmatch(text):
        is_next = (int(found["year"]) + 1) % 100 == int(found["end"])
        return Period("split year", _century(found["year"]), text) if is_next else None
    for shape in DATES:
        if found := shape.fullmatch(text):
            day = f"{int(found['month'] or 1):02d}-{int(found['day']):02d}"
            return Period("date", int(found["year"]), text, day=day)
    for kind, shape in PARTS:
        if found := shape.fullmatch(text):
            figures = found["year"] or ""
            return Period(kind, _century(figures) if len(figures) == 2 else int(figures or 0), text)
    return None


def _split(found, text):
    first, end, mark = int(found["year"]), found["end"], found["mark"].strip()
    last = int(end) if len(end) == 4 else first - first % 100 + int(end)
    if len(end) == 2 and first % 100 == 99 and end == "00":
        last = first + 1
    if last == first + 1:
        return Period("split year", first, text, mark)
    if last > first:
        return Period("several years", first, text, mark)
    month = len(end) == 2 and 1 <= int(end) <= 12
    return Period("month", first, text, mark) if month else None


def month_alone(text: str) -> str:
    """Give what a month of a year is written with beside its year: the same for the same month.

    >>> month_alone("Mar-18"), month_alone("2018M03"), month_alone("March 2019")
    ('mar-', 'm03', 'march')
    """
    whole = re.sub(YEAR, "", text, count=1)
    return (re.sub(r"\d\d$", "", text) if whole == text else whole).strip().casefold()


def is_year(text: Any) -> Any:
    """Tell whether a text is a plain year, of any spelling."""
    found = period(text)
    return found is not None and found.kind == "year"


def years_inside(text: str) -> list:
    """Find the years that stand inside a longer text, as regular expression matches.

    >>> [found[0] for found in years_inside("1.1 Aged 25-34 in training, 2015 prices 2018")]
    ['2015', '2018']
    """
    return list(INSIDE.finditer(re.sub(r"_", " ", text)))

"""What a table itself does not tell: years, names, units from headers, titles, sheets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.study.wide.tables.meaning import Axis
from analysis.study.wide.texts.labels import NO_TITLE, plain, title_of, without_notes
from analysis.study.wide.texts.periods import YEAR, period, years_inside
from analysis.study.wide.texts.standings import word_around
from analysis.study.wide.texts.units import is_unit_like, split_unit
from analysis.study.wide.texts.words import role_of

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.wide.tables.meaning import Meaning
    from analysis.study.wide.understood import Understood

TOKEN = re.compile(
    rf"(?<![\d.,])\d{{1,2}}[./]\d{{1,2}}[./]{YEAR}(?!\d)|"
    rf"(?:[QHM]\d{{1,2}}[ \-]?)?(?<![\d.,]){YEAR}(?:\s?[/\-–](?:{YEAR}|\d\d))?(?:[ "
    rf"\-]?(?:Q[1-4]|H[12]|M\d\d))?(?!\d)"
    rf"(?!\s?=\s?100)(?!\s*(?:prices|цен|inflation|constant|dollars|euros))",
    re.IGNORECASE,
)
BASE_YEAR = re.compile(r"(?:constant|base|prices of|nuts|в ценах|к)\s*$", re.IGNORECASE)
JOINTS = " ,;:_-–/()[]"
YEAR_WORDS = re.compile(
    r"(?:^|[ ,(])(?:in|for|on|as of|at|am|zum|per|au|al|в|за|на|г\.?|год[ау]?|year)$", re.IGNORECASE
)
UNKNOWN = "?"  # stands where there is a question; never written
DATED = re.compile(
    r"updated|released|extracted|published|copyright|©|обновл|по состоянию", re.IGNORECASE
)
GENERIC = re.compile(
    r"(?:sheet|лист|tabelle|table|foglio|hoja|feuil|data|таблица|tab)[ _]?\d*", re.IGNORECASE
)


def years_in_headers(found: Meaning) -> None:
    """Part headers such as "Turnover 2018 (mln)" into the name and the year, where all hold one."""
    if found.year is not None:
        return
    for at, axis in enumerate(found.names):
        if axis.by == "all":
            continue
        parted = [part_header(text) for text in axis.values]
        years = [year for _, year in parted]
        named = sum(map(bool, years))
        if axis.by == "row" and named < len(years):
            continue  # a year in some names of rows may be a part of the name
        if named < len(years) and (named < 2 or named * 2 < len(years)):
            continue  # where a few have no year they are left out, with a line
        if not named:
            continue
        found.year = Axis(axis.by, years)
        found.names[at] = Axis(axis.by, [name for name, _ in parted], axis.name, axis.marks)
        if not any(name for name, _ in parted):
            del found.names[at]
        where = "headers of the columns" if axis.by == "column" else "names of the rows"
        found.said.append(f"years: in the {where}")
        return


def part_header(text: str) -> tuple[str, str]:
    """Part a header into (name without the year, the year as written).

    >>> part_header("Innovation active 2018 (%)"), part_header("gdp_2018"), part_header("2018 GDP")
    (('Innovation active (%)', '2018'), ('gdp', '2018'), ('GDP', '2018'))
    >>> part_header("Créations 2019 (nombre)"), part_header("Income (in 2019 dollars)")
    (('Créations (nombre)', '2019'), ('Income (in 2019 dollars)', ''))
    >>> part_header("GDP (mln EUR) 2018"), part_header("2018 (men) jobs")
    (('GDP (mln EUR)', '2018'), ('(men) jobs', '2018'))
    >>> part_header("Turnover 2020 plan (mln)"), part_header("Turnover, факт 2018 г.")
    (('Turnover (mln)', '2020 plan'), ('Turnover', '2018 факт'))
    >>> part_header("Bevölkerung am 1.1.2019"), part_header("Staff (31/12/2020)")
    (('Bevölkerung', '1.1.2019'), ('Staff', '31/12/2020'))
    >>> part_header("Index (2015=100)")
    ('Index (2015=100)', '')
    """
    name, unit = split_unit(text)
    places = _tokens(name)
    if not places:
        name, unit = text, ""
        places = _tokens(text)
    if not places:
        return text, ""
    first, last = places[0], places[-1]
    is_first = first.start() == 0 and last.end() < len(name.rstrip(JOINTS))
    chosen = first if is_first else last
    before, after, word = word_around(name[: chosen.start()], name[chosen.end() :])
    before = before.rstrip(JOINTS)
    comma = ", " if after.lstrip().startswith(",") else " "
    after = re.sub(
        r"^\s*(?:(?:г\.?|год[ауы]?|year)(?!\w)|年度?|년도?)", "", after, flags=re.IGNORECASE
    )
    is_bracketed = re.fullmatch(r"[ ,;:]*(?:\(.*\)|\[.*\])[ ,;:]*", after)
    after = after.strip(" ,;:" if is_bracketed else JOINTS)
    before = YEAR_WORDS.sub("", before).rstrip(JOINTS)
    rest = _with_pairs(comma.join(filter(None, [before, after])))
    if unit:
        rest = f"{rest} ({unit})" if rest else f"({unit})"
    return rest, " ".join(filter(None, [chosen[0].strip(), word]))


def _with_pairs(text):
    """Add the brackets whose other one was stripped with what joined a text to its year."""
    for left, right in ("()", "[]"):
        more = text.count(left) - text.count(right)
        text = left * -more + text + right * more
    return text


def from_context(tables: list, meanings: list, told: dict, understood: Understood) -> None:
    """Complete what tables lack from what names them: sheet, title, file; else ask."""
    _units(tables, meanings)
    _years(tables, meanings, told, understood)
    _regions(tables, meanings, told, understood)
    _names(tables, meanings, told, understood)


def _units(tables, meanings):
    for table, found in zip(tables, meanings, strict=True):
        if found.unit is None:
            pairs = [v for k, v in table.pairs.items() if role_of(k) == ("unit", True)]
            named = [v for k, v in table.pairs.items() if role_of(k) == ("indicator", True)]
            unit = pairs[0] if pairs else split_unit(named[0])[1] if named else ""
            unit = unit or title_of(table.titles)[1]
            if unit and not _has_units(found):
                found.unit = Axis("all", [plain(unit)])
                found.said.append(f"unit: {plain(unit)!r}, from above the table")


def _has_units(found):
    return any(split_unit(text)[1] for axis in found.names for text in set(axis.values) if text)


def _years(tables, meanings, told, understood):
    for table, found in zip(tables, meanings, strict=True):
        if found.year is not None:
            continue
        year, where = (str(told["year"]), "as told") if told.get("year") else _year_named(table)
        if year:
            found.said.append(f"year: {year}, {where}")
        else:
            understood.ask(
                "year",
                f"{table.sheet.place}: which year do the values belong to? The table names none.",
                "2012",
            )
        found.year = Axis("all", [year or UNKNOWN])


def _year_named(table):
    """Find the only year that the sheet's name, the title or the file's name holds."""
    sheet = table.sheet
    whole = period(plain(sheet.name))
    if whole is not None and whole.kind in ("year", "split year"):
        return whole.text, f"from the name of the sheet {sheet.name!r}"
    about = [f"{k} {v}" for k, v in table.pairs.items() if role_of(k)[0] in ("year", "indicator")]
    titles = [line for line in table.titles if not (NO_TITLE.match(line) or DATED.search(line))]
    for where, texts in (
        (f"from the name of the sheet {sheet.name!r}", [sheet.name]),
        ("from the title", [*titles, *about]),
        (f"from the name of the file {sheet.file}", [Path(sheet.file).stem]),
    ):
        inside = {match[0] for text in texts for match in _tokens(text)}
        found = period(inside.pop()) if len(inside) == 1 else None
        if found is not None and found.kind in ("year", "split year"):
            return found.text, where
    return "", ""


def _tokens(text):
    return [m for m in TOKEN.finditer(text) if not BASE_YEAR.search(text[: m.start()])]


def _regions(tables, meanings, told, understood):
    lacking = [at for at, found in enumerate(meanings) if found.region is None]
    if not lacking:
        return
    names = [tables[at].sheet.name for at in lacking]
    files = [Path(tables[at].sheet.file).stem for at in lacking]
    for at in lacking:
        found, sheet = meanings[at], tables[at].sheet
        if told.get("region"):
            found.region = Axis("all", [told["region"]])
            found.said.append(f"region: {told['region']}, as told")
        elif len(set(names)) == len(lacking) > 1 and not any(map(_is_generic, names)):
            found.region = Axis("all", [sheet.name])
            found.said.append(f"region: {sheet.name!r}, the name of the sheet")
        elif len(set(files)) == len(lacking) > 1 and not any(map(_is_generic, files)):
            found.region = Axis("all", [Path(sheet.file).stem])
            found.said.append(f"region: {Path(sheet.file).stem!r}, the name of the file")
        else:
            understood.ask(
                "region",
                f"{sheet.place}: no column or row names a region; which region is this?",
                '"Name"',
            )
            found.region = Axis("all", [UNKNOWN])


def _is_generic(name):
    return not name or GENERIC.fullmatch(name) is not None or period(name) is not None


def _names(tables, meanings, told, understood):
    """Name the only indicator of a table by its title, its sheet or its file."""
    titles = [_title(table) for table in tables]
    for table, found, title in zip(tables, meanings, titles, strict=True):
        if any(text for axis in found.names for text in axis.values):
            continue
        sheet, stem = table.sheet, Path(table.sheet.file).name.split(".")[0]
        if told.get("indicator"):
            name, where = told["indicator"], "as told"
        elif title:
            name, where = title, "the title"
        elif found.constants:
            name, where = ", ".join(found.constants[:3]), "columns that are the same in every row"
        elif not _is_generic(sheet.name):
            name, where = sheet.name, "the name of the sheet"
        else:
            name, where = _without_year(stem), "the name of the file"
        found.names = [Axis("all", [name])]
        found.said.append(
            f"indicator: {name!r}, from {where}"
            if where != "as told"
            else f"indicator: {name!r}, as told"
        )
        if where == "the name of the file" and found.unit is None:
            understood.unknown.append(
                f"{sheet.place}: the indicator has no name and no unit; the file's name stands "
                f"for it"
            )


def _without_year(stem):
    name, year = part_header(stem)
    return name if year and name else stem


def _title(table):
    pairs = [
        v
        for k, v in table.pairs.items()
        if role_of(k) == ("indicator", True)
        or k.casefold() in ("dataset", "data set", "table", "title", "показатель")
    ]
    return split_unit(without_notes(pairs[0])[0])[0] if pairs else title_of(table.titles)[0]


def told_apart(tables: Any, meanings: Any, keys: Any) -> Any:
    """Add what tells tables apart to the names of indicators that several tables share.

    `keys` holds the keys of each table; where two share some, sheets or files tell them apart.
    """
    owners = {}
    for at, own in enumerate(keys):
        for key in own:
            owners.setdefault(key, set()).add(at)
    shared = set().union(*(at for at in owners.values() if len(at) > 1)) if owners else set()
    if not shared:
        return False
    for words in (
        lambda t: t.sheet.name,
        lambda t: _title(t),
        lambda t: Path(t.sheet.file).stem,
        lambda t: "; ".join(v for k, v in t.pairs.items() if role_of(k)[0] != "unit"),
    ):
        texts = [plain(words(tables[at])) for at in sorted(shared)]
        if len(set(texts)) == len(texts) and all(texts):
            for at, text in zip(sorted(shared), texts, strict=True):
                meanings[at].names.append(Axis("all", [text]))
                meanings[at].said.append(
                    f"part of the indicator's name: {text!r}, as tables share names"
                )
            return True
    return False


def unit_of(name: Any, unit: Any) -> Any:
    """Give the unit of a value: the one told, else the one in the indicator's name."""
    return unit or split_unit(name)[1]


def is_unit_text(text: Any) -> Any:
    """Tell whether a text can stand as a unit."""
    return is_unit_like(text)


def years_of(texts: Any) -> Any:
    """Collect the years that stand inside texts."""
    return {match[0] for text in texts for match in years_inside(text)}

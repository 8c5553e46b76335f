"""What the columns of labels and the levels of a header mean: region, year, unit, indicator."""

from __future__ import annotations

from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from analysis.study.wide.tables.columns import is_numbering_name
from analysis.study.wide.tables.meaning import Axis, Meaning
from analysis.study.wide.tables.region_column import follows, is_codelike, region_of
from analysis.study.wide.texts.labels import plain
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.parts_of_years import PART_WORDS, PARTS_OF_YEARS
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.standings import standing_of
from analysis.study.wide.texts.units import is_unit_alone, is_unit_like
from analysis.study.wide.texts.words import (
    MULTIPLIERS,
    NORMAL,
    SERIAL,
    SOURCES,
    about_indicators,
    bare,
    is_attribute,
    is_code,
    role_of,
    words_of,
)

if TYPE_CHECKING:
    from analysis.study.wide.tables.table import Table
    from analysis.study.wide.understood import Understood

CONSTANTS = frozenset(
    ("freq", "frequency", "structure", "dataflow", "adjustment", "periodicity", "version")
)


def label_roles(table: Table, told: dict, understood: Understood) -> Meaning:
    """Find what each label column of a table means."""
    found, rest = Meaning(), []
    _unit_columns(table)
    for label in table.labels:
        if told.get("leave_out_columns") and label.name in told["leave_out_columns"]:
            found.dropped.append(f"{label.place}: left out as told")
            continue
        if not _simple(table, label, told, found):
            rest.append(label)
    _year_of(rest, told, found)
    region_of(table, rest, told, found, understood)
    _others(rest, found)
    if found.multiplier is not None:
        units = found.unit.values if found.unit is not None else [""] * len(found.multiplier.values)
        pairs = zip(found.multiplier.values, units, strict=True)
        found.unit = Axis("row", [" ".join(filter(None, pair)) for pair in pairs])
    return found


def _unit_columns(table):
    """Of several columns of units keep the words, no codes; "UnitName" may name the regions."""
    units = [label for label in table.labels if role_of(label.name) == ("unit", True)]
    has_region = any(role_of(label.name)[0] == "region" for label in table.labels)
    for label in units:
        if not has_region and bare(label.name) in ("unit name", "unit code", "unit id", "unit"):
            texts = {value.strip() for value in label.values if value.strip()}
            if len(texts) > 1 and not any(map(is_unit_like, texts)):
                label.role = "region"
    units = [label for label in units if not label.role]
    words = [label for label in units if not is_code(label.name)]
    spelt = [label for label in words if not is_codelike(label)]
    words = spelt if spelt and len(words) > 1 else words
    for label in units if words else ():
        if label not in words:
            label.role = "attribute"


def _simple(table, label, told, found):
    """Deal with columns whose role is told by their header alone; True where it is dealt with."""
    role, is_whole = (label.role, True) if label.role else role_of(label.name)
    texts = [value.strip() for value in label.values if value.strip()]
    chosen = (told.get("region_column"), told.get("year_column"), told.get("indicator_column"))
    if label.name in chosen and label.name:
        return False
    if not texts:
        found.dropped.append(f"{label.place}: empty")
    elif (kind := _told_of_indicators(table, label)) and kind not in found.about:
        found.about[kind] = Axis("row", [plain(value) for value in label.values], label.name)
        found.said.append(f"{kind} of each indicator: {label.place}")
    elif bare(label.name).replace(" ", "_") in SOURCES:
        found.source = Axis("row", [plain(value) for value in label.values], label.name)
        found.said.append(f"sources of the values: {label.place}")
    elif is_of_standings(texts):
        found.standing = Axis("row", [plain(value) for value in label.values], label.name)
        found.said.append(f"measured or planned: {label.place}")
    elif bare(label.name) in MULTIPLIERS:
        _multiplier(label, texts, found)
    elif role == "flag" and _is_of_regions(table, label):
        found.dropped.append(f"{label.place}: describes the regions (first text {texts[0]!r})")
    elif role == "flag" and any(len(text) > 12 for text in texts):
        notes = ["" if v.casefold() in NORMAL else v for v in map(plain, label.values)]
        found.notes.append(Axis("row", notes, label.name))
    elif role == "flag":
        found.flags.append(Axis("row", [plain(v) for v in label.values], label.name))
    elif _is_part_column(label, texts, role):
        found.parts = Axis("row", [plain(v) for v in label.values], label.name)
    elif role == "unit" and is_whole:
        _add_unit(Axis("row", [plain(value) for value in label.values], label.name), found)
    elif role == "attribute" or (is_attribute(label.name) and not (role == "region" and is_whole)):
        found.dropped.append(
            f"{label.place}: an attribute, no dimension (first value {texts[0]!r})"
        )
    elif (
        bare(label.name) in SERIAL
        or is_numbering_name(label.name)
        or (
            not label.name
            and texts == [str(n) for n in range(1, len(texts) + 1)]
            and len(texts) > 1
        )
    ):
        found.dropped.append(f"{label.place}: numbers the rows")
    elif not role and texts == [str(n) for n in range(len(texts))] and not label.name:
        found.dropped.append(f"{label.place}: numbers the rows from 0")
    else:
        return False
    return True


def _told_of_indicators(table, label):
    """Tell what a column says of indicators in rows: pillar, direction or weight; "" if nothing."""
    roles = [(role_of(one.name)[0], one) for one in table.labels]
    names = [one for role, one in roles if role == "indicator"]
    if not names or any(role == "region" for role, _ in roles):
        return ""
    return about_indicators(label.name) if follows(names[0], label) else ""


def is_of_standings(texts: list) -> bool:
    """Tell whether texts all say measured, estimated or planned, and not one thing alone."""
    said = {standing_of(text) for text in texts}
    return "" not in said and bool(said & {"outcome", "target"})


def _is_part_column(label, texts, role):
    """Tell whether a column says which quarter or month of a year a row belongs to."""
    words = set(bare(label.name).split())
    if words & PART_WORDS:
        return True
    return (
        not role
        and len(set(texts)) > 1
        and all(text.casefold() in PARTS_OF_YEARS for text in texts)
    )


def _is_of_regions(table, label):
    """Tell whether a "status" describes a whole row of values, as urban and rural do, in words."""
    is_beside = len(table.columns) > 1 and label.column < table.columns[0]
    texts = [value.strip() for value in label.values if value.strip()]
    return is_beside and bare(label.name) == "status" and all(len(text) > 3 for text in texts)


def _multiplier(label, texts, found):
    """Take "thousands" and powers of ten into the unit; values stay as they are."""
    words = {text: "" if text.casefold() in ("0", "1", "units", "unit") else text for text in texts}
    words = {text: f"10^{word}" if word.isdecimal() else word for text, word in words.items()}
    if any(words.values()):
        axis = Axis("row", [words.get(v.strip(), "") for v in label.values], label.name)
        found.multiplier = axis
    else:
        found.dropped.append(f"{label.place}: values are in units")


def _add_unit(axis, found):
    if found.unit is None:
        found.unit = axis
    elif axis.values != found.unit.values:
        pairs = zip(found.unit.values, axis.values, strict=True)
        found.unit = Axis("row", [" ".join(dict.fromkeys(filter(None, pair))) for pair in pairs])


def _year_of(rest, told, found):
    """Find the column of years: by its header and content, or by its content alone."""
    choices = []
    for label in rest:
        texts = [value for value in label.values if value.strip()]
        others = (text for text in texts if period(text) is None)
        most = len(texts) - ceil(0.9 * len(texts))  # that may be no period
        if not texts or next(islice(others, most, None), None) is not None:
            continue
        role, is_whole = role_of(label.name)
        asked = label.name == told.get("year_column")
        rank = (
            asked,
            role == "year" and is_whole,
            role == "year",
            (not role and not is_code(label.name)) or _are_dates(texts),
        )
        if any(rank):
            choices.append((rank, -label.column, label))
    if choices:
        best = max(choices, key=lambda choice: choice[:2])[2]
        found.year = Axis("row", best.values, best.name)
        found.said.append(f"years: {best.place}")
        for _, _, label in choices:
            rest.remove(label)
            if label is not best:
                found.dropped.append(f"{label.place}: years too, but not taken for the period")


def _are_dates(texts):
    """Tell whether texts are all dates, whatever stands above them."""
    found = [period(text) for text in texts]
    return all(one is not None and one.kind == "date" for one in found)


def _is_code_of_years(label, found):
    year = found.year
    return (
        year is not None
        and year.by == "row"
        and is_codelike(label)
        and follows(Axis("row", year.values), label)
        and follows(label, Axis("row", year.values))
    )


def _others(rest, found):
    """Take what is left: parts of the indicator's name, groups, codes, constants."""
    named = [label for label in rest if role_of(label.name)[0] == "indicator"]
    texts = [label for label in named if not is_codelike(label)] or named
    main = texts[0] if texts else None
    region = found.region
    for label in rest:
        values = {value.strip() for value in label.values}
        if label is main:
            found.names.insert(0, Axis("row", label.values, label.name))
            found.said.append(f"indicators: {label.place}")
        elif len(values) > 1 and _is_code_of_years(label, found):
            found.dropped.append(f"{label.place}: codes of the years")
        elif main is not None and follows(main, label):
            found.dropped.append(f"{label.place}: follows from {main.place}")
        elif len(values) == 1 and found.unit is None and is_unit_alone(plain(min(values))):
            _add_unit(Axis("row", [plain(value) for value in label.values], label.name), found)
            found.said.append(f"unit: {label.place}")
        elif len(values) == 1:
            text = plain(values.pop())
            found.dropped.append(f"{label.place}: the same in every row ({text!r})")
            is_name = kind(text) == "text" and len(text) > 3 and not is_codelike(label)
            if is_name and not CONSTANTS & set(words_of(label.name)) - (
                {"structure"} if "structure_name" in words_of(label.name) else set()
            ):
                found.constants.append(text)
        elif region is not None and follows(Axis("row", region.values), label):
            found.dropped.append(f"{label.place}: groups or describes the regions")
        elif (
            all(is_unit_like(value) and len(value) < 30 for value in values if value)
            and not found.unit
        ):
            _add_unit(Axis("row", [plain(value) for value in label.values], label.name), found)
        elif any(
            follows(other, label)
            for other in rest
            if other is not label
            and other is not main
            and not is_codelike(other)
            and is_codelike(label)
        ):
            found.dropped.append(f"{label.place}: codes of another column")
        else:
            found.names.append(Axis("row", label.values, label.name))
            found.said.append(f"part of the indicator's name: {label.place}")

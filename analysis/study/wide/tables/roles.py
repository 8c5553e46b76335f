"""What the columns of labels and the levels of a header mean: region, year, unit, indicator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.study.wide.tables.columns import is_numbering_name
from analysis.study.wide.texts.labels import looks_like_indicators, plain
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.periods import period
from analysis.study.wide.texts.standings import standing_of
from analysis.study.wide.texts.words import (
    MULTIPLIERS,
    PART_WORDS,
    PARTS_OF_YEARS,
    SERIAL,
    SOURCES,
    bare,
    is_attribute,
    is_code,
    is_unit_like,
    role_of,
    words_of,
)
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.wide.tables.layout import Table
    from analysis.study.wide.understood import Understood

ANSWERS = frozenset(("true", "false", "yes", "no", "да", "нет", "ja", "nein"))
CONSTANTS = frozenset(
    ("freq", "frequency", "structure", "dataflow", "adjustment", "periodicity", "version")
)


@dataclass
class Axis:
    """One thing that a table tells: by row, by value column, or once for all."""

    by: str  # row, column, all
    values: list
    name: str = ""
    marks: dict = field(default_factory=dict)  # place: marks of notes, where they were taken off

    def at(self, row: int, column: int) -> str:
        """Return the text for a row and the place of a value column."""
        return self.values[row if self.by == "row" else column if self.by == "column" else 0]


@dataclass
class Meaning:
    """What the parts of a table mean; None where the table itself does not tell."""

    region: Axis | None = None
    code: Axis | None = None
    year: Axis | None = None
    unit: Axis | None = None
    names: list = field(default_factory=list)  # the parts of an indicator's name
    flags: list = field(default_factory=list)  # by row, of long tables
    notes: list = field(default_factory=list)  # by row, texts of notes
    source: Axis | None = None  # by row, where the values come from
    said: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    multiplier: Axis | None = None  # "thousands", of which the unit is made
    parts: Axis | None = None  # which quarter or month a row or column is of; "" for whole years
    constants: list = field(default_factory=list)  # texts that are the same in every row
    standing: Axis | None = None  # words such as plan and actual, where no year bears them
    region_choices: list = field(default_factory=list)  # columns that may all name the region


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
    _region_of(table, rest, told, found, understood)
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
    elif bare(label.name) in SOURCES:
        found.source = Axis("row", [plain(value) for value in label.values], label.name)
        found.said.append(f"sources of the values: {label.place}")
    elif is_of_standings(texts):
        found.standing = Axis("row", [plain(value) for value in label.values], label.name)
        found.said.append(f"measured or planned: {label.place}")
    elif bare(label.name) in MULTIPLIERS:
        _multiplier(label, texts, found)
    elif role == "flag" and any(len(text) > 12 for text in texts):
        found.notes.append(Axis("row", [plain(v) for v in label.values], label.name))
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
        periods = sum(period(text) is not None for text in texts)
        if not texts or periods < 0.9 * len(texts):
            continue
        role, is_whole = role_of(label.name)
        asked = label.name == told.get("year_column")
        rank = (
            asked,
            role == "year" and is_whole,
            role == "year",
            not role and not is_code(label.name),
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


def _region_of(table, rest, told, found, understood):
    """Find the column that names the region, and the one of its codes."""
    asked = told.get("region_column")
    if asked:
        choices = [label for label in rest if asked in (label.name, label.place)]
        if not choices and asked != "header":
            names = listed([label.name for label in table.labels])
            understood.refusals.append(
                f"region_column = {asked!r}: no such column; there are {names}"
            )
    else:
        choices = _region_choices(rest)
    if len(choices) > 1:
        choices = _finest(choices, found)
    if len(choices) > 1:
        choices = _ask_region(table, choices, rest, found, understood)
    if choices:
        best = choices[0]
        rest.remove(best)
        _pair_with_code(best, rest, found)


def _ask_region(table, choices, rest, found, understood):
    """Ask which of several columns names the region; begin with one without duplicates."""
    names = " and ".join(dict.fromkeys(label.place for label in choices))
    understood.ask(
        "region_column",
        f"{table.sheet.place}: the columns {names} may each name the region; which is it?",
        " or ".join(f'"{label.name or label.place}"' for label in choices),
    )
    others = [label for label in rest if label not in choices]
    years = [found.year.values] if found.year is not None and found.year.by == "row" else []
    columns = [label.values for label in others] + years

    def is_unique(label):
        return len(set(zip(label.values, *columns, strict=True))) == len(label.values)

    choices = sorted(choices, key=lambda label: not is_unique(label))
    found.region_choices = choices
    for label in choices[1:]:
        rest.remove(label)
    return choices


def _region_choices(rest):
    texts = [label for label in rest if not _is_numeric(label)]
    by_word = [label for label in texts if "region" in (label.role, role_of(label.name)[0])]
    if by_word:
        return by_word
    codes = [label for label in rest if role_of(label.name)[0] == "region" and is_code(label.name)]
    if codes:
        return codes
    free = [label for label in texts if not role_of(label.name)[0]]
    several = [label for label in free if len(set(label.values)) > 1] or free[:1]
    if len(several) == 1 and looks_like_indicators(several[0].values):
        return []
    named = [
        label
        for label in several
        if bare(label.name) in ("name", "names", "название", "наименование")
    ]
    return named or several


def _is_numeric(label):
    texts = [value for value in label.values if value.strip()]
    return bool(texts) and all(kind(text) == "number" for text in texts[:200])


def _finest(choices, found):
    """Of columns that follow from one another, keep the finest and, of a pair, the one of names."""
    kept = list(choices)
    for one in choices:
        for other in choices:
            if one is other or one not in kept or other not in kept:
                continue
            if follows(one, other) and not follows(other, one):
                kept.remove(other)
                found.dropped.append(f"{other.place}: groups {one.place}")
    names = []
    for label in kept:
        twin = next((name for name in names if follows(name, label) and follows(label, name)), None)
        if twin is None:
            names.append(label)
        elif is_codelike(twin) and not is_codelike(label):
            names[names.index(twin)] = label
    return names


def follows(one: Any, other: Any) -> Any:
    """Tell whether each value of the first column goes with one value of the other."""
    return len(set(zip(one.values, other.values, strict=True))) == len(set(one.values))


def is_codelike(label: Any) -> Any:
    """Tell whether a column holds codes, by its header or its texts."""
    texts = {value.strip() for value in label.values if value.strip()} - {"%"}
    if texts and all(text.casefold() in ANSWERS for text in texts):
        return False
    short = all(len(text) < 12 and " " not in text for text in texts)
    return (
        is_code(label.name)
        or (short and any(map(str.isdecimal, "".join(texts))))
        or (short and all(text.isupper() for text in texts))
    )


def _pair_with_code(best, rest, found):
    twins = [
        label
        for label in rest
        if len(set(best.values)) > 1
        and follows(best, label)
        and follows(label, best)
        and (is_codelike(label) or is_codelike(best))
    ]
    if not twins:
        twins = [
            label
            for label in rest
            if is_code(label.name)
            and role_of(label.name)[0] in ("region", "")
            and follows(best, label)
            and follows(label, best)
        ]
    code = None
    if twins and is_codelike(best) and not is_codelike(twins[0]):
        best, code = twins[0], best
        rest.remove(best)
    elif twins:
        code = twins[0]
        rest.remove(code)
    found.region = Axis("row", best.values, best.name)
    found.said.append(f"regions: {best.place}")
    if code is not None:
        found.code = Axis("row", [value.strip() for value in code.values], code.name)
        found.said.append(f"codes of the regions: {code.place}")


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
        elif main is not None and follows(main, label):
            found.dropped.append(f"{label.place}: follows from {main.place}")
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

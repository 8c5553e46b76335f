"""The column of labels that names the regions, and the one of their codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.study.wide.tables.meaning import Axis
from analysis.study.wide.texts.labels import looks_like_indicators
from analysis.study.wide.texts.numbers import kind
from analysis.study.wide.texts.words import bare, is_code, is_dimension, role_of
from analysis.study.wide.understood import listed

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.wide.tables.meaning import Meaning
    from analysis.study.wide.tables.table import Table
    from analysis.study.wide.understood import Understood

NAMES = frozenset(("name", "names", "label", "название", "наименование"))
LONG_CODE = re.compile(r"(?=.*\d.*\d)[A-Z0-9._-]{2,24}")  # 0500000US25001
ANSWERS = frozenset(("true", "false", "yes", "no", "да", "нет", "ja", "nein"))


def region_of(table: Table, rest: list, told: dict, found: Meaning, understood: Understood) -> None:
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
    numbered = [label for label in rest if role_of(label.name) == ("region", True)]
    if numbered:
        return numbered
    free = [label for label in texts if not role_of(label.name)[0] and not is_dimension(label.name)]
    several = [label for label in free if len(set(label.values)) > 1] or free[:1]
    if len(several) == 1 and looks_like_indicators(several[0].values):
        return []
    named = [label for label in several if bare(label.name) in NAMES]
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
        or (bool(texts) and all(map(LONG_CODE.fullmatch, texts)))
        or (short and any(map(str.isdecimal, "".join(texts))))
        or (short and all(text.isupper() for text in texts))
    )


def _may_name(label, best):
    """Tell whether a column may hold the names of codes: not a "type" beside regions A and B."""
    is_named = role_of(label.name)[0] == "region" or bare(label.name) in NAMES
    return is_named or not label.name or is_code(best.name) or not role_of(best.name)[1]


def _finer_code(best, rest):
    """Find the column of codes that parts regions of one name; None where there is none.

    Where most names have several codes, these are of series, not of regions.
    """
    finer = [
        label
        for label in rest
        if is_code(label.name)
        and role_of(label.name)[0] in ("region", "")
        and all(value.strip() for value in label.values)
        and follows(label, best)
        and 0 < len(_shared_names(best.values, label.values)) <= len(set(best.values)) / 2
    ]
    return finer[0] if len(finer) == 1 else None


def _shared_names(names, codes):
    """Name what several codes have, in order."""
    of_name = {}
    for name, code in zip(names, codes, strict=True):
        of_name.setdefault(name, set()).add(code)
    return [name for name, found in of_name.items() if len(found) > 1]


def _with_codes(names, codes):
    """Add its code to a name that several codes have: (names, which these are)."""
    shared = dict.fromkeys(_shared_names(names, codes))
    told = [
        f"{name} ({code.strip()})" if name in shared else name
        for name, code in zip(names, codes, strict=True)
    ]
    return told, list(shared)


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
    twins = [label for label in twins if is_codelike(label) or _may_name(label, best)]
    code = None
    if twins and is_codelike(best) and not is_codelike(twins[0]):
        best, code = twins[0], best
        rest.remove(best)
    elif twins:
        code = twins[0]
        rest.remove(code)
    names = best.values
    if code is None and (code := _finer_code(best, rest)) is not None:
        rest.remove(code)
        names, shared = _with_codes(best.values, code.values)
        found.said.append(f"names of several regions, told apart by their codes: {listed(shared)}")
    found.region = Axis("row", names, best.name)
    found.said.append(f"regions: {best.place}")
    if code is not None:
        found.code = Axis("row", [value.strip() for value in code.values], code.name)
        found.said.append(f"codes of the regions: {code.place}")

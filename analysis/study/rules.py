"""Rules that tie the tables of a study together; each returns the problems it finds.

A rule is a function of {name: RawTable}, whose headers are known to be right; cells may still be
anything, and those that were found wrong by themselves are `reported`: one cause, one line.
"""

import math
import re
from collections import Counter

from analysis.study.package import CONTROL, Problem, table_schemas
from analysis.study.row_rules import series_stand_once, table_rows_are_whole
from analysis.tidy.kinds import KINDS
from analysis.tidy.units import PERCENT, is_unit, multiple

LEAST = 1e-15  # as far below one as the largest number of the schema is above it
WORDS = {"enum", "pattern"}  # constraints that say which words there may be
# free texts that are compared with those of other rows, beside the keys
JOINED = {"region", "measure", "scale_measure", "concept", "unit", "published"}
ROUNDING = 1e-9  # share of a number that a spreadsheet may be off
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def _value(text):
    return float(text) if NUMBER.fullmatch(text) else math.nan


def there_is_a_cluster(tables):
    """A study is about something."""
    table = tables.get("clusters")
    if table is None or table.rows:
        return []
    return [table.problem(0, "", "", "the table has no rows", "one row per cluster, at least one")]


def texts_can_be_printed(tables):
    """No text holds a control character: no output could show it."""
    return [
        table.problem(number, column, text, "holds a control character", "printable text")
        for table in tables.values()
        for number, record in table.records()
        for column, text in record.items()
        if CONTROL.search(text)
    ]


def texts_are_not_blank(tables):
    """A text that has to be there is more than blanks."""
    required = {
        name: [f["name"] for f in schema["schema"]["fields"] if _is_required(f)]
        for name, schema in table_schemas().items()
    }
    return [
        table.problem(number, column, record[column], "the value is missing", "a value")
        for name, table in tables.items()
        for number, record in table.records()
        for column in required.get(name, [])
        if record.get(column) and not record[column].strip()
    ]


def joined_texts_have_no_blanks_around(tables):
    """A free text that ties tables together has no blanks around it, which nobody would see."""
    allowed = "no blanks before or after it"
    return [
        table.problem(number, column, record[column], "blanks at the beginning or end", allowed)
        for name, table in tables.items()
        for columns in [_joined_texts(name)]
        for number, record in (table.records() if columns else ())
        for column in columns
        if record.get(column, "").strip() not in ("", record.get(column))
    ]


def _joined_texts(name):
    """List the columns of free text that are compared; words of a list are looked at as words."""
    schema = table_schemas()[name]["schema"]
    refers = {column for key in schema.get("foreignKeys", []) for column in key["fields"]}
    return [
        spec["name"]
        for spec in schema["fields"]
        if spec["type"] == "string"
        and not spec.get("constraints", {}).keys() & WORDS
        and spec["name"] in {*schema["primaryKey"], *JOINED} - refers
    ]


def _is_required(spec):
    """Tell a free text that has to be there; others are looked at word by word."""
    limits = spec.get("constraints", {})
    return spec["type"] == "string" and limits.get("required") and not limits.keys() & WORDS


def values_fit_their_kind(tables):
    """A value lies within the bounds of its kind, and counts are whole."""
    if not {"series", "indicators"} <= tables.keys():
        return []
    known = {r["indicator"]: r for _, r in tables["indicators"].records()}
    kinds = {name: r["kind"] for name, r in known.items()}
    single = {name for name, r in known.items() if multiple(r["unit"])[0] == 1}
    problems = []
    for number, record in tables["series"].records():
        name, value = kinds.get(record["indicator"]), _value(record["value"])
        kind = KINDS.get(name)
        if kind and not kind.least <= value <= kind.most and not math.isnan(value):
            rule, allowed = _out_of_range(name, value)
        elif kind and kind.whole and record["indicator"] in single and not _is_whole(value):
            rule, allowed = "the count is not whole", "whole numbers; kind amount for others"
        else:
            continue
        series = tables["series"]
        problems.append(series.problem(number, "value", record["value"], rule, allowed))
    return problems


def _out_of_range(name, value):
    kind = KINDS[name]
    if kind.most == math.inf:
        rule = f"negative {name}" if value < 0 else f"{name} below {kind.least}"
        return rule, f"{kind.least} or more"
    return f"{name} out of range", f"{kind.least} to {kind.most} per cent; kind rate for others"


def _is_whole(value):
    """Tell a whole number, or one that a spreadsheet has reckoned; what is no number is whole."""
    return not abs(value - round(value, 0)) > ROUNDING * max(1, abs(value))


def numbers_can_be_compared(tables):
    """A number is zero, or not so near to it that a ratio with another would overflow."""
    columns = {"series": ["value"], "regional_context": ["value", "low", "high"]}
    allowed = f"0, or at least {LEAST:g} above or below it"
    return [
        tables[name].problem(number, column, r[column], "too near to zero", allowed)
        for name in columns.keys() & tables.keys()
        for number, r in tables[name].records()
        for column in columns[name]
        if 0 < abs(_value(r[column])) < LEAST or _is_lost(r[column])
    ]


def _is_lost(text):
    """Tell a number other than zero that is so small that it would be read as zero."""
    return _value(text) == 0 and bool(re.search("[1-9]", re.sub("[eE].*", "", text)))


def none_is_held_against_itself(tables):
    """A ratio has two indicators."""
    if "indicators" not in tables:
        return []
    table, allowed = tables["indicators"], "another indicator, or empty"
    return [
        table.problem(number, column, r[column], "the indicator itself", allowed)
        for number, r in table.records()
        for column in ("per", "increase_per")
        if r[column] and r[column] == r["indicator"]
    ]


def units_fit_their_kind(tables):
    """A share is counted in per cent, and things and amounts are not; see `KINDS`."""
    if "indicators" not in tables:
        return []
    table = tables["indicators"]
    always, never = ([n for n, k in KINDS.items() if k.percent == w] for w in ("always", "never"))
    allowed = f"percent for a {' or '.join(always)}, another unit for a {' or '.join(never)}"
    return [
        table.problem(number, "unit", r["unit"], f"the unit does not fit kind {r['kind']}", allowed)
        for number, r in table.records()
        if r["kind"] in (always if r["unit"] != PERCENT else never) or not is_unit(r["unit"])
        if not table.is_reported(number, "kind", "unit")
    ]


def components_are_complete(tables):
    """Every cluster says something of every component, if only "not reported"."""
    if not {"clusters", "components"} <= tables.keys() or not tables["components"].rows:
        return []
    table, clusters = tables["components"], tables["clusters"]
    found, spare = set(), Counter()
    components = {}
    for number, r in table.records():
        wrong = [name for name in ("cluster", "component") if table.is_reported(number, name)]
        if "component" not in wrong:
            components[r["component"]] = None
        found |= {(r["cluster"], r["component"])} if not wrong else set()
        # a row that names one of the two may be the one that lacks
        spare.update(r[name] for name in ("cluster", "component") if wrong and name not in wrong)
    known = [r["cluster"] for n, r in clusters.records() if not clusters.is_reported(n, "cluster")]
    lacking = [(k, c) for k in known for c in components if (k, c) not in found]
    needed = Counter(word for pair in lacking for word in pair)
    allowed = "at least one item, with status not reported where the source is silent"
    return [
        Problem(table.file, 0, "component", ", ".join(pair), "no row for it", allowed)
        for pair in lacking
        if all(needed[word] > spare[word] for word in pair)
    ]


def alternatives_differ(tables):
    """An alternative reading is another one."""
    problems = []
    for name, column in (("components", "status"), ("clusters", "activity_class")):
        other = "alternative_status" if column == "status" else f"{column}_alternative"
        for number, r in tables[name].records() if name in tables else []:
            if r[other] and r[other] == r[column]:
                rule, allowed = f"the alternative is the {column} itself", "another value, or empty"
                problems.append(tables[name].problem(number, other, r[other], rule, allowed))
    return problems


def ranges_hold_their_value(tables):
    """A figure lies within its own range."""
    if "regional_context" not in tables:
        return []
    table, problems = tables["regional_context"], []
    for number, r in table.records():
        low, value, high = (_value(r[name]) for name in ("low", "value", "high"))
        if low > value or high < value or math.isnan(low) != math.isnan(high):
            rule = "the range does not hold the value"
            problems.append(
                table.problem(
                    number, "low", f"{r['low']} to {r['high']}", rule, "low <= value <= high"
                )
            )
    return problems


RULES = (
    there_is_a_cluster,
    texts_can_be_printed,
    texts_are_not_blank,
    joined_texts_have_no_blanks_around,
    values_fit_their_kind,
    numbers_can_be_compared,
    none_is_held_against_itself,
    units_fit_their_kind,
    table_rows_are_whole,
    series_stand_once,
    components_are_complete,
    alternatives_differ,
    ranges_hold_their_value,
)

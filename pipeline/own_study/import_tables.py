"""The tables of an imported study: clusters, indicators, series, made from tidy rows."""

import csv
import io
import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from analysis.study.descriptor import new_descriptor
from analysis.study.wide.tidy import distinct_names
from analysis.study.wide.understood import listed
from analysis.tidy.kinds import KINDS
from analysis.tidy.units import PERCENT, PERCENTS, UNIT_UNKNOWN, is_percent
from pipeline.own_study.framework import (
    FRAMEWORK,
    name_denominators,
    say_undirected,
    say_unweighted,
    with_framework,
)
from pipeline.own_study.import_settings import TABLES
from pipeline.own_study.inferred import (
    LONGEST,
    PER_CENT,
    distinct,
    fitted,
    identifier,
    inferred_kind,
    noun_of,
    readable,
    share_of_whole,
    title_of,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100  # as the schema of a study has them
DIGITS = 15  # of a number before its point


@dataclass
class StudyTables:
    """What is written: rows of the three tables, and the study's title."""

    title: str
    clusters: list = field(default_factory=list)  # (id, name)
    indicators: list = field(default_factory=list)  # dicts: id, name, label, unit, kind
    noun: tuple = ("region", "regions")
    tidy: object = None
    order: np.ndarray | None = None  # rows by indicator, region and year
    values: list = field(default_factory=list)  # in that order

    @property
    def summary(self):
        """Say how much it is."""
        counts = (
            (len(self.clusters), *self.noun),
            (len(self.indicators), "indicator", "indicators"),
            (len(self.tidy.values), "value", "values"),
        )
        return ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts)

    @property
    def columns(self):
        """Name the columns of each table."""
        more = [name for name, given in _beside(self.tidy).items() if given]
        told = [name for name in FRAMEWORK if any(one[name] != "" for one in self.indicators)]
        return {
            "clusters": ["cluster", "name"],
            "indicators": ["indicator", "label", "unit", "kind", *told],
            "series": ["cluster", "indicator", "year", "value", *more],
        }

    def descriptor(self, source):
        """Describe the study as a data package."""
        return new_descriptor(
            self.title,
            {},
            tuple(self.columns),
            columns=self.columns,
            sources=[{"title": source}],
            unit_noun=self.noun[0],
            unit_noun_plural=self.noun[1],
        )


def _beside(tidy):
    """Give what stands beside values: {column: whether there is any}."""
    return {
        "flag": tidy.flags,
        "note": tidy.notes,
        "source": tidy.has_sources(),
        "standing": tidy.targets,
    }


def study_tables(tidy, told, understood):
    """Make a study's tables of tidy rows; say which kinds were inferred."""
    tables = StudyTables(told.get("title") or title_of(understood, tidy), tidy=tidy)
    tables.noun = noun_of(tidy, told)
    names = told.get("names", {})
    taken = set()
    for region in tidy.regions:
        code = tidy.codes.get(region, "")
        cluster = distinct(identifier(code or region), taken)
        name = names.get(code) or names.get(region) or region
        tables.clusters.append((cluster, fitted(name, "name")))
    tables.order = _order(tidy.keys())
    tables.values = list(map(tidy.values.__getitem__, tables.order.tolist()))
    told = with_framework(tidy, told, understood)
    taken, end = set(), 0
    counts = np.bincount(tidy.indicator, minlength=len(tidy.indicators)).tolist()
    assumed = {}
    for at, name in enumerate(distinct_names(tidy.indicators)):
        begin, end = end, end + counts[at]
        own = tables.values[begin:end]
        tables.indicators.append(
            _indicator(name, tidy.indicators[at][1], own, told, taken, assumed)
        )
    name_denominators(tables.indicators, understood)
    _refuse_beyond_limits(tidy, understood)
    _say_assumed(assumed, understood)
    say_undirected(tables.indicators, understood)
    say_unweighted(tables.indicators, understood)
    _say_unmatched(tables, told, understood)
    return tables


def _refuse_beyond_limits(tidy, understood):
    """Refuse years and values that no study takes, before anything is written."""
    years, _ = tidy.years()
    if beyond := [str(year) for year in years.tolist() if not FIRST_YEAR <= year <= LAST_YEAR]:
        understood.refusals.append(
            f"the years {listed(beyond, 6)}: a study takes {FIRST_YEAR} to {LAST_YEAR}"
        )
    if max(map(len, tidy.values), default=0) < DIGITS:
        return
    for row, value in enumerate(tidy.values):
        if len(value.lstrip("-").partition(".")[0]) > DIGITS:
            block, own_row, own_column = tidy.origin(row)
            understood.refusals.append(
                f"{block.said(own_row, own_column)} is {value}: a study takes numbers of "
                f"{DIGITS} digits before the point; choose a larger unit in the file"
            )
            return


def misfits(indicators):
    """List the kinds that were told and that the unit does not fit, each with its cure."""
    found = []
    for one in indicators:
        kind, unit = one["kind"], one["unit"]
        if KINDS[kind].percent != ("never" if is_percent(unit) else "always"):
            continue
        cure = (
            "set rate under [kinds], or another unit under [units]"
            if is_percent(unit)
            else 'set "percent" under [units] where it is 0 to 100, or rate under [kinds]'
        )
        found.append(f"{one['name']!r} is no {kind} with the unit {unit!r}: {cure}")
    return found


def _say_assumed(assumed, understood):
    """Say once which indicators have no unit, and which kinds were inferred, and why."""
    for (what, why), names in assumed.items():
        shown = listed([repr(name) for name in names], 6)
        understood.unknown.append(
            f"no unit: {shown}; set it under [units]"
            if what == "unit"
            else f"a long unit, cut to {why!r}: {shown}; set a shorter one under [units]"
            if what == "long unit"
            else f"taken for {what}: {shown}: {why}; set it under [kinds] where it is another"
        )


def _say_unmatched(tables, told, understood):
    """Say which settings by name find no such name in the table."""
    known = {one["name"] for one in tables.indicators}
    regions = {*tables.tidy.regions, *tables.tidy.codes.values()}
    for table in TABLES:
        there = regions if table == "names" else known
        if lost := [repr(name) for name in told.get(table, {}) if name not in there]:
            what = "region" if table == "names" else "indicator"
            understood.unknown.append(
                f"[{table}] in the settings: no {what} is called {listed(lost, 6)}"
            )


def _order(keys):
    """Sort rows by keys that are each their own."""
    if keys.max(initial=0) > 4 * len(keys) + 1000:
        return np.argsort(keys, kind="stable")
    places = np.full(keys.max(initial=0) + 1, -1, dtype=np.int64)
    places[keys] = np.arange(len(keys))
    return places[places >= 0]


def _indicator(name, unit, values, told, taken, assumed):
    unit = told.get("units", {}).get(name) or unit or told.get("unit", "")
    unit = PERCENT if unit.casefold() in PERCENTS or PER_CENT.fullmatch(unit) else unit
    if not unit:
        assumed.setdefault(("unit", ""), []).append(name)
    if len(unit) > LONGEST["unit"]:
        assumed.setdefault(("long unit", fitted(unit, "unit")), []).append(name)
    kind = told.get("kinds", {}).get(name)
    if kind is None:
        kind, why = inferred_kind(name, unit, values)
        assumed.setdefault((kind, why), []).append(name)
    label = told.get("labels", {}).get(name) or readable(name)
    if kind == "share":
        label, unit = share_of_whole(label, unit)
    goalposts = told.get("goalposts", {}).get(name, ("", ""))
    return {
        "id": distinct(identifier(name), taken),
        "name": name,
        "label": fitted(label, "label"),
        "unit": fitted(unit, "unit") or UNIT_UNKNOWN,
        "kind": kind,
        "direction": told.get("directions", {}).get(name, ""),
        "weight": told.get("weights", {}).get(name, ""),
        "pillar": told.get("pillars", {}).get(name, ""),
        "denominator": told.get("denominators", {}).get(name, ""),
        "goalpost_low": goalposts[0],
        "goalpost_high": goalposts[1],
    }


def table_texts(tables, names_only=False):
    """Write the tables as csv texts: {file: text}."""
    names = ("clusters.csv", "indicators.csv", "series.csv")
    if names_only:
        return dict.fromkeys(names)
    clusters = [("cluster", "name"), *tables.clusters]
    header = tables.columns["indicators"]
    rows = [[one["id"], *(one[name] for name in header[1:])] for one in tables.indicators]
    indicators = [header, *rows]
    texts = (_csv(clusters), _csv(indicators), _series(tables))
    return dict(zip(names, texts, strict=True))


def _csv(rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _series(tables):
    """Write a line per value; flags and notes have columns where there are some."""
    tidy, order = tables.tidy, tables.order
    years, period = tidy.years()
    years = np.array([str(year) for year in years.tolist()], dtype=object)
    columns = [years[period[order]].tolist(), tables.values]
    for name, given in (("flag", tidy.flags), ("note", tidy.notes)):
        if given:
            known = {row: _quoted(fitted(text, name)) for row, text in given.items()}
            columns.append([known.get(row, "") for row in order.tolist()])
    if _beside(tidy)["source"]:
        columns.append([_quoted(fitted(text, "source")) for text in tidy.sources()[order].tolist()])
    if tidy.targets:
        words = ("outcome", "target")
        columns.append([words[row in tidy.targets] for row in order.tolist()])
    tails = list(map(",".join, zip(*columns, strict=True)))
    lines = [",".join(tables.columns["series"])]
    # rows of one region and indicator follow each other: what they begin with is written once
    indicator, region = tidy.indicator[order], tidy.region[order]
    starts = np.flatnonzero(np.diff(indicator * len(tables.clusters) + region)) + 1
    regions = [_quoted(cluster) for cluster, _ in tables.clusters]
    names = [_quoted(one["id"]) for one in tables.indicators]
    for begin, end in pairwise([0, *starts.tolist(), len(tails)]):
        if begin < end:
            head = f"{regions[region[begin]]},{names[indicator[begin]]},"
            lines.append(head + f"\n{head}".join(tails[begin:end]))
    return "\n".join(lines) + "\n"


def _quoted(text):
    """Write a text as a csv cell."""
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\n\r]', text) else text

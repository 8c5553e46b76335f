"""The tables of an imported study: clusters, indicators, series, made from tidy rows."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import shorten

import numpy as np

from analysis.study.descriptor import new_descriptor
from analysis.study.wide.texts.labels import is_country
from analysis.study.wide.texts.words import words_of
from analysis.study.wide.tidy import distinct_names
from analysis.study.wide.understood import listed
from analysis.tidy.units import PERCENT, PERCENTS, UNIT_UNKNOWN

MAX_BYTES = 150  # of an identifier, which names files
MAX_LETTERS = 60  # of an identifier; what is cut leaves room for a number behind it
ROOM = 4
LONGEST = {"name": 300, "label": 300, "unit": 40, "note": 600, "source": 600, "flag": 40}
COUNTED = re.compile(
    r"\b(persons?|people|number|units?|firms|enterprises|employees|households|patents|head|count|"
    r"чел\w*|единиц\w*|ед|шт|штук|anzahl|personen|abitanti|numero|número|antal)\b\.?$",
    re.IGNORECASE,
)
PER_CENT = re.compile(r"(?:%|percent\w*|per cent|pct|процент\w*|prozent|procent)", re.IGNORECASE)
RATE = re.compile(
    r"%|per ?cent|percent|процент|\bindex\b|индекс|= ?100|\bpp\b|\bratio\b|коэффициент",
    re.IGNORECASE,
)
# words over a column of names: what the study compares, one and many
NOUNS = {
    word: (one, many)
    for one, many, words in (
        ("country", "countries", "country countries pays страна страны land länder"),
        ("county", "counties", "county counties"),
        ("cluster", "clusters", "cluster clusters кластер кластеры"),
        (
            "municipality",
            "municipalities",
            "municipality comune comuni municipio município gemeinde",
        ),
        ("province", "provinces", "province provinces provincia provincias"),
        ("district", "districts", "district districts kreis landkreis район районы"),
        ("state", "states", "state states bundesland bundesländer"),
        ("city", "cities", "city cities город города"),
    )
    for word in words.split()
}
NEGATIVE = re.compile(r"^-[0.]*[1-9]", re.MULTILINE)
SCORE = re.compile(r"\b(score|points?|балл\w*|punkte|punteggio)\b", re.IGNORECASE)


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
        directions = any(one["direction"] for one in self.indicators)
        return {
            "clusters": ["cluster", "name"],
            "indicators": ["indicator", "label", "unit", "kind", *["direction"] * directions],
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
    tables = StudyTables(told.get("title") or _title(understood), tidy=tidy)
    tables.noun = _noun(tidy, told)
    names = told.get("names", {})
    taken = set()
    for region in tidy.regions:
        code = tidy.codes.get(region, "")
        cluster = _distinct(identifier(code or region), taken)
        name = names.get(code) or names.get(region) or region
        tables.clusters.append((cluster, fitted(name, "name")))
    tables.order = _order(tidy.keys())
    tables.values = list(map(tidy.values.__getitem__, tables.order.tolist()))
    taken, end = set(), 0
    counts = np.bincount(tidy.indicator, minlength=len(tidy.indicators)).tolist()
    assumed = {}
    for at, name in enumerate(distinct_names(tidy.indicators)):
        begin, end = end, end + counts[at]
        own = tables.values[begin:end]
        tables.indicators.append(
            _indicator(name, tidy.indicators[at][1], own, told, taken, assumed)
        )
    _say_assumed(assumed, understood)
    if len(tables.indicators) > 1 and not told.get("directions"):
        understood.unknown.append(
            "whether more of an indicator is better: set it under [directions], else values are "
            "ranked without a judgement and there is no integral indicator"
        )
    _say_unmatched(tables, told, understood)
    return tables


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
    for table in ("kinds", "units", "labels", "directions", "names"):
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


def _noun(tidy, told):
    """Find the word for what the table compares: told, or that of the header over its names."""
    one = told.get("unit_noun")
    if one:
        return one, told.get("unit_noun_plural") or _plural(one)
    for block in tidy.blocks:
        for word in words_of(block.meaning.region.name):
            if word in NOUNS:
                return NOUNS[word]
    if sum(map(is_country, tidy.regions)) > 0.6 * len(tidy.regions):
        return NOUNS["country"]
    return "region", "regions"


def _plural(noun):
    """Give the English plural of a noun; a word of another script stays as it is."""
    if not noun.isascii():
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _title(understood):
    """Make a title of the name of the file."""
    words = re.sub(r"[_-]+|(?<=[a-z])\.(?=[a-z])", " ", understood.source.rsplit(".", 1)[0]).strip()
    return words[:1].upper() + words[1:] or "Imported study"


def identifier(text):
    """Make an identifier of a text: as it is, but for signs that no file's name should hold.

    >>> identifier("UKC1"), identifier("Алтайский край"), identifier("Research & development, %")
    ('UKC1', 'Алтайский край', 'Research development')
    >>> identifier("a/b"), identifier("...")
    ('a-b', 'x')
    """
    text = unicodedata.normalize("NFC", " ".join(str(text).split()))
    text = re.sub(r"(?<=\w)[^\w\-. ](?=\w)", "-", text)
    text = " ".join(re.sub(r"[^\w\-. ]", " ", text).split())
    text = re.sub(r"^[\W_]+|[\s.]+$", "", text)
    if len(text) > MAX_LETTERS or len(text.encode()) > MAX_BYTES:
        cut = text[: MAX_LETTERS - ROOM]
        is_inside = " " in cut and text[len(cut) :][:1].isalnum()
        text = (cut.rpartition(" ")[0] if is_inside else cut).rstrip(" .-")
    while len(text.encode()) > MAX_BYTES - ROOM:
        text = text[: int(len(text) * 0.9)].rstrip(" .-")
    return text or "x"


def fitted(text, column):
    """Cut a text at a blank where it is longer than its column takes.

    >>> fitted("mln EUR", "unit"), len(fitted("word " * 200, "note")) <= LONGEST["note"]
    ('mln EUR', True)
    """
    if len(text) <= LONGEST[column]:
        return text
    return shorten(text, LONGEST[column], placeholder=" ...")


def _distinct(text, taken):
    """Number an identifier that is taken already."""
    found, count = text, 1
    while found.casefold() in taken:
        count += 1
        found = f"{text}-{count}"
    taken.add(found.casefold())
    return found


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
    return {
        "id": _distinct(identifier(name), taken),
        "name": name,
        "label": fitted(label, "label"),
        "unit": fitted(unit, "unit") or UNIT_UNKNOWN,
        "kind": kind,
        "direction": told.get("directions", {}).get(name, ""),
    }


def readable(name):
    """Write a name of small letters and underscores as words; any other stays as it is.

    >>> readable("air_pollution_mean_pm10"), readable("CNMIGRAT"), readable("Оборот, млн")
    ('Air pollution mean pm10', 'CNMIGRAT', 'Оборот, млн')
    """
    if "_" not in name or name != name.lower() or " " in name:
        return name
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def inferred_kind(name, unit, values):
    """Infer the kind of an indicator, the cautious one in doubt: (kind, why).

    >>> inferred_kind("Unemployment", "%", ["5.5"])[0], inferred_kind("Jobs", "persons", ["5"])[0]
    ('rate', 'count')
    >>> inferred_kind("Net migration", "", ["-5", "3"])[0]
    'balance'
    >>> inferred_kind("GDP", "mln EUR", ["1.5"])[0]
    'amount'
    """
    joined = "\n".join(values)
    is_negative = NEGATIVE.search(joined) is not None
    if RATE.search(unit) or RATE.search(name):
        word = unit if RATE.search(unit) else name
        return "rate", f"{word!r} may be without bounds; share if it is a part of a whole"
    if is_negative:
        return "balance", "it has negative values"
    if SCORE.search(unit):
        return "score", "its unit is points"
    if not unit and "." in joined and all(0 <= float(value) <= 1 for value in values if value):
        return "rate", "every value lies between 0 and 1 and there is no unit"
    if "." not in joined and (COUNTED.search(unit) or not unit):
        return "count", "whole numbers" + (f" of {unit}" if unit else " without a unit")
    return "amount", "measured and not negative"


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

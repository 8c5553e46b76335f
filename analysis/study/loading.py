"""Load a study: tidy tables with known columns, types and order.

The way of the data is one direction: `data/raw` -> validate -> `data/processed` -> `Study`.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike
from pathlib import Path
from types import NoneType

import numpy as np
import pandas as pd

from analysis.study.file_state import file_state
from analysis.study.names import SHORT, named, short_label
from analysis.study.package import (
    BadDataError,
    is_workbook,
    read_package,
    table_schemas,
    vocabulary,
)
from analysis.study.schema import is_title
from analysis.study.validation import validate
from analysis.tidy.records import records
from analysis.tidy.showing import shown
from analysis.tidy.units import with_unit
from analysis.tidy.wording import counted

PROJECT = Path(__file__).resolve().parents[2]
PROCESSED = PROJECT / "data" / "processed"
# as objects: pandas looks a name up anew for every column
TYPES = {
    "integer": np.dtype("int64"),
    "number": np.dtype("float64"),
    "boolean": np.dtype("bool"),
    "string": pd.Series([], dtype="str").dtype,
}
# what a series borrows from its indicator, so that one table is enough to analyse it
BORROWED = [
    "label", "short", "unit", "kind", "stock_or_flow", "concept", "criterion",
    "criterion_alternative",
]  # fmt: skip

_ahead = {}  # what was read for whoever loads it next


@dataclass(frozen=True, eq=False)
class Study:
    """One study: clusters, what is said of their components, and their indicator series.

    `clusters` and `indicators` are indexed by their identifier; the other tables have one row
    per fact. A table that the study does not have is empty, with its columns.
    """

    title: str
    grades: tuple[str, ...]  # lowest first
    component_names: tuple[str, ...]
    activity_classes: tuple[str, ...]
    clusters: pd.DataFrame  # index cluster: no, name, region, activity_class, ..., grade
    components: pd.DataFrame  # cluster, component, item, status, alternative_status, detail
    indicators: pd.DataFrame  # index indicator: label, unit, kind, concept, criterion, ...
    series: pd.DataFrame  # table, row, cluster, indicator, year, value, standing, label, unit, ...
    criteria: pd.DataFrame
    context: pd.DataFrame  # outside figures, with low and high
    claims: pd.DataFrame
    published: pd.DataFrame
    source: str = ""  # the folder or workbook it was loaded from
    sources: tuple[str, ...] = ()  # the works that its facts were taken from

    def __repr__(self):
        """Say in one line what the study holds."""
        return (
            f"Study({self.title!r}: {counted(len(self.clusters), 'cluster')}, "
            f"{counted(len(self.indicators), 'indicator')}, "
            f"{counted(int(self.series['value'].notna().sum()), 'value')})"
        )

    def _repr_html_(self):
        """Show the clusters with how much is known of each."""
        known = self.series.dropna(subset="value").groupby("cluster").size()
        table = self.clusters[["name", "region", "activity_class", "grade"]].assign(
            values=known.reindex(self.clusters.index, fill_value=0)
        )
        return shown(table)._repr_html_()

    @property
    def years(self):
        """Years of the series, in order.

        >>> load_study().years
        [2016, 2017, 2018, 2019, 2020]
        """
        return sorted(self.series["year"].unique().tolist())

    def cluster(self, identifier=""):
        """Return the row of one cluster; its `name` is the identifier. Empty: the first one.

        Raises KeyError, with the identifiers there are, for an unknown one.

        >>> load_study().cluster("penza-it")["region"]
        'Penza'
        """
        if not identifier:
            return self.clusters.iloc[0]
        if identifier not in self.clusters.index:
            known = ", ".join(self.clusters.index[:50])
            raise KeyError(f"no cluster {identifier!r}; the study has: {known}")
        return self.clusters.loc[identifier]

    def named(self, table):
        """Write readable names for the identifiers of clusters and indicators in a table.

        In the columns and index levels that hold them; everything else stays as it is. Ids are for
        computing and for files, names for tables and pictures that a person looks at.

        >>> study = load_study()
        >>> study.named(study.clusters["grade"]).index[1]
        'Penza IT'
        """
        return named(self, table)

    def has(self, *tables):
        """Tell whether every table named has rows.

        >>> load_study().has("series", "claims")
        True
        """
        return all(len(getattr(self, table)) for table in tables)


def load_study(folder=None):
    """Load a study from its processed tables, or from raw data: a data package or a workbook.

    Parameters
    ----------
    folder : path, optional
        A folder that `make data` wrote, one with a `datapackage.json`, or a workbook. A relative
        path starts at the project's root. Default: the article's study.

    Raises TypeError for what is no path, FileNotFoundError where there is no study, BadDataError
    where a raw package has errors.

    >>> load_study().clusters.loc["penza-it", "grade"]
    'average'
    """
    if not isinstance(folder, (str, PathLike, NoneType)):
        kind = type(folder).__name__
        raise TypeError(
            f"folder is of type {kind}; wanted the path of a study's folder or workbook"
        )
    path = PROCESSED if folder is None else PROJECT / Path(folder).expanduser()
    if (path / "study.json").is_file():
        key = _key(path)
        frames, about = _ahead.pop(key, None) or _copied(*_read_processed(*key))
        return study_of(frames, about, source=str(folder or "data/processed"))
    if (path / "datapackage.json").is_file() or (path.is_file() and is_workbook(path)):
        frames, about = read_raw(path)
        return study_of(frames, about, source=str(folder))
    raise FileNotFoundError(
        f"{path} holds no study: neither study.json (written by make data) nor datapackage.json"
    )


def read_ahead(folder):
    """Read processed tables for whoever loads them next, who then need not copy them.

    Parameters
    ----------
    folder : path
        A folder that `make data` wrote.

    Raises FileNotFoundError where it holds no such study.

    >>> read_ahead("data/processed")
    >>> len(load_study().clusters)
    11
    """
    key = _key(PROJECT / folder)
    _ahead[key] = _read_processed.__wrapped__(*key)


def read_raw(source):
    """Validate raw data, a data package's folder or a workbook; return (tidy tables, about).

    Raises BadDataError with every problem found.
    """
    descriptor, tables, problems = validate(source, _reader(source))
    if problems:
        raise BadDataError(problems)
    return tidy(descriptor, tables), _about(descriptor)


def _reader(source):
    if not is_workbook(source):
        return read_package
    from analysis.study.workbook import read_workbook  # slow to import: only where needed

    return read_workbook


def tidy(descriptor, tables):
    """Turn validated text into typed, ordered, analysis-ready tables: {name: DataFrame}."""
    frames = {name: _typed(name, tables.get(name)) for name in table_schemas()}
    frames["clusters"] = frames["clusters"].sort_values("no", ignore_index=True)
    order = {cluster: rank for rank, cluster in enumerate(frames["clusters"]["cluster"])}
    words = vocabulary(descriptor, "components", "component")
    frames["components"] = _sorted_by(
        frames["components"], cluster=order, component={w: i for i, w in enumerate(words)}
    )
    series = frames["series"].merge(_borrowed(frames["indicators"]), on="indicator", how="left")
    frames["series"] = series.sort_values(["table", "row", "year"], ignore_index=True)
    context = frames["regional_context"]
    for bound in ("low", "high"):
        context[bound] = context[bound].fillna(context["value"])
    return frames


def _borrowed(indicators):
    """What a series shows of its indicator: its label names the unit, which stands nowhere else."""
    named = zip(*(indicators[name] for name in ("label", "unit", "unit_is_ours")), strict=True)
    labels = pd.Series([with_unit(*words) for words in named], dtype="str")
    short = [short_label(*words) for words in records(indicators.assign(full=labels), *SHORT)]
    borrowed = indicators[["indicator", *BORROWED]]
    return borrowed.assign(label=labels, short=pd.Series(short, dtype="str"))


def _sorted_by(frame, **orders):
    keys = pd.DataFrame({column: frame[column].map(order) for column, order in orders.items()})
    return frame.loc[keys.sort_values(list(orders), kind="stable").index].reset_index(drop=True)


def _typed(name, table):
    """Convert the text of one table column by column; columns in the schema's order."""
    records = [record for _, record in table.records()] if table else []
    return pd.DataFrame(
        {
            spec["name"]: _column([r.get(spec["name"], "") for r in records], spec["type"])
            for spec in table_schemas()[name]["schema"]["fields"]
        }
    )


def _column(texts, kind):
    if kind == "integer":
        return pd.Series([int(text) for text in texts], dtype="int64")
    if kind == "number":
        numbers = [float(text) if text else None for text in texts]
        return pd.Series(numbers, dtype="float64") + 0.0  # -0 is 0
    if kind == "boolean":
        return pd.Series([text.lower() in ("true", "1") for text in texts], dtype="bool")
    return pd.Series([text if text else None for text in texts], dtype="str")


def _about(descriptor):
    return {
        "title": descriptor.get("title", "Untitled study"),
        "sources": _sources(descriptor),
        "grades": vocabulary(descriptor, "clusters", "grade"),
        "component_names": vocabulary(descriptor, "components", "component"),
        "activity_classes": vocabulary(descriptor, "clusters", "activity_class"),
    }


def _sources(descriptor):
    """Give the titles of the works that a study's facts were taken from, as far as it names any."""
    given = descriptor.get("sources")
    given = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return [one["title"] for one in given if is_title(one.get("title"))]


def _key(path):
    """Name a folder of processed tables as its files are now."""
    path = path.resolve()
    files = [path / "study.json", *(path / f"{name}.csv" for name in table_schemas())]
    return path, tuple(tuple(file_state(file) or ()) for file in files)


@lru_cache(maxsize=4)
def _read_processed(path, states):
    """Read a study's processed tables once, as long as none of them changes."""
    about = json.loads((path / "study.json").read_text(encoding="utf-8"))
    frames = {name: _read_typed(path / f"{name}.csv", name) for name in table_schemas()}
    return frames, about


def _copied(frames, about):
    return {name: frame.copy() for name, frame in frames.items()}, about


def _read_typed(path, name):
    """Read a processed table; only an empty cell is missing, whatever word a cell holds."""
    kinds = {spec["name"]: spec["type"] for spec in table_schemas()[name]["schema"]["fields"]}
    columns = dict.fromkeys(BORROWED, TYPES["string"]) if name == "series" else {}
    columns |= {column: TYPES[kind] for column, kind in kinds.items()}
    return pd.read_csv(path, dtype=columns, keep_default_na=False, na_values=[""], low_memory=False)


def study_of(frames, about, source=""):
    """Put a study together from its tidy tables and what is said of it."""
    clusters = frames["clusters"].set_index("cluster")
    grades = pd.CategoricalDtype(about["grades"], ordered=True)
    return Study(
        title=about["title"],
        grades=tuple(about["grades"]),
        component_names=tuple(about["component_names"]),
        activity_classes=tuple(about["activity_classes"]),
        clusters=clusters.assign(grade=clusters["grade"].astype(grades)),
        components=frames["components"],
        indicators=frames["indicators"].set_index("indicator"),
        series=frames["series"],
        criteria=frames["criteria"],
        context=frames["regional_context"],
        claims=frames["claims"],
        published=frames["published"],
        source=source,
        sources=tuple(about.get("sources", ())),
    )

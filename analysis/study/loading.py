"""Load a study: tidy tables with known columns, types and order.

The way of the data is one direction: `data/raw` -> validate -> `data/processed` -> `Study`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING

import pandas as pd

from analysis.study.located import located
from analysis.study.names import first_rows, in_words, named
from analysis.study.package import is_workbook
from analysis.study.schema import table_schemas
from analysis.study.tidying import BORROWED, TYPES, as_the_schema_has, tidy
from analysis.study.validation import sound_tables
from analysis.study.words import about_study
from analysis.tidy.showing import shown
from analysis.tidy.wording import counted

if TYPE_CHECKING:
    from analysis.study.package import RawTable

PROJECT = Path(__file__).resolve().parents[2]
OWN_WORDS = ("unit_noun", "unit_noun_plural", "components_heading")
PROCESSED = PROJECT / "data" / "processed"


@dataclass(frozen=True, eq=False)
class Study:
    """One study: clusters, what is said of their components, and their indicator series.

    `clusters` and `indicators` are indexed by their identifier; the other tables have one row
    per fact. A table that the study does not have is empty, with its columns; a column that it
    does not have is there, and empty.
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
    pillars: pd.DataFrame  # index pillar: label, parent, weight
    unit_noun: str = "cluster"  # what the study calls what it compares
    unit_noun_plural: str = "clusters"
    components_heading: str = "Components"
    source: str = ""
    integral: dict = field(default_factory=dict)  # its own choices for the integral indicator
    sources: tuple[str, ...] = ()  # the works that its facts were taken from

    def __repr__(self):
        """Say in one line what the study holds."""
        return (
            f"Study({self.title!r}: {self.counted(len(self.clusters))}, "
            f"{counted(len(self.indicators), 'indicator')}, "
            f"{counted(int(self.series['value'].notna().sum()), 'value')})"
        )

    def _repr_html_(self):
        """Show the clusters with how much is known of each."""
        known = self.series.dropna(subset="value").groupby("cluster").size()
        table = self.clusters[["name", "region", "activity_class", "grade"]].dropna(
            axis="columns", how="all"
        )
        if self.has("series"):
            table["values"] = known.reindex(self.clusters.index, fill_value=0)
        return shown(table)._repr_html_()

    @property
    def component_weights(self) -> pd.Series | None:
        """Weights of the components, sum 1, as `criteria.csv` gives them; None where it gives none.

        >>> load_study().component_weights is None
        True
        """
        given = self.criteria.dropna(subset=["weight", "component"])
        if given.empty:
            return None
        names = self.components["component"].unique()
        weights = given.groupby("component")["weight"].sum().reindex(names)
        if weights.isna().all():
            return None
        return weights.fillna(1.0) / weights.fillna(1.0).sum()

    @property
    def published_grades(self) -> pd.Series:
        """Grades of the clusters, an ordered categorical Series; None where there are none.

        >>> load_study().published_grades["penza-it"]
        'average'
        """
        return self.clusters["grade"] if self.has("clusters.grade") else None

    @property
    def directions(self) -> dict[str, str]:
        """Which direction is better, {indicator: "up" or "down"}, of those where it is said.

        >>> load_study().directions["trainees"]
        'up'
        """
        return self.indicators["direction"].dropna().to_dict()

    @property
    def labels(self) -> dict[str, str]:
        """Give the label of each indicator with its unit, {indicator: label}; short ones first.

        >>> load_study().labels["trainees"]
        'Trainees, people'
        """
        rows = first_rows(self.series, "indicator", "short", "label")
        return {key: short if isinstance(short, str) else label for key, short, label in rows}

    @property
    def nouns(self) -> tuple[str, str]:
        """What the study compares, in the singular and the plural.

        >>> load_study().nouns
        ('cluster', 'clusters')
        """
        return self.unit_noun, self.unit_noun_plural

    def counted(self, count: int) -> str:
        """Count what the study compares, in its own word.

        >>> load_study().counted(1), load_study().counted(11)
        ('1 cluster', '11 clusters')
        """
        return counted(count, self.unit_noun, self.unit_noun_plural)

    @property
    def years(self) -> list[int]:
        """Years of the series, in order.

        >>> load_study().years
        [2016, 2017, 2018, 2019, 2020]
        """
        return sorted(self.series["year"].unique().tolist())

    def cluster(self, identifier: str = "") -> pd.Series:
        """Return the row of one cluster; its `name` is the identifier. Empty: the first one.

        Raises KeyError, with the identifiers there are, for an unknown one.

        >>> load_study().cluster("penza-it")["region"]
        'Penza'
        """
        if not identifier:
            return self.clusters.iloc[0]
        if identifier not in self.clusters.index:
            known = ", ".join(self.clusters.index[:50])
            raise KeyError(f"no {self.unit_noun} {identifier!r}; the study has: {known}")
        return self.clusters.loc[identifier]

    def named(self, table: pd.Series) -> pd.Series:
        """Write readable names for the identifiers of clusters and indicators in a table.

        In the columns and index levels that hold them; everything else stays as it is, and so does
        None, as for the grades that a study does not have. Ids are for computing and for files,
        names for tables and pictures that a person looks at.

        >>> study = load_study()
        >>> study.named(study.clusters["grade"]).index[1]
        'Penza IT'
        """
        return None if table is None else named(self, table)

    def in_words(self, text: str, *, markdown: bool = False) -> str:
        """Write readable names for the identifiers in a sentence; in Markdown they are escaped.

        >>> load_study().in_words("as in sakha-tourism: hpj-number")
        'as in Sakha tourism: high-performance jobs'
        """
        return in_words(self, text, markdown=markdown)

    def has(self, *tables: str) -> bool:
        """Tell whether every table named has rows, and every column, as "table.column", a value.

        >>> load_study().has("series", "claims", "clusters.grade"), load_study().has("pillars")
        (True, False)
        """
        return all(map(self._holds, tables))

    def _holds(self, name):
        table, _, column = name.partition(".")
        frame = getattr(self, table)
        return bool(frame[column].notna().any() if column else len(frame))


def load_study(folder: str | Path | None = None) -> Study:
    """Load a study from its processed tables, or from raw data: a data package or a workbook.

    Parameters
    ----------
    folder : path, optional
        A folder that `make data` wrote, one with a `datapackage.json`, or a workbook. A relative
        path starts at the project's root, or where nothing is there at the working directory.
        Default: the article's study.

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
    path = PROCESSED if folder is None else located(folder)
    if (path / "study.json").is_file():
        frames, about = _read_processed(path)
        return study_of(frames, about, source=str(folder or "data/processed"))
    if (path / "datapackage.json").is_file() or (path.is_file() and is_workbook(path)):
        frames, about = read_raw(path)
        return study_of(frames, about, source=str(folder))
    raise FileNotFoundError(
        f"{path} holds no study: neither study.json (written by make data) nor datapackage.json"
    )


def read_raw(source: str | Path) -> tuple[dict[str, pd.DataFrame], dict]:
    """Validate raw data, a data package's folder or a workbook; return (tidy tables, about).

    Raises BadDataError with every problem found.
    """
    return tidied(*sound_tables(source))


def tidied(descriptor: dict, tables: dict[str, RawTable]) -> tuple[dict[str, pd.DataFrame], dict]:
    """Convert the tables that `sound_tables` returns; return (tidy tables, about)."""
    about = about_study(descriptor, tables)
    return tidy(about, tables), about


def _read_processed(folder):
    about = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    frames = {name: _read_typed(folder / f"{name}.csv", name) for name in table_schemas()}
    return frames, about


def _read_typed(path, name):
    """Read a processed table; only an empty cell is missing, whatever word a cell holds."""
    kinds = {spec["name"]: spec["type"] for spec in table_schemas()[name]["schema"]["fields"]}
    columns = dict.fromkeys(BORROWED, TYPES["string"]) if name == "series" else {}
    columns |= {column: TYPES[kind] for column, kind in kinds.items()}
    # every column has its type, so that parts read one by one fit: they stay in the CPU's cache
    return pd.read_csv(
        path, dtype=columns, usecols=columns.__contains__, keep_default_na=False, na_values=[""]
    )


def study_of(frames: dict, about: dict, source: str = "") -> Study:
    """Build a study from its tidy tables and its metadata."""
    frames = {name: as_the_schema_has(name, frame) for name, frame in frames.items()}
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
        pillars=frames["pillars"].set_index("pillar"),
        **{word: about[word] for word in OWN_WORDS if word in about},
        source=source,
        integral=dict(about.get("integral", {})),
        sources=tuple(about.get("sources", ())),
    )

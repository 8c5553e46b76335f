"""From a study's text to typed, ordered tables, a row that is missing put in as a missing value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.study.names import SHORT, short_label
from analysis.study.schema import needed_columns, table_schemas
from analysis.tidy.records import records
from analysis.tidy.units import one_spelling, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.study.package import RawTable

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
OUTCOME, PROVISIONAL = "outcome", "provisional"
ANY_ITEM, SILENT = "any", "not reported"
SERIES = ["cluster", "indicator"]


def tidy(about: dict, tables: Mapping[str, RawTable]) -> dict[str, pd.DataFrame]:
    """Turn validated text into typed, ordered, analysis-ready tables: {name: DataFrame}.

    Parameters
    ----------
    about : the study's words, from `about_study`
    tables : {name: RawTable}

    Every table has every column of the schema; one that the study lacks is empty. A missing year
    of a series, and a missing component of a cluster, are put in as missing and not reported.
    """
    frames = {name: _typed(name, tables.get(name)) for name in table_schemas()}
    clusters, indicators = frames["clusters"], frames["indicators"]
    if not about["grades"]:
        clusters["grade"] = blank("string", len(clusters))
    frames["clusters"] = clusters = clusters.sort_values("no", ignore_index=True, kind="stable")
    frames["components"] = _components(frames["components"], clusters, about["component_names"])
    series = _whole_series(frames["series"], indicators["indicator"], clusters["cluster"])
    frames["series"] = series.merge(_borrowed(indicators), on="indicator", how="left")
    indicators["unit"] = indicators["unit"].map(one_spelling).astype(TYPES["string"])
    context = frames["regional_context"]
    for bound in ("low", "high"):
        context[bound] = context[bound].fillna(context["value"])
    return frames


def as_the_schema_has(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Add all columns of the schema, in its order, with their defaults (standing: outcome).

    >>> as_the_schema_has("clusters", pd.DataFrame({"cluster": ["a"], "name": ["A"]})).columns[:3]
    Index(['cluster', 'no', 'name'], dtype='str')
    """
    specs = table_schemas()[name]["schema"]["fields"]
    kinds = {spec["name"]: spec["type"] for spec in specs}
    if name == "series":
        kinds |= dict.fromkeys(BORROWED, "string")
    if list(frame) != list(kinds):
        blanks = {kind: blank(kind, len(frame)).array for kind in set(kinds.values())}
        cells = {column: frame[column].array if column in frame else blanks[kind]
                 for column, kind in kinds.items()}  # fmt: skip
        frame = pd.DataFrame(cells, index=frame.index, copy=False)
    if name == "series" and frame["standing"].hasnans:
        frame = frame.assign(standing=frame["standing"].fillna(OUTCOME))
    return frame


def blank(kind: str, length: int) -> pd.Series:
    """Return an empty column of a type of the schema.

    >>> blank("boolean", 2).tolist()
    [False, False]
    """
    if kind == "boolean":
        return pd.Series(np.zeros(length, dtype=bool))
    if kind == "integer":
        return pd.Series(None, index=pd.RangeIndex(length), dtype="Int64")
    return pd.Series(None, index=pd.RangeIndex(length), dtype=TYPES[kind])


def without_blank_columns(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Drop optional columns that are empty.

    >>> table = pd.DataFrame({"cluster": ["a"], "region": [None]})
    >>> without_blank_columns("clusters", table).columns.tolist()
    ['cluster']
    """
    required = needed_columns(name)
    if not len(frame):
        return frame
    kept = [name for name in frame if name in required or _says_anything(frame[name])]
    return frame[kept]


def _says_anything(column):
    return bool(column.any() if column.dtype == bool else column.notna().any())


def _components(components, clusters, words):
    """Sort by cluster and component; add missing combinations as not reported."""
    if not len(components):
        return components
    components["item"] = components["item"].fillna(components["component"])
    pairs = pd.MultiIndex.from_product([clusters["cluster"], words], names=["cluster", "component"])
    there = pd.MultiIndex.from_frame(components[["cluster", "component"]])
    silent = pairs.difference(there, sort=False).to_frame(index=False)
    if len(silent):
        silent = silent.assign(item=ANY_ITEM, status=SILENT)
        components = pd.concat([components, silent], ignore_index=True).astype(TYPES["string"])
    order = {cluster: at for at, cluster in enumerate(clusters["cluster"])}
    return _sorted_by(components, cluster=order, component={w: i for i, w in enumerate(words)})


def _whole_series(series, indicators, clusters):
    """Sort the series, and give each a row for every year of its table, or of its indicator."""
    series = _standing(series)
    series = _with_missing_years(series)
    if series["table"].notna().all():
        return series.sort_values(["table", "row", "year"], ignore_index=True)
    orders = {
        "indicator": {name: at for at, name in enumerate(indicators)},
        "cluster": {name: at for at, name in enumerate(clusters)},
    }
    keys = {name: series[name].map(order).to_numpy() for name, order in orders.items()}
    order = np.lexsort([series["year"].to_numpy(), keys["cluster"], keys["indicator"]])
    return series.iloc[order].reset_index(drop=True)


def _standing(series):
    """Take provisional values for outcomes with that flag; without a standing all are outcomes."""
    provisional = series["standing"] == PROVISIONAL
    flags = series["flag"].where(series["flag"].isna(), series["flag"] + "; ").fillna("")
    return series.assign(
        standing=series["standing"].mask(provisional, OUTCOME),
        flag=series["flag"].mask(provisional, flags + PROVISIONAL),
    )


def _with_missing_years(series):
    """Add a row without a value for each year that other rows of the same table have."""
    if not len(series):
        return series
    printed = series["table"].notna().all()
    group = pd.factorize(series["table"] if printed else series["indicator"])[0]
    number = series.groupby(SERIES, sort=False).ngroup().to_numpy()
    year = series["year"].to_numpy()
    asked = pd.DataFrame({"group": group, "year": year}).drop_duplicates()
    heads = series.assign(group=group)[~pd.Series(number, index=series.index).duplicated()]
    wanted = heads.assign(number=pd.unique(number)).drop(columns="year").merge(asked, on="group")
    have = pd.MultiIndex.from_arrays([number, year])
    missing = wanted[~pd.MultiIndex.from_frame(wanted[["number", "year"]]).isin(have)]
    if missing.empty:
        return series
    of_series = [name for name in ("table", "row", *SERIES, "year") if name in series]
    standing = _standing_of_years(series, group)
    more = missing[of_series].assign(
        standing=[standing.get(at) for at in zip(missing["group"], missing["year"], strict=True)]
    )
    blanks = {c: series[c].iloc[:0].reindex(more.index) for c in series.columns if c not in more}
    more = more.assign(**blanks)[series.columns].astype(series.dtypes)
    return pd.concat([series, more], ignore_index=True)


def _standing_of_years(series, group):
    """Return the standing of a year if all values of its table or indicator share it."""
    keys = pd.DataFrame({"group": group, "year": series["year"], "standing": series["standing"]})
    found = keys.drop_duplicates()
    alone = found[~found.duplicated(["group", "year"], keep=False)]
    return dict(
        zip(zip(alone["group"], alone["year"], strict=True), alone["standing"], strict=True)
    )


def _borrowed(indicators):
    """What a series shows of its indicator: its label names the unit, which stands nowhere else."""
    named = zip(*(indicators[name] for name in ("label", "unit", "unit_is_ours")), strict=True)
    labels = pd.Series([with_unit(*words) for words in named], dtype="str")
    units = pd.Series(map(one_spelling, indicators["unit"]), dtype="str")
    concepts = indicators["concept"].fillna(indicators["indicator"])
    short = [short_label(*words) for words in records(indicators.assign(full=labels), *SHORT)]
    words = {"label": labels, "unit": units, "concept": concepts}
    borrowed = indicators[["indicator", *BORROWED]]
    return borrowed.assign(**words, short=pd.Series(short, dtype="str"))


def _sorted_by(frame, **orders):
    keys = pd.DataFrame({column: frame[column].map(order) for column, order in orders.items()})
    return frame.loc[keys.sort_values(list(orders), kind="stable").index].reset_index(drop=True)


def _typed(name, table):
    """Convert the text of one table column by column; columns in the schema's order."""
    count = len(table.rows) if table else 0
    frame = {
        spec["name"]: _column(*table.coded(spec["name"]), spec["type"])
        if count and spec["name"] in table.header
        else blank(spec["type"], count)
        for spec in table_schemas()[name]["schema"]["fields"]
    }
    return pd.DataFrame(frame)


def _column(texts, codes, kind):
    """Convert the distinct texts of a column, and give each row its own."""
    if kind == "integer":
        found = pd.array([int(text) for text in texts], dtype="int64")
    elif kind == "number":
        numbers = [float(text) if text else np.nan for text in texts]
        found = np.array(numbers, dtype="float64") + 0.0  # -0 is 0
    elif kind == "boolean":
        found = np.array([text.lower() in ("true", "1") for text in texts], dtype="bool")
    else:
        found = pd.array([text if text else None for text in texts], dtype="str")
    return pd.Series(found.take(codes))

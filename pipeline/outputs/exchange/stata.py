"""Write tables of a study for Stata, with labels for the columns and for every closed vocabulary.

In Stata's format 118, which holds any script. A gap stays a gap. A file has to have a time; it is
always the same, so that the same study gives the same bytes.
"""

import datetime
import io

import pandas as pd

from analysis.study.schema import table_schemas
from pipeline.outputs.canonical import write_bytes

VERSION = 118
LONGEST_LABEL, LONGEST_TEXT = 80, 2000  # characters, and bytes, that the format holds plainly
MADE = datetime.datetime(1980, 1, 1)
# words from a closed list: numbers with labels in Stata, which is what its commands want
CATEGORIES = (
    "standing", "status", "alternative_status", "kind", "stock_or_flow", "component", "unit",
    "concept", "criterion", "criterion_alternative",
)  # fmt: skip
RESERVED = {"short": "short_name"}  # a word that Stata keeps for itself
ADDED = {"label": "Label of the indicator.", "short_name": "Short readable name."}


def series(study, folder):
    """Write the observations, one row each."""
    _write(folder, "series", study, study.series)


def components(study, folder):
    """Write what is said of each component, item by item."""
    _write(folder, "components", study, study.components)


def _write(folder, name, study, table):
    frame = pd.DataFrame({column: _column(column, table[column]) for column in table})
    frame = frame.rename(columns=RESERVED)
    frame = frame.loc[:, [not _is_empty(frame[column]) for column in frame]]
    buffer = io.BytesIO()
    frame.to_stata(
        buffer,
        version=VERSION,
        write_index=False,
        time_stamp=MADE,
        data_label=study.title[:LONGEST_LABEL],
        variable_labels={column: _label(name, column) for column in frame},
        convert_strl=[column for column in frame if _is_long(frame[column])],
    )
    write_bytes(folder / "stata" / f"{name}.dta", buffer.getvalue())


def _column(name, values):
    """Give a column as Stata holds it: words of a closed list as categories, texts without gaps."""
    if pd.api.types.is_numeric_dtype(values):
        return values
    if name in CATEGORIES:
        return pd.Categorical(
            values.astype(object), categories=list(dict.fromkeys(values.dropna()))
        )
    return values.astype(object).where(values.notna(), "")


def _is_empty(column):
    return column.isna().all() or (column.dtype == object and not column.astype(bool).any())


def _is_long(column):
    """Tell whether a text is longer than Stata's plain texts."""
    return column.dtype == object and max(len(text.encode()) for text in column) > LONGEST_TEXT


def _label(table, column):
    """Describe a column in the words of the schema, as far as a label reaches."""
    schemas = table_schemas()
    fields = [spec for name in (table, "indicators") for spec in schemas[name]["schema"]["fields"]]
    found = {spec["name"]: spec.get("description", "") for spec in reversed(fields)}
    words = ADDED.get(column) or found.get(column) or column
    if len(words) <= LONGEST_LABEL:
        return words
    return words[: words.rindex(" ", 0, LONGEST_LABEL - 3)] + " ..."

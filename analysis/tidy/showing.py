"""Tables to look at: numbers short and to the right, words to the left, gaps left empty."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from html import escape

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from analysis.tidy.headings import heading
from analysis.tidy.wording import cell_text

LONGEST = 60  # rows shown of a table
EMPTY = "Nothing to list."


class Shown:
    """A table as a notebook or a page shows it; `frame` is the table, but for empty columns."""

    def __init__(self, frame, digits, longest, note=""):
        """Keep the table and how to show it."""
        self.frame, self.digits, self.longest, self.note = (
            _without_empty(frame),
            digits,
            longest,
            note,
        )

    def __repr__(self):
        """Show it as plain text."""
        if not len(self.frame):
            return self.note or EMPTY
        return "\n".join(filter(None, [self._texts.to_string(), self.note]))

    def _repr_html_(self):
        """Show it as an HTML table; everything in it is escaped.

        A table without rows is the sentence below it alone.
        """
        if not len(self.frame):
            return f"<p>{escape(self.note or EMPTY)}</p>"
        names = [str(name or "") for name in self.frame.index.names]
        index = names if any(names) or not isinstance(self.frame.index, pd.RangeIndex) else []
        right = [_is_number(kind) for kind in self.frame.dtypes]
        head = "".join(_head("col", heading(name)) for name in index)
        columns = zip(map(heading, self.frame), right, strict=True)
        head += "".join(_head("col", column, side) for column, side in columns)
        rows = [f"<tr>{row}</tr>" for row in self._rows(bool(index), right)]
        more = len(self.frame) - self.longest
        note = f"<p>and {more:,} more rows</p>" if more > 0 else ""
        note += f"\n<p>{escape(self.note)}</p>" if self.note else ""
        body = "\n".join(rows)
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>{note}"

    def _rows(self, with_index, right):
        before = ()
        for key, *cells in self._texts.itertuples(name=None):
            key = key if isinstance(key, tuple) else (key,)
            labels = [
                "" if key[: level + 1] == before[: level + 1] and len(key) > 1 else label
                for level, label in enumerate(key)
            ]
            before = key
            heads = [_head("row", label) for label in labels] if with_index else []
            yield "".join(heads + [_cell("td", c, r) for c, r in zip(cells, right, strict=True)])

    @cached_property
    def _texts(self):
        """The cells as texts: a notebook asks for plain text and for HTML."""
        top = self.frame.head(self.longest)
        texts = {
            name: [
                _year(cell) if _is_year(name) else cell_text(cell, self.digits) for cell in column
            ]
            for name, column in top.items()
        }
        return pd.DataFrame(texts, index=top.index, columns=top.columns, dtype="str")


def _without_empty(frame):
    """Leave out the columns without any value, but for those of years: a printed gap is shown."""
    if not len(frame):
        return frame
    said = [
        str(name).isdigit() or any(_is_said(cell) for cell in column)
        for name, column in frame.items()
    ]
    return frame.loc[:, said] if any(said) else frame


def _is_said(cell):
    if isinstance(cell, list | tuple | set | dict | np.ndarray):
        return True
    return not (pd.isna(cell) or cell == "")


def shown(frame: pd.DataFrame, digits: int = 3, longest: int = LONGEST, note: str = "") -> Shown:
    """Show a table: so many significant digits, so many rows, nothing where undefined.

    A dict is shown as a table of one column. `note` is a sentence below it: what to see. Columns
    without any value are left out, but for those of years.

    >>> print(shown(pd.DataFrame({"a": [float("nan"), 1.0], "b": ["x", "y"]}, index=["r", "s"])))
       a  b
    r     x
    s  1  y
    """
    if isinstance(frame, dict):
        frame = pd.DataFrame({"": list(frame.values())}, index=list(frame))
    return Shown(frame, digits, longest, note)


class Readable:
    """A result with a short representation: a line of text, or a table in a notebook.

    For dataclasses with `repr=False`. The fields hold the full figures; here they are rounded, and
    a table among them is told by its size (text) or shown if it is the first (cell).
    """

    def __repr__(self):
        """Name the figures in one line."""
        shown_fields = (f"{name}={_brief(value)}" for name, value in self._filled_fields())
        return f"{type(self).__name__}({', '.join(shown_fields)})"

    def _repr_html_(self):
        """Show the figures as a table of one column, and the first table below it."""
        html = shown({name: _brief(value) for name, value in self._filled_fields()})._repr_html_()
        for name, value in self._filled_fields():
            if isinstance(value, pd.DataFrame | pd.Series):
                frame = value.to_frame() if isinstance(value, pd.Series) else value
                return f"{html}\n<p>{name}</p>\n{shown(frame)._repr_html_()}"
        return html

    def _filled_fields(self):
        """Give (name, value) of each field; an empty reason or note says nothing."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [(name, value) for name, value in values if not (type(value) is str and not value)]


def _brief(value):
    if isinstance(value, pd.DataFrame | pd.Series | np.ndarray):
        return f"<{' x '.join(map(str, value.shape))} {type(value).__name__}>"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {cell_text(each, 4)}" for key, each in value.items())
    return cell_text(value, 4) or "undefined"


def _is_year(name):
    return str(name) == "year" or str(name).endswith("_year")


def _year(cell):
    """A year is a name, not a quantity: no thousands separator."""
    return "" if pd.isna(cell) else f"{cell:.0f}"


def _is_number(kind):
    return is_numeric_dtype(kind) and not is_bool_dtype(kind)


def _head(scope, text, right=False):
    """Write a heading of a row or column; one without a word heads nothing."""
    return _cell(f'th scope="{scope}"', text, right) if text else _cell("td", "")


def _cell(tag, text, right=False):
    side = "right" if right else "left"
    end = tag.partition(" ")[0]
    return f'<{tag} style="text-align: {side}">{escape(str(text))}</{end}>'

"""Write a table in the forms people reuse: csv, Markdown, LaTeX, HTML, and a workbook of several.

Names and notes are data: each form escapes them its own way, and a workbook never takes a text
for a formula.
"""

import io
import re
from html import escape

from pandas.api.types import is_numeric_dtype

from analysis.tidy.wording import escaped, in_full
from pipeline.outputs.canonical import TimelessZip, fixed_zip, write_bytes, write_csv, write_text

LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
} | {mark: "\\" + mark for mark in "&%$#_{}"}
# after the end of a row these would be its option
LATEX |= {mark: f"{{{mark}}}" for mark in "[]*"}
FORMULA = tuple("=+-@\t\r")  # what a spreadsheet may take for the beginning of a formula
LONG = 30  # characters of a text that wraps in LaTeX
CHARACTER, GUTTER = 0.018, 0.035  # of a line's width: one character, the space about a column
WIDEST = 60  # characters of a workbook's column


def write_table(folder, name, frame, title, headings=None):
    """Write one table as NAME.csv, .md, .tex and .html in a folder.

    `headings` are words for columns where the table is read by people; the csv keeps its names.
    """
    write_csv(folder / f"{name}.csv", frame)
    frame = frame.rename(columns=headings or {})
    write_text(folder / f"{name}.md", markdown(frame, title))
    write_text(folder / f"{name}.tex", latex(frame, title))
    write_text(folder / f"{name}.html", html(frame, title))


def text_of(value):
    """Show a value as a table prints it; nothing where it is undefined."""
    if value is None or value != value:
        return ""
    return in_full(value) if isinstance(value, float) else str(value)


def markdown(frame, title):
    """Render a table as Markdown, with its title above; numbers to the right."""
    texts = frame.map(text_of).rename(columns=str)
    safe = texts.rename(columns=escaped).map(escaped)
    sides = ["right" if is_numeric_dtype(kind) else "left" for kind in frame.dtypes]
    # every cell is a text already: nothing for tabulate to parse
    table = safe.to_markdown(index=False, disable_numparse=True, colalign=sides)
    return f"**{escaped(title)}**\n\n{table}\n"


def latex(frame, title):
    """Render a table as a LaTeX tabular that needs booktabs; long texts wrap."""
    texts = frame.map(text_of).rename(columns=str)
    columns = "".join(_latex_columns(texts, [is_numeric_dtype(kind) for kind in frame.dtypes]))
    rows = [texts.columns, *texts.itertuples(index=False, name=None)]
    head, *body = [" & ".join(map(_latex_text, row)) + r" \\" for row in rows]
    return "\n".join(
        [
            f"% {' '.join(title.split())}",
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            head,
            r"\midrule",
            *body,
            r"\bottomrule",
            r"\end{tabular}",
            "",
        ]
    )


def _latex_columns(texts, numeric):
    """Say how wide each column is: numbers and short texts as they are, long ones share the rest.

    >>> from pandas import DataFrame
    >>> texts = DataFrame({"a": ["word " * 9], "2016": ["10"]})
    >>> _latex_columns(texts, [False, True])
    ['p{0.86\\\\linewidth}', 'r']
    """
    longest = [max(map(len, [name, *texts[name]])) for name in texts]
    wraps = [length > LONG and not number for length, number in zip(longest, numeric, strict=True)]
    narrow = sum(
        length * CHARACTER for length, long in zip(longest, wraps, strict=True) if not long
    )
    room = max(1 - narrow - GUTTER * len(longest), 0.3)
    roots = sum(length**0.5 for length, long in zip(longest, wraps, strict=True) if long)
    return [
        rf"p{{{room * length**0.5 / roots:.2f}\linewidth}}" if long else "r" if number else "l"
        for length, long, number in zip(longest, wraps, numeric, strict=True)
    ]


def html(frame, title):
    """Render a table as HTML to look at or to paste, with a caption; numbers to the right."""
    texts = frame.map(text_of).rename(columns=str)
    head = "".join(f"<th>{escape(column)}</th>" for column in texts)
    right = [is_numeric_dtype(kind) for kind in frame.dtypes]
    rows = [_html_row(row, right) for row in texts.itertuples(index=False, name=None)]
    return "\n".join(
        [
            '<meta charset="utf-8">',
            '<table border="1" cellpadding="4" style="border-collapse: collapse">',
            f"<caption>{escape(title)}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            "<tbody>",
            *rows,
            "</tbody>",
            "</table>",
            "",
        ]
    )


def _html_row(texts, right):
    style = ' style="text-align: right"'
    cells = [f"<td{style * r}>{escape(t)}</td>" for t, r in zip(texts, right, strict=True)]
    return f"<tr>{''.join(cells)}</tr>"


def write_workbook(path, frames):
    """Write several tables, {sheet: DataFrame}, as sheets of one workbook."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for name, frame in frames.items():
        sheet = book.create_sheet(name[:31])
        rows = [list(frame.columns), *frame.astype(object).to_numpy().tolist()]
        for number, row in enumerate(rows, 1):
            _write_row(sheet, number, row)
        sheet.freeze_panes = "A2"
        for position, column in enumerate(frame.columns, 1):
            width = max(len(str(column)), *(len(text_of(value)) for value in frame[column]), 4)
            sheet.column_dimensions[get_column_letter(position)].width = min(width + 2, WIDEST)
    write_bytes(path, workbook_bytes(book))


def workbook_bytes(book):
    """Give a workbook's bytes without the time it was made."""
    from openpyxl.writer.excel import ExcelWriter

    buffer = io.BytesIO()
    ExcelWriter(book, TimelessZip(buffer)).save()
    return fixed_zip(buffer.getvalue(), {"docProps/core.xml": _undated})


def _undated(properties):
    return re.sub(rb">[^<>]*</dcterms:", b">1980-01-01T00:00:00Z</dcterms:", properties)


def _write_row(sheet, number, row):
    from openpyxl.styles import Alignment, Font

    for position, value in enumerate(row, 1):
        if value is None or value != value:
            continue
        cell = sheet.cell(number, position)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a text stays a text, whatever it begins with
            cell.quotePrefix = value[:1] in FORMULA  # and stays one when it is edited
            cell.alignment = Alignment(wrap_text=number > 1, vertical="top")
        if number == 1:
            cell.font = Font(bold=True)


def _latex_text(text):
    return "".join(LATEX.get(mark, mark) for mark in " ".join(str(text).split()))

"""Write a study as a workbook to fill in: a sheet per table, drop-down lists, help in headers.

`analysis/study/workbook` reads it back.
"""

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from analysis.study.descriptor import WORDS, words_of
from analysis.study.schema import NOUNS, needed_columns
from analysis.study.words import components_heading
from analysis.study.workbook.read import ABOUT, HEADING, LISTS, UNTITLED
from pipeline.outputs.canonical import write_bytes
from pipeline.outputs.formats import FORMULA, workbook_bytes

LAST = 1_048_576  # the last row of a sheet
OFFERED = 2000  # rows of another sheet that a drop-down list offers
HELP = {
    "title": "The study's title, one cell.",
    "unit_noun": "What the study compares, in one word: region, country, cluster.",
    "unit_noun_plural": "The same in the plural: regions, countries, clusters.",
    HEADING: "What the components are, as a heading.",
    "grade": "Grades, the lowest first; nothing where there are none.",
    "component": "Components, in the order to print them; else that of the rows.",
    "activity_class": "Classes of activity; nothing where there are none.",
}
NARROW, WIDE = 14, 36  # characters of a column
HEAD = PatternFill("solid", fgColor="E8EEF4")


def write_study_workbook(path, descriptor, tables):
    """Write a study: `tables` is {name: (header, rows of text)} of every table it lists."""
    book = Workbook()
    _write_about(book.active, descriptor)
    lists = _Lists()
    for resource in descriptor["resources"]:
        header, rows = tables[resource["name"]]
        _write_table(book.create_sheet(resource["name"]), resource["schema"], header, rows, lists)
    lists.write(book.create_sheet(LISTS))
    write_bytes(path, workbook_bytes(book))


def help_on(spec, keys, needed):
    """Say what a column wants, in a few lines; `needed` names the columns of every study."""
    limits = spec.get("constraints", {})
    lines = [str(spec.get("description") or spec["name"])]
    if enum := limits.get("enum"):
        lines.append("One of: " + ", ".join(enum) + ".")
    if "minimum" in limits:
        lines.append(f"{limits['minimum']:,.15g} to {limits['maximum']:,.15g}.")
    if spec["name"] in keys:
        lines.append(f"Listed in the table {keys[spec['name']]}.")
    lines.append("Required." if limits.get("required") else "May be empty.")
    if spec["name"] not in needed:
        lines[-1] = "The column may be absent."
    return "\n".join(lines)


def references(schema):
    """Give the table that each column of a schema refers to, {column: table}; "" is the own."""
    return {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])}


class _Lists:
    """The fixed vocabularies, a column each of one sheet that drop-down lists point to."""

    def __init__(self):
        self.columns = {}

    def range_of(self, name, words):
        """Return the address of a vocabulary, adding it where it is new."""
        self.columns.setdefault(name, words)
        letter = get_column_letter(list(self.columns).index(name) + 1)
        return f"{LISTS}!${letter}$2:${letter}${len(words) + 1}"

    def write(self, sheet):
        for at, (name, words) in enumerate(self.columns.items(), 1):
            for row, word in enumerate([name, *words], 1):
                _put(sheet.cell(row, at), word, "string")
        sheet.protection.sheet = True  # to be read, not to be edited; there is no password


def _write_about(sheet, descriptor):
    sheet.title = ABOUT
    columns = {"title": [descriptor.get("title") or UNTITLED], **words_of(descriptor)}
    own = {name: descriptor.get(name) for name in NOUNS} | {HEADING: components_heading(descriptor)}
    columns |= {name: [text] if text else [] for name, text in own.items()}
    for at, (name, words) in enumerate(columns.items(), 1):
        _head(sheet.cell(1, at), name, HELP[name], required=name == "title")
        for row, word in enumerate(words, 2):
            _put(sheet.cell(row, at), word, "string")
        _dress(sheet, at, "string", WIDE)
    sheet.freeze_panes = "A2"


def _write_table(sheet, schema, header, rows, lists):
    specs, needed = {spec["name"]: spec for spec in schema["fields"]}, needed_columns(sheet.title)
    keys = {column: table or sheet.title for column, table in references(schema).items()}
    for at, name in enumerate(header, 1):
        spec = specs[name]
        required = name in needed
        _head(sheet.cell(1, at), name, help_on(spec, keys, needed), required)
        _dress(sheet, at, spec["type"], WIDE if spec["type"] == "string" else NARROW)
        if source := _choices(sheet.title, spec, keys, lists):
            _offer(sheet, get_column_letter(at), source, name)
    for number, row in enumerate(rows, 2):
        for at, (name, text) in enumerate(zip(header, row, strict=True), 1):
            if text != "":
                _put(sheet.cell(number, at), text, specs[name]["type"])
    sheet.freeze_panes = "A2"


def _choices(table, spec, keys, lists):
    """Return the address of what a column may hold; None where it is free."""
    if spec["name"] in keys:
        return f"{keys[spec['name']]}!$A$2:$A${OFFERED}"
    for at, places in enumerate(WORDS.values(), 2):
        if (table, spec["name"]) in places and spec["constraints"].get("enum"):
            letter = get_column_letter(at)
            return f"{ABOUT}!${letter}$2:${letter}${OFFERED}"
    if spec["type"] == "boolean":
        return lists.range_of("true or false", ["true", "false"])
    if words := spec.get("constraints", {}).get("enum"):
        name = spec["name"].removeprefix("alternative_")
        return lists.range_of(name if name == "status" else f"{table} {name}", words)
    return None


def _offer(sheet, letter, source, name):
    offer = DataValidation("list", formula1=source, allow_blank=True)
    offer.showErrorMessage, offer.errorTitle = True, name
    offer.error = f"Pick from the list: {source.split('!')[0]}"
    offer.add(f"{letter}2:{letter}{LAST}")
    sheet.add_data_validation(offer)


def _head(cell, name, words, required):
    _put(cell, name, "string")
    cell.font, cell.fill = Font(bold=required, italic=not required), HEAD
    cell.comment = Comment(words, "study", height=40 + 18 * (1 + len(words) // 30), width=260)


def _dress(sheet, at, kind, width):
    """Make what is typed in a column of words stay a word: 2-3 is no date, =x no formula."""
    column = sheet.column_dimensions[get_column_letter(at)]
    column.width = width
    if kind == "string":
        column.number_format = "@"


def _put(cell, text, kind):
    if kind == "string":
        cell.value, cell.data_type = text, "s"  # a text, whatever it begins with
        cell.number_format, cell.quotePrefix = "@", text[:1] in FORMULA
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    elif kind == "boolean":
        cell.value = text.lower() in ("true", "1")
    else:
        value = float(text)
        cell.value = int(value) if value.is_integer() else value

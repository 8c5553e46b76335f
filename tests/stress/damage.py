"""The damage that hands, spreadsheets and disks do to a data package, as hypothesis strategies.

Every damage is a function of the package's folder. Places are numbers taken modulo what there is, so
that any drawn damage fits any package, and shrinks to the first row and column.
"""

import json
from dataclasses import dataclass

from hypothesis import strategies as st
from studies import ALL as TABLES
from studies import read_rows, write_rows

WORDS = [
    "", " ", "NaN", "nan", "inf", "-inf", "None", "null", "N/A", "-", "–", "#N/A", "#REF!", "true",
    "0", "-0", "-1", "1", "55", "2016", "1900", "+5", "1e5", "1E-400", "1e400", "1_000", "1,5",
    "1 000", "1.000,5", "0x10", "00055", "५५", "٥٥", "²", "½", "55%", "=1+1", "@SUM(A1)", "'55",
    "2016-01-01", "12345678901", "0.1234567890123", "9" * 30, "x" * 50_000, "\x00", "a\nb", "a\rb",
    "a\x0bb", "a\x85b", "a\u2028b", '"', '""', "a;b", "\ufeff", "\u202eabc", "e\u0301", "é",
    "../../x", "<script>", "{{x}}", "$(x)", "penza-it", "Penza-IT", "penza-it ", "present",
]  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.one_of(
    st.sampled_from(WORDS),
    TEXT,
    st.integers().map(str),
    st.floats().map(str),
    st.booleans().map(str),
)
PLACE = st.integers(0, 10**4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@dataclass(frozen=True)
class Rows:
    """Change the rows of one table by `how(rows, one, two, value)`; row 0 is the header."""

    table: str
    how: object
    one: int
    two: int
    value: str = ""

    def __call__(self, raw):
        rows = read_rows(raw / f"{self.table}.csv")
        self.how(rows, self.one, self.two, self.value)
        write_rows(raw / f"{self.table}.csv", rows)


def set_cell(rows, row, column, value):
    row = rows[1 + row % (len(rows) - 1)]
    row[column % len(row)] = value


def copy_a_cell(rows, row, column, _):
    cells = rows[1 + row % (len(rows) - 1)]
    cells[column % len(cells)] = cells[row % len(cells)]


def swap_two_cells_of_a_column(rows, row, column, _):
    first, second = rows[1 + row % (len(rows) - 1)], rows[1 + (row * 7 + 1) % (len(rows) - 1)]
    place = column % len(first)
    first[place], second[place] = second[place], first[place]


def drop_a_row(rows, row, _, __):
    del rows[row % len(rows)]


def repeat_a_row(rows, row, to, _):
    rows.insert(1 + to % len(rows), list(rows[row % len(rows)]))


def move_a_row(rows, row, to, _):
    rows.insert(to % len(rows), rows.pop(row % len(rows)))


def empty_a_row(rows, row, _, __):
    place = row % len(rows)
    rows[place] = [""] * len(rows[place])


def cut_a_row(rows, row, cells, _):
    del rows[row % len(rows)][cells % len(rows[0]) :]


def lengthen_a_row(rows, row, _, value):
    rows[row % len(rows)].append(value)


def keep_some_rows(rows, count, _, __):
    del rows[1 + count % len(rows) :]


def drop_a_column(rows, column, _, __):
    for row in rows:
        del row[column % len(row)]


def repeat_a_column(rows, column, _, __):
    for row in rows:
        row.append(row[column % len(row)])


def add_a_column(rows, _, __, value):
    for number, row in enumerate(rows):
        row.append(value if number else "remark")


def rename_a_column(rows, column, _, value):
    rows[0][column % len(rows[0])] = value


def swap_two_names(rows, one, two, _):
    header = rows[0]
    one, two = one % len(header), two % len(header)
    header[one], header[two] = header[two], header[one]


def move_a_column(rows, column, to, _):
    for row in rows:
        row.insert(to % len(row), row.pop(column % len(row)))


CELL_WAYS = [set_cell, set_cell, copy_a_cell, swap_two_cells_of_a_column]
ROW_WAYS = [
    drop_a_row, repeat_a_row, move_a_row, empty_a_row, cut_a_row, lengthen_a_row, keep_some_rows,
    drop_a_column, repeat_a_column, add_a_column, rename_a_column, swap_two_names, move_a_column,
]  # fmt: skip
CELLS = st.builds(Rows, st.sampled_from(TABLES), st.sampled_from(CELL_WAYS), PLACE, PLACE, VALUES)
ROWS = st.builds(Rows, st.sampled_from(TABLES), st.sampled_from(ROW_WAYS), PLACE, PLACE, VALUES)


@dataclass(frozen=True)
class Bytes:
    """Change one file of the package by `how(path, other path, number)`."""

    table: str
    other: str
    how: object
    number: int

    def __call__(self, raw):
        path = raw / ("datapackage.json" if self.table == "" else f"{self.table}.csv")
        self.how(path, raw / f"{self.other}.csv", self.number)


def delete(path, _, __):
    path.unlink()


def empty(path, _, __):
    path.write_bytes(b"")


def truncate(path, _, number):
    content = path.read_bytes()
    path.write_bytes(content[: number * 7 % (len(content) + 1)])


def flip_a_bit(path, _, number):
    content = bytearray(path.read_bytes())
    content[number * 31 % len(content)] ^= 1 << number % 8
    path.write_bytes(content)


def put_a_byte(path, _, number):
    content, place = path.read_bytes(), number * 31
    place %= len(content) + 1
    path.write_bytes(content[:place] + bytes([number % 256]) + content[place:])


def take_anothers_content(path, other, _):
    path.write_bytes(other.read_bytes())


def be_a_folder(path, _, __):
    path.unlink()
    path.mkdir()


def be_a_link_to_itself(path, _, __):
    path.unlink()
    path.symlink_to(path.name)


def another_name(path, _, __):
    path.rename(path.with_name(path.name.upper()))


def too_large(path, _, __):
    with path.open("ab") as file:
        file.truncate(60_000_000)


def encode(name):
    def encoded(path, _, __):
        path.write_bytes(path.read_text(encoding="utf-8").encode(name, "replace"))

    encoded.__name__ = f"encoded_as_{name}"
    return encoded


def twice(path, _, __):
    path.write_bytes(path.read_bytes() * 2)


def semicolons(path, _, __):
    path.write_bytes(path.read_bytes().replace(b",", b";"))


FILE_WAYS = [
    delete, empty, truncate, flip_a_bit, flip_a_bit, put_a_byte, put_a_byte, take_anothers_content,
    be_a_folder, be_a_link_to_itself, another_name, too_large, twice, semicolons,
    *map(encode, ["utf-16", "utf-32-le", "cp1251", "latin-1", "ascii", "utf-7"]),
]  # fmt: skip
FILES = st.builds(
    Bytes,
    st.sampled_from([*TABLES, ""]),
    st.sampled_from(TABLES),
    st.sampled_from(FILE_WAYS),
    PLACE,
)


@dataclass(frozen=True)
class Node:
    """Change one node of the descriptor: the number-th of all, in reading order."""

    number: int
    how: str
    value: object

    def __call__(self, raw):
        path = raw / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        nodes = list(_nodes(descriptor))
        parent, key = nodes[self.number % len(nodes)]
        if self.how == "drop":
            del parent[key]
        elif self.how == "repeat" and isinstance(parent, list):
            parent.append(parent[key])
        elif self.how == "rename" and isinstance(parent, dict):
            parent[str(self.value)] = parent.pop(key)
        else:
            parent[key] = self.value
        path.write_text(json.dumps(descriptor), encoding="utf-8")


def _nodes(tree):
    keys = range(len(tree)) if isinstance(tree, list) else tree if isinstance(tree, dict) else ()
    for key in list(keys):
        yield tree, key
        yield from _nodes(tree[key])


DESCRIPTOR = st.builds(
    Node, PLACE, st.sampled_from(["drop", "repeat", "rename", "replace", "replace"]), JSON
)


def rows_in_another_order(raw):
    for table in TABLES:
        header, *rows = read_rows(raw / f"{table}.csv")
        if table in ("clusters", "series"):  # the order of the others is part of what they say
            write_rows(raw / f"{table}.csv", [header, *reversed(rows)])


def columns_in_another_order(raw):
    for table in TABLES:
        write_rows(raw / f"{table}.csv", [row[::-1] for row in read_rows(raw / f"{table}.csv")])


def bytes_as_windows_writes_them(raw):
    for table in TABLES:
        path = raw / f"{table}.csv"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


def everything_quoted(raw):
    for table in TABLES:
        rows = read_rows(raw / f"{table}.csv")
        lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        (raw / f"{table}.csv").write_text("\n".join(lines), encoding="utf-8")


def empty_rows_at_the_end(raw):
    for table in TABLES:
        rows = read_rows(raw / f"{table}.csv")
        write_rows(raw / f"{table}.csv", [*rows, [""] * len(rows[0]), []])


def other_files_beside(raw):
    (raw / "notes.csv").write_bytes(b"\xff\x00 no table")
    (raw / "backup").mkdir()
    (raw / "broken.csv").symlink_to("nowhere")


HARMLESS = [
    rows_in_another_order, columns_in_another_order, bytes_as_windows_writes_them,
    everything_quoted, empty_rows_at_the_end, other_files_beside,
]  # fmt: skip

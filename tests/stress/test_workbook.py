"""Damaged workbooks: refused with sheet and cell, or read exactly; bombs are refused by a limit."""

import contextlib
import io
import os
import resource
import time
import zipfile
from collections import Counter

import pytest
from damage import PLACE, VALUES
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from processes import contents, make_here
from studies import ALL, small_study

pytest.importorskip("analysis.study.workbook", reason="this project reads no workbooks yet")

BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
LARGE = 300_000_000  # bytes: more than the reader's limit, little when packed
MEGABYTES = 1_500  # more memory than any refusal may take


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The small package as a workbook (bytes), and the processed tables that come of it."""
    folder = tmp_path_factory.mktemp("book")
    raw = small_study(folder / "raw", tables=ALL)
    status, said = make_here("workbook", DATA=str(raw), OUT=str(folder / "study.xlsx"))
    assert status == 0, said
    content = (folder / "study.xlsx").read_bytes()
    status, wanted = read(content, folder)
    assert status == 0, wanted
    return content, wanted


def read(content, folder):
    """Run `make data` on a workbook; return 0 and the tables, or 2 and what was said."""
    path, out = folder / "tried.xlsx", folder / f"out{time.monotonic_ns()}"
    path.write_bytes(content)
    status, said = make_here("data", DATA=str(path), OUT=str(out))
    assert "Traceback" not in said, said
    assert status in (0, 2), said
    if status == 2:
        assert "tried.xlsx" in said, said
        assert "problem" in said, said
        return status, said
    return status, contents(out / "processed")


def rewritten(content, change):
    """Rewrite a workbook's members: `change(name, bytes)` gives the new bytes, or None to drop."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            new = change(name, source.read(name))
            if new is not None:
                archive.writestr(name, new)
    return target.getvalue()


def draw(examples, deadline, strategy, hold, record_property):
    """Draw examples until there are enough of them or the time is over."""
    ended, failed = Counter(), set()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @seed(int(os.environ["STRESS_SEED"]))
    @given(strategy)
    def one(drawn):
        if time.monotonic() > deadline and repr(drawn) not in failed:
            return
        failed.add(repr(drawn))
        ended[hold(drawn)] += 1
        failed.discard(repr(drawn))

    one()
    record_property("ran", f"{sum(ended.values())} workbooks: {dict(ended)}")


@pytest.mark.seconds(20)
def test_damaged_bytes(book, tmp_path, deadline, record_property):
    """Whatever happens to a file on its way: refused, or the tables of the whole one."""
    content, wanted = book
    ways = st.sampled_from(["flip", "cut", "insert", "zero"])

    def hold(drawn):
        way, place, number = drawn
        damaged, place = bytearray(content), place * 7919 % len(content)
        if way == "flip":
            damaged[place] ^= 1 << number % 8
        elif way == "cut":
            del damaged[place:]
        elif way == "insert":
            damaged.insert(place, number % 256)
        else:
            damaged[place : place + number % 512] = bytes(number % 512)
        status, found = read(bytes(damaged), tmp_path)
        assert status == 2 or found == wanted
        return "refused" if status else "right"

    draw(150, deadline, st.tuples(ways, PLACE, PLACE), hold, record_property)


@pytest.mark.seconds(20)
def test_damaged_members(book, tmp_path, deadline, record_property):
    """Packed anew with a hole, a repetition or other bytes in one member: valid zip, bad content."""
    content, wanted = book
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    ways = st.sampled_from(["drop", "empty", "cut", "zero", "twice"])

    def hold(drawn):
        member, way, place = drawn

        def change(name, data):
            place_in = place * 31 % (len(data) + 1)
            after = {"drop": None, "empty": b"", "cut": data[:place_in], "twice": data * 2}
            after["zero"] = data[:place_in] + bytes(8) + data[place_in + 8 :]
            return after[way] if name == member else data

        status, found = read(rewritten(content, change), tmp_path)
        if status == 0 and member.startswith("xl/worksheets"):
            assert found == wanted
        return "refused" if status else "right"

    draw(100, deadline, st.tuples(st.sampled_from(names), ways, PLACE), hold, record_property)


@pytest.mark.seconds(20)
def test_cells(book, tmp_path, deadline, record_property):
    """One cell typed over: refused with its address, or nothing but its row is another."""
    content, wanted = book
    values = st.one_of(
        VALUES,
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.none(),
    )

    def hold(drawn):
        table, row, column, value = drawn
        changed = load_workbook(io.BytesIO(content))
        sheet = changed[table]
        cell = sheet.cell(2 + row % max(sheet.max_row - 1, 1), 1 + column % sheet.max_column)
        with contextlib.suppress(ValueError, IllegalCharacterError):  # no workbook can hold it
            cell.value = value
        buffer = io.BytesIO()
        try:
            changed.save(buffer)
        except (ValueError, TypeError, OverflowError):
            return "cannot be saved"
        status, found = read(buffer.getvalue(), tmp_path)
        if status:
            return "refused"
        for name, after in found.items():
            before = wanted[name].splitlines()
            moved = Counter(after.splitlines()) - Counter(before)
            most = 0 if name.partition(".")[0] not in (table, "series", "study") else len(before)
            assert sum(moved.values()) <= max(most, name.startswith(table)), (name, moved)
        return "right"

    draw(
        150, deadline, st.tuples(st.sampled_from(ALL), PLACE, PLACE, values), hold, record_property
    )


def large_sheet(name, data):
    return data + b" " * LARGE if name == "xl/worksheets/sheet1.xml" else data


def many_entities(name, data):
    if not name.startswith("xl/worksheets/sheet"):
        return data
    body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
    return BILLION.encode() + body.replace(b"</sheetData>", b"&i;</sheetData>", 1)


def distant_cell(name, data):
    if not name.startswith("xl/worksheets/sheet"):
        return data
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return data.replace(b"</sheetData>", far, 1)


def deep_nesting(name, data):
    return b"<a>" * 2_000_000 if name.startswith("xl/worksheets/sheet") else data


@pytest.mark.parametrize("bomb", [large_sheet, many_entities, distant_cell, deep_nesting])
def test_a_bomb_is_refused(book, tmp_path, bomb):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status, said = read(rewritten(book[0], bomb), tmp_path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert status == 2, said
    assert grown < MEGABYTES
    if bomb is large_sheet:
        assert "at most 200,000,000 bytes" in said


def test_a_sheet_full_of_openings_is_read_in_no_time(book, tmp_path):
    """A comment of tags that never close: a search that looks ahead would take hours."""
    openings = b"<!--" + b"<mergeCell <row " * 200_000 + b"--></worksheet>"

    def change(name, data):
        is_sheet = name.startswith("xl/worksheets/sheet")
        return data.replace(b"</worksheet>", openings) if is_sheet else data

    assert read(rewritten(book[0], change), tmp_path) == (0, book[1])

"""Bad data by the hundred: the study of every damaged package is what its files say, or refused.

Each example damages the article's package, cut small, in one to three places and runs `make data` on
it. Either
it ends in status 2 with lines that name file, place and rule; or what was written is exactly what a
plain reading of the files gives, and every file that was touched is named in a warning.
"""

import contextlib
import csv
import json
import os
import re
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from damage import CELLS, DESCRIPTOR, FILES, HARMLESS, ROWS, WORDS
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from processes import make_here
from studies import ALL, RAW, read_rows, small_study, write_rows

from analysis.study.schema import table_schemas

EXAMPLES = 200
FEW = 5
SILENT = ("not reported", None, None)  # status, alternative and detail
ANY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """The article's package, cut small: every table, three clusters."""
    folder = small_study(tmp_path_factory.mktemp("package") / "raw", tables=ALL)
    assert holds(folder, []) == "right"  # or every damaged one is refused for what it was before
    return folder


@contextlib.contextmanager
def damaged(package, *damages):
    """Give a data package with these damages, and a folder to write to."""
    with tempfile.TemporaryDirectory() as folder:
        raw = shutil.copytree(package, Path(folder) / "raw")
        for damage in damages:
            with contextlib.suppress(OSError, LookupError, ValueError, ZeroDivisionError):
                damage(raw)  # nothing left to damage is no damage
        yield raw, Path(folder) / "out"


def refused_in_words(said, raw):
    """Every line of a refusal names a file and a rule."""
    assert "problem" in said, said
    files = {f"{table}.csv" for table in table_schemas()} | {"datapackage.json", str(raw)}
    lines = [line for line in said.split("in the data:")[1].splitlines()[1:] if line.strip()]
    assert lines
    for line in (re.sub(r"^  \.\.\. and \d+ more of this kind: ", "", line) for line in lines):
        assert line.strip().partition(", ")[0].partition(":")[0] in files, line
        assert ": " in line


def as_read(table, path):
    """Read a file of the package as plainly as possible: rows counted, whatever their order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    names = [name.strip() for name in header]
    rows = [dict(zip(names, row, strict=True)) for row in rows if any(row)]
    kinds = {f["name"]: f["type"] for f in table_schemas()[table]["schema"]["fields"]}
    return Counter(
        tuple(_value(row.get(name, ""), kind, table, name, row) for name, kind in kinds.items())
        for row in rows
    )


def _value(text, kind, table, name, row):
    if table == "regional_context" and name in ("low", "high"):
        text = text or row["value"]  # a figure without a range is its own range
    if text == "":
        return None
    if kind in ("integer", "number"):
        return float(f"{float(text):.15g}")  # as many digits as a float keeps
    return text.lower() in ("true", "1") if kind == "boolean" else text


def is_what_the_files_say(raw, out, said):
    """Compare what was written with the files as they are: nothing dropped, moved or guessed."""
    listed = json.loads((raw / "datapackage.json").read_text(encoding="utf-8-sig"))["resources"]
    for resource in listed:
        name = resource["name"]
        is_what_the_file_says(name, raw, out)
    for name in table_schemas().keys() - {resource["name"] for resource in listed}:
        if (raw / f"{name}.csv").is_file():
            is_what_the_file_says(name, raw, out)
            assert f"{name}.csv: read, though datapackage.json does not list it" in said
        else:
            assert as_read(name, out / f"processed/{name}.csv") == Counter()


def is_what_the_file_says(name, raw, out):
    given = as_read(name, raw / f"{name}.csv")
    written = as_read(name, out / f"processed/{name}.csv")
    assert given - written == Counter()
    more = written - given
    if name == "components":  # one without a row is not reported
        told = {row[:2] for row in given}
        assert all(row[:2] not in told and row[3:] == SILENT for row in more), more
        assert set(more.values()) <= {1}
    else:
        assert more == Counter()


def is_warned_of(package, raw, said):
    """Every table that is not as the package had it is named in a warning."""
    listed = json.loads((raw / "datapackage.json").read_text(encoding="utf-8-sig"))["resources"]
    for path in (raw / f"{resource['name']}.csv" for resource in listed):
        if path.read_bytes() != (package / path.name).read_bytes():
            assert f"{path.name}: the checksum differs" in said or "has no checksum" in said


def holds(package, damages):
    """Run one example and say how it ended."""
    with damaged(package, *damages) as (raw, out):
        status, said = make_here("data", DATA=str(raw), OUT=str(out))
        assert "Traceback" not in said, said
        if status == 2:
            refused_in_words(said, raw)
            assert not (out / "processed").exists()
            return "refused"
        assert status == 0, said
        is_what_the_files_say(raw, out, said)
        is_warned_of(package, raw, said)
        return "right"


def try_many(package, damages, deadline, record_property):
    """Draw examples until there are enough of them or the time is over."""
    ended, failed = Counter(), set()

    @ANY
    @seed(int(os.environ["STRESS_SEED"]))
    @given(st.lists(damages, min_size=1, max_size=3))
    def one(chosen):
        if time.monotonic() > deadline and repr(chosen) not in failed:
            return
        failed.add(repr(chosen))  # until it has passed: what failed must fail again when repeated
        ended[holds(package, chosen)] += 1
        failed.discard(repr(chosen))

    one()
    record_property("ran", f"{sum(ended.values())} packages: {dict(ended)}")
    if sum(ended.values()) > FEW:  # that many are neither all refused nor all right
        assert ended["refused"]
        assert ended["right"]


@pytest.mark.seconds(20)
def test_cells(package, deadline, record_property):
    try_many(package, CELLS, deadline, record_property)


@pytest.mark.seconds(20)
def test_rows_and_columns(package, deadline, record_property):
    try_many(package, ROWS, deadline, record_property)


@pytest.mark.seconds(20)
def test_files(package, deadline, record_property):
    try_many(package, FILES, deadline, record_property)


@pytest.mark.seconds(20)
def test_the_descriptor(package, deadline, record_property):
    try_many(package, DESCRIPTOR, deadline, record_property)


@pytest.mark.seconds(20)
@pytest.mark.parametrize("damage", HARMLESS, ids=lambda damage: damage.__name__)
def test_what_changes_nothing_changes_nothing(damage, deadline):
    with damaged(RAW, damage) as (raw, out):
        status, said = make_here("data", DATA=str(raw), OUT=str(out))
        assert status == 0, said
        for path in Path("data/processed").iterdir():
            assert (out / "processed" / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.seconds(20)
def test_through_the_command_line(start, whole_project, deadline, chance, record_property):
    """The same with the results: nothing published is called reproduced that is not."""
    ended = Counter()
    while sum(ended.values()) < FEW and time.monotonic() < deadline:
        folder = whole_project / f"damaged{sum(ended.values())}"
        shutil.copytree(RAW, folder / "raw")
        table, column = chance.choice([("series", "value"), ("clusters", "grade")])
        path = folder / "raw" / f"{table}.csv"
        rows = read_rows(path)
        row, place, new = (
            chance.randrange(1, len(rows)),
            rows[0].index(column),
            chance.choice(WORDS),
        )
        if new == rows[row][place] or chance.random() < 0.5:  # a value that might well be right
            new = {"50": "51"}.get(rows[row][place], "50") if column == "value" else "average"
        changed, rows[row][place] = rows[row][place] != new, new
        write_rows(path, rows)
        run = start(whole_project, "tables", DATA=f"{folder.name}/raw", OUT=f"{folder.name}/out")
        status = run.finish()
        assert "Traceback" not in run.said
        words = "problem" if "problem" in run.said else f"{81 - changed} of 81 reproduced"
        assert words in run.said, (table, row, new, run.said)
        assert (status != 0) == changed
        ended[words] += 1
        run.clear()
    record_property("ran", str(dict(ended)))

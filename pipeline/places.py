"""Where a study's files are: what is read, and where everything that is made goes."""

import csv
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.build.file_state import file_state
from pipeline.errors import UsageError

# the state database gives braces a meaning; the rest could not be written into a notebook
PRINTABLE = re.compile("[^{}\x00-\x1f\x7f\ud800-\udfff]*")
PROJECT = Path(__file__).resolve().parents[1]
# folders of the project in which no other study is written, and those with room beside its own
OWN = (
    ".build", ".ci", ".git", ".venv", "analysis", "article", "benchmarks", "docs", "notebooks",
    "pipeline", "results", "tests",
)  # fmt: skip
SHARED = ("data", "data/raw", "data/processed", "examples", "examples/synthetic")
# the files that mark a folder as one that make has written
MADE = ("results/manifest.json", "processed/study.json", ".build/state.db", ".build/lock")


@dataclass(frozen=True)
class Places:
    """The folders of one study; paths inside the project are relative to its root."""

    raw: Path
    processed: Path
    results: Path
    state_folder: Path  # the state of the build between runs; never part of the results

    @property
    def written(self):
        """The folders that a make writes."""
        return [self.processed, self.results, self.state_folder]

    @property
    def is_default(self):
        """Tell whether this is the project's own study."""
        return self.raw == Path("data/raw")

    def about(self):
        """Read what is said of the study as a whole; empty before its data were processed."""
        return about_of(self.processed)

    def tables(self):
        """List the processed tables that have rows, by name."""
        return [path.stem for path in sorted(self.processed.glob("*.csv")) if _has_rows(path)]

    def values(self, table, column):
        """List the distinct values of a column of a processed table, in order; none without it."""
        return distinct_values(self.processed, table, column)


def places(environment=os.environ):
    """Read DATA and OUT from the environment, where make puts them.

    Raises UsageError where one is given without the other, or cannot be a study's folder.
    """
    data, out = environment.get("DATA", ""), environment.get("OUT", "")
    if not data and not out:
        return Places(Path("data/raw"), Path("data/processed"), Path("results"), Path(".build"))
    if not data or not out:
        raise UsageError(
            "DATA and OUT go together: make DATA=folder/of/a/study OUT=folder/to/write"
        )
    raw, folder = _from_project("DATA", data), _from_project("OUT", out)
    found = Places(raw, folder / "processed", folder / "results", folder / ".build")
    if reason := _endangered(found, folder):
        raise UsageError(f"OUT={out} would write over other files ({reason}): name another folder")
    return found


def expanded(name, text):
    """A path as typed by the user, `~` put in; raises UsageError where there is no such home."""
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{name}={text}: there is no such home folder") from error


def _endangered(places, folder):
    """Return what make would overwrite although make did not write it; empty if nothing."""
    raw = places.raw.resolve()
    if folder.resolve() in (PROJECT, raw):
        return "it is the study's or the project's own folder"
    inside = () if folder.is_absolute() else folder.as_posix().casefold().split("/")
    if any(first in OWN for first in inside[:1]) or "/".join(inside[:2]) in SHARED:
        return f"{folder} is the project's own"
    if (folder / "pipeline/build/graph.toml").is_file():
        return "it is a copy of the project"
    if link := _link_home(places, folder, raw):
        return f"{link} is a link that leads to files of the project or of the study"
    if any(raw.is_relative_to(one.resolve()) for one in places.written):
        return "DATA lies in it, where results are written"
    if any((folder / name).is_file() for name in MADE):
        return ""  # a make was here
    full = (one for one in places.written if one.is_dir() and any(one.iterdir()))
    return next((f"{one} is not empty, and no make wrote it" for one in full), "")


def _link_home(places, folder, raw):
    """Find a link, in what a make writes, that leads to the project's files or the study's data."""
    own = folder.resolve()
    for path in places.written:
        for link in filter(Path.is_symlink, [path, *_entries(path)]):
            end = Path(os.path.realpath(link))  # of a loop, resolve raises
            inside = end.is_relative_to(PROJECT) and not end.is_relative_to(own)
            if inside or end.is_relative_to(raw) or raw.is_relative_to(end):
                return link
    return None


def _entries(folder):
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files))


def _from_project(name, text):
    """A path as typed by the user, relative to the project's root where it lies inside."""
    path = Path(os.path.realpath(expanded(name, text)))  # of a loop of links, resolve raises
    if not PRINTABLE.fullmatch(str(path)):
        raise UsageError(
            f"{name}={text!a}, in full {str(path)!a}: a folder's name may hold no {{, no }} and no "
            "characters that cannot be printed"
        )
    return path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path


def about_of(processed):
    """Read what the folder of processed tables says of its study; empty before there is any."""
    path = processed / "study.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def distinct_values(processed, table, column):
    """List the distinct values of a column of a processed table, in order; none without it."""
    path = processed / f"{table}.csv"
    return list(_distinct(path, column, tuple(file_state(path) or ())))


@lru_cache
def _distinct(path, column, state):
    """Read a column once, as long as the file stays as it is: many steps ask for the same one."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        there = column in (rows.fieldnames or ())
        return dict.fromkeys(row[column] for row in rows) if there else {}


def _has_rows(path):
    with path.open(encoding="utf-8") as file:
        return sum(1 for _, _ in zip(range(2), file, strict=False)) == 2

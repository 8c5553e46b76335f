"""Where a study's files are: what is read, and where everything that is made goes."""

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

# braces mean something to the build's memory; the rest could not be written into a notebook
PRINTABLE = re.compile("[^{}\x00-\x1f\x7f\ud800-\udfff]*")
PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Places:
    """The folders of one study; paths inside the project are relative to its root."""

    raw: Path
    processed: Path
    results: Path
    memory: Path  # what the build remembers between runs; never part of the results

    @property
    def is_default(self):
        """Tell whether this is the project's own study."""
        return self.raw == Path("data/raw")

    def tables(self):
        """List the processed tables that have rows, by name."""
        return [path.stem for path in sorted(self.processed.glob("*.csv")) if _has_rows(path)]

    def values(self, table, column):
        """List the distinct values of a column of a processed table, in order."""
        with (self.processed / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(dict.fromkeys(row[column] for row in csv.DictReader(file)))


def places(environment=os.environ):
    """Read DATA and OUT from the environment, where make puts them.

    Raises UsageError where one is given without the other, or cannot be a study's folder.
    """
    data, out = environment.get("DATA", ""), environment.get("OUT", "")
    if not data and not out:
        folder = Path()
        return Places(Path("data/raw"), Path("data/processed"), Path("results"), Path(".build"))
    if not data or not out:
        raise UsageError(
            "DATA and OUT go together: make DATA=folder/of/a/study OUT=folder/to/write"
        )
    for name, path in (("DATA", data), ("OUT", out)):
        if not PRINTABLE.fullmatch(str(Path(path).expanduser().resolve())):
            raise UsageError(
                f"{name}={path!a}: a folder's name may hold no {{, no }} and no signs "
                "that cannot be printed"
            )
    folder = _from_project(out)
    if folder.resolve() == PROJECT or folder.resolve() == _from_project(data).resolve():
        raise UsageError(f"OUT={out} would write over other files: name another folder")
    return Places(_from_project(data), folder / "processed", folder / "results", folder / ".build")


def _from_project(text):
    """A path as typed by the user, relative to the project's root where it lies inside."""
    path = Path(text).expanduser().resolve()
    return path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path


def _has_rows(path):
    with path.open(encoding="utf-8") as file:
        return sum(1 for _, _ in zip(range(2), file, strict=False)) == 2

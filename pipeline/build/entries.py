"""The entries of `graph.toml`: what a study's results are made of, and by which functions."""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("graph.toml")


@cache
def entries(kind):
    """Return the entries of one kind in `graph.toml`: result or run.

    >>> [entry["name"] for entry in entries("result")][:2]
    ['tables', 'verification']
    """
    return tomllib.loads(TABLE.read_text(encoding="utf-8")).get(kind, [])

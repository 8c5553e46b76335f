"""Detect within milliseconds that nothing changed since the last complete run.

The build itself compares contents (`pipeline.build.steps`). Here only the states of files and
folders are compared with those after the last complete run: size, times and inode number, of which
at least one changes with any write, move or removal. Any difference is left to the build.
"""

import json
from importlib import import_module

from pipeline.build.file_state import file_state

FILE = "unchanged.json"


def make(places):
    """Print the last run's summary again if nothing changed since; else make what is stale."""
    if (lines := _recall(places)) is None:
        return import_module("pipeline.build.make").make(places)
    print("\n".join(lines))
    return 0


def look(steps):
    """Return {path: state} of all inputs and outputs of steps, and of their folders."""
    paths = {path for step in steps for path in (*step.inputs, *step.outputs)}
    inside = {file for path in paths if path.is_dir() for file in path.rglob("*")}
    paths |= inside
    return _states({str(path) for path in paths | {path.parent for path in paths}})


def remember(places, seen, lines):
    """Save the states that `look` returned before a complete run, and that run's summary."""
    from pipeline.outputs.canonical import write_text

    kept = {"data": str(places.raw), "seen": seen, "lines": lines}
    write_text(places.state_folder / FILE, json.dumps(kept))


def _recall(places):
    try:
        kept = json.loads((places.state_folder / FILE).read_text(encoding="utf-8"))
        seen = kept["seen"]
        same = kept["data"] == str(places.raw) and seen and seen == _states(seen)
    except (OSError, ValueError, KeyError, TypeError):  # no record, or a damaged one
        return None
    return kept["lines"] if same else None


def _states(paths):
    return {path: file_state(path) for path in paths}

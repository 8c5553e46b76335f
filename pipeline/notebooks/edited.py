"""A user's edits in generated notebooks: the file is moved aside, never overwritten."""

import json
import sys
from pathlib import Path

from pipeline.errors import StudyError
from pipeline.outputs.canonical import content_of

# in the metadata of a notebook that was made: what it said then
MADE = "content_as_made"
ASIDE = "edited"


def marked(notebook):
    """Store a checksum of a generated notebook's content in its metadata."""
    notebook.metadata[MADE] = content_of(notebook)
    return notebook


def move_edited_aside(path):
    """Move a generated notebook to the folder `edited` if it was edited since.

    Says so on the screen. A notebook that was never made by us, or cannot be read, counts as
    edited. Raises StudyError where it cannot be moved: then it stays, and nothing is written.
    """
    path = Path(path)
    if not path.is_file() or _is_as_made(path):
        return
    aside = _free_name(path)
    try:
        aside.parent.mkdir(exist_ok=True)
        path.rename(aside)
    except OSError as error:
        raise StudyError(
            f"{path} was edited and cannot be moved aside: {error.strerror}"
        ) from error
    print(f"Edited, so moved aside: {path} is now {aside}", file=sys.stderr)


def _is_as_made(path):
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
        return notebook.metadata.get(MADE) == content_of(notebook)
    except (ValueError, KeyError, AttributeError, json.JSONDecodeError):
        return False


def _free_name(path):
    """Return an unused file name, so that no older edit is overwritten."""
    folder, number = path.parent / ASIDE, 1
    while True:
        suffix = f"-{number}" if number > 1 else ""
        aside = folder / f"{path.stem}{suffix}.ipynb"
        if not aside.exists():
            return aside
        number += 1

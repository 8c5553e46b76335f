"""Where the folder of a study is, said from the project's root or from where a notebook lies."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def located(folder: str | Path) -> Path:
    """Resolve a study's folder: a relative path starts at the project's root.

    Where nothing is there, it begins at the working directory, which in JupyterLab is the
    notebook's own folder: so a study that was moved with its notebooks still finds itself.

    >>> located("data/raw").name, located("/a/b").as_posix()
    ('raw', '/a/b')
    """
    path = Path(folder).expanduser()
    home = PROJECT / path
    try:
        return home if home.exists() or not path.exists() else path.resolve()
    except (OSError, ValueError):  # what can be the name of nothing
        return home

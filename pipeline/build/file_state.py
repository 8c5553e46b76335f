"""How a file looks without being read: enough to tell that it was written in the meantime."""

from pathlib import Path


def file_state(path):
    """Tell how a file or folder looks; whatever is written, moved or removed looks different.

    Parameters
    ----------
    path : path of a file or folder, which need not be there

    Returns a list of int: size in bytes, the times at which the content and the entry changed (ns
    since 1970), number, mode. The system renews at least one of them, even where somebody sets the
    first time back. None where nothing is there.

    >>> file_state("no such file") is None
    True
    """
    try:
        seen = Path(path).stat()
    except OSError:
        return None
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, seen.st_mode]

"""The state of a file without reading it: size, modification times, inode number, mode."""

from pathlib import Path


def file_state(path):
    """Return the state of a file or folder: it differs once the path was written, moved or removed.

    Parameters
    ----------
    path : path of a file or folder, which need not be there

    Returns a list of int: size in bytes, modification time and status change time (ns since 1970),
    inode number, mode. At least one of them changes with any write, even if the modification time
    is set back. None if there is no such file.

    >>> file_state("no such file") is None
    True
    """
    try:
        seen = Path(path).stat()
    except OSError:
        return None
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, seen.st_mode]

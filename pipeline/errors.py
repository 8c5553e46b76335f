"""Errors of a call: each kind with its exit status and its message."""

import sqlite3
import traceback

OURS = ("analysis", "article", "benchmarks", "pipeline")  # packages of this project


class StudyError(Exception):
    """An error that the user sees as a sentence, without traceback."""

    status = 1


class UsageError(StudyError):
    """A command line that cannot be executed."""

    status = 2


class ParameterError(UsageError):
    """Parameters that a notebook does not take; the message lists every problem."""


class NotebookError(StudyError):
    """A notebook that failed; the message says where, why and what to do."""


class ProcessEndedError(StudyError):
    """A step whose process was killed, or ran out of memory."""


def describe(error):
    """Describe an exception in a sentence; an unexpected one with its traceback."""
    if type(error).__module__.split(".")[0] in OURS:
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        name = error.filename2 or error.filename  # of two, the one that was to be written
        return f"{error.strerror}: {name}" if name else error.strerror
    if isinstance(error, ImportError) and not is_missing_module_of_ours(error):
        cure = "Delete .venv/ready, and the next make makes it anew."
        return f"The environment .venv is not whole: {error}. {cure}"
    if isinstance(error, sqlite3.Error):
        return f"the state of past runs cannot be written: {error}"
    return "".join(traceback.format_exception(error))


def is_missing_module_of_ours(error):
    """Tell an import that fails within this project, which no new environment would mend."""
    return isinstance(error, ImportError) and (error.name or "").partition(".")[0] in OURS

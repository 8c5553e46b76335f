"""What can go wrong with a call: each kind with the exit status it ends in."""


class StudyError(Exception):
    """Something the user should read as a sentence."""

    status = 1


class UsageError(StudyError):
    """A call that cannot be carried out as it was typed."""

    status = 2


class ParameterError(UsageError):
    """Parameters that a notebook does not take; the message lists every problem."""


class NotebookError(StudyError):
    """A notebook that did not run to its end; the message says where, why and what to do."""

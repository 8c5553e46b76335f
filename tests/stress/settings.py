"""What make stress is told by its variables: how long it may take, which draws to repeat."""

import os
from contextlib import suppress

import pytest

# variable: (what it usually is, its type, how to call that)
SETTINGS = {
    "STRESS_MINUTES": (15, float, "number"),
    "STRESS_SEED": (0, int, "whole number"),
}


def number(name):
    """Read a number of the environment; None where it is none, which is said before any test."""
    usual, kind, _ = SETTINGS[name]
    with suppress(ValueError):
        read = kind(os.environ.get(name) or usual)
        if 0 <= read < float("inf"):
            return read
    return None


def refuse_what_is_no_number():
    """Raise UsageError, with a sentence that names the variable, where one is no number."""
    for name, (_, _, kind) in SETTINGS.items():
        if number(name) is None:
            raise pytest.UsageError(f"{name}={os.environ[name]} is no {kind}, 0 or more")

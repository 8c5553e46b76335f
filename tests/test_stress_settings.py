"""What make stress is told by its variables: a number, or a sentence that names the variable."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("name", "text"),
    [("STRESS_MINUTES", "abc"), ("STRESS_MINUTES", "nan"), ("STRESS_MINUTES", "-1"),
     ("STRESS_SEED", "abc"), ("STRESS_SEED", "1.5")],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_a_sentence(name, text):
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "tests/stress",
            "--collect-only",
            "-p",
            "no:cacheprovider",
        ],
        env=os.environ | {name: text},
        capture_output=True,
        text=True,
    )
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"{name}={text} is no " in run.stderr
    assert "Traceback" not in run.stdout + run.stderr

"""What make stress is told by its variables: a number, or a sentence that names the variable."""

import os
import subprocess
import sys

import pytest

from tests.stress.settings import number, refuse_what_is_no_number


@pytest.mark.parametrize(
    ("name", "text"),
    [("STRESS_MINUTES", "abc"), ("STRESS_MINUTES", "nan"), ("STRESS_MINUTES", "-1"),
     ("STRESS_SEED", "abc"), ("STRESS_SEED", "1.5")],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_a_sentence(monkeypatch, name, text):
    monkeypatch.setenv(name, text)
    with pytest.raises(
        pytest.UsageError, match=rf"^{name}={text} is no (whole )?number, 0 or more"
    ):
        refuse_what_is_no_number()


def test_what_is_a_number_is_read(monkeypatch):
    monkeypatch.setenv("STRESS_MINUTES", "0.5")
    monkeypatch.setenv("STRESS_SEED", "")  # make hands over an empty one
    refuse_what_is_no_number()
    assert (number("STRESS_MINUTES"), number("STRESS_SEED")) == (0.5, 0)


def test_a_refusal_ends_the_run_before_any_test():
    options = ["tests/stress", "--collect-only", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        # without the plugins that it would need only to run tests: half of the time
        env=os.environ | {"STRESS_MINUTES": "nan", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "STRESS_MINUTES=nan is no number, 0 or more" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr

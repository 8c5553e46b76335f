"""The properties that `make test` tries with the same few examples hold for many new ones."""

import os
import sys

from processes import ROOT


def test_properties_hold_for_new_examples(start, record_property):
    seed = os.environ["STRESS_SEED"]
    options = ["tests", "-m", "hypothesis", f"--hypothesis-seed={seed}", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options]
    run = start(ROOT, command=command, HYPOTHESIS_PROFILE="new")
    assert run.finish() == 0, run.said
    record_property("ran", "every property that make test tries, with new examples")

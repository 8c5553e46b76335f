"""Tests that `make test` leaves out, or tries with few examples and always the same."""

import os
import sys

import pytest
from processes import ROOT

from tests.browser.visit import chromium_program


@pytest.fixture
def called(start):
    """Call tests that are no part of `make stress` by themselves."""

    def called(*options):
        command = [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider"]
        run = start(ROOT, command=command)
        assert run.finish() == 0, run.said

    return called


def test_properties_hold_for_new_examples(called, record_property):
    options = ("--hypothesis-profile=new", f"--hypothesis-seed={os.environ['STRESS_SEED']}")
    called("tests", "-m", "hypothesis", *options)
    record_property("ran", "every property that make test tries, with new examples")


def test_in_a_browser(called, record_property):
    if not chromium_program():
        pytest.skip("no chromium on this machine")
    called("tests", "-m", "long and browser")
    record_property("ran", "every page of the site; a slider in JupyterLab")


def test_without_a_browser(called, record_property):
    called("tests", "-m", "long and not browser")
    record_property(
        "ran", "more studies, each notebook over another, ordinary kernels; one site twice"
    )

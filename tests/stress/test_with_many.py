"""What `make test` tries with a few examples, and always the same, holds for many."""

import os
import sys

import pytest
from processes import ROOT

from tests.browser.visit import chromium_program


@pytest.fixture
def in_full(start):
    """Call tests of `make test` with many examples; gives what they said."""

    def in_full(*options):
        command = [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider"]
        run = start(ROOT, command=command, STUDY_TESTS_MANY="1")
        assert run.finish() == 0, run.said
        return run.said

    return in_full


def test_properties_hold_for_new_examples(in_full, record_property):
    in_full("tests", "-m", "hypothesis", f"--hypothesis-seed={os.environ['STRESS_SEED']}")
    record_property("ran", "every property that make test tries, with new examples")


def test_every_page_is_as_it_should_be(in_full, record_property):
    if not chromium_program():
        pytest.skip("no chromium on this machine")
    in_full("tests/browser/test_site.py", "-k", "page or picture or phone or text")
    record_property("ran", "every page of the site, at a desk and on a phone")

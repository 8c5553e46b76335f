"""Parameters by the hundred: a right run, or status 2 and a sentence that names the parameter."""

import itertools
import math
import os
import re
import time
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from processes import make_here

from analysis.study.parameters import CHOICES, RANGE
from pipeline.errors import NotebookError
from pipeline.notebooks import commands as notebooks
from pipeline.notebooks import runner
from pipeline.notebooks.parameters import parameters_of

NOTEBOOKS = {
    path.stem: parameters_of(nbformat.read(path, as_version=4))
    for path in sorted(Path("notebooks").glob("*.ipynb"))
}
BAD = [
    "", "nan", "inf", "-inf", "1e400", "-1", "1e308", "9" * 400, "9" * 5000, "0x10", "1_0", "True",
    "None", "[]", "{}", "()", "[" * 300, "b'1'", "1j", "lambda:0", "__import__('os')", "x" * 5000,
    "'", '"', "a b", "é", "пенза", "\u202e", "\ud7ff", "\n", "\t", "=", "a=b", "/etc/passwd", "..",
    "$(touch x)", "`touch x`", "{{x}}", "'; import os #", "1.0", "0.5", "0", "2017", "1999",
]  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
VALUES = st.one_of(st.sampled_from(BAD), TEXT, st.integers().map(str), st.floats().map(str))


def pairs():
    return [(name, parameter) for name, known in NOTEBOOKS.items() for parameter in known]


def assignments():
    known = st.sampled_from(pairs()).map(lambda pair: (*pair,))
    strange = st.tuples(st.sampled_from(list(NOTEBOOKS)), TEXT)
    return st.tuples(st.one_of(known, strange), VALUES)


def run_here(name, text):
    """`make notebook` in this process; return (status, what it said)."""
    return make_here("notebook", NAME=name, SET=text)


@pytest.fixture
def not_executed(monkeypatch):
    """Let notebooks be checked and not run; note the values that would have been handed over."""
    passed = []

    def execute(name, source, parameters, *_):
        passed.append((name, parameters))
        return source

    monkeypatch.setattr(runner, "_execute", execute)
    monkeypatch.setattr(runner, "write_text", lambda *_: None)
    monkeypatch.setattr(notebooks, "prepare_kernels", lambda **_: None)
    return passed


@pytest.mark.seconds(20)
def test_every_parameter_of_every_notebook(not_executed, deadline, record_property):
    ended = Counter()

    @settings(
        max_examples=1000, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @seed(int(os.environ["STRESS_SEED"]))
    @given(assignments())
    def one(drawn):
        (name, parameter), value = drawn
        if time.monotonic() > deadline:
            return
        not_executed.clear()
        status, said = run_here(name, f"{parameter}={value}")
        assert "Traceback" not in said, said
        if status == 2:
            assert re.search(f"refused|assignment|{name}: no integral indicator", said), said
        else:
            assert status == 0, said
            assert_right(*not_executed[-1])
        ended["right" if status == 0 else "refused"] += 1

    one()
    record_property("ran", f"{sum(ended.values())} calls: {dict(ended)}")


@pytest.mark.parametrize(("name", "parameter"), pairs())
def test_the_worst_values(not_executed, name, parameter):
    for value in BAD:
        not_executed.clear()
        status, said = run_here(name, f"{parameter}={value}")
        assert status in (0, 2), said
        assert "Traceback" not in said, said
        assert (status == 0) == bool(not_executed)
        for passed in not_executed:
            assert_right(*passed)


def assert_right(name, values):
    """Restate the rules: same kind as the default, finite, within the bounds that are written."""
    for parameter, value in values.items():
        known = NOTEBOOKS[name][parameter]
        kinds = {float: (int, float)}.get(type(known.default), (type(known.default),))
        assert type(value) in kinds, (name, parameter, value)
        assert not isinstance(value, float) or math.isfinite(value)
        if limits := RANGE.search(known.help):
            assert float(limits[1]) <= value <= float(limits[2])


# what is allowed in general and has no sense for these data: zeros, or one value for all
NOT_HERE = (
    r"ValueError: .*column '[^']+'( has no range| is 0\.0: .* wants positive values|"
    r": the figure to compare with is 0\.0; wanted)"
)


def extremes():
    """Every choice and both ends of every range: allowed, so they must run."""
    for name, known in NOTEBOOKS.items():
        for parameter in known.values():
            limits, choices = RANGE.search(parameter.help), CHOICES.search(parameter.help)
            if limits and parameter.name != "replicates":  # its upper end takes minutes
                kind = type(parameter.default)
                yield from ((name, {parameter.name: kind(limits[end])}) for end in (1, 2))
            elif choices:
                words = [word.strip() for word in choices[2].split(",")]
                yield from ((name, {parameter.name: word}) for word in words)


def combinations():
    """Every choice of one notebook with every other."""
    known = NOTEBOOKS["06-innovation-potential"]
    words = {
        key: [word.strip() for word in found[2].split(",")]
        for key, parameter in known.items()
        if (found := CHOICES.search(parameter.help))
    }
    for values in itertools.product(*words.values()):
        yield "06-innovation-potential", dict(zip(words, values, strict=True))


@pytest.mark.seconds(30)
def test_what_is_allowed_runs(deadline, chance, tmp_path, record_property):
    cases, others = list(extremes()), list(combinations())
    cases += chance.sample(others, min(10, len(others)))
    runner.prepare()
    ended = Counter()
    for name, values in cases:
        if time.monotonic() > deadline:
            break
        try:
            runner.run_notebook(name, tmp_path / f"{name}.ipynb", values)
            ended["run"] += 1
        except NotebookError as error:  # a method that these data do not allow says of what
            assert re.search(NOT_HERE, str(error)), error
            ended["refused"] += 1
    assert ended["run"] > ended["refused"]
    record_property("ran", f"{dict(ended)} of {len(cases)} allowed values")

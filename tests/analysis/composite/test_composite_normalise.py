"""Normalisation: formulas by hand, properties, refusals, and a rival."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.composite import (
    NORMALISATIONS,
    critic,
    cronbach_alpha,
    minmax,
    percentile_rank,
    rank,
    zscore,
)
from analysis.composite.matrix import matrix_values, per_indicator

JOBS = pd.DataFrame({"jobs": [4.0, 1.0, 2.0], "waste": [5.0, 8.0, 10.0]}, index=["a", "b", "c"])
BOTH = {"jobs": "up", "waste": "down"}


@pytest.mark.parametrize(
    ("name", "extra", "jobs", "waste"),
    [
        ("minmax", {}, [1, 0, 1 / 3], [1, 0.4, 0]),
        ("minmax", {"low": 0, "high": [8, 10]}, [0.5, 0.125, 0.25], [0.5, 0.2, 0]),
        ("rank", {}, [3, 1, 2], [3, 2, 1]),
        ("percentile_rank", {}, [1, 1 / 3, 2 / 3], [1, 2 / 3, 1 / 3]),
        ("distance_to_best", {}, [1, 0.25, 0.5], [1, 0.625, 0.5]),
        ("distance_to_target", {"target": {"waste": 5, "jobs": 2}}, [2, 0.5, 1], [1, 0.625, 0.5]),
        ("distance_to_reference", {"reference": "c"}, [1, -0.5, 0], [0.5, 0.2, 0]),
        ("ratio_to_mean", {}, [12 / 7, 3 / 7, 6 / 7], [23 / 15, 23 / 24, 23 / 30]),
        ("zscore", {}, np.array([5, -4, -1]) / np.sqrt(21), np.array([8, -1, -7]) / np.sqrt(57)),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_by_hand(name, extra, jobs, waste):
    result = NORMALISATIONS[name](JOBS, direction=BOTH, **extra)
    assert result.index.tolist() == ["a", "b", "c"]
    assert result["jobs"].tolist() == pytest.approx(jobs)
    assert result["waste"].tolist() == pytest.approx(waste)


def test_zscore_by_hand_has_the_sample_standard_deviation():
    # deviations 5/3, -4/3, -1/3: squares sum to 42/9, over n - 1 gives 7/3
    assert zscore(JOBS)["jobs"].iloc[0] == pytest.approx((5 / 3) / (7 / 3) ** 0.5)


NEEDS = {"distance_to_target": {"target": 2.0}, "distance_to_reference": {"reference": "a"}}
FRAMES = arrays(float, (4, 3), elements=st.integers(1, 50).map(float)).map(
    lambda cells: pd.DataFrame(cells, index=list("abcd"), columns=["x", "y", "z"])
)


@pytest.mark.parametrize("name", NORMALISATIONS)
@given(data=FRAMES)
def test_order_is_kept_and_turned_by_direction(name, data):
    data = data[[column for column in data if data[column].nunique() > 1]]
    if data.empty or data.shape[1] == 0:
        return
    normalise, extra, before = NORMALISATIONS[name], NEEDS.get(name, {}), data.copy()
    up, down = (normalise(data, direction=way, **extra) for way in ("up", "down"))
    pd.testing.assert_frame_equal(data, before)
    for column in data:
        order = np.sign(np.subtract.outer(data[column].to_numpy(), data[column].to_numpy()))
        for result, sign in ((up, 1), (down, -1)):
            cells = result[column].to_numpy().round(9)
            assert (np.sign(np.subtract.outer(cells, cells)) == sign * order).all()


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_missing_stays_missing_and_changes_nothing_else(name):
    data = pd.DataFrame({"x": [1.0, 2.0, np.nan, 5.0]}, index=list("abcd"))
    extra = NEEDS.get(name, {})
    result = NORMALISATIONS[name](data, **extra)["x"]
    assert result.isna().tolist() == [False, False, True, False]
    without = NORMALISATIONS[name](data.dropna(), **extra)["x"]
    assert result.dropna().tolist() == pytest.approx(without.tolist())


def test_ties_share_the_lower_number():
    data = pd.DataFrame({"x": [5.0, 9.0, 5.0, 7.0]})
    assert rank(data, direction="down")["x"].tolist() == [3, 1, 3, 2]
    assert percentile_rank(data)["x"].tolist() == [0.25, 1, 0.25, 0.75]


def test_zscore_does_not_depend_on_the_unit():
    plain = np.array([1.0, 2.0, 4.0])
    data = pd.DataFrame({"tiny": plain * 1e-200, "huge": plain * 1e90, "plain": plain})
    scores = zscore(data)
    assert np.allclose(scores["tiny"], scores["plain"], rtol=1e-12)
    assert np.allclose(scores["huge"], scores["plain"], rtol=1e-12)


def test_minmax_reaches_exactly_0_and_1():
    data = pd.DataFrame({"x": [0.1, 0.7, 0.3]})
    assert minmax(data)["x"].tolist()[:2] == [0.0, 1.0]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: minmax([[1.0]]), TypeError, "data must be a DataFrame"),
        (lambda: minmax(JOBS.iloc[:0]), ValueError, "data is empty"),
        (lambda: minmax(JOBS.assign(jobs=7.0)), ValueError, "'jobs' has no range"),
        (lambda: minmax(JOBS.assign(jobs=np.nan)), ValueError, "'jobs' has no value"),
        (
            lambda: minmax(JOBS.assign(jobs="x")),
            TypeError,
            "'x' at row 'a', column 'jobs' of type str; wanted a column of numbers",
        ),
        (lambda: minmax(JOBS.assign(jobs=np.inf)), ValueError, "inf at row 'a', column 'jobs'"),
        (lambda: minmax(pd.concat([JOBS, JOBS])), ValueError, "row 'a' more than once"),
        (lambda: minmax(JOBS, low=2, high=20), ValueError, "row 'b', column 'jobs' has 1.0"),
        (lambda: minmax(JOBS, low=0, high=9), ValueError, "row 'c', column 'waste' has 10.0"),
        (lambda: minmax(JOBS, low=30, high=20), ValueError, "low 30.0 is above high 20.0"),
        (lambda: minmax(JOBS, low={"jobs": 0}, high=20), KeyError, "low lacks .'waste'."),
        (lambda: minmax(JOBS, low=[0, 0, 0], high=20), ValueError, "low has 3 entries for 2"),
        (lambda: minmax(JOBS, low=[0, np.nan], high=20), ValueError, "low of 'waste' is nan"),
        (lambda: minmax(JOBS, direction="rising"), ValueError, "direction of 'jobs' is 'rising'"),
        (lambda: minmax(JOBS, direction={"jobs": "up"}), KeyError, "direction lacks .'waste'."),
        (lambda: zscore(JOBS.assign(waste=0.1)), ValueError, "'waste' is constant at 0.1"),
        (lambda: rank(JOBS.assign(waste=np.nan)), ValueError, "'waste' has no value"),
        (
            lambda: NORMALISATIONS["distance_to_best"](JOBS - 1, direction="down"),
            ValueError,
            "'jobs': the figure to compare with is 0.0; wanted a positive",
        ),
        (
            lambda: NORMALISATIONS["distance_to_best"](JOBS * [1, -1]),
            ValueError,
            "compare with is -5.0",
        ),
        (
            lambda: NORMALISATIONS["ratio_to_mean"](JOBS - 2, direction="up"),
            ValueError,
            "row 'b', column 'jobs' has -1.0; a ratio wants no negative",
        ),
        (
            lambda: NORMALISATIONS["distance_to_reference"](JOBS, reference="z"),
            KeyError,
            "'z' is no row",
        ),
        (
            lambda: NORMALISATIONS["distance_to_target"](JOBS, target=0),
            ValueError,
            "'jobs'.* is 0.0; wanted a positive",
        ),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


@given(cell=st.sampled_from([np.inf, -np.inf, 1e300, "x", None, (1,)]), row=st.integers(0, 2))
def test_bad_cells_are_named(cell, row):
    cells = [5.0, 8.0, 10.0]
    cells[row] = cell
    with pytest.raises((TypeError, ValueError), match=f"row '{'abc'[row]}', column 'waste'"):
        matrix_values(JOBS.assign(waste=cells))


def test_whole_numbers_and_nullable_columns_are_numbers():
    data = pd.DataFrame({"x": pd.array([1, None, 3], dtype="Int64"), "y": [True, False, True]})
    assert matrix_values(data, missing=True)[:, 1].tolist() == [1, 0, 1]
    assert np.isnan(matrix_values(data, missing=True)[1, 0])
    with pytest.raises(ValueError, match="nan at row 1, column 'x'"):
        matrix_values(data)


def test_one_figure_per_indicator_in_any_form():
    for given_as in ([1, 2], (1, 2), {"y": 2, "x": 1}, pd.Series({"y": 2, "x": 1})):
        assert per_indicator(given_as, ["x", "y"], name="low").tolist() == [1, 2]
    with pytest.raises(KeyError, match=r"unknown \['z'\]"):
        per_indicator({"x": 1, "y": 1, "z": 1}, ["x", "y"], name="low")


def test_minmax_agrees_with_scikit_criteria():
    scalers = pytest.importorskip("skcriteria.preprocessing.scalers")
    values = np.random.default_rng(1).normal(size=(9, 4))
    rival = scalers.matrix_scale_by_cenit_distance(values, np.array([1, -1, 1, -1]))
    ours = minmax(pd.DataFrame(values), direction=["up", "down", "up", "down"])
    assert np.allclose(ours, rival, rtol=0, atol=1e-14)


def test_zscore_of_large_values_is_exact():
    large = pd.DataFrame({"x": 2.0**53 - np.array([3, 2, 1])})
    assert zscore(large)["x"].tolist() == [-1, 0, 1]
    assert critic(large.assign(y=[0.0, 2, 1]))["x"] == pytest.approx(0.5, abs=1e-12)


def test_alpha_does_not_depend_on_the_unit():
    data = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 4, 3]})
    for times in (1, 1e-7, 1e90):
        first = cronbach_alpha(data * times, standardise=False).iloc[0]
        assert first["alpha"] == pytest.approx(8 / 9)
    cancelling = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 2, 1]})
    assert cronbach_alpha(cancelling, standardise=False).loc[0, "reason"] == "constant"

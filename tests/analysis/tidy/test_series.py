"""Tidy frames: what is arranged, and what is refused with its row and value."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tidy.series import REASONS, arrange_series, reason_texts, series_words
from analysis.trend.growth import growth_table
from analysis.trend.mann_kendall_test import trend_table
from analysis.trend.mean_growth import growth_summary
from analysis.trend.smoothing import levelling, moving_average

METHODS = [trend_table, growth_table, growth_summary, levelling, moving_average]


@pytest.fixture
def tidy():
    """Two series of three years, rows labelled from 10."""
    return tidy_frame()


def tidy_frame():
    return pd.DataFrame(
        {
            "cluster": ["north"] * 3 + ["south"] * 3,
            "indicator": "jobs",
            "year": [2016, 2017, 2018] * 2,
            "value": [1.0, 2.0, 4.0, 8.0, np.nan, 3.0],
        },
        index=range(10, 16),
    )


def test_rows_are_arranged_by_series_and_year(tidy):
    arranged = arrange_series(tidy.iloc[[5, 2, 0, 4, 1, 3]])
    assert arranged.row.tolist() == [5, 3, 0, 2, 4, 1]
    assert arranged.start.tolist() == [0, 3, 6]
    assert arranged.number.tolist() == [0, 0, 0, 1, 1, 1]
    assert arranged.year.tolist() == [2016, 2017, 2018] * 2
    np.testing.assert_array_equal(arranged.value, [8, np.nan, 3, 1, 2, 4])


def test_gaps_are_left_out_of_what_is_observed(tidy):
    known = arrange_series(tidy).observed
    assert known.start.tolist() == [0, 3, 5]
    assert known.value.tolist() == [1, 2, 4, 8, 3]
    lengths = {values.shape[1]: numbers.tolist() for numbers, _, values in known.by_length()}
    assert lengths == {3: [0], 2: [1]}


def test_values_are_looked_up_by_series_and_year(tidy):
    found = arrange_series(tidy).value_in(np.array([0, 0, 1, 1, 1]), [2018, 2019, 2016, 2017, 2015])
    np.testing.assert_array_equal(found, [4, np.nan, 8, np.nan, np.nan])


@given(st.randoms(), st.sampled_from(["str", "object", "category", "string"]))
def test_any_order_and_any_kind_of_text_is_the_same_series(random, dtype):
    tidy = tidy_frame().astype({"cluster": dtype, "indicator": dtype})
    shuffled = tidy.iloc[random.sample(range(6), 6)]
    for method in METHODS:
        tables = [method(rows) for rows in (tidy, shuffled)]
        by = [name for name in ("cluster", "indicator", "year") if name in tables[0]]
        one, other = (table.sort_values(by, ignore_index=True) for table in tables)
        pd.testing.assert_frame_equal(one, other)


def test_whole_number_names_are_names(tidy):
    tidy["cluster"] = [7, 7, 7, 3, 3, 3]
    assert trend_table(tidy)["cluster"].tolist() == [7, 3]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_inputs_are_untouched_and_nothing_is_infinite(method, tidy):
    tidy["value"] = [0.0, -2.0, 1e-150, 1e150, 0.0, 1e-150]
    before = tidy.copy(deep=True)
    numbers = method(tidy).select_dtypes("number").astype(float)
    pd.testing.assert_frame_equal(tidy, before)
    assert not np.isinf(numbers).any(axis=None)


BAD_CELLS = [
    ("value", np.inf, ValueError, "is inf; wanted 0, a magnitude from 1e-150 to 1e[+]150, or NaN"),
    ("value", -np.inf, ValueError, "is -inf"),
    ("value", 1e200, ValueError, "is 1e[+]200"),
    ("value", 1e-200, ValueError, "is 1e-200"),
    ("value", "12", TypeError, "is '12'; wanted a number, or NaN"),
    ("value", True, TypeError, "is True; wanted a number"),
    ("value", 1j, TypeError, "is 1j; wanted a number"),
    ("value", [1], TypeError, r"is \[1\]; wanted a number"),
    ("year", 2016.5, ValueError, "is 2016.5; wanted a whole year from -9999 to 9999"),
    ("year", np.inf, ValueError, "is inf; wanted a whole year"),
    ("year", np.nan, ValueError, "is nan; wanted a whole year"),
    ("year", None, ValueError, "is nan; wanted a whole year"),
    ("year", 20160101, ValueError, "is 20160101.0; wanted a whole year"),
    ("year", "2016", TypeError, "is '2016'; wanted a whole year"),
    ("year", pd.Timestamp("2016"), TypeError, "is Timestamp"),
    ("cluster", None, ValueError, "is missing; wanted a name in every row"),
    ("indicator", np.nan, ValueError, "is missing; wanted a name in every row"),
]


@given(
    st.integers(0, 5),
    st.sampled_from(BAD_CELLS),
    st.sampled_from(METHODS),
    st.booleans(),
)
def test_a_bad_cell_is_refused_with_its_row_and_column(position, bad, method, as_object):
    column, value, error, message = bad
    tidy = tidy_frame()
    cells = tidy[column].tolist()
    cells[position] = value
    tidy[column] = pd.Series(cells, tidy.index, dtype=object if as_object or value == 1j else None)
    with pytest.raises(error, match=f"^series, row {10 + position}, {column} {message}"):
        method(tidy)


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string"])
def test_a_missing_name_is_refused_in_any_kind_of_text(dtype, tidy):
    tidy["indicator"] = pd.Series(["x", "x", "x", "y", None, "y"], tidy.index).astype(dtype)
    with pytest.raises(ValueError, match="row 14, indicator is missing; wanted a name"):
        trend_table(tidy)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_bad_frames_are_refused(method, tidy):
    with pytest.raises(ValueError, match="series has no rows; wanted at least one"):
        method(tidy.iloc[:0])
    with pytest.raises(TypeError, match="series is of type list; wanted a DataFrame"):
        method([1, 2])
    with pytest.raises(KeyError, match="series has no column 'year'; wanted once each: cluster"):
        method(tidy.drop(columns="year"))
    with pytest.raises(KeyError, match="series has more than one column 'value'"):
        method(pd.concat([tidy, tidy[["value"]]], axis=1))
    twice = (
        "row 12: cluster 'north', indicator 'jobs' has the year 2017 twice; wanted each year once"
    )
    with pytest.raises(ValueError, match=twice):
        method(tidy.assign(year=[2016, 2017, 2017, 2016, 2017, 2018]))
    with pytest.raises(ValueError, match="row 13: cluster 1, indicator 'jobs' has the year 2015"):
        method(tidy.assign(cluster=1, year=[2014, 2015, 2016, 2015, 2018, 2019]))


def test_names_of_mixed_kinds_are_refused(tidy):
    tidy["cluster"] = pd.Series(["a", 1, "a", "b", 2.5, "b"], tidy.index, dtype=object)
    with pytest.raises(TypeError, match="cluster and below holds float, int, str; wanted text"):
        trend_table(tidy)
    with pytest.raises(TypeError, match="holds float; wanted text or whole numbers"):
        trend_table(tidy.assign(cluster=0.5))


def test_a_series_has_one_word(tidy):
    tidy = tidy.iloc[[5, 2, 0, 4, 1, 3]]
    tidy["unit"] = ["percent", "people", "people", "percent", "people", "percent"]
    words = series_words(tidy, arrange_series(tidy), "unit", "a unit")
    assert words.tolist() == ["percent", "people"]
    tidy.loc[12, "unit"] = "percent"
    with pytest.raises(ValueError, match="row 12, unit is 'percent'; wanted the same in every row"):
        series_words(tidy, arrange_series(tidy), "unit", "a unit")


def test_reasons_come_in_one_order():
    flags = {reason: np.array([True, False]) for reason in reversed(REASONS)}
    assert reason_texts(flags).tolist() == ["; ".join(REASONS), ""]

"""Rows that may be totals: found by what they add up to, and by their names."""

import numpy as np
import pytest

from analysis.study.wide.totals import suspects

PARTS = np.array([[120.0, -40.0], [75.0, 90.0], [33.0, -35.0], [41.0, 12.0]])
DISTRICTS = ["Alder", "Birch", "Cedar", "Dogwood"]


def test_a_sum_is_found_though_a_part_of_a_balance_exceeds_it():
    # 27 persons moved into the country, 90 into one district of it
    values = np.vstack([PARTS.sum(axis=0), PARTS])
    found = suspects(["Woodland", *DISTRICTS], {}, [0] * 5, values)
    assert found == {"Woodland": "equals the sum of all other rows"}


def test_a_district_that_has_all_of_something_is_no_total():
    values = np.array([[7.0, 120.0], [7.0, 75.0], [0.0, 33.0], [0.0, 12.0]])
    assert suspects(DISTRICTS, {}, [0] * 4, values) == {}


@pytest.mark.parametrize("name", ["Gemeinde G20", "Sector g7"])
def test_a_number_of_a_place_is_no_club_of_countries(name):
    assert suspects([name, *DISTRICTS], {}, [0] * 5, None) == {}
    assert "G20" in suspects(["G20", *DISTRICTS], {}, [0] * 5, None)


def test_a_sum_is_found_beside_rates_that_lie_between_those_of_the_parts():
    counts = np.array([5120.0, 830.0, 12044.0, 2310.0])
    values = np.column_stack([[*counts, counts.sum()], [9.5, 11.0, 8.5, 10.0, 9.1]])
    country = [*DISTRICTS, "Woodland"]
    assert suspects(country, {}, [0] * 5, values) == {
        "Woodland": "equals the sum of all other rows"
    }
    values[-1, 1] = 12.5  # no mean of the others
    assert suspects(country, {}, [0] * 5, values) == {}
    few = np.column_stack([[1.0, 2.0, 1.0, 1.0, 5.0], [9.5, 11.0, 8.5, 10.0, 9.1]])
    assert suspects(country, {}, [0] * 5, few) == {}  # five museums may be chance

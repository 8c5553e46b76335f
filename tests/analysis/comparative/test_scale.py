"""Held against the region: units are counted alike or not at all, and never in silence."""

import pandas as pd
import pytest

from analysis.comparative.scale import regional_scale
from analysis.tidy.kinds import why_not


def scale(own, figure, value=400.0, low=80.0, high=None):
    series = {"cluster": "a", "indicator": "i", "year": 2020, "standing": "outcome"}
    clusters = pd.DataFrame({"region": ["R"]}, index=["a"])
    indicators = pd.DataFrame({"unit": [own], "scale_measure": ["all"]}, index=["i"])
    context = {
        "region": "R",
        "period": "2020",
        "measure": "all",
        "certainty": "good",
        "unit": figure,
    }
    return regional_scale(
        pd.DataFrame([series | {"value": value}]), clusters, indicators,
        pd.DataFrame([context | {"low": low, "high": high or low}]),
    ).iloc[0]  # fmt: skip


@pytest.mark.parametrize(("own", "figure", "share"), [
    ("people", "people", 500.0),
    ("people", "thousand people", 0.5),
    ("people", "thousand", 0.5),
    ("thousand people", "Thousands of people", 500.0),
    ("million roubles", "billion roubles", 0.5),
    ("billion roubles", "million roubles", 500_000.0),
    ("Roubles", "roubles", 500.0),
    ("percent", "%", 500.0),
])  # fmt: skip
def test_multiples_are_reckoned_in(own, figure, share):
    row = scale(own, figure)
    assert row["share_low_pct"] == row["share_high_pct"] == pytest.approx(share)
    assert row["reason"] == ""


@pytest.mark.parametrize(("own", "figure"), [
    ("people", "roubles"), ("percent", "thousand"), ("percent", "people"), ("people", "percent"),
    ("tonnes", "thousand roubles"),
])  # fmt: skip
def test_what_is_counted_otherwise_has_no_share_and_says_why(own, figure):
    row = scale(own, figure)
    assert pd.isna(row["share_low_pct"]) and pd.isna(row["share_high_pct"])
    words = row["reason"].partition(f"counted in {own}, the region's figure in ")
    assert words[0] == "" and words[2] in (figure, "a bare number", "roubles")


@pytest.mark.parametrize("low", [0.0, -5.0])
def test_a_figure_that_is_not_above_zero_gives_no_share(low):
    row = scale("people", "people", low=low)
    assert pd.isna(row["share_low_pct"])
    assert row["reason"] == "the region's figure is not certainly above zero"


@pytest.mark.parametrize("sign", [1, -1])
def test_the_low_end_is_the_lower_one(sign):
    row = scale("people", "people", value=sign * 10.0, low=50.0, high=100.0)
    assert sorted([sign * 10.0, sign * 20.0]) == [row["share_low_pct"], row["share_high_pct"]]


@pytest.mark.parametrize("kind", ["rate", "balance", "score", "rank"])
def test_what_has_no_ratios_is_no_share_of_its_region(kind, study):
    kinds = study.indicators.assign(kind=kind)
    table = regional_scale(study.series, study.clusters, kinds, study.context)
    assert len(table)
    assert table[["share_low_pct", "share_high_pct"]].isna().all(axis=None)
    assert table["reason"].unique().tolist() == [why_not(kind, "ratio")]

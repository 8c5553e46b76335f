"""A whole chain step by step, against the numbers of COINr 1.1.14: see reference/composite-chain.

Where the two differ by design, the difference is tested: what that chain does without a word.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.composite import indicator_matrix, integral_indicator

FOLDER = Path(__file__).parents[2] / "reference" / "composite-chain"
SAME = {"rtol": 1e-13, "atol": 1e-15}
THEIRS = {
    "treatment": "winsorise else log",
    "keep_failed": True,
    "ties_together": True,
    "mirrored": False,
}


def read(folder, name):
    return pd.read_csv(FOLDER / folder / name).set_index("uCode")


@pytest.fixture(scope="module")
def given():
    data = pd.read_csv(FOLDER / "input_data.csv").set_index("uCode")
    meta = pd.read_csv(FOLDER / "input_meta.csv").set_index("iCode")
    used = meta[meta["Type"].isin(["Indicator", "Denominator"])]
    about = pd.DataFrame(
        {
            "direction": used["Direction"].map({1: "up", -1: "down"}),
            "weight": used["Weight"],
            "pillar": used["Parent"],
            "denominator": used["Denominator"],
        }
    )
    above = meta[meta["Type"] == "Aggregate"]
    pillars = pd.DataFrame({"parent": above["Parent"], "weight": above["Weight"]})
    return {"indicators": about, "pillars": pillars, "groups": data["Zone"]}, data[about.index]


@pytest.fixture(scope="module")
def screened(given):
    about, data = given
    return indicator_matrix(data, **about, min_unit_coverage=0.65)


@pytest.fixture(scope="module", params=[("baseline", 5), ("winmax2", 2)], ids=lambda each: each[0])
def run(request, screened):
    folder, points = request.param
    result = integral_indicator(screened, gaps="group mean", max_points=points, **THEIRS)
    return folder, result


def same(ours, theirs):
    np.testing.assert_allclose(np.asarray(ours, float), theirs[list(ours)], **SAME)


def node_scores(result):
    names = [*result.hierarchy.pillars, "Index"]
    return pd.DataFrame(result.nodes.low, index=result.matrix.values.index, columns=names)


def test_denominated_and_screened(screened):
    same(screened.values, read("baseline", "2_screened.csv"))
    units = read("baseline", "2_screen_units.csv")
    out = units.index[units["Included"].astype(str).str.upper() == "FALSE"]
    fell = screened.left_out.set_index("kind").loc[["unit"]]
    assert fell["name"].tolist() == out.tolist() == ["R06"]
    assert fell["observed"].tolist() == [6] and fell["of"].tolist() == [12]


def test_filled_treated_and_normalised(run):
    folder, result = run
    if folder == "baseline":
        same(result.table("filled"), read(folder, "3_imputed.csv"))
    same(result.table("treated"), read(folder, "4_treated.csv"))
    np.testing.assert_allclose(
        result.normalised, read(folder, "5_normalised.csv")[list(result.normalised)], rtol=1e-11
    )


def test_skewness_and_kurtosis(run):
    folder, result = run
    theirs = pd.read_csv(FOLDER / folder / "4_treatment_table.csv").set_index("iCode")
    ours = result.treatment.set_index("indicator").loc[theirs.index]
    for end, name in (("Skew", "skewness"), ("Kurt", "kurtosis")):
        first = theirs[f"check_SkewKurt0.{end}"]
        np.testing.assert_allclose(ours[f"{name}_before"], first, rtol=1e-12)
        last = first.copy()
        for check in ("1", "2"):
            column = f"check_SkewKurt{check}.{end}"
            last = theirs[column].fillna(last) if column in theirs else last
        np.testing.assert_allclose(ours[f"{name}_after"], last, rtol=1e-11)


def test_scores_and_ranks_of_every_node(run):
    folder, result = run
    same(node_scores(result), read(folder, "6_scores.csv"))
    ranks = read(folder, "7_ranks.csv")["Index"]
    assert result.ranking["rank_best"].reindex(ranks.index).tolist() == ranks.tolist()
    assert (result.ranking["rank_best"] == result.ranking["rank_worst"]).all()


def test_weights_in_the_total(run):
    _, result = run
    theirs = pd.read_csv(FOLDER / "baseline" / "6_effective_weights.csv").set_index("iCode")
    ours = result.weights["weight_in_total"]
    np.testing.assert_allclose(ours, theirs["EffWeight"].reindex(ours.index), rtol=1e-13)


def test_gaps_left_out_with_a_threshold_of_children(given):
    about, data = given
    matrix = indicator_matrix(data, **about)
    result = integral_indicator(
        matrix, gaps="renormalise", min_coverage=0.65, coverage_by="children", **THEIRS
    )
    folder = "no_screen_no_imputation_thresh65"
    same(node_scores(result), read(folder, "6_scores.csv"))
    ranks = read(folder, "7_ranks.csv")["Index"]
    ours = result.ranking["rank_best"].reindex(ranks.index)
    assert ours.astype(float).fillna(-1).tolist() == ranks.fillna(-1).tolist()


def test_a_logarithm_that_fails_its_own_test_is_not_kept(screened):
    result = integral_indicator(screened, gaps="group mean", treatment="winsorise else log")
    row = result.treatment.set_index("indicator").loc["b2"]
    assert row["method"] == "none" and not row["passes"]
    assert row["skewness_after"] == pytest.approx(row["skewness_before"], rel=1e-12)
    assert "skewness 2.42" in row["note"] and "skewness 6.45" in row["note"]
    assert row["note"].endswith("not kept")


def test_ties_never_make_it_more_points_than_allowed(screened):
    theirs = integral_indicator(screened, gaps="group mean", **THEIRS | {"max_points": 2})
    ours = integral_indicator(
        screened, gaps="group mean", treatment="winsorise", max_points=2, keep_failed=True
    )
    assert theirs.treatment["points"].max() > 2
    assert ours.treatment["points"].max() == 2


def test_a_tail_to_the_left_is_treated_from_the_other_end(screened):
    settings = {"gaps": "group mean", "treatment": "log", "keep_failed": True}
    skewness = {
        mirrored: integral_indicator(screened, mirrored=mirrored, **settings)
        .treatment.set_index("indicator")
        .loc["c3", "skewness_after"]
        for mirrored in (False, True)
    }
    assert abs(skewness[True]) < abs(skewness[False])

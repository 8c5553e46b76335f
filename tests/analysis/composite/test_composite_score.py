"""Score and rank intervals, the first place under any weights, and the diagnostics."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.composite import (
    correlations,
    cronbach_alpha,
    eigenvalues,
    evidence_score,
    first_under_any_weights,
    loadings,
    power_mean,
    rank_interval,
)
from analysis.composite.rankings.ranks import tied
from analysis.composite.score import MONOTONE

NAMES = ["body", "services", "projects"]
ENDS = {"present": (1, 1), "absent": (0, 0), "unknown": (0, 1), "planned": (0.5, 0.5)}


@st.composite
def evidence(draw, least_units=2, most_units=4):
    units = draw(st.integers(least_units, most_units))
    cells = st.lists(st.sampled_from(list(ENDS)), min_size=3, max_size=3)
    rows = [draw(cells) for _ in range(units)]
    index = [f"c{k}" for k in range(units)]
    return tuple(
        pd.DataFrame([[float(ENDS[word][end]) for word in row] for row in rows], index, NAMES)
        for end in (0, 1)
    )


def completions(low, high):
    """Every filling of the open cells with one of their two ends."""
    ends = [sorted({a, b}) for a, b in zip(low.to_numpy().flat, high.to_numpy().flat, strict=True)]
    for cells in product(*ends):
        yield pd.DataFrame(np.reshape(cells, low.shape), index=low.index, columns=low.columns)


def ranks_of(scores):
    return {unit: 1 + (scores > scores[unit] + 1e-12).sum() for unit in scores.index}


@given(bounds=evidence(most_units=3), weights=st.lists(st.integers(1, 3), min_size=3, max_size=3))
def test_score_and_rank_intervals_are_sharp(bounds, weights):
    low, high = bounds
    assume((low < high).sum(axis=None) <= 7)
    result = evidence_score(low, high, weights=weights)
    scored = [power_mean(filled, weights) for filled in completions(low, high)]
    ranked = pd.DataFrame([ranks_of(scores) for scores in scored])
    scores = pd.DataFrame(scored)
    assert np.allclose(result["score_low"], scores.min(), atol=1e-11)
    assert np.allclose(result["score_high"], scores.max(), atol=1e-11)
    assert result["rank_best"].tolist() == ranked.min().tolist()
    assert result["rank_worst"].tolist() == ranked.max().tolist()


@given(bounds=evidence(least_units=3, most_units=3), name=st.sampled_from(MONOTONE))
def test_relative_normalisations_hold_every_completion(bounds, name):
    low, high = bounds
    assume(0 < (low < high).sum(axis=None) <= 4)
    low.loc["one"], high.loc["one"] = 1.0, 1.0  # so that no column can be constant at zero
    low.loc["none"], high.loc["none"] = 0.0, 0.0
    result = evidence_score(low, high, normalisation=name)
    for filled in completions(low, high):
        exact = evidence_score(filled, filled, normalisation=name)
        assert (result["score_low"] <= exact["score_low"] + 1e-11).all()
        assert (exact["score_high"] <= result["score_high"] + 1e-11).all()
        assert (result["rank_best"] <= exact["rank_best"]).all()
        assert (exact["rank_worst"] <= result["rank_worst"]).all()


@given(bounds=evidence(), row=st.integers(0, 1), column=st.integers(0, 2))
def test_better_evidence_never_lowers_the_interval(bounds, row, column):
    low, high = bounds
    better_low, better_high = low.copy(), high.copy()
    better_low.iloc[row, column] = better_high.iloc[row, column] = 1.0
    before, after = evidence_score(low, high), evidence_score(better_low, better_high)
    unit = low.index[row]
    for end in ("score_low", "score_high"):
        assert after.loc[unit, end] >= before.loc[unit, end]
    for end in ("rank_best", "rank_worst"):
        assert after.loc[unit, end] <= before.loc[unit, end]


def test_evidence_score_by_hand():
    low = pd.DataFrame([[1, 0, 0], [1, 1, 0.25], [0, 0, 0]], index=list("abc"), columns=NAMES) * 1.0
    high = low.copy()
    high.loc["a", "services"] = high.loc["c", "body"] = 1.0
    result = evidence_score(low, high, weights={"body": 2, "services": 1, "projects": 1})
    assert result.index.tolist() == ["a", "b", "c"]
    assert result.columns.tolist() == [
        *("score_low", "score_high", "rank_best", "rank_worst", "coverage", "reason")
    ]
    assert result["score_low"].tolist() == [0.5, 0.8125, 0]
    assert result["score_high"].tolist() == [0.75, 0.8125, 0.5]
    assert result["rank_best"].tolist() == [2, 1, 2]  # c can draw level with a
    assert result["rank_worst"].tolist() == [2, 1, 3]
    assert result["coverage"].tolist() == [0.75, 1, 0.5]


def test_leaving_open_cells_out():
    low = pd.DataFrame([[1, 0, 0], [1, 1, 0], [0, 0, 0]], index=list("abc"), columns=NAMES) * 1.0
    high = low.copy()
    high.loc["a", ["services", "projects"]] = 1.0
    high.loc["b", "projects"] = 1.0
    strict = evidence_score(low, high, missing="renormalise")
    assert strict["reason"].tolist() == ["not enough observations", "", ""]
    assert strict["rank_best"].isna().tolist() == [True, False, False]
    assert strict["rank_worst"].tolist()[1:] == [1, 2]
    lenient = evidence_score(low, high, missing="renormalise", min_coverage=0.0)
    assert lenient["score_low"].tolist() == lenient["score_high"].tolist() == [1, 1, 0]
    assert lenient["rank_best"].tolist() == lenient["rank_worst"].tolist() == [1, 1, 3]


def test_scores_equal_up_to_rounding_share_a_rank():
    # 0.1 + 0.2 and 0.3 on the same weights: the sums differ in the last bit
    low = pd.DataFrame({"x": [0.1, 0.3], "y": [0.2, 0.0]}, index=["a", "b"])
    result = evidence_score(low, low, weights=[1, 1])
    assert 0.1 + 0.2 != 0.3
    assert result["score_low"].nunique() == 1
    assert result["rank_worst"].tolist() == [1, 1]


def test_tied_joins_noise_and_keeps_differences():
    noisy = np.array([1 / 3, 1 / 3 + 1e-16, 0.5e-12, 0.5e-12 + 1e-28, 1.0, np.nan])
    joined = tied(noisy)[0]
    assert joined[0] == joined[1] and joined[2] == joined[3]
    assert np.isnan(joined[5])
    apart = tied(np.array([0.5, 0.5 + 1e-11, 1.0]))[0]
    assert apart[0] < apart[1]
    assert tied(np.array([0.0, 0.0]))[0].tolist() == [0, 0]


def test_rank_interval_leaves_out_who_has_no_score():
    low = pd.Series([0.5, np.nan, 0.1], index=list("abc"))
    result = rank_interval(low, low)
    assert result["rank_best"].fillna(0).tolist() == [1, 0, 2]
    assert str(result["rank_worst"].dtype) == "Int64"


LOW = pd.DataFrame({"x": [0.0, 0.5], "y": [0.5, 1.0]}, index=["a", "b"])


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: evidence_score(LOW, LOW - 0.1), ValueError, "low of 'a', 'x' is 0.0, above"),
        (lambda: evidence_score(LOW, LOW * 2), ValueError, r"'b', 'y' are \[1.0, 2.0\]"),
        (lambda: evidence_score(LOW, LOW[["y", "x"]]), ValueError, "same units and indicators"),
        (lambda: evidence_score(LOW, LOW, exponent=0), ValueError, "row 'a', column 'x' is 0.0"),
        (lambda: evidence_score(LOW, LOW, missing="zero"), ValueError, "'zero'; allowed: bounds"),
        (lambda: evidence_score(LOW, LOW, normalisation="zscore"), ValueError, "'zscore' with"),
        (
            lambda: evidence_score(LOW, LOW.assign(x=0.5), normalisation="minmax"),
            ValueError,
            "'x' has no range",
        ),
        (lambda: evidence_score(LOW, LOW, weights={"x": 1}), KeyError, "weights lacks .'y'."),
        (lambda: evidence_score(LOW, LOW.assign(x=np.nan)), ValueError, "high has nan at row 'a'"),
        (
            lambda: rank_interval(pd.Series([1.0]), pd.Series([0.5])),
            ValueError,
            r"interval of 0 is \[1.0, 0.5\]",
        ),
        (
            lambda: rank_interval(pd.Series([1.0]), pd.Series([1.0], index=["a"])),
            ValueError,
            "the same index",
        ),
        (lambda: first_under_any_weights(LOW.iloc[:1], LOW.iloc[:1]), ValueError, "one unit"),
        (lambda: cronbach_alpha(LOW[["x"]]), ValueError, "2 x 1; wanted 2 x 2"),
        (lambda: eigenvalues(LOW.assign(x=0.1)), ValueError, "'x' is constant"),
        (lambda: loadings(LOW.assign(x=np.nan)), ValueError, "nan at row 'a'"),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_first_under_any_weights_by_hand():
    low = pd.DataFrame(
        {"x": [1.0, 0.0, 0.4, 0.0, 1.0], "y": [0.0, 1.0, 0.4, 0.0, 0.0]}, index=list("abcde")
    )
    high = low.copy()
    high.loc["d", "x"] = 1.0
    result = first_under_any_weights(low, high).set_index(["cluster", "end"])
    # a, e and d at best share x; c lies inside the line from a to b; d at worst is behind all
    verdicts = result[["first", "shared"]].apply(tuple, axis=1).groupby("cluster").agg(list)
    alone, shared, never = (True, False), (True, True), (False, False)
    assert verdicts.to_dict() == {
        "a": [shared, shared],
        "b": [alone, alone],
        "c": [never, never],
        "d": [shared, never],
        "e": [shared, shared],
    }
    assert result.loc[("c", "best"), "lead"] == pytest.approx(-0.1)
    assert result.loc[("c", "best"), ["x", "y"]].tolist() == pytest.approx([0.5, 0.5])
    assert result.loc[("b", "worst"), ["x", "y"]].tolist() == pytest.approx([0, 1])


@given(bounds=evidence(), seed=st.integers(0, 999))
def test_no_weights_beat_the_most_favourable_ones(bounds, seed):
    low, high = bounds
    result = first_under_any_weights(low, high)
    weights = np.random.default_rng(seed).dirichlet(np.ones(3), 20)
    for row in result.itertuples(index=False):
        own, others = (high, low) if row.end == "best" else (low, high)
        rivals = others.drop(row.cluster).to_numpy()
        leads = (own.loc[row.cluster].to_numpy() - rivals) @ weights.T
        assert leads.min(axis=0).max() <= row.lead + 1e-9
        best = np.array([row.body, row.services, row.projects])
        assert best.min() >= 0 and best.sum() == pytest.approx(1)
        reached = ((own.loc[row.cluster].to_numpy() - rivals) @ best).min()
        assert reached == pytest.approx(row.lead, abs=1e-9)
        assert row.first == (row.lead >= 0) and row.shared == (row.lead == 0)


def test_correlations_count_pairs():
    data = pd.DataFrame({"x": [1, 2, 3, None], "y": [2, 4, 6, 1], "z": [None, None, 1, 1]})
    result = correlations(data).set_index(["first", "second"])
    assert result["n"].tolist() == [3, 1, 2]
    assert result.loc[("x", "y"), "correlation"] == 1
    assert result["reason"].tolist() == ["", "not enough observations", "constant"]
    assert result["correlation"].isna().tolist() == [False, True, True]


def test_cronbach_alpha_by_hand():
    # two items with correlation r, standardised: alpha = 2 r / (1 + r), Spearman-Brown
    data = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [1.0, 3.0, 2.0]})
    result = cronbach_alpha(data)
    assert result["alpha"][0] == pytest.approx(2 * 0.5 / 1.5)
    assert result["correlation_with_total"].tolist()[1:] == pytest.approx([0.5, 0.5])
    assert result["reason"].tolist() == ["", *["not enough observations"] * 2]
    raw = cronbach_alpha(data.assign(y=10 * data["y"]), standardise=False)
    # variances 1 and 100, covariance 5: 2 (1 - 101 / 111)
    assert raw["alpha"][0] == pytest.approx(20 / 111)


def test_items_that_cancel_have_no_alpha():
    data = pd.DataFrame({"x": [1.0, 2.0, 4.0], "y": [4.0, 3.0, 1.0], "z": [1.0, 0.0, 2.0]})
    result = cronbach_alpha(data)
    assert result.set_index("deleted").loc["z", "reason"] == "constant"


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=4, max_size=7))
def test_loadings_rebuild_the_correlations(rows):
    data = pd.DataFrame(rows, columns=["x", "y", "z"], dtype=float)
    assume((data.nunique() > 1).all())
    loaded, roots = loadings(data), eigenvalues(data)
    assert np.allclose(loaded @ loaded.T, np.corrcoef(data, rowvar=False), atol=1e-9)
    assert np.allclose((loaded**2).sum(), roots["eigenvalue"], atol=1e-9)
    assert roots["cumulative_pct"].iloc[-1] == pytest.approx(100)
    assert (np.diff(roots["eigenvalue"]) <= 1e-12).all()
    assert (loaded.max() >= -loaded.min() - 1e-9).all()


def test_what_varies_as_one_has_eigenvalues_of_exactly_nought():
    data = pd.DataFrame({"x": [0.1, 0.7, 0.4], "y": [0.3, 2.1, 1.2], "z": [0.7, 0.1, 0.4]})
    assert eigenvalues(data)["eigenvalue"].tolist()[1:] == [0.0, 0.0]

"""Choices enumerated, ranks over them, Sobol indices, statements, weights at random."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analysis.comparative.evidence import STATUSES, evidence_bounds
from analysis.composite import (
    NORMALISATIONS,
    WEIGHTS,
    copeland,
    entropy,
    evidence_score,
    percentile_rank,
    power_mean,
    rank_interval,
)
from analysis.robustness.choices import (
    METHOD,
    MISSING,
    alternatives,
    draw_weights,
    enumerate_choices,
    evidence_choices,
)
from analysis.robustness.enumeration import Run, check_choices, run_choices
from analysis.robustness.rank_distributions import (
    choice_sets,
    probability_ahead,
    rank_distribution,
    rank_shift,
    rank_summary,
    rank_table,
    ranks,
)
from analysis.robustness.sobol import full_factorial_part, rank_sensitivity, sobol_indices
from analysis.text.plain_statements import statements

EXPONENTS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}


def matrix(rows):
    """Build a units x indicators frame from rows."""
    index = [f"c{number}" for number in range(len(rows))]
    return pd.DataFrame(rows, index, list("xyz")[: len(rows[0])], dtype=float)


def items(statuses, alternative=None):
    """Build components, one item each: {component: statuses of clusters c0, c1, ...}."""
    n = len(next(iter(statuses.values())))
    return pd.DataFrame(
        [
            (f"c{number}", name, "any", words[number], (alternative or {}).get((name, number)))
            for number in range(n)
            for name, words in statuses.items()
        ],
        columns=["cluster", "component", "item", "status", "alternative_status"],
    )


def run_of(scores):
    """Build a run from scores, one row per alternative of one choice."""
    scores = np.asarray(scores, dtype=float)
    plan = pd.DataFrame({"data": range(len(scores))})
    names = tuple(f"c{number}" for number in range(scores.shape[1]))
    return Run(plan, plan[:0].assign(reason=""), scores, names, {"data": 0}, False)


score_tables = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([0.0, 0.1, 0.3, 0.7, 1.0]))
)


# choices as data -------------------------------------------------------------------------------


def test_the_reference_comes_first_and_every_combination_once():
    choices = evidence_choices(["body", "services"])
    plan = enumerate_choices(choices)
    assert len(plan) == 2 * 3 * 3 * 2 * 3 * 3
    assert not plan.duplicated().any()
    assert plan.iloc[0].tolist() == ["status", 0.0, "low end", "goalposts", "equal", "arithmetic"]


@pytest.mark.parametrize(
    ("choices", "error", "message"),
    [
        ({"colour": ["red"]}, KeyError, "choices has 'colour'; allowed: coding, planned_credit"),
        ({"missing": ["zero"]}, KeyError, "'missing' has no 'zero'; allowed: low end, high end"),
        ({"aggregation": []}, ValueError, "'aggregation' is .*; wanted at least one, each once"),
        ({"planned_credit": [0, 0.0]}, ValueError, "'planned_credit' is .*each once"),
        ({"planned_credit": [1.5]}, ValueError, "planned_credit is 1.5; wanted a number from 0"),
        ({"weights": {"mine": [1, 2, 3]}}, ValueError, "weights has 3 entries for 2"),
        ({"weights": {"mine": {"x": 1, "q": 1}}}, KeyError, "weights lacks .*'y'.*'q'"),
        ({"weights": {"mine": [-1, 2]}}, ValueError, "weight of 'x' is -1.0"),
        ({"weights": pd.DataFrame({"x": [1.0], "q": [1.0]})}, KeyError, r"wanted \['x', 'y'\]"),
        ({"weights": pd.DataFrame({"x": [0.0], "y": [0.0]})}, ValueError, "weights of 0 are"),
    ],
    ids=[
        *("unknown choice", "unknown alternative", "none", "twice", "credit", "too many weights"),
        *("stray weight", "negative weight", "stray draw", "zero draw"),
    ],
)
def test_choices_that_do_not_fit_are_refused(choices, error, message):
    with pytest.raises(error, match=message):
        run_choices(items({"x": ["present"], "y": ["absent"]}), choices)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        ({}, ValueError, "data is empty"),
        ({"a": matrix([[np.inf]])}, ValueError, "data 'a' has inf at row 'c0', column 'x'"),
        ({"a": pd.DataFrame({"x": ["1"]})}, TypeError, "data 'a' has '1' at row 0, column 'x'"),
        ({"a": matrix([[1]]), "b": matrix([[1], [2]])}, ValueError, "data 'b' has other units"),
        (pd.DataFrame({"cluster": ["a"]}), KeyError, "data has no column 'component'"),
        (items({"x": [None]}), ValueError, "low is nan for c0, x"),
    ],
    ids=["empty", "infinite", "text", "other units", "no components", "no status"],
)
def test_data_that_do_not_fit_are_refused(data, error, message):
    with pytest.raises(error, match=message):
        run_choices(data, {})


def test_what_matrices_cannot_vary_is_refused():
    for name in ("data", "coding"):
        with pytest.raises(KeyError, match=f"choices has '{name}'; allowed: normalisation"):
            run_choices({"a": matrix([[1]])}, {name: ["a"]})


def test_weights_at_random_are_seeded_and_refuse_nonsense():
    one, two = (draw_weights(["x", "y"], replicates=5, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(draw_weights(["x", "y"], replicates=5, seed=5))
    assert (one > 0).all(axis=None)
    with pytest.raises(ValueError, match="replicates is 1; wanted at least two draws"):
        draw_weights(["x"], replicates=1, seed=1)
    with pytest.raises(ValueError, match="concentration is 0; wanted a positive number"):
        draw_weights(["x"], replicates=2, seed=1, concentration=0)


# the scores of every combination ---------------------------------------------------------------


def test_refusals_are_listed_before_anything_is_run():
    data = {"printed": matrix([[0, 1], [1, 1]])}
    choices = {"normalisation": ["goalposts", "minmax"], "aggregation": ["arithmetic", "geometric"]}
    plan = check_choices(data, choices)
    reasons = plan.set_index(["normalisation", "aggregation"])["reason"]
    assert reasons["goalposts", "arithmetic"] == ""
    assert (
        reasons["goalposts", "geometric"]
        == "the geometric mean wants values above zero; x of 'c0' is 0"
    )
    assert "column 'y' has no range" in reasons["minmax", "arithmetic"]
    run = run_choices(data, choices)
    pd.testing.assert_frame_equal(run.refused, plan[plan["reason"] != ""].reset_index(drop=True))
    assert len(run.plan) == len(run.scores) == 1


def test_a_cluster_of_which_nothing_is_known_cannot_be_left_out_of_a_score():
    data = items({"x": ["present", "unknown"], "y": ["absent", "not reported"]})
    run = run_choices(data, {"missing": ["low end", "left out"]})
    assert run.plan["missing"].tolist() == ["low end"]
    assert run.refused["reason"].tolist() == [
        "nothing is left to score of 'c1': every component with a weight is left out"
    ]


def test_readings_by_hand():
    # c0: present and planned; c1: unknown and not reported, or present in the other coding
    data = items(
        {"x": ["present", "unknown"], "y": ["planned", "not reported"]}, {("x", 1): "present"}
    )
    choices = {
        "coding": ["status", "alternative_status"],
        "planned_credit": [0, 0.5],
        "missing": ["low end", "high end", "midpoint"],
    }
    run = run_choices(data, choices)
    scores = pd.DataFrame(run.scores, index=pd.MultiIndex.from_frame(run.plan.iloc[:, :3]))
    assert scores.loc[("status", 0.0, "low end")].tolist() == [0.5, 0]
    assert scores.loc[("status", 0.5, "high end")].tolist() == [0.75, 1]
    assert scores.loc[("status", 0.5, "midpoint")].tolist() == [0.75, 0.5]
    assert scores.loc[("alternative_status", 0.0, "low end")].tolist() == [0.5, 0.5]


def one_by_one(frame, normalisation, weights, aggregation):
    """Score by the library's functions for a single combination; a refusal as its sentence."""
    try:
        cells = METHOD["normalisation"][normalisation](frame)
        shares = WEIGHTS[weights](cells) if isinstance(weights, str) else weights
        if aggregation == "copeland":
            return copeland(cells, shares)["score"].to_numpy(dtype=float)
        return power_mean(cells, shares, EXPONENTS[aggregation]).to_numpy()
    except ValueError as refusal:
        return str(refusal)


@given(
    arrays(float, (4, 3), elements=st.sampled_from([0.0, 0.25, 0.5, 1.0])),
    arrays(float, (4, 3), elements=st.floats(0.125, 8)),
    st.sampled_from(["equal", "entropy", "critic"]),
)
def test_all_at_once_is_what_composite_says_one_by_one(first, second, weights):
    data = {"first": matrix(first.tolist()), "second": matrix(second.tolist())}
    choices = {
        "normalisation": ["goalposts", "minmax", "zscore", "percentile_rank"],
        "weights": [weights],
        "aggregation": [*EXPONENTS, "copeland"],
    }
    plan, run = check_choices(data, choices), run_choices(data, choices)
    got = iter(run.scores)
    for row in plan.itertuples():
        wanted = one_by_one(data[row.data], row.normalisation, row.weights, row.aggregation)
        assert (row.reason != "") == isinstance(wanted, str)
        if not row.reason:
            assert next(got) == pytest.approx(wanted, abs=1e-12)


@given(st.data(), st.sampled_from([0.0, 0.5, 1.0]))
def test_the_ends_are_the_ends_of_the_evidence_score(data, credit):
    words = st.lists(st.sampled_from(STATUSES), min_size=4, max_size=4)
    components = items({name: data.draw(words) for name in "xyz"})
    low, high = evidence_bounds(components, credit)
    weights = {"x": 1, "y": 2, "z": 5}
    choices = {"planned_credit": [credit], "weights": {"mine": weights}, "missing": MISSING[:3]}
    run = run_choices(components, choices)
    got = dict(zip(run.plan["missing"], run.scores, strict=True))
    wanted = evidence_score(low, high, weights=weights)
    assert got["low end"] == pytest.approx(wanted["score_low"].to_numpy())
    assert got["high end"] == pytest.approx(wanted["score_high"].to_numpy())
    scaled_up = evidence_score(low, high, weights=weights, missing="renormalise", min_coverage=0)
    for end, score in (("low end", "score_low"), ("high end", "score_high")):
        placed = dict(zip(run.plan["missing"], ranks(run), strict=True))[end]
        assert placed.tolist() == rank_interval(wanted[score], wanted[score])["rank_best"].tolist()
    if "left out" in got:
        assert got["left out"] == pytest.approx(scaled_up["score_low"].to_numpy())
    else:
        assert scaled_up["score_low"].isna().any()


@given(arrays(float, (3, 3), elements=st.floats(0.01, 1)), st.sampled_from([2.0, 0.5, -3.0]))
def test_any_exponent_of_the_power_mean(values, exponent):
    frame = matrix(values.tolist())
    run = run_choices({"drawn": frame}, {"aggregation": {"mine": exponent}})
    assert run.scores[0] == pytest.approx(power_mean(frame, exponent=exponent).to_numpy())


@given(
    st.lists(st.sampled_from([0.0, 1e-12, 0.2, 0.5, 1.0, None]), min_size=9, max_size=9),
    st.sampled_from([30.0, 1e-12, 1e-8, 0.5, 2.0]),
    st.sampled_from([[1, 1, 1], [0, 1, 2]]),
)
def test_own_exponents_average_as_the_power_mean_does(cells, exponent, weights):
    frame = matrix(np.array(cells, dtype=float).reshape(3, 3).tolist())
    choices = {"aggregation": {"mine": exponent}, "weights": {"own": weights}}
    run = run_choices({"drawn": frame}, choices)
    assume(len(run.scores))
    for score, (_, row) in zip(run.scores[0], frame.iterrows(), strict=True):
        known = row.notna().to_numpy()
        one = power_mean(row[known].to_frame().T, np.array(weights)[known], exponent)
        assert score == pytest.approx(one.iloc[0], rel=1e-11, abs=1e-300)


def test_inputs_are_left_as_they_were():
    components, choices = items({"x": ["present", "unknown"]}), evidence_choices(["x"])
    before, listed = components.copy(), {name: list(found) for name, found in choices.items()}
    rank_table(components, choices, replicates=5, seed=1)
    pd.testing.assert_frame_equal(components, before)
    assert {name: list(found) for name, found in choices.items()} == listed


# ranks -----------------------------------------------------------------------------------------


def test_equal_scores_share_the_better_rank_whatever_the_rounding():
    run = run_of([[0.1 + 0.2, 0.3, 0.5, 0.1], [1, 1, 1, 1], [-3, -1, -2, -2]])
    assert ranks(run).tolist() == [[2, 2, 1, 4], [1, 1, 1, 1], [4, 1, 2, 2]]


@given(score_tables)
def test_ranks_are_what_scipy_says(scores):
    wanted = stats.rankdata(-scores, method="min", axis=1)
    assert ranks(run_of(scores)).tolist() == wanted.tolist()


@given(score_tables)
def test_the_summary_is_what_a_plain_loop_finds(scores):
    run, (rows, n) = run_of(scores), scores.shape
    placed = [[1 + sum(other > own for other in row) for own in row] for row in scores]
    summary = rank_summary(run).set_index("cluster")
    shares = rank_distribution(run).set_index(["cluster", "rank"])["share"]
    ahead = probability_ahead(run)
    for i, name in enumerate(run.clusters):
        found = [row[i] for row in placed]
        assert summary.loc[name, ["rank_best", "rank_worst"]].tolist() == [min(found), max(found)]
        assert summary.loc[name, "mean_rank"] == pytest.approx(sum(found) / rows)
        assert summary.loc[name, "p_first"] == pytest.approx(found.count(1) / rows)
        alone = sum(row[i] == 1 and row.count(1) == 1 for row in placed)
        assert summary.loc[name, "p_first_alone"] == pytest.approx(alone / rows)
        for rank in range(1, n + 1):
            assert shares[name, rank] == pytest.approx(found.count(rank) / rows)
        for j, other in enumerate(run.clusters):
            leads = sum(row[i] > row[j] for row in scores)
            assert ahead.loc[name, other] == pytest.approx(leads / rows)
    assert (summary[["mean_rank_se", "p_first_se"]] == 0).all(axis=None)


def test_rank_shift_by_hand():
    run = run_of([[3, 2, 1], [2, 3, 1], [1, 2, 3]])
    assert rank_shift(run).tolist() == pytest.approx([0, 2 / 3, 4 / 3])
    assert rank_shift(run, {"data": 2}).tolist() == pytest.approx([4 / 3, 4 / 3, 0])
    with pytest.raises(KeyError, match="is not among the combinations that were run"):
        rank_shift(run, {"data": 7})


def test_random_weights_and_their_standard_error():
    # c0 is ahead where the weight of x exceeds a half: for uniform weights in half of the draws
    draws = draw_weights(["x", "y"], replicates=4000, seed=2)
    run = run_choices({"drawn": matrix([[1, 0], [0, 1]])}, {"weights": draws})
    row = rank_summary(run).iloc[0]
    assert row["p_first_se"] == pytest.approx(0.5 / np.sqrt(4000), rel=0.01)
    assert abs(row["p_first"] - 0.5) < 4 * row["p_first_se"]
    assert row["mean_rank"] == pytest.approx(2 - row["p_first"])
    assert row["mean_rank_se"] == pytest.approx(row["p_first_se"])


def test_only_the_ratios_of_drawn_weights_count():
    frame, draws = matrix([[1, 0], [0, 1]]), draw_weights(["x", "y"], replicates=5, seed=2)
    one, two = (
        run_choices({"drawn": frame}, {"weights": w, "aggregation": ["copeland"]}).scores
        for w in (draws, draws * 1e-15)
    )
    assert one.tolist() == two.tolist()
    assert np.abs(one).tolist() == [[1, 1]] * 5


def test_the_standard_error_counts_draws_and_not_rows():
    # two alternatives that change nothing double the rows and not the number of draws
    frame, draws = matrix([[1, 0], [0, 1]]), draw_weights(["x", "y"], replicates=50, seed=2)
    once = rank_summary(run_choices({"a": frame}, {"weights": draws}))
    twice = rank_summary(run_choices({"a": frame, "b": frame}, {"weights": draws}))
    assert twice["mean_rank_se"].tolist() == pytest.approx(once["mean_rank_se"].tolist())


def test_a_run_in_which_all_is_refused_says_why():
    run = run_choices({"a": matrix([[0], [1]])}, {"aggregation": ["geometric"]})
    for method in (rank_summary, rank_distribution, probability_ahead, statements):
        with pytest.raises(
            ValueError, match="all 1 combinations were refused; the first: the geometric mean"
        ):
            method(run)


# the table of ranks ----------------------------------------------------------------------------


def test_choice_sets_vary_one_choice_at_a_time():
    choices = {"missing": ["low end", "high end"], "weights": {"equal": [1, 1], "mine": [1, 2]}}
    sets = choice_sets(choices)
    assert list(sets) == ["reference", "missing", "weights", "all"]
    assert sets["reference"] == {"missing": ["low end"], "weights": {"equal": [1, 1]}}
    assert sets["missing"] == {"missing": ["low end", "high end"], "weights": {"equal": [1, 1]}}
    assert sets["all"] == choices


def test_rank_table_has_the_columns_of_the_contract(study):
    choices = evidence_choices(study.component_names)
    table = rank_table(study.components, choices, replicates=20, seed=1)
    contract = ["choice_set", "cluster", "mean_rank", "rank_best", "rank_worst", "p_first"]
    assert list(table)[:6] == contract
    assert table["choice_set"].unique().tolist() == [
        *("reference", *choices, "all", "weights at random")
    ]
    assert (table.groupby("choice_set").size() == 11).all()
    assert (table["reason"] == "").all()
    assert table.equals(rank_table(study.components, choices, replicates=20, seed=1))
    reference = table.query("choice_set == 'reference'").set_index("cluster")
    assert reference["rank_best"].equals(reference["rank_worst"].rename("rank_best"))
    assert reference.loc["vologda-wood", "rank_best"] == 1


def test_a_set_that_is_refused_is_left_empty_with_its_reason():
    components = items({"x": ["present", "absent"]})
    table = rank_table(components, {"aggregation": ["geometric"]}, replicates=5, seed=1)
    assert table["mean_rank"].isna().all()
    assert table["reason"].str.contains("wants values above zero").all()
    assert table.groupby("choice_set")["refused"].first()["reference"] == 1


# sobol indices ---------------------------------------------------------------------------------


def by_anova(plan, output):
    """Decompose the variance by hand: first order from the means, total by leaving one out."""
    frame, rows = plan.assign(y=output), []
    for name in plan:
        others = [other for other in plan if other != name]
        between = frame.groupby(name)["y"].mean().var(ddof=0)
        known = frame.groupby(others)["y"].mean().var(ddof=0) if others else 0.0
        rows.append((between / frame["y"].var(ddof=0), 1 - known / frame["y"].var(ddof=0)))
    return rows


def test_sobol_of_a_known_function():
    # f = x + x z, x in {0, 1, 2}, z in {-1, 1}: four times 0, then 2 and 4, so Var f = 14 / 6.
    # E[f given x] = x varies by 2 / 3, E[f given z] = 1 + z by 1; the rest, 2 / 3, is both
    plan = enumerate_choices({"x": [0, 1, 2], "z": [-1, 1]})
    outputs = pd.DataFrame({"f": plan["x"] + plan["x"] * plan["z"]}, dtype=float)
    table = sobol_indices(plan, outputs).set_index("choice")
    assert table["variance"].tolist() == pytest.approx([7 / 3, 7 / 3])
    assert table["first_order"].tolist() == pytest.approx([2 / 7, 3 / 7])
    assert table["total"].tolist() == pytest.approx([4 / 7, 5 / 7])


def test_sobol_against_scipys_estimate_on_the_same_function():
    plan = enumerate_choices({"x": [0, 1, 2], "z": [0, 1], "w": [0, 1, 2, 3]})
    outputs = pd.DataFrame({"f": plan["x"] * (1 + plan["z"]) + 0.5 * plan["w"] ** 2}, dtype=float)
    table = sobol_indices(plan, outputs)

    def f(x):
        return np.atleast_2d(x[0] * (1 + x[1]) + 0.5 * x[2] ** 2)

    dists = [stats.randint(0, 3), stats.randint(0, 2), stats.randint(0, 4)]
    found = stats.sobol_indices(func=f, n=4096, dists=dists, rng=np.random.default_rng(1))
    assert table["first_order"].to_numpy() == pytest.approx(found.first_order.ravel(), abs=0.02)
    assert table["total"].to_numpy() == pytest.approx(found.total_order.ravel(), abs=0.02)


grids = st.lists(st.integers(2, 3), min_size=1, max_size=3).flatmap(
    lambda sizes: st.tuples(
        st.just(sizes),
        arrays(float, int(np.prod(sizes)), elements=st.integers(-4, 4).map(float)),
        st.randoms(use_true_random=False),
    )
)


@given(grids)
def test_sobol_identities(grid):
    sizes, output, random = grid
    plan = enumerate_choices({f"choice {i}": range(size) for i, size in enumerate(sizes)})
    order = random.sample(range(len(plan)), len(plan))  # in any order
    plan, output = plan.iloc[order].reset_index(drop=True), output[order]
    table = sobol_indices(plan, pd.DataFrame({"f": output}))
    if np.ptp(output) == 0:
        assert table[["first_order", "total"]].isna().all(axis=None)
        assert table["reason"].str.startswith("no variance").all()
        return
    assert table["reason"].eq("").all()
    assert table["first_order"].between(0, 1 + 1e-12).all()
    assert (table["first_order"] <= table["total"] + 1e-12).all()
    assert table["first_order"].sum() <= 1 + 1e-12
    assert table["total"].sum() >= 1 - 1e-12
    wanted = by_anova(plan, output)
    assert table[["first_order", "total"]].to_numpy() == pytest.approx(np.array(wanted))


@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=1, max_size=3))
def test_additive_functions_have_no_interaction(effects):
    plan = enumerate_choices({f"choice {i}": range(len(e)) for i, e in enumerate(effects)})
    output = sum(plan[f"choice {i}"].map(dict(enumerate(e))) for i, e in enumerate(effects))
    table = sobol_indices(plan, pd.DataFrame({"f": output}, dtype=float)).dropna()
    assert table["first_order"].to_numpy() == pytest.approx(table["total"].to_numpy())
    assert table.empty or table["first_order"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([0, 1, 2], "no full factorial of independent choices: x = 1, z = b is lacking"),
        ([0, 1, 2, 3, 3], "x = 1, z = b is there more than once"),
        ([0, 2], "one alternative only: nothing was varied"),
    ],
    ids=["a gap", "doubled", "one only"],
)
def test_where_sobol_indices_are_undefined_the_reason_is_said(rows, reason):
    plan = enumerate_choices({"x": [0, 1], "z": ["a", "b"]}).iloc[rows]
    table = sobol_indices(plan, pd.DataFrame({"f": np.arange(len(rows), dtype=float)}))
    undefined = table[table["reason"] != ""]
    assert undefined[["first_order", "total"]].isna().all(axis=None)
    assert undefined["reason"].str.contains(reason).all()
    assert set(undefined["choice"]) == ({"z"} if rows == [0, 2] else {"x", "z"})


def test_sobol_refuses_what_is_no_table_of_numbers():
    plan = enumerate_choices({"x": [0, 1]})
    with pytest.raises(ValueError, match="outputs has 1 rows for 2 combinations"):
        sobol_indices(plan, pd.DataFrame({"f": [1.0]}))
    with pytest.raises(ValueError, match="outputs has nan at row 1, column 'f'"):
        sobol_indices(plan, pd.DataFrame({"f": [1.0, None]}))
    with pytest.raises(ValueError, match="plan is empty"):
        sobol_indices(plan[:0], pd.DataFrame({"f": [1.0]}))
    with pytest.raises(ValueError, match="no alternative of 'x' in row 1"):
        sobol_indices(pd.DataFrame({"x": ["a", None]}), pd.DataFrame({"f": [1.0, 2.0]}))


def test_the_full_factorial_part_drops_what_is_refused_most(study):
    choices = evidence_choices(study.component_names)
    part, dropped = full_factorial_part(study.components, choices)
    assert dropped["alternative"].tolist() == ["geometric", "left out"]
    run = run_choices(study.components, part)
    assert run.refused.empty
    table = rank_sensitivity(run)
    assert table.loc[table["reason"] == "", "variance"].gt(0).all()
    assert table.loc[table["reason"] != "", "output"].empty  # no cluster keeps its rank throughout


def test_a_run_with_refusals_has_no_sobol_indices(study):
    table = rank_sensitivity(run_choices(study.components, evidence_choices(study.component_names)))
    assert table[["first_order", "total"]].isna().all(axis=None)
    assert table["reason"].str.contains("no full factorial").all()


def test_nothing_left_to_drop_is_said():
    with pytest.raises(ValueError, match="no alternative is left to drop: the geometric mean"):
        full_factorial_part({"a": matrix([[0], [1]])}, {"aggregation": ["geometric"]})


# statements ------------------------------------------------------------------------------------


def test_statements_by_hand():
    run = run_of([[3, 2, 1], [3, 2, 2], [2, 3, 1]])
    table = statements(run).set_index(["kind", "subject", "other"])
    assert table.index.tolist() == [
        *(("first", "c0", "all others"), ("first", "c1", "all others")),
        *(("ahead", "c0", "c1"), ("ahead", "c0", "c2"), ("ahead", "c1", "c2")),
    ]
    assert table["holds"].tolist() == [2, 1, 2, 3, 2]
    assert table["tied"].tolist() == [0, 0, 0, 0, 1]
    standing = ["under some"] * 3 + ["under every choice", "never reversed"]
    assert table["standing"].tolist() == standing
    assert table.loc[("ahead", "c0", "c1"), "fails_with"] == "data = 2"
    assert table["certainly"].isna().all()


def test_a_shared_first_place_is_one():
    table = statements(run_of([[2, 2, 1]])).query("kind == 'first'")
    assert table[["subject", "holds", "tied", "standing"]].to_numpy().tolist() == [
        ["c0", 1, 1, "under every choice"],
        ["c1", 1, 1, "under every choice"],
    ]
    assert statements(run_of([[1]]))["standing"].tolist() == ["under every choice"]


def test_statements_on_grades():
    grades = pd.Series(["high", "low", "low"], ["c0", "c1", "c2"])
    grades = grades.astype(pd.CategoricalDtype(["low", "middle", "high"], ordered=True))
    table = statements(run_of([[3, 2, 1], [2, 2, 1]]), grades).query("kind == 'grades'")
    assert table[["subject", "other", "holds", "tied", "standing"]].to_numpy().tolist() == [
        ["high", "low", 1, 1, "never reversed"]
    ]
    table = statements(run_of([[3, 2, 1], [2, 1, 1]]), grades).query("kind == 'grades'")
    assert table["standing"].tolist() == ["under every choice"]


@given(st.data())
def test_certainly_is_what_every_outcome_of_the_open_components_says(data):
    words = st.lists(st.sampled_from(STATUSES), min_size=3, max_size=3)
    components = items({name: data.draw(words) for name in "xy"})
    table = statements(run_choices(components, {"missing": ["low end", "high end"]}))
    low, high = evidence_bounds(components)
    ends = [sorted({*pair}) for pair in np.stack([low, high], axis=2).reshape(-1, 2)]
    outcomes = np.array(list(product(*ends))).reshape(-1, 3, 2).mean(axis=2)
    names = list(low.index)
    for row in table.itertuples():
        own = outcomes[:, names.index(row.subject)]
        if row.kind == "first":
            held = (own == outcomes.max(axis=1)).all()
        else:
            held = (own > outcomes[:, names.index(row.other)]).all()
        assert row.certainly == held


@pytest.mark.parametrize("own", [
    {"aggregation": {"pairs": "copeland"}},
    {"weights": {"my own": entropy}},
    {"normalisation": {"goalposts": percentile_rank}},
])  # fmt: skip
def test_nothing_is_sure_where_clusters_hang_on_each_other_whatever_the_name(own):
    components = items({"x": ["absent", "present"], "y": ["not reported", "present"]})
    ends = {"missing": ["low end", "high end"]}
    assert statements(run_choices(components, ends))["certainly"].notna().all()
    assert statements(run_choices(components, ends | own))["certainly"].isna().all()


def test_under_every_choice_is_less_than_certainly(study):
    table = statements(
        run_choices(study.components, {"missing": ["low end", "high end"]})
    ).set_index(["subject", "other"])
    row = table.loc[("penza-it", "omsk-agrobio")]
    assert (row["standing"], row["certainly"]) == ("under every choice", False)


def test_normalisations_and_weights_of_composite_can_be_named():
    assert set(NORMALISATIONS) - set(METHOD["normalisation"]) == {
        *("distance_to_reference", "distance_to_target")
    }
    assert list(alternatives({"weights": ["critic"]}, "weights").values()) == [WEIGHTS["critic"]]

"""Robustness of the integral indicator: against brute force, against COINr, and by its properties."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy

from analysis.composite import Settings, indicator_matrix, integral_indicator
from analysis.composite.chain.batch import batch_totals
from analysis.robustness import full_factorial_run, rank_sensitivity, ranks
from analysis.robustness.integral import (
    check_integral_choices,
    draw_element_weights,
    integral_choices,
    leave_one_out,
    rank_quantiles,
    rank_statements,
    run_integral_choices,
    run_random_weights,
)
from analysis.robustness.integral.rank_agreement import rank_rows, tau_b
from analysis.text import statements

FOLDER = Path(__file__).parents[2] / "reference" / "composite-chain"
NAMES = list("abcdef")


def matrix(gaps=0, units=9, seed=3):
    chance = np.random.default_rng(seed)
    cells = chance.gamma(2, 3, size=(units, len(NAMES))) + 1
    cells[0, 0] = 400  # something to treat
    cells.ravel()[chance.choice(cells.size, gaps, replace=False)] = np.nan
    data = pd.DataFrame(cells, columns=NAMES, index=[f"u{at}" for at in range(units)])
    about = pd.DataFrame(
        {
            "direction": ["up", "down", "up", "up", "down", "up"],
            "pillar": ["P", "P", "Q", "Q", "R", "R"],
            "weight": [1, 2, 1, 1, 3, 1],
        },
        index=NAMES,
    )
    pillars = pd.DataFrame(
        {"parent": ["S", "S", "", ""], "weight": [1, 3, 1, 2]}, index=list("PQRS")
    )
    return indicator_matrix(data, indicators=about, pillars=pillars)


CHOICES = {
    "treatment": ["none", "winsorise else log"],
    "gaps": ["low end", "high end", "renormalise", "median"],
    "normalisation": ["minmax", "zscore"],
    "weights": {"given": "given", "entropy": "entropy", "own": {"P": 5, "a": 3}},
    "aggregation": {
        "arithmetic": "arithmetic",
        "geometric": "geometric",
        "mixed": ["arithmetic", "geometric", "harmonic"],
        "copeland": "copeland",
    },
}


@pytest.fixture(scope="module")
def given():
    return matrix(gaps=5)


@pytest.fixture(scope="module")
def run(given):
    return run_integral_choices(given, CHOICES)


def test_every_combination_is_what_the_chain_gives_for_it_alone(given, run):
    scores = {tuple(row): run.scores[at] for at, row in enumerate(run.plan.to_numpy().tolist())}
    refused = {tuple(row[:-1]) for row in run.refused.to_numpy().tolist()}
    assert len(scores) + len(refused) == 2 * 4 * 2 * 3 * 4
    for labels in product(*CHOICES.values()):
        things = [
            CHOICES[step][label] if isinstance(CHOICES[step], dict) else label
            for step, label in zip(CHOICES, labels, strict=True)
        ]
        settings = dict(zip(CHOICES, things, strict=True)) | {"scale": (1, 100)}
        try:
            alone = integral_indicator(given, **settings).nodes.low[:, -1]
        except ValueError:
            assert labels in refused, labels
            continue
        if np.isnan(alone).any():
            assert labels in refused, labels
            continue
        np.testing.assert_allclose(scores[labels], alone, rtol=1e-12, err_msg=str(labels))


def test_what_makes_no_sense_is_listed_with_its_reason(run):
    reasons = run.refused.set_index(["gaps", "normalisation", "weights", "aggregation"])["reason"]
    assert (run.refused["reason"] != "").all()
    told = reasons.loc[("low end", "zscore", "given", "geometric")].iloc[0]
    assert "wants positive values" in told and "more)" in told
    told = reasons.loc[("renormalise", "minmax", "given", "copeland")].iloc[0]
    assert "wants every cell" in told


def test_an_interval_is_refused_by_name_and_unknown_steps_and_words_too(given):
    refused = run_integral_choices(given, {"gaps": ["interval", "median"]}).refused
    assert refused["reason"].tolist() == [
        "an interval is no single score: take 'low end' and 'high end' as two alternatives"
    ]
    with pytest.raises(KeyError, match="'weight'; allowed: treatment, gaps"):
        run_integral_choices(given, {"weight": ["equal"]})
    with pytest.raises(ValueError) as refusal:
        run_integral_choices(
            given, {"gaps": ["zero"], "normalisation": ["best"], "treatment": ["cut"]}
        )
    assert all(word in str(refusal.value) for word in ("'zero'", "'best'", "'cut'"))


def test_sobol_indices_are_those_of_brute_force(given):
    choices = {
        "gaps": ["low end", "high end", "median"],
        "weights": ["given", "equal"],
        "aggregation": ["arithmetic", "geometric", "harmonic"],
    }
    run = run_integral_choices(given, choices)
    table = rank_sensitivity(run).set_index(["output", "choice"])
    placed, plan = ranks(run).astype(float), run.plan
    for at, unit in enumerate(run.clusters):
        output = pd.Series(placed[:, at])
        for choice in choices:
            others = [name for name in choices if name != choice]
            means = output.groupby(plan[choice]).transform("mean")
            inner = output.groupby([plan[name] for name in others]).transform("mean")
            row = table.loc[(unit, choice)]
            if output.var(ddof=0) == 0:
                assert np.isnan(row["first_order"])
                continue
            variance = output.var(ddof=0)
            assert row["first_order"] == pytest.approx(means.var(ddof=0) / variance, abs=1e-12)
            total = ((output - inner) ** 2).mean() / variance
            assert row["total"] == pytest.approx(total, abs=1e-12)


def test_the_default_table_of_choices_runs_and_is_read_by_the_statements(given):
    run = run_integral_choices(given, integral_choices(given))
    assert len(run.plan) > 50
    assert set(statements(run)["kind"]) == {"first", "ahead"}
    assert list(rank_quantiles(run))[:9] == [
        *("cluster", "mean_rank", "median_rank", "rank_p05", "rank_p95"),
        *("rank_best", "rank_worst", "p_first", "p_first_alone"),
    ]


@pytest.mark.parametrize("gaps", ["low end", "renormalise"])
@pytest.mark.parametrize(
    "aggregation", ["arithmetic", "geometric", ["arithmetic", 0.5, "harmonic"]]
)
def test_a_batch_of_weights_is_what_the_chain_gives_one_by_one(gaps, aggregation):
    data = matrix(gaps=6)
    settings = {"gaps": gaps, "aggregation": aggregation, "scale": (1, 100), "min_coverage": 0.3}
    result = integral_indicator(data, **settings)
    draws = draw_element_weights(result.hierarchy, replicates=4, seed=5)
    run = run_random_weights(result, replicates=4, seed=5)
    for row, scores in zip(draws.to_numpy(), run.scores, strict=True):
        own = dict(zip(result.hierarchy.elements, row.tolist(), strict=True))
        alone = integral_indicator(data, weights=own, **settings).nodes.low[:, -1]
        known = ~np.isnan(alone)
        np.testing.assert_allclose(scores, alone[known], rtol=1e-12)


def test_a_flat_mean_of_a_hierarchy_is_its_nested_mean():
    data = matrix()
    result = integral_indicator(data, scale=(1, 100))
    tree = result.hierarchy
    shares = draw_element_weights(tree, replicates=3, seed=1).to_numpy()
    for exponent in (1.0, 0.0, -1.0, 0.5):
        flat = batch_totals(result.scaled.values, tree, shares, np.full(5, exponent))
        nested = batch_totals(
            result.scaled.values, tree, shares, np.full(5, exponent) * [1, 1, 1, 1, 1 + 1e-15]
        )
        np.testing.assert_allclose(flat, nested, rtol=1e-9)


def test_weights_drawn_at_random_are_seeded_and_centred_on_the_nominal_ones():
    tree = matrix().framework.hierarchy
    one, again = (draw_element_weights(tree, replicates=20000, seed=7).to_numpy() for _ in range(2))
    assert (one == again).all()
    error = one.std(axis=0) / np.sqrt(len(one))
    assert (np.abs(one.mean(axis=0) - tree.shares()) <= 5 * error + 1e-12).all()
    noisy = draw_element_weights(
        tree, replicates=500, seed=1, method="noise", noise=0.25
    ).to_numpy()
    share = tree.shares()
    assert ((noisy >= share * 0.75 / 1.25 - 1e-12) & (noisy <= share * 1.25 / 0.75 + 1e-12)).all()
    top = draw_element_weights(tree, replicates=5, seed=1, levels=[int(tree.level[-1])]).to_numpy()
    lower = [at for at, name in enumerate(tree.elements) if name not in ("R", "S")]
    assert (top[:, lower] == share[lower]).all() and np.ptp(top, axis=0).max() > 0


def test_dirichlet_of_concentration_one_is_uniform_over_all_weights():
    from analysis.composite.indicators.hierarchy import flat

    draws = draw_element_weights(flat(NAMES[:3]), replicates=40000, seed=2, concentration=1.0)
    # the share of draws with the first weight above one half: its corner is a quarter of the area
    assert (draws["a"] > 0.5).mean() == pytest.approx(0.25, abs=0.01)


def test_random_ranks_carry_standard_errors():
    run = run_random_weights(integral_indicator(matrix()), replicates=400, seed=3)
    table = rank_quantiles(run)
    placed = ranks(run)
    spread = placed.std(axis=0, ddof=1) / np.sqrt(400)
    assert table["mean_rank_se"].tolist() == pytest.approx(spread.tolist())
    assert (table["rank_p05"] <= table["median_rank"]).all()
    assert (table["median_rank"] <= table["rank_p95"]).all()


@pytest.fixture(scope="module")
def theirs():
    data = pd.read_csv(FOLDER / "input_data.csv").set_index("uCode")
    meta = pd.read_csv(FOLDER / "input_meta.csv").set_index("iCode")
    used = meta[meta["Type"].isin(["Indicator", "Denominator"])]
    words = {"direction": used["Direction"].map({1: "up", -1: "down"}), "weight": used["Weight"]}
    about = pd.DataFrame(words | {"pillar": used["Parent"], "denominator": used["Denominator"]})
    above = meta[meta["Type"] == "Aggregate"]
    pillars = pd.DataFrame({"parent": above["Parent"], "weight": above["Weight"]})
    screened = indicator_matrix(
        data[about.index],
        indicators=about,
        pillars=pillars,
        groups=data["Zone"],
        min_unit_coverage=0.65,
    )
    return integral_indicator(
        screened,
        gaps="group mean",
        treatment="winsorise else log",
        keep_failed=True,
        ties_together=True,
        mirrored=False,
    )


@pytest.mark.parametrize("level", [1, 2, 3])
def test_leave_one_out_gives_the_ranks_of_coinr(theirs, level):
    ours = leave_one_out(theirs)
    ranks_of = pd.read_csv(FOLDER / "remove" / f"level{level}_ranks.csv").set_index("uCode")
    shift = pd.read_csv(FOLDER / "remove" / f"level{level}_mean_abs_rank_change.csv")
    shift = shift.set_index("iCode")["MeanAbsDiff"].drop("Nominal")
    table = ours.table.set_index("left_out")
    for name in shift.index:
        assert ours.ranks[name].tolist() == ranks_of[name].tolist()
        assert table.loc[name, "mean_abs_rank_shift"] == pytest.approx(shift[name], rel=1e-12)
        tau = scipy.stats.kendalltau(ranks_of["Nominal"], ranks_of[name]).statistic
        assert table.loc[name, "tau_b"] == pytest.approx(tau, rel=1e-12)


def test_leaving_out_by_weight_is_leaving_out_of_the_data():
    data = matrix()
    fast = leave_one_out(integral_indicator(data))
    for name in NAMES:
        about = data.framework.indicators
        less = indicator_matrix(
            data.source, indicators=about, pillars=data.framework.pillars, leave_out=[name]
        )
        alone = integral_indicator(less).ranking["rank_best"].reindex(data.values.index)
        assert fast.ranks[name].tolist() == alone.tolist()


def test_weights_from_the_data_are_chosen_again_when_a_part_is_left_out():
    data = matrix()
    ours = leave_one_out(integral_indicator(data, weights="entropy"))
    less = indicator_matrix(
        data.source,
        indicators=data.framework.indicators,
        pillars=data.framework.pillars,
        leave_out=["c"],
    )
    alone = integral_indicator(less, weights="entropy").ranking["rank_best"]
    assert ours.ranks["c"].tolist() == alone.reindex(data.values.index).tolist()


def test_units_are_left_out_too_and_the_scale_is_made_anew():
    data = matrix()
    ours = leave_one_out(integral_indicator(data), kinds=("unit",))
    assert ours.table["kind"].unique().tolist() == ["unit"] and len(ours.table) == 9
    rest = indicator_matrix(
        data.source.drop(index="u0"),
        indicators=data.framework.indicators,
        pillars=data.framework.pillars,
    )
    alone = integral_indicator(rest).ranking["rank_best"]
    assert ours.ranks["u0"].drop("u0").tolist() == alone.reindex(data.values.index[1:]).tolist()
    assert ours.ranks.loc["u0", "u0"] is pd.NA


def test_the_only_indicator_cannot_be_left_out():
    data = indicator_matrix(pd.DataFrame({"a": [1.0, 2.0]}), direction="up")
    table = leave_one_out(integral_indicator(data)).table
    assert table["reason"].tolist() == ["nothing is left"]
    assert table["mean_abs_rank_shift"].isna().all()


def test_tau_b_is_that_of_scipy_with_and_without_ties():
    chance = np.random.default_rng(8)
    for top in (7, 300, 10**6):
        scores = chance.integers(0, top, size=(6, 290)).astype(float)
        placed = rank_rows(scores)
        wanted = [scipy.stats.kendalltau(placed[0], row).statistic for row in placed[1:]]
        assert tau_b(placed[0], placed[1:]).tolist() == pytest.approx(wanted, rel=1e-12)


def test_scores_that_differ_by_rounding_share_a_rank():
    assert rank_rows(np.array([[0.1 + 0.2, 0.3, 0.5]])).tolist() == [[2, 2, 1]]


def test_statements_say_where_a_unit_stands_in_so_many_combinations():
    data = pd.DataFrame({"a": [9.0, 5.0, 4.0, 1.0], "b": [9.0, 1.0, 4.0, 2.0]}, index=list("wxyz"))
    run = run_random_weights(integral_indicator(indicator_matrix(data, direction="up")), seed=1)
    told = rank_statements(run)
    assert told["sentence"].tolist()[:2] == [
        "w is first under every choice.",
        "w is in the upper half under every choice.",
    ]
    assert (told["share"] >= 0.9).all()


def test_draws_may_be_crossed_with_other_choices(given):
    draws = draw_element_weights(given.framework.hierarchy, replicates=30, seed=4)
    run = run_integral_choices(given, {"weights": draws, "aggregation": ["arithmetic", "copeland"]})
    assert run.drawn and len(run.plan) == 2 * 30 * 2  # both ends of the gaps
    assert rank_quantiles(run)["mean_rank_se"].gt(0).any()
    with pytest.raises(KeyError, match="weights lack"):
        run_integral_choices(given, {"weights": draws[["a", "b"]]})


def test_every_combination_can_be_listed_before_it_is_believed(given):
    plan = check_integral_choices(given, CHOICES)
    run = run_integral_choices(given, CHOICES)
    assert len(plan) == len(run.plan) + len(run.refused)
    assert (plan["reason"] == "").sum() == len(run.plan)


def test_what_is_not_a_choice_stays_as_the_settings_say(given):
    settings = Settings(aggregation="geometric", scale=(1, 100), gaps="median")
    run = run_integral_choices(given, {"weights": ["given", "equal"]}, settings)
    alone = integral_indicator(given, settings).nodes.low[:, -1]
    np.testing.assert_allclose(run.scores[0], alone, rtol=1e-12)


def test_a_run_with_refusals_is_reduced_to_a_full_factorial(given):
    run = run_integral_choices(given, CHOICES)
    part, dropped = full_factorial_run(run)
    assert len(dropped) and not rank_sensitivity(part)["reason"].str.startswith("no full").any()
    wanted = {name: part.plan[name].unique() for name in part.plan}
    assert len(part.plan) == np.prod([len(labels) for labels in wanted.values()])


def test_a_pillar_of_one_indicator_goes_with_it():
    chance = np.random.default_rng(12)
    data = pd.DataFrame(chance.normal(size=(20, 4)), columns=list("abcd"))
    about = pd.DataFrame({"direction": "up", "pillar": list("PQQR")}, index=list("abcd"))
    above = pd.DataFrame({"parent": ["S", "S", "", ""]}, index=list("PQRS"))
    result = integral_indicator(indicator_matrix(data, indicators=about, pillars=above))
    fast = leave_one_out(result)
    less = indicator_matrix(data, indicators=about, pillars=above, leave_out=["a"])
    wanted = integral_indicator(less).ranking["rank_best"].sort_index().tolist()
    assert fast.ranks["a"].tolist() == fast.ranks["P"].tolist() == wanted


def test_units_that_are_equal_are_not_each_in_the_upper_half():
    data = pd.DataFrame({"a": [2.0, 2.0, 2.0, 1.0]}, index=list("wxyz"))
    told = rank_statements(
        run_random_weights(integral_indicator(indicator_matrix(data, direction="up")), replicates=3)
    )
    assert told["sentence"].tolist() == [
        "w is first under every choice.",
        "x is first under every choice.",
        "y is first under every choice.",
        "z is in the lower half under every choice.",
        "z is last under every choice.",
    ]


def test_the_middle_of_an_odd_number_is_in_neither_half():
    data = pd.DataFrame({"x": [5.0, 4.0, 3.0, 2.0, 1.0]}, index=list("abcde"))
    told = rank_statements(run_integral_choices(indicator_matrix(data, direction="up"), {}))
    halves = told[told["statement"].str.contains("half")].groupby("statement")["cluster"].agg(list)
    assert halves.to_dict() == {"in the upper half": ["a", "b"], "in the lower half": ["d", "e"]}


def test_an_order_of_equals_alone_has_no_tau_and_says_so():
    data = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [3.0, 2.0, 1.0], "z": [1.0, 5.0, 9.0]})
    data.index = list("abc")
    table = leave_one_out(integral_indicator(indicator_matrix(data, direction="up"))).table
    row = table.set_index("left_out").loc["z"]
    assert np.isnan(row["tau_b"])
    assert row["reason"] == "all ranks of one order are equal: no tau-b"


def test_a_single_open_cell_is_not_one_of_several():
    data = pd.DataFrame({"x": [1.0, 2.0, np.nan], "y": [3.0, 2.0, 5.0]}, index=list("abc"))
    matrix_of = indicator_matrix(data, direction="up")
    for gaps, words in ((1, "of unit 'c' is open: fill"), (2, "and 1 more are open: fill")):
        values = data.assign(y=[3.0, 2.0, 5.0 if gaps == 1 else np.nan])
        matrix_of = indicator_matrix(values.assign(z=[1.0, 2.0, 4.0]), direction="up")
        with pytest.raises(ValueError, match=words):
            integral_indicator(matrix_of, Settings(aggregation="copeland"))

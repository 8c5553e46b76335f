"""The integral indicator of a study's numbers as files: every step, diagnostics, pictures."""

from functools import partial

import pandas as pd

from analysis.charts.integral import no_chart
from analysis.composite import (
    NORMALISATIONS,
    benefit_of_the_doubt,
    cronbach_alpha,
    eigenvalues,
    loadings,
    minmax,
    outranking,
)
from analysis.composite.chain.coherence import indicator_correlations, indicator_weights
from analysis.composite.chain.of_study import study_integral
from analysis.explore import integral_views as views
from analysis.explore.integral_trials import try_ranking
from analysis.robustness import (
    full_factorial_run,
    integral_choices,
    leave_one_out,
    rank_quantiles,
    rank_sensitivity,
    run_integral_choices,
    run_random_weights,
)
from analysis.text import titles
from analysis.tidy.wording import counted
from pipeline.outputs.canonical import write_csv
from pipeline.outputs.figures import one_at_a_time, save, source_line

# tables over units with complete values, and their columns where there are too few of these
OF_COMPLETE = {
    "alpha": (cronbach_alpha, ["deleted", "correlation_with_total", "alpha", "reason"]),
    "eigenvalues": (eigenvalues, ["component", "eigenvalue", "variance_pct", "cumulative_pct"]),
    "loadings": (lambda data: loadings(data).rename_axis("indicator").reset_index(), ["indicator"]),
}
MAX_PAIRED = 100  # units: of more, a table of all pairs would be the largest file of all


def scores(study, folder):
    """Scores and ranks of the total and each pillar, every step, treatment and weights."""
    result = study_integral(study)
    write_csv(folder / "integral.csv", result.scores)
    write_csv(folder / "integral_steps.csv", result.steps)
    write_csv(folder / "integral_treatment.csv", result.treatment)
    weights = result.weights.join(indicator_weights(result).drop(columns=["pillar", "nominal"]))
    write_csv(folder / "integral_weights.csv", weights.reset_index())


def diagnostics(study, folder):
    """Correlations of the indicators, and their reliability over units with complete values."""
    result = study_integral(study)
    values = result.table("treated").dropna()
    better = values * [1 if way == "up" else -1 for way in result.matrix.framework.directions]
    varied = better.loc[:, better.nunique() > 1]
    enough = len(varied) > 2 and varied.shape[1] > 1
    write_csv(folder / "integral_correlations.csv", indicator_correlations(result))
    for name, (table, columns) in OF_COMPLETE.items():
        rows = table(varied) if enough else pd.DataFrame(columns=columns)
        write_csv(folder / f"integral_{name}.csv", rows)
    write_csv(folder / "integral_normalisations.csv", normalisations(better if enough else values))
    shares = result.settings.shares
    if enough:
        write_csv(folder / "integral_benefit.csv", _benefit(minmax(varied), shares))
    else:
        write_csv(folder / "integral_benefit.csv", pd.DataFrame(columns=["cluster", "score"]))
    few = better.head(0 if len(better) > MAX_PAIRED else None)
    shares = outranking(few) if len(few) else pd.DataFrame()
    shares = shares.rename_axis(index="cluster", columns="over").stack().rename("share")
    write_csv(folder / "integral_outranking.csv", shares.reset_index())


def _benefit(values, shares):
    """Judge each unit by the weights that suit it best, within their least and greatest share."""
    scores = benefit_of_the_doubt(values, low=shares[0], high=shares[1]).scores
    return scores.rename("score").rename_axis("cluster").reset_index()


def normalisations(values):
    """Every indicator on every scale: one row per unit and indicator, one column per scale."""
    columns, varied = {}, values.loc[:, values.nunique() > 1]
    for name, scale in NORMALISATIONS.items():
        for part in (values, varied):  # an indicator without a range has no place on some scales
            try:
                columns[name] = scale(part).rename_axis("cluster").stack()
                break
            except (TypeError, ValueError):  # wants a reference, or cannot take these values
                continue
    if "percentile_rank" in columns:  # as books print it
        columns["percentile_rank_pct"] = 100 * columns["percentile_rank"]
    if not columns:
        return pd.DataFrame(columns=["cluster", "indicator"])
    table = pd.DataFrame(columns)
    return table.rename_axis(["cluster", "indicator"]).reset_index()


def robustness(study, folder):
    """Ranks over every combination of choices and over random weights, Sobol indices, one less."""
    result = study_integral(study)
    run = run_integral_choices(result.matrix, integral_choices(result.matrix))
    part, _ = full_factorial_run(run)
    write_csv(folder / "integral_ranks.csv", rank_quantiles(run))
    write_csv(folder / "integral_sensitivity.csv", rank_sensitivity(part))
    write_csv(folder / "integral_random_weights.csv", rank_quantiles(run_random_weights(result)))
    write_csv(folder / "leave_one_out.csv", leave_one_out(result).table)


def figures(study, folder):
    """Scores, ranks, what scores are made of, normalised values, weights: each with its data."""
    result = study_integral(study)
    carried = views.carried_weights(result)
    low, high = result.contributions
    parts = low.stack().rename("low").to_frame().assign(high=high.stack())
    trials, names = try_ranking(result), study.nouns
    shares, parts_of = views.rank_shares(result, trials), views.contributions(result)
    source = source_line(study, counted(len(result.matrix.values), *names))
    total = len(trials.run.plan) if trials.run else 0
    pictures = {
        "scores": (views.scores_chart, titles.ranking_title(result), result.ranking),
        "ranks": (
            views.ranks_chart,
            titles.certain_ranks_title(result.ranking, names),
            result.ranking,
        ),
        "contributions": (
            views.contributions_chart,
            titles.contributions_title(parts_of[0]) if parts_of else "",
            parts.rename_axis(["cluster", "indicator"]),
        ),
        "normalised": (
            views.normalised_chart,
            titles.normalised_title(result),
            result.normalised.rename_axis("cluster"),
        ),
        "weights": (
            partial(views.weights_chart, carried),
            titles.weights_title(carried),
            carried.rename_axis("indicator"),
        ),
        "rank-shares": (
            partial(views.rank_shares_chart, trials=trials),
            titles.trials_title(shares, total),
            trials.ranks,
        ),
        "random-weights": (
            partial(views.random_ranks_chart, trials=trials),
            titles.random_ranks_title(trials.random),
            trials.random,
        ),
        "leave-one-out": (
            partial(views.leave_one_out_chart, trials=trials),
            titles.leave_one_out_title(trials.left_out),
            trials.left_out,
        ),
    }
    for name, (draw, title, data) in pictures.items():
        with one_at_a_time:
            ax = draw(result, title=title) or no_chart("Not defined for these choices and values.")
            save(folder, f"integral-{name}", ax.figure, data.reset_index(), source)

"""The tables a study's results hold, each written by the call that the notebooks make too."""

from functools import lru_cache
from importlib import import_module

import pandas as pd

from analysis.comparative.convergence import catching_up, spread_over_time
from analysis.comparative.evidence import evidence_bounds
from analysis.comparative.unit_ranks import indicator_ranks
from analysis.composite import evidence_score
from analysis.index.aggregates import aggregate_dynamics
from analysis.index.base_and_chain import index_table
from analysis.index.decomposition import factor_splits
from analysis.index.indicator_ratios import ratios
from analysis.robustness.choices import evidence_choices
from analysis.robustness.rank_distributions import rank_table
from analysis.study.loading import load_study
from analysis.text.open_questions import questions
from analysis.text.printed_tables import study_tables
from analysis.trend.growth import growth_table
from analysis.trend.mann_kendall_test import trend_table
from analysis.trend.mean_growth import growth_summary
from article.audit import audit
from article.sensitivity import sensitivity
from article.tables import TITLES, verify
from pipeline.build.file_state import file_state
from pipeline.outputs.canonical import write_csv
from pipeline.outputs.claims import claims_of
from pipeline.outputs.formats import write_table, write_workbook
from pipeline.outputs.verification import verify_files


def write_result(places, target):
    """Write one entry of `graph.toml`: call its function (study, folder)."""
    module, _, function = target.partition(":")
    files = tuple((path, *file_state(path)) for path in sorted(places.processed.iterdir()))
    getattr(import_module(module), function)(_study(places.processed, files), places.results)


@lru_cache(maxsize=1)
def _study(folder, files):
    """Load a study, once for all steps that one process takes while its files stay as they are."""
    return load_study(folder)


def tables(study, folder):
    """Tables as printed, each in four forms, and all of them in one workbook."""
    titles = {f"table{number}": title for number, title in TITLES.items()}
    made = study_tables(study)
    for name, (title, frame) in made.items():
        title = titles.get(name, title) if study.has("claims") else title
        write_table(folder / "tables", name, frame, title, {"cluster": study.unit_noun})
    sheets = {
        name: frame.rename(columns={"cluster": study.unit_noun})
        for name, (_, frame) in made.items()
    }
    write_workbook(folder / "tables" / "tables.xlsx", sheets)


def verification(study, folder):
    """Every published value beside the regenerated one."""
    if study.has("published.file"):
        write_csv(folder / "verification.csv", verify_files(study.published, folder))
    else:
        write_csv(folder / "verification.csv", verify(study))


def growth(study, folder):
    """Growth on the previous year and on the base year, and a summary of each series."""
    write_csv(folder / "growth.csv", growth_table(study.series))
    write_csv(folder / "growth_summary.csv", growth_summary(study.series))


def trends(study, folder):
    """Mann-Kendall and Sen's slope for every series."""
    write_csv(folder / "trends.csv", trend_table(study.series))


def indices(study, folder):
    """Index numbers of every series, of each cluster's series together, and ratios taken apart."""
    base = study.years[0]
    aggregate, _ = aggregate_dynamics(study.series, base, indicators=study.indicators)
    kinds = [index_table(study.series), aggregate, factor_splits(study.series, study.indicators)]
    write_csv(folder / "indices.csv", pd.concat(kinds, ignore_index=True))


def composite(study, folder):
    """Evidence score and rank of every cluster, as intervals."""
    scores = evidence_score(*evidence_bounds(study.components), weights=study.component_weights)
    columns = ["score_low", "score_high", "rank_best", "rank_worst", "grade", "coverage"]
    scores = scores.assign(grade=study.clusters["grade"])[columns]
    scores = scores if study.grades else scores.drop(columns="grade")
    write_csv(folder / "composite.csv", scores.rename_axis("cluster").reset_index())


def ranks(study, folder):
    """Ranks of every cluster over sets of choices, one at a time and all together."""
    choices = evidence_choices(study.components["component"].unique(), study.component_weights)
    write_csv(folder / "ranks.csv", rank_table(study.components, choices))


def claims(study, folder):
    """Every claim with its verdict, rule, statistic and sentence."""
    write_csv(folder / "claims.csv", claims_of(study))


def audit_ledger(study, folder):
    """The places where the article is at odds with itself, and where it delivers."""
    write_csv(folder / "audit.csv", audit(study))


def sensitivities(study, folder):
    """Sensitivity to each raw value: the published values and claims that change with it."""
    write_csv(folder / "sensitivity.csv", sensitivity(study))


def open_questions(study, folder):
    """What to ask each cluster for."""
    write_csv(folder / "questions.csv", questions(study))


def indicator_ratios(study, folder):
    """One indicator per unit of another, and new ones per unit of another."""
    write_csv(folder / "ratios.csv", ratios(study.series, study.indicators))


def ranks_of_indicators(study, folder):
    """The rank of each unit in each indicator and year, among all with a value."""
    ranks = indicator_ranks(study.series, study.directions)
    write_csv(folder / "indicator_ranks.csv", ranks)


def convergence(study, folder):
    """Dispersion of the units by year, and convergence."""
    write_csv(folder / "spread.csv", spread_over_time(study.series))
    write_csv(folder / "catching_up.csv", catching_up(study.series))

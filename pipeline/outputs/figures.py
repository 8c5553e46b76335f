"""The pictures of a study as files: svg, png and, beside them, the data that each shows."""

import threading
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt

from analysis.charts import rows as charts
from analysis.charts.panels import series_panels
from analysis.comparative.evidence import component_status, evidence_bounds
from analysis.comparative.indicator_sets import criteria_coverage
from analysis.comparative.scale import regional_scale
from analysis.composite import evidence_score
from analysis.index.base_and_chain import index_table
from analysis.robustness.choices import evidence_choices
from analysis.robustness.enumeration import run_choices
from analysis.robustness.rank_distributions import rank_distribution
from analysis.text import findings
from article.claims import words
from article.claims.ledger import ledger
from pipeline.outputs.canonical import replacing, write_csv

# the same pictures, whatever style the user has
matplotlib.rcdefaults()
matplotlib.rc_file(Path(__file__).with_name("matplotlibrc"))
matplotlib.use("agg")  # files only: no window, whatever the machine has

FORMS = {  # without the date and the version, which would change the bytes
    "svg": {"metadata": {"Date": None}},
    "png": {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 1}},
}
_one_at_a_time = threading.Lock()  # pyplot keeps its figures in one place


def save(folder, name, figure, data):
    """Write a figure as NAME.svg and NAME.png with its data as NAME.csv, the same bytes twice."""
    with matplotlib.rc_context({"svg.hashsalt": name}):
        for kind, options in FORMS.items():
            with replacing(folder / "figures" / f"{name}.{kind}") as part:
                figure.savefig(part, format=kind, dpi=150, **options)
    plt.close(figure)
    write_csv(folder / "figures" / f"{name}.csv", data)


def component_matrix(study, folder):
    """What is said of every component of every cluster."""
    summed = component_status(study.components)
    with _one_at_a_time:
        ax = charts.component_matrix(summed, grades=study.clusters["grade"])
        save(folder, "component-matrix", ax.figure, summed)


def evidence_scores(study, folder):
    """The evidence score of every cluster, as an interval."""
    scores = evidence_score(*evidence_bounds(study.components))
    ends = scores.rename(columns={"score_low": "low", "score_high": "high"})
    with _one_at_a_time:
        title = findings.scores_title(scores)
        grades = study.clusters["grade"]
        ax = charts.interval_dots(ends, label="evidence score", groups=grades, title=title)
        save(folder, "evidence-score", ax.figure, scores.rename_axis("cluster").reset_index())


def rank_shares(study, folder):
    """How often each cluster has each rank, over all combinations of choices."""
    run = run_choices(study.components, evidence_choices(study.components["component"].unique()))
    shares = rank_distribution(run)
    with _one_at_a_time:
        title = f"Ranks over {len(run.plan)} combinations of choices"
        ax = charts.rank_matrix(shares, grades=study.clusters["grade"], title=title)
        save(folder, "rank-distribution", ax.figure, shares)


def indicator_tables(study, folder):
    """The series of each table of indicators, targets drawn as targets."""
    for number, cells in study.series.groupby("table"):
        with _one_at_a_time:
            save(folder, f"table{number}", series_panels(cells), cells)


def base_indices(study, folder):
    """Base indices of every series that has one; a gap in it stays a gap."""
    key = ["cluster", "indicator", "year"]
    indices = index_table(study.series)[[*key, "base_year", "base_index"]]
    drawn = study.series.merge(indices, on=key)
    drawn = drawn[drawn.groupby(key[:2])["base_index"].transform("count") > 0]
    with _one_at_a_time:
        figure = series_panels(drawn, value="base_index", base="base_year", columns=4)
        save(folder, "base-index", figure, drawn[[*key, "base_year", "base_index", "standing"]])


def criteria(study, folder):
    """How many indicators serve each quantitative criterion, cluster by cluster."""
    wanted = study.criteria.query("kind == 'quantitative'")["criterion"]
    coverage = criteria_coverage(study.series, wanted, clusters=study.clusters.index)
    with _one_at_a_time:
        ax = charts.coverage_matrix(coverage, title=findings.coverage_title(coverage))
        save(folder, "criteria-coverage", ax.figure, coverage)


def against_the_region(study, folder):
    """First and last value of each series that can be held against its region."""
    scale = regional_scale(study.series, study.clusters, study.indicators, study.context)
    with _one_at_a_time:
        ax = charts.regional_scale(scale)
        save(folder, "regional-scale", ax.figure, scale)


def claims_by_section(study, folder):
    """How many claims of each section have which verdict."""
    claims = ledger(study)
    counts = words.by_section(claims)
    with _one_at_a_time:
        ax = charts.count_matrix(counts, title=words.tally_title(claims))
        save(folder, "claims-by-section", ax.figure, counts.reset_index())

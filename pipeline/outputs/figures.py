"""The pictures of a study as files: svg, png and, beside them, the data that each shows."""

import threading
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt

from analysis.charts import intervals, matrices
from analysis.charts.panels import series_panels
from analysis.charts.picture import with_source
from analysis.comparative.evidence import component_status, evidence_bounds
from analysis.comparative.indicator_sets import criteria_coverage
from analysis.comparative.scale import INSIGNIFICANT, regional_scale
from analysis.composite import evidence_score
from analysis.index.base_and_chain import index_table
from analysis.robustness.choices import evidence_choices
from analysis.robustness.enumeration import run_choices
from analysis.robustness.rank_distributions import rank_distribution
from analysis.text import conclusions, findings
from analysis.tidy.wording import counted
from article.claims import words
from pipeline.outputs.canonical import replacing, write_csv
from pipeline.outputs.claims import claims_of

# the same pictures, whatever style the user has
matplotlib.rcdefaults()
matplotlib.rc_file(Path(__file__).with_name("matplotlibrc"))
matplotlib.use("agg")  # files only: no window, whatever the machine has

FORMS = {  # without the date and the version, which would change the bytes
    "svg": {"metadata": {"Date": None}},
    "png": {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 1}},
}
one_at_a_time = threading.Lock()  # pyplot keeps its figures in one place


def save(folder, name, figure, data, source=""):
    """Write a figure as NAME.svg and NAME.png with its data as NAME.csv, the same bytes twice.

    `source` is a line below it: where the facts come from, and how many there are.
    """
    drawn = with_source(figure, source)
    with matplotlib.rc_context({"svg.hashsalt": name}):
        for kind, options in FORMS.items():
            with replacing(folder / "figures" / f"{name}.{kind}") as part:
                figure.savefig(part, format=kind, dpi=150, bbox_inches=drawn, **options)
    plt.close(figure)
    write_csv(folder / "figures" / f"{name}.csv", data)


def source_line(study, many, place=""):
    """Say where the facts of a picture come from, and how many there are."""
    works = "; ".join(study.sources[:2]) or study.title
    return f"Source: {works}{place and f', {place}'}. n = {many}."


def _clusters(study):
    return study.counted(len(study.clusters))


def _coded(study):
    """Say where the components were coded from, where the source prints tables."""
    return "Table 1, coded" if study.has("published.table") else ""


def component_matrix(study, folder):
    """What is said of every component of every cluster."""
    summed = component_status(study.components)
    low, _ = evidence_bounds(study.components)
    grades = study.named(study.published_grades)
    with one_at_a_time:
        title = findings.components_title(low)
        ax = matrices.component_matrix(study.named(summed), grades=grades, title=title)
        source = source_line(study, _clusters(study), _coded(study))
        save(folder, "component-matrix", ax.figure, summed, source)


def evidence_scores(study, folder):
    """The evidence score of every cluster, as an interval."""
    scores = evidence_score(*evidence_bounds(study.components), weights=study.component_weights)
    ends = scores.rename(columns={"score_low": "low", "score_high": "high"})
    grades = study.named(study.published_grades)
    with one_at_a_time:
        title = findings.scores_title(study.named(scores))
        ends = study.named(ends)
        ax = intervals.interval_dots(ends, label="evidence score", groups=grades, title=title)
        source = source_line(study, _clusters(study), _coded(study))
        table = scores.rename_axis("cluster").reset_index()
        save(folder, "evidence-score", ax.figure, table, source)


def rank_shares(study, folder):
    """How often each cluster has each rank, over all combinations of choices."""
    names = study.components["component"].unique()
    run = run_choices(study.components, evidence_choices(names, study.component_weights))
    shares = rank_distribution(run)
    grades = study.named(study.published_grades)
    with one_at_a_time:
        title = conclusions.ranks_title(study.named(shares), len(run.plan))
        ax = matrices.rank_matrix(study.named(shares), grades=grades, title=title)
        source = source_line(study, _clusters(study), _coded(study))
        save(folder, "rank-distribution", ax.figure, shares, source)


def indicator_tables(study, folder):
    """The series of each table of indicators, targets drawn as targets; of all without tables."""
    if not study.has("series.table"):
        named, many = study.named(study.series), int(study.series["value"].count())
        source, title = source_line(study, counted(many, "value")), findings.table_title(named)
        with one_at_a_time:
            save(folder, "indicators", series_panels(named, title=title), study.series, source)
    for number, cells in study.series.groupby("table"):
        named = study.named(cells)
        title = findings.table_title(named)
        source = source_line(
            study, counted(int(cells["value"].count()), "value"), f"Table {number}"
        )
        with one_at_a_time:
            save(folder, f"table{number}", series_panels(named, title=title), cells, source)


def base_indices(study, folder):
    """Base indices of every series that has more than its base; a gap in it stays a gap."""
    key = ["cluster", "indicator", "year"]
    indices = index_table(study.series)[[*key, "base_year", "base_index"]]
    drawn = study.series.merge(indices, on=key)
    drawn = drawn[drawn.groupby(key[:2])["base_index"].transform("count") > 1]
    look = {"value": "base_index", "base": "base_year", "columns": 3, "shared": True}
    source = source_line(study, counted(int(drawn["base_index"].count()), "value"))
    with one_at_a_time:
        figure = series_panels(study.named(drawn), title=findings.index_title(drawn), **look)
        table = drawn[[*key, "base_year", "base_index", "standing"]]
        save(folder, "base-index", figure, table, source)


def criteria(study, folder):
    """How many indicators serve each quantitative criterion, cluster by cluster."""
    wanted = study.criteria.query("kind == 'quantitative'")["criterion"]
    coverage = criteria_coverage(study.series, wanted, clusters=study.clusters.index)
    title = findings.coverage_title(coverage)
    with one_at_a_time:
        ax = matrices.coverage_matrix(study.named(coverage), title=title)
        save(folder, "criteria-coverage", ax.figure, coverage, source_line(study, _clusters(study)))


def against_the_region(study, folder):
    """First and last value of each series that can be held against its region."""
    scale = regional_scale(study.series, study.clusters, study.indicators, study.context)
    title = findings.scale_title(scale, INSIGNIFICANT)
    source = source_line(study, counted(int(scale["share_low_pct"].count()), "comparison"))
    with one_at_a_time:
        ax = intervals.regional_scale(study.named(scale), threshold=INSIGNIFICANT, title=title)
        save(folder, "regional-scale", ax.figure, scale, f"{source} Regional figures: see the csv.")


def claims_by_section(study, folder):
    """How many claims of each section have which verdict."""
    claims = claims_of(study)
    counts = words.by_section(claims)
    with one_at_a_time:
        ax = matrices.count_matrix(counts, title=words.tally_title(claims))
        source = source_line(study, counted(len(claims), "claim"))
        save(folder, "claims-by-section", ax.figure, counts.reset_index(), source)

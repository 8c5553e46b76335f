"""How the article grades, counts and omits: grades, units, missing values, targets."""

from itertools import combinations

import pandas as pd

from analysis.comparative.evidence import MISSING_STATUSES, component_matrix
from analysis.comparative.grading import equal_evidence_pairs
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, number
from analysis.trend.mean_growth import growth_summary
from analysis.trend.target_arithmetic import passing
from article.audit.registry import item
from article.claims.reading import (
    JOBS,
    component,
    coverage,
    printed,
    published_grades,
    scores,
)
from article.claims.registry import NoData

TABLE_1 = ("clusters", "components")
DASH = "-"  # how the article prints a value that it does not have


@item(
    "A21",
    kind="graded against evidence",
    place_a="Table 1, Note",
    says_a="The Novgorod information technology cluster is graded above that of Pestovo.",
    place_b="Table 1, components",
    says_b="It tells the same of both: coordinator, the same services, projects unknown.",
    notebook="01-institutional-components#do-the-grades-follow",
    uses=TABLE_1,
)
def unequal_twins(study):
    """Pairs of clusters with equal evidence and unequal grade."""
    graded = published_grades(study)
    pairs = equal_evidence_pairs(component_matrix(study.components).loc[graded.index], graded)
    texts = [f"{p.cluster} ({p.grade}) and {p.other} ({p.other_grade})" for p in pairs.itertuples()]
    return (
        f"{counted(len(pairs), 'pair')} of clusters",
        f"Equal in every component, unequal in grade: {listed(texts)}. What made the difference is "
        "not printed.",
    )


@item(
    "A22",
    kind="graded against evidence",
    place_a="Results, after Table 1",
    says_a="The level can be judged by which components are there.",
    place_b="Table 1, Note",
    says_b="Three grades, without a rule that leads from components to grade.",
    notebook="01-institutional-components#do-the-grades-follow",
    uses=TABLE_1,
)
def order_of_grades(study):
    """Pairs of unequal grade whose order the evidence settles."""
    codes = published_grades(study).cat.codes
    scored = scores(study).loc[codes.index]
    unequal = [sorted(pair, key=codes.get) for pair in combinations(scored.index, 2)
               if codes[pair[0]] != codes[pair[1]]]  # fmt: skip
    low, high = scored["score_low"], scored["score_high"]
    settled = sum(high[lower] < low[upper] for lower, upper in unequal)
    against = sum(low[lower] > high[upper] for lower, upper in unequal)
    return (
        f"{settled} of {len(unequal)} pairs of unequal grade",
        "In so many pairs the higher grade goes with certainly more evidence, all components "
        "counted "
        f"alike; in {against} with certainly less; in the other {len(unequal) - settled - against} "
        "the unreported cells could change the order.",
    )


@item(
    "A23",
    kind="graded against evidence",
    place_a="Table 1, Note",
    says_a="Several clusters are graded insufficient.",
    place_b="Table 1, components",
    says_b="Of these it says less than of the others.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=TABLE_1,
)
def graded_in_silence(study):
    """Open cells of the clusters with the lowest grade."""
    graded = published_grades(study)
    lowest = graded.index[graded == study.grades[0]]
    if not len(lowest):
        raise NoData(f"cluster graded {study.grades[0]}")
    matrix = component_matrix(study.components)
    opened = matrix.isin(MISSING_STATUSES)
    below, rest = opened.loc[lowest].to_numpy(), opened.drop(lowest).to_numpy()
    beside = f"{int(rest.sum())} of {rest.size} cells" if rest.size else "no cell"
    return (
        f"{int(below.sum())} of {below.size} cells not reported or unknown",
        f"Among the clusters with a higher grade it is {beside}. A low grade may thus say that "
        "little is there, or that little is told; the article does not keep the two apart.",
    )


@item(
    "A24",
    kind="units",
    place_a="Tables 3 and 4",
    says_a="High-performance jobs are counted in people.",
    place_b="Table 2",
    says_b="They are a share of workplaces.",
    notebook="02-quantitative-indicators#what-is-counted-and-in-what",
    uses=("series",),
)
def jobs_in_people(study):
    """Rows on jobs by unit."""
    rows = printed(study)
    jobs = rows[rows["concept"] == JOBS]
    units = [f"{unit} ({count})" for unit, count in jobs["unit"].value_counts().items()]
    return (
        f"{int((jobs['unit'] == 'people').sum())} of {len(jobs)} rows on jobs are in people",
        f"Units of the rows: {listed(units)}. People and jobs agree only if each job is filled by "
        "one person; without the workplaces a share cannot be turned into either.",
    )


@item(
    "A25",
    kind="units",
    place_a="Tables 2-4",
    says_a="Most rows name their unit.",
    place_b="Table 2",
    says_b="Some rows name none, one of them with a word that reads like a slip.",
    notebook="02-quantitative-indicators#what-is-counted-and-in-what",
    uses=("indicators",),
)
def units_missing(study):
    """Rows whose unit is not printed."""
    ours = study.indicators[study.indicators["unit_is_ours"]]
    slips = ours.index[ours["label_reading"].str.contains("[sic", regex=False, na=False)]
    return (
        f"{len(ours)} of {len(study.indicators)} rows",
        f"Without a unit in print: {listed(ours.index)}; we read {listed(ours['unit'].unique())}. "
        f"With a slip in the label: {listed(slips)}.",
    )


@item(
    "A26",
    kind="missing values",
    place_a="Table 1",
    says_a="Some cells say that there is nothing, some that it is not known.",
    place_b="Table 1",
    says_b="Other cells say nothing on a component, and nothing tells how to read that.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=("components",),
)
def ways_to_be_missing(study):
    """Cells of cluster and component by the way in which they lack a component."""
    counts = component_matrix(study.components).stack().value_counts()
    lacking = ("absent", "unknown", "not reported")
    ways = [f"{status} {int(counts.get(status, 0))}" for status in lacking]
    return (
        f"{listed(ways)} of {int(counts.sum())} cells",
        "Read as no, as perhaps or as open, they give different scores and ranks; which reading "
        "the grades rest on is not told.",
    )


@item(
    "A27",
    kind="missing values",
    place_a="Table 2",
    says_a="What does not exist yet is printed as zero.",
    place_b="Table 4",
    says_b="What is not told is printed as a dash, which is not explained.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("published",),
)
def zeros_and_dashes(study):
    """Zeros and dashes in print."""
    shown = study.published["published"]
    zeros = study.published[pd.to_numeric(shown, errors="coerce") == 0]
    dashes = study.published[shown == DASH]
    return (
        f"{counted(len(zeros), 'zero', 'zeros')} and {counted(len(dashes), 'dash', 'dashes')}",
        f"Zeros in table {listed(zeros['table'].unique())}, dashes in table "
        f"{listed(dashes['table'].unique())}. A zero is a value and enters growth as one; a dash "
        "is a gap. We keep them apart; the article does not say whether its readers should.",
    )


@item(
    "A28",
    kind="missing values",
    place_a="Results, after Table 1",
    says_a="In several regions no services are rendered to the members.",
    place_b="Table 1",
    says_b="It says so of one cluster; on others it says nothing.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=("components",),
)
def silence_read_as_no(study):
    """Clusters of which services are denied, and those on which the table says nothing."""
    services = component(study, "services")
    denied, silent = (services.index[services == word] for word in ("absent", "not reported"))
    return (
        f"denied for {counted(len(denied), 'cluster')}, not reported for {len(silent)}",
        f"Denied: {listed(denied)}; not reported: {listed(silent)}. The text holds for "
        "several regions "
        "only if what is not reported counts as no.",
    )


@item(
    "A29",
    kind="missing values",
    place_a="Method",
    says_a="For want of information some indicators cannot be computed for some clusters.",
    place_b="Abstract",
    says_b="A low level of innovative activity was found.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def thin_evidence(study):
    """Cells of cluster and criterion without a number."""
    cells = coverage(study)
    empty = int((~cells).to_numpy().sum())
    return (
        f"{empty} of {cells.size} cells without any number",
        "An empty cell says that little is printed. It does not say that little is done: the "
        "finding needs a level, and something to compare it with, and neither is printed.",
    )


@item(
    "A30",
    kind="targets as dynamics",
    place_a="Results, after Table 2",
    says_a="Set and dynamics of the indicators let one say what the cluster is oriented to.",
    place_b="Tables 2-4",
    says_b="The columns run years beyond the date of the article; sources are plans.",
    notebook="04-trends#what-was-measured-and-what-was-planned",
    uses=("series",),
)
def outcomes_and_plans(study):
    """Values that can be outcomes, and values that are targets."""
    known = study.series.dropna(subset="value")
    if not len(known):
        raise NoData("value in an indicator table")
    measured = int(known["standing"].isin(MEASURED).sum())
    targets = int((known["standing"] == "target").sum())
    return (
        f"at most {measured} of {len(known)} values are outcomes, {targets} are targets",
        f"The other {len(known) - measured - targets} belong to a year that was under way. A "
        "target says what was intended: an orientation does show in it. Its dynamics are "
        "those of a plan, and not of the cluster.",
    )


@item(
    "A31",
    kind="targets as dynamics",
    place_a="Results, Tables 2-4",
    says_a="They are indicators of potential; that some are targets is said in passing.",
    place_b="Tables 2 and 3",
    says_b="Some rows run in exactly equal steps or at one rate, as plans do.",
    notebook="04-trends#steps-of-the-targets",
    uses=("series",),
)
def arithmetic(study):
    """Series that keep one level, one step or one rate."""
    found = growth_summary(study.series)
    regular = found[found["pattern"].str.startswith("constant")]
    texts = [f"{row.indicator} ({row.pattern})" for row in regular.itertuples()]
    rates = [f"{row.indicator} {number(row.cagr_pct, 2)} % a year{_of_that_shape(study, row)}"
             for row in regular.itertuples() if row.pattern == "constant rate"]  # fmt: skip
    return (
        f"{len(regular)} of {len(found)} series",
        f"Even series: {listed(texts)}; rates, which rounding has to be allowed for: "
        f"{listed(rates)}. What is counted in the world is seldom so even.",
    )


def _of_that_shape(study, row):
    """Say how many series of the same shape would be called even, too."""
    series = study.series[study.series["indicator"] == row.indicator].dropna(subset="value")
    passed, shapes = passing(series["value"], series["year"])
    return f" (as would {passed} of {shapes} series of its shape)" if shapes else ""

"""Claims of the results section on Table 1: components and grades (F19-F25, F32)."""

import pandas as pd

from analysis.choices import evidence_choices
from analysis.comparative import prevalence
from analysis.composite import evidence_score
from analysis.enumeration import run_choices
from analysis.evidence import component_matrix
from analysis.grading import equal_evidence_pairs
from analysis.monotone_rule import best_monotone_rule
from analysis.records import records
from analysis.robustness import rank_summary
from analysis.trend import mann_kendall
from analysis.wording import counted, listed, number
from article.claims.reading import (
    MEASURED,
    bounds,
    component,
    evidence,
    items,
    known,
    rows_on,
)
from article.claims.registry import Finding, NoData, check

TABLE_1 = ("clusters", "components")
CIRCULAR = "The grades were set from these components, so a test of the two would be circular."
COORDINATOR = "coordinator only"


@check(
    "F19",
    "01-institutional-components#how-common-is-each-component",
    uses=TABLE_1,
    threshold=0.5,
    most=1.0,
    rule="Supported if each of the components is present in at least {threshold} of the clusters, "
    "silence read as absence; partly if some are; contradicted if none can be, silence read as "
    "presence.",
)
def common_components(study, threshold):
    """The components named are the most common ones."""
    shares = prevalence(*bounds(study))
    strict, _, lenient = (found for _, found in shares.groupby("reading", sort=False))
    often = strict.loc[strict["share"] >= threshold, "component"]
    counts = [f"{name} {k} of {n}" for name, k, n in records(strict, "component", "k", "n")]
    possible = (lenient["share"] >= threshold).any()
    verdict = "partly supported" if len(often) else "not shown" if possible else "contradicted"
    return Finding(
        "supported" if len(often) == len(strict) else verdict,
        f"Silence read as absence: {listed(counts)}. No other component is coded, so that these "
        "are more common than others cannot be seen; that they are common can.",
        statistic="components present in at least that share of the clusters",
        value=len(often),
        low=len(often),
        high=int((lenient["share"] >= threshold).sum()),
    )


@check(
    "F20",
    "01-institutional-components#do-the-grades-follow",
    uses=TABLE_1,
    threshold=0.25,
    most=1.0,
    rule="Supported if some rule under which more evidence never means a lower grade fits all "
    "clusters; partly if it leaves at most {threshold} of them as exceptions; else contradicted.",
)
def grades_follow(study, threshold):
    """The grade follows from the presence of the components."""
    grades = study.clusters["grade"]
    fitted = best_monotone_rule(*bounds(study), grades)
    twins = equal_evidence_pairs(component_matrix(evidence(study)), grades)
    named = records(twins, "cluster", "grade", "other", "other_grade")
    pairs = [f"{one} ({grade}), {two} ({other})" for one, grade, two, other in named]
    share = fitted.exception_count / len(grades)
    verdict = "partly supported" if share <= threshold else "contradicted"
    return Finding(
        verdict if share else "supported",
        f"The best such rule leaves {counted(fitted.exception_count, 'exception')} among "
        f"{len(grades)} clusters. Equal evidence, unequal grade: {listed(pairs)}. {CIRCULAR}",
        statistic="share of clusters that are exceptions to the best monotone rule",
        value=share,
    )


@check(
    "F21",
    "06-innovation-potential#ranks-that-follow",
    uses=TABLE_1,
    threshold=0.5,
    most=1.0,
    rule="Supported if no other cluster can have a higher evidence score, however silence is read, "
    "and it is first in more than {threshold} of all sensible choices of method; partly if one of "
    "the two holds; else contradicted.",
)
def vologda_leads(study, threshold):
    """One cluster has the most developed institutional subsystem."""
    leader = "vologda-wood"
    low, high = bounds(study)
    if leader not in low.index:
        raise NoData(f"cluster {leader!r}")
    scores = evidence_score(low, high)
    choices = evidence_choices(low.columns)  # a study need not use every component it has words for
    ranked = rank_summary(run_choices(evidence(study), choices)).set_index("cluster")
    first, worst_rank = ranked.loc[leader, "p_first"], int(scores.loc[leader, "rank_worst"])
    held = [worst_rank == 1, first > threshold]
    equal = scores.index[(scores["score_high"] >= scores.loc[leader, "score_low"])].drop(leader)
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Its rank is at worst {worst_rank}, whatever the silent cells hold; "
        f"{counted(len(equal), 'cluster')} could draw level ({listed(equal)}). "
        f"It is first, alone or shared, in {number(100 * first)} % of "
        f"{int(ranked.loc[leader, 'combinations'])} choices of coding, weights and method.",
        statistic="share of choices under which it is first",
        value=first,
    )


@check(
    "F22",
    "01-institutional-components#how-common-is-each-component",
    uses=TABLE_1,
    threshold=2,
    rule="Supported if at least {threshold} clusters surely lack more than half of the components, "
    "however silence is read; partly if so many are only graded so, or may lack them; else "
    "contradicted.",
)
def weak_foundations(study, threshold):
    """In a number of clusters the foundations are insufficient."""
    scores = evidence_score(*bounds(study))
    surely = scores.index[scores["score_high"] < 0.5]
    possibly = int((scores["score_low"] < 0.5).sum())
    graded = int((study.clusters["grade"] == study.grades[0]).sum())
    verdict = "partly supported" if max(possibly, graded) >= threshold else "contradicted"
    return Finding(
        "supported" if len(surely) >= threshold else verdict,
        f"{counted(graded, 'cluster')} are graded {study.grades[0]}. Without more "
        f"than half of the components by the evidence: surely {counted(len(surely), 'cluster')} "
        f"({listed(surely)}), possibly {possibly}, of which the table is mostly silent.",
        statistic="clusters that surely lack more than half of the components",
        value=len(surely),
        low=len(surely),
        high=possibly,
    )


@check(
    "F23",
    "01-institutional-components#what-the-table-says-cell-by-cell",
    uses=TABLE_1,
    threshold=2,
    rule="Supported if in each of at least {threshold} regions a managing body is said to be "
    "absent, in as many services, and in as many projects are said to be unknown; partly if some "
    "of the three hold; else contradicted.",
)
def regions_without(study, threshold):
    """In a number of regions: no specialised body, no services, unknown projects."""
    projects = items(study, "special projects")
    unknown = projects.loc[projects["status"] == "unknown", "cluster"].unique()
    lacking = {
        "no managing body": with_status(component(study, "management body"), "absent"),
        "no services": with_status(component(study, "services"), "absent"),
        "unknown projects": unknown,
    }
    regions = {part: regions_of(study, found) for part, found in lacking.items()}
    held = [len(found) >= threshold for found in regions.values()]
    words = [f"{part} in {len(found)} ({listed(found)})" for part, found in regions.items()]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Of {study.clusters['region'].nunique()} regions: {listed(words)}. Where the table is "
        "silent on services it does not say that there are none.",
        statistic="parts of the claim that hold, of three",
        value=sum(held),
    )


@check(
    "F24",
    "01-institutional-components#what-the-table-says-cell-by-cell",
    uses=TABLE_1,
    threshold=2,
    rule="Supported if at least {threshold} forms of management occur; else contradicted.",
)
def no_unified_model(study, threshold):
    """There is no unified management model; it depends on the region."""
    forms = forms_of(study)
    counts = [f"{form} ({count})" for form, count in forms.value_counts().items()]
    by_region = forms.groupby(study.clusters["region"]).agg(["size", "nunique"])
    several = by_region[by_region["size"] > 1]
    alike = int((several["nunique"] == 1).sum())
    return Finding(
        "supported" if forms.nunique() >= threshold else "contradicted",
        f"{counted(forms.nunique(), 'form')} of management: {listed(counts)}. In {alike} of "
        f"{counted(len(several), 'region')} with several clusters these have the same form, and "
        "there a shared body: that agrees with a dependence on the region and is no test of it.",
        statistic="forms of management",
        value=forms.nunique(),
    )


@check(
    "F25",
    "01-institutional-components#do-the-grades-follow",
    uses=TABLE_1,
    rule="Supported only by levels that were found apart from the forms; else not shown.",
)
def variety_and_levels(study, _):
    """Variety of approaches can lead to different levels."""
    forms, grades = forms_of(study), study.clusters["grade"].astype(str)
    mixed = grades.groupby(forms).nunique()
    return Finding(
        "not shown",
        f"{int((mixed > 1).sum())} of {len(mixed)} forms of management occur with more than one "
        f"grade. {CIRCULAR} No level is printed that was found in another way.",
        statistic="forms of management with more than one grade",
        value=int((mixed > 1).sum()),
    )


@check(
    "F32",
    "01-institutional-components#do-the-grades-follow",
    uses=("clusters", "series"),
    threshold=0.05,
    rule="Not shown unless one outcome is measured in one unit and year for so many clusters that "
    "an exact two-sided p of {threshold} or less is in reach; then supported if one with a higher "
    "grade has less of it than one with a lower grade, contradicted if none has.",
)
def no_guarantee(study, threshold):
    """Institutional bases do not guarantee results."""
    measured = known(study, measured=True)
    alike = measured.groupby(["concept", "unit", "year"])["cluster"].nunique()
    most = int(alike.max()) if len(alike) else 0
    least = mann_kendall(range(most)).p_min if most > 1 else 1.0
    verdict = "not shown"
    if least <= threshold:
        verdict = "supported" if _turned(study, *alike.idxmax()) else "contradicted"
    return Finding(
        verdict,
        f"{counted(measured['cluster'].nunique(), 'cluster')} have a grade and a measured value, "
        f"but at most {most} the same outcome in one unit and year. The least exact two-sided p "
        f"that the order of these can reach is {number(least)}. That a base is no guarantee is "
        "also a matter of logic rather than of data.",
        statistic="least two-sided p that so many clusters can reach",
        value=least,
        needs="one and the same outcome, measured in several years, for at least five clusters",
    )


def _turned(study, concept, unit, year):
    """Tell whether a cluster with a higher grade has less of an outcome than one with a lower."""
    rows = rows_on(study, concept).dropna(subset="value")
    asked = (rows["unit"] == unit) & (rows["year"] == year) & rows["standing"].isin(MEASURED)
    ends = rows[asked].groupby("cluster")["value"].agg(["min", "max"])
    codes = study.clusters["grade"].cat.codes[ends.index].to_numpy()
    least, most = ends.to_numpy().T
    return bool(((codes[:, None] > codes) & (least[:, None] < most)).any())


def with_status(statuses, status):
    """Name the clusters that have a status: an index."""
    return statuses.index[statuses == status]


def regions_of(study, clusters):
    """Name the regions of some clusters, each once, in their order."""
    regions = study.clusters["region"].to_dict()
    return list(dict.fromkeys(regions[cluster] for cluster in clusters))


def forms_of(study):
    """Name each cluster's form of management: Series, index cluster."""
    forms = {}
    for cluster, form in records(items(study, "management body"), "cluster", "item"):
        forms.setdefault(cluster, form)
    return pd.Series(forms.values(), index=pd.Index(forms, name="cluster"), name="item")

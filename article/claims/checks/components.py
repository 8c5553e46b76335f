"""Claims of the results on Table 1: components, grades, forms of management."""

from collections import Counter

from analysis.comparative.grading import equal_evidence_pairs
from analysis.comparative.monotone_rule import best_monotone_rule
from analysis.comparative.proportions import READINGS, prevalence
from analysis.composite import evidence_score
from analysis.robustness.choices import evidence_choices
from analysis.robustness.enumeration import run_choices
from analysis.robustness.rank_distributions import rank_summary
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, number
from analysis.trend.mann_kendall_test import mann_kendall
from article.claims.notebooks import CELLS, COMMON, GRADES
from article.claims.reading import (
    bounds,
    by_cluster,
    evidence,
    forms_of,
    items,
    known,
    matrix,
    regions_of,
    rows_on,
    statuses,
    with_status,
)
from article.claims.registry import Finding, NoData, check

ENDS = ("score_low", "score_high")

CIRCULAR = "The grades were set from these components, so a test of the two would be circular."


@check(
    "F19",
    COMMON,
    uses=("components",),
    threshold=0.5,
    share=True,
    rule="Supported if each of the components is present in at least {threshold} of the clusters, "
    "silence read as absence; partly if some are; contradicted if none can be, silence read as "
    "presence.",
)
def common_components(study, threshold):
    """The components named are the most common ones."""
    rows = list(records(prevalence(*bounds(study)), "reading", "component", "k", "n", "share"))
    strict, lenient = ([row for row in rows if row[0] == READINGS[end]] for end in (0, -1))
    often, possible = (sum(row[4] >= threshold for row in found) for found in (strict, lenient))
    counts = [f"{name} {k} of {n}" for _, name, k, n, _ in strict]
    verdict = "partly supported" if often else "not shown" if possible else "contradicted"
    return Finding(
        "supported" if often == len(strict) else verdict,
        f"Silence read as absence: {listed(counts)}. No other component is coded, so that these "
        "are more common than others cannot be seen; that they are common can.",
        statistic="components present in at least that share of the clusters",
        value=often,
        low=often,
        high=possible,
    )


@check(
    "F20",
    GRADES,
    uses=("clusters", "components"),
    threshold=0.25,
    share=True,
    rule="Supported if some rule under which more evidence never means a lower grade fits all "
    "clusters; partly if it leaves at most {threshold} of them as exceptions; else contradicted.",
)
def grades_follow(study, threshold):
    """The grade follows from the presence of the components."""
    grades = study.clusters["grade"]
    fitted = best_monotone_rule(*bounds(study), grades)
    twins = equal_evidence_pairs(matrix(study), grades)
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
    uses=("components",),
    threshold=0.5,
    share=True,
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
    ranked = rank_summary(run_choices(evidence(study), choices))
    of_rank = records(ranked, "cluster", "p_first", "combinations")
    first, combinations = {cluster: found for cluster, *found in of_rank}[leader]
    ends = records(scores, "score_low", "score_high", "rank_worst")
    intervals = dict(zip(scores.index.tolist(), ends, strict=True))
    least, _, worst_rank = intervals.pop(leader)
    equal = [cluster for cluster, (_, most, _) in intervals.items() if most >= least]
    held = [worst_rank == 1, first > threshold]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Its rank is at worst {worst_rank}, whatever the silent cells hold; "
        f"{counted(len(equal), 'cluster')} could draw level ({listed(equal)}). "
        f"It is first, alone or shared, in {number(100 * first)} % of "
        f"{combinations} choices of coding, weights and method.",
        statistic="share of choices under which it is first",
        value=first,
    )


@check(
    "F22",
    COMMON,
    uses=("clusters", "components"),
    threshold=2,
    rule="Supported if at least {threshold} clusters surely lack more than half of the components, "
    "however silence is read; partly if so many are only graded so, or may lack them; else "
    "contradicted.",
)
def weak_foundations(study, threshold):
    """In a number of clusters the foundations are insufficient."""
    scores = evidence_score(*bounds(study))
    ends = list(zip(scores.index, *(scores[end].tolist() for end in ENDS), strict=True))
    surely = [cluster for cluster, _, most in ends if most < 0.5]
    possibly = sum(least < 0.5 for _, least, _ in ends)
    graded = study.clusters["grade"].tolist().count(study.grades[0])
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
    CELLS,
    uses=("clusters", "components"),
    threshold=2,
    rule="Supported if in each of at least {threshold} regions a managing body is said to be "
    "absent, in as many services, and in as many projects are said to be unknown; partly if some "
    "of the three hold; else contradicted.",
)
def regions_without(study, threshold):
    """In a number of regions: no specialised body, no services, unknown projects."""
    projects = records(items(study, "special projects"), "cluster", "status")
    unknown = dict.fromkeys(cluster for cluster, status in projects if status == "unknown")
    lacking = {
        "no managing body": with_status(statuses(study, "management body"), "absent"),
        "no services": with_status(statuses(study, "services"), "absent"),
        "unknown projects": unknown,
    }
    regions = {part: regions_of(study, found) for part, found in lacking.items()}
    held = [len(found) >= threshold for found in regions.values()]
    words = [f"{part} in {len(found)} ({listed(found)})" for part, found in regions.items()]
    all_regions = len(set(by_cluster(study, "region").values()))
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Of {all_regions} regions: {listed(words)}. Where the table is silent on services it does "
        "not say that there are none.",
        statistic="parts of the claim that hold, of three",
        value=sum(held),
    )


@check(
    "F24",
    CELLS,
    uses=("clusters", "components"),
    threshold=2,
    rule="Supported if at least {threshold} forms of management occur; else contradicted.",
)
def no_unified_model(study, threshold):
    """There is no unified management model; it depends on the region."""
    forms = forms_of(study)
    counts = [f"{form} ({count})" for form, count in Counter(forms.values()).most_common()]
    regions, by_region = by_cluster(study, "region"), {}
    for cluster, form in forms.items():
        by_region.setdefault(regions[cluster], []).append(form)
    several = [found for found in by_region.values() if len(found) > 1]
    alike = sum(len(set(found)) == 1 for found in several)
    return Finding(
        "supported" if len(counts) >= threshold else "contradicted",
        f"{counted(len(counts), 'form')} of management: {listed(counts)}. In {alike} of "
        f"{counted(len(several), 'region')} with several clusters these have the same form, and "
        "there a shared body: that agrees with a dependence on the region and is no test of it.",
        statistic="forms of management",
        value=len(counts),
    )


@check(
    "F25",
    GRADES,
    uses=("clusters", "components"),
    rule="Supported only by levels that were found apart from the forms; else not shown.",
)
def variety_and_levels(study, _):
    """Variety of approaches can lead to different levels."""
    grades, by_form = study.clusters["grade"].to_dict(), {}
    for cluster, form in forms_of(study).items():
        by_form.setdefault(form, set()).add(grades[cluster])
    mixed = sum(len(found) > 1 for found in by_form.values())
    return Finding(
        "not shown",
        f"{mixed} of {len(by_form)} forms of management occur with more than one "
        f"grade. {CIRCULAR} No level is printed that was found in another way.",
        statistic="forms of management with more than one grade",
        value=mixed,
    )


@check(
    "F32",
    GRADES,
    uses=("clusters", "series"),
    threshold=0.05,
    rule="Not shown unless one outcome is measured in one unit and year for so many clusters that "
    "an exact two-sided p of {threshold} or less is in reach; then supported if one with a higher "
    "grade has less of it than one with a lower grade, contradicted if none has.",
)
def no_guarantee(study, threshold):
    """Institutional bases do not guarantee results."""
    alike, informed = {}, set()
    rows = known(study, measured=True)
    for cluster, *outcome in records(rows, "cluster", "concept", "unit", "year"):
        informed.add(cluster)
        if all(cell == cell for cell in outcome):
            alike.setdefault(tuple(outcome), set()).add(cluster)
    most = max(map(len, alike.values()), default=0)
    least = mann_kendall(range(most)).p_min if most > 1 else 1.0
    verdict = "not shown"
    if least <= threshold:
        verdict = "supported" if _turned(study, *_commonest(alike, most)) else "contradicted"
    return Finding(
        verdict,
        f"{counted(len(informed), 'cluster')} have a grade and a measured value, "
        f"but at most {most} the same outcome in one unit and year. The least exact two-sided p "
        f"that the order of these can reach is {number(least)}. That a base is no guarantee is "
        "also a matter of logic rather than of data.",
        statistic="least two-sided p that so many clusters can reach",
        value=least,
        needs="one and the same outcome, measured in several years, for at least five clusters",
    )


def _commonest(alike, most):
    """Return the outcome that so many clusters have; of several, the first in order."""
    return min(outcome for outcome, clusters in alike.items() if len(clusters) == most)


def _turned(study, concept, unit, year):
    """Tell whether a cluster with a higher grade has less of an outcome than one with a lower."""
    rows = rows_on(study, concept).dropna(subset="value")
    asked = (rows["unit"] == unit) & (rows["year"] == year) & rows["standing"].isin(MEASURED)
    ends = rows[asked].groupby("cluster")["value"].agg(["min", "max"])
    codes = study.clusters["grade"].cat.codes[ends.index].to_numpy()
    least, most = ends.to_numpy().T
    return bool(((codes[:, None] > codes) & (least[:, None] < most)).any())

"""Claims of the results on Table 1: components, grades, levels."""

from analysis.comparative.grading import equal_evidence_pairs
from analysis.comparative.proportions import READINGS
from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from analysis.trend.mann_kendall_test import mann_kendall
from article.claims.notebooks import COMMON, GRADES
from article.claims.reading import (
    bounds,
    exceptions,
    first_places,
    forms_of,
    known,
    matrix,
    prevalences,
    published_grades,
    scores,
    valued_outcomes,
)
from article.claims.registry import Finding, NoData, check
from article.claims.yardsticks import worst

READINGS_OF_ITEMS = ("status", "alternative_status")
ENDS = ("score_low", "score_high")

NAMED = ("management body", "services", "special projects", "info-communication")
CIRCULAR = "The grades were set from these components, so a test of the two would be circular."


@check(
    "F19",
    COMMON,
    uses=("components",),
    threshold=0.5,
    share=True,
    rule="Two parts. Common: each of the four named is present in at least {threshold} of the "
    "clusters, counting what is not reported as absent; partly if some are; contradicted if "
    "none can be. Most "
    "common: each is present in more clusters than any other component that is coded; not shown "
    "where no other is. Both parts count.",
)
def common_components(study, threshold):
    """The components named are the most common ones."""
    rows = list(records(prevalences(study), "reading", "component", "k", "n", "share"))
    strict, lenient = ([row for row in rows if row[0] == READINGS[end]] for end in (0, -1))
    often = [row for row in strict if row[1] in NAMED and row[4] >= threshold]
    possible = [row for row in lenient if row[1] in NAMED and row[4] >= threshold]
    named = [row for row in strict if row[1] in NAMED]
    others = [row[2] for row in strict if row[1] not in NAMED]
    common = "partly supported" if often else "not shown" if possible else "contradicted"
    common = "supported" if len(often) == len(NAMED) else common
    most = "supported" if min(row[2] for row in named) > max(others, default=0) else "contradicted"
    having = [f"{name} {k} of {n}" for _, name, k, n, _ in strict]
    return Finding(
        worst(common, most if others else "not shown"),
        f"Counting what is not reported as absent: {listed(having)}. Other components that "
        "are coded: "
        f"{len(others)}; without one, that these are more common than others cannot be seen.",
        statistic="components present in at least that share of the clusters",
        value=len(often),
        low=len(often),
        high=len(possible),
    )


@check(
    "F20",
    GRADES,
    uses=("clusters", "components"),
    threshold=0.25,
    share=True,
    rule="Supported if some rule under which more evidence never means a lower grade fits all "
    "clusters; contradicted if one is an exception in both readings, whatever is true of what is "
    "not reported; else partly if at most {threshold} are exceptions by what is reported, not "
    "shown if more.",
)
def grades_follow(study, threshold):
    """The grade follows from the presence of the components."""
    grades = published_grades(study)
    left_out = exceptions(study)
    twins = equal_evidence_pairs(matrix(study).loc[grades.index], grades)
    named = records(twins, "cluster", "grade", "other", "other_grade")
    pairs = [f"{one} ({grade}), {two} ({other})" for one, grade, two, other in named]
    share = left_out / len(grades)
    certain = min(exceptions(study, column, "certainly") for column in READINGS_OF_ITEMS)
    verdict = "partly supported" if share <= threshold else "not shown"
    verdict = "contradicted" if certain else verdict
    return Finding(
        verdict if share else "supported",
        f"The best such rule leaves {counted(left_out, 'exception')} among "
        f"{len(grades)} clusters. Equal evidence, unequal grade: {listed(pairs)}. Exceptions "
        f"whatever is true of what is not reported: {certain or 'none'}. {CIRCULAR}",
        statistic="share of clusters that are exceptions to the best monotone rule",
        value=share,
    )


@check(
    "F21",
    "06-innovation-potential#ranks-that-follow",
    uses=("components",),
    threshold=0.5,
    share=True,
    rule="Supported if its evidence score is above that of every other cluster, however what "
    "is not reported is "
    "read and in both readings of its own items, and it is first in more than {threshold} of all "
    "sensible choices of method; contradicted if another certainly has as much; partly if in the "
    "main coding none can have more, or it is first alone so often; else not shown. A shared place "
    "is not the most.",
)
def vologda_leads(study, threshold):
    """One cluster has the most developed institutional subsystem."""
    leader = "vologda-wood"
    readings = [scores(study, column) for column in READINGS_OF_ITEMS]
    if leader not in readings[0].index:
        raise NoData(f"cluster {leader!r}")
    first, first_alone, combinations = first_places(study)[leader]
    rivals = [_rivals(leader, reading.loc[leader], readings[0]) for reading in readings]
    above, level, certain = rivals[0]
    verdict = "partly supported" if not above or first_alone > threshold else "not shown"
    alone = not any(found for one in rivals for found in one[:2])
    return Finding(
        "contradicted" if certain else "supported" if alone and first > threshold else verdict,
        f"With its items in the main coding {counted(len(above), 'cluster')} could have more and "
        f"{len(level)} could draw level ({listed(level)}); in the other, in which its projects are "
        f"planned, {len(rivals[1][0])} could have more ({listed(rivals[1][0])}). "
        f"It is first, alone or shared, in {number(100 * first)} %, alone in "
        f"{number(100 * first_alone)} % of {combinations} choices of coding, weights and method.",
        statistic="share of choices under which it is first",
        value=first,
    )


def _rivals(leader, reading, scores):
    """Name the clusters that could have more than the leader, as much, and certainly have as much.

    `reading` is the leader's score under one reading of its own items; `scores` those of all
    under the first one.
    """
    own = [float(reading[end]) for end in ENDS]
    others = [(c, *row) for c, *row in zip(scores.index, *(scores[e].tolist() for e in ENDS),
                                           strict=True) if c != leader]  # fmt: skip
    above = [cluster for cluster, _, most in others if most > own[0]]
    level = [cluster for cluster, _, most in others if most == own[0]]
    return above, level, [cluster for cluster, least, _ in others if least >= own[1]]


@check(
    "F22",
    COMMON,
    uses=("clusters", "components"),
    hedge="in a number of clusters",
    threshold=2,
    rule="A cluster counts if it has the lowest grade for what is reported and not for gaps: "
    "it certainly "
    "lacks more than half of the components, or has at most half and no more than one of four is "
    "open. Supported if at least {threshold} count; partly if so many have that grade or certainly "
    "lack as much; else contradicted.",
)
def weak_foundations(study, threshold):
    """In a number of clusters the foundations are insufficient."""
    low, high = bounds(study)
    scored = scores(study)
    most = dict(zip(scored.index, scored["score_high"].tolist(), strict=True))
    certain = [cluster for cluster in most if most[cluster] < 0.5]
    opened = dict(zip(low.index, (high - low).mean(axis=1).tolist(), strict=True))
    least = dict(zip(scored.index, scored["score_low"].tolist(), strict=True))
    grades = published_grades(study).to_dict()
    graded = [cluster for cluster in most if grades.get(cluster) == study.grades[0]]
    telling = [c for c in graded if c in certain or (opened[c] <= 0.25 and least[c] <= 0.5)]
    verdict = "partly supported" if max(len(graded), len(certain)) >= threshold else "contradicted"
    return Finding(
        "supported" if len(telling) >= threshold else verdict,
        f"{counted(len(graded), 'cluster')} are graded {study.grades[0]}. Certainly without "
        "more than "
        f"half of the components: {listed(certain)}. Of those so graded, the table says nothing on "
        f"more than one component of four, or does not say enough, except for {listed(telling)}: "
        "a low grade may say that little is there, or that little is told.",
        statistic="clusters whose lowest grade does not come from gaps alone",
        value=len(telling),
        low=len(telling),
        high=len(graded),
    )


@check(
    "F25",
    GRADES,
    uses=("clusters", "components", "series"),
    hedge="can",
    threshold=0.05,
    rule="Supported if one outcome is measured in one unit and year for so many clusters that an "
    "exact two-sided p of {threshold} or less is in reach, and all of one form of management have "
    "more of it than all of another; contradicted if none differs from another; else not shown, as "
    "the grades were set from the forms.",
)
def variety_and_levels(study, threshold):
    """Variety of approaches can lead to different levels."""
    grades, by_form = study.clusters["grade"].to_dict(), {}
    forms = forms_of(study)
    for cluster, form in forms.items():
        by_form.setdefault(form, set()).add(grades[cluster])
    mixed = sum(len(found) > 1 for found in by_form.values())
    outcome, least = commonest_outcome(study)
    values = {}
    for cluster, value in outcome.items():
        values.setdefault(forms.get(cluster), []).append(value)
    apart = any(min(one) > max(other) for one in values.values() for other in values.values())
    verdict = "contradicted" if len(set(outcome.values())) == 1 else "not shown"
    verdict = "supported" if apart else verdict
    return Finding(
        verdict if least <= threshold and len(values) > 1 else "not shown",
        f"{mixed} of {len(by_form)} forms of management occur with more than one "
        f"grade. {CIRCULAR} A level found in another way would be one outcome measured in the same "
        f"unit and year; the most clusters that have one are {len(outcome)}.",
        statistic="forms of management with more than one grade",
        value=mixed,
        needs="one and the same outcome, measured in one year, for at least five clusters",
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
    informed = len(set(known(study, measured=True)["cluster"].tolist()))
    outcome, least = commonest_outcome(study)
    verdict = "not shown"
    if least <= threshold:
        verdict = "supported" if _turned(study, outcome) else "contradicted"
    return Finding(
        verdict,
        f"{counted(informed, 'cluster')} have a grade and a measured value, "
        f"but at most {len(outcome)} the same outcome in one unit and year. The least exact "
        f"two-sided p that the order of these can reach is {number(least)}. That a base is no "
        "guarantee is also a matter of logic rather than of data.",
        statistic="least two-sided p that so many clusters can reach",
        value=least,
        needs="one and the same outcome, measured in several years, for at least five clusters",
    )


def commonest_outcome(study):
    """Return the outcome measured for most clusters, and the least p that their order can reach.

    An outcome is one concept in one unit and year; {cluster: value}, of several the first in order.
    """
    alike = {}
    columns = ("cluster", "value", "concept", "unit", "year")
    for cluster, value, *outcome in records(valued_outcomes(study), *columns):
        if all(cell == cell for cell in outcome):
            alike.setdefault(tuple(outcome), {})[cluster] = value
    most = max(map(len, alike.values()), default=0)
    found = min((key for key in alike if len(alike[key]) == most), default=None)
    return alike.get(found, {}), mann_kendall(range(most)).p_min if most > 1 else 1.0


def _turned(study, outcome):
    """Tell whether a cluster with a higher grade has less of an outcome than one with a lower."""
    grades = published_grades(study).cat.codes.to_dict()
    pairs = [(grades[cluster], value) for cluster, value in outcome.items() if cluster in grades]
    return any(grade > other and value < more for grade, value in pairs for other, more in pairs)

"""Claims of the results on Table 1: who manages the clusters, and whether in one way."""

from collections import Counter

from analysis.comparative.evidence import MISSING_STATUSES
from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import CELLS, COMMON
from article.claims.reading import (
    COORDINATOR,
    forms_of,
    items,
    region_of_each,
    regions_of,
    statuses,
    with_status,
)
from article.claims.registry import Finding, check
from article.claims.yardsticks import some, worst


@check(
    "F23",
    CELLS,
    uses=("clusters", "components"),
    hedge="in a number of regions",
    threshold=2,
    rule="Three parts, each in at least {threshold} regions: a managing body is said to be absent, "
    "services are said to be absent, projects are said to be unknown. A part is contradicted if "
    "it cannot hold even with what is not reported counted, else not shown. All parts count.",
)
def regions_without(study, threshold):
    """In a number of regions: no specialised body, no services, unknown projects."""
    projects = records(items(study, "special projects"), "cluster", "status")
    unknown = dict.fromkeys(cluster for cluster, status in projects if status == "unknown")
    without = {
        "no managing body": with_status(statuses(study, "management body"), "absent"),
        "no services": with_status(statuses(study, "services"), "absent"),
        "unknown projects": unknown,
    }
    regions = {part: regions_of(study, found) for part, found in without.items()}
    absent = ("absent", *MISSING_STATUSES)
    lacks = {"management body": absent, "services": absent, "special projects": MISSING_STATUSES}
    possible = [
        regions_of(study, [c for c, said in statuses(study, name).items() if said in words])
        for name, words in lacks.items()
    ]
    verdicts = [some(len(found), max(len(found), len(perhaps)), threshold)
                for found, perhaps in zip(regions.values(), possible, strict=True)]  # fmt: skip
    words = [f"{part} in {len(found)} ({listed(found)})" for part, found in regions.items()]
    all_regions = len(set(region_of_each(study).values()))
    return Finding(
        worst(*verdicts),
        f"Of {all_regions} regions: {listed(words)}. Where the table says nothing on services "
        "it does "
        "not say that there are none.",
        statistic="parts of the claim that hold, of three",
        value=verdicts.count("supported"),
    )


@check(
    "F24",
    CELLS,
    uses=("clusters", "components"),
    hedge="a lot depends",
    threshold=2,
    rule="Two parts. No unified model: at least {threshold} forms of management occur. It depends "
    "on the region: supported if in at least {threshold} regions clusters under bodies of their "
    "own have one form, and regions differ; contradicted if in as many they have several; else not "
    "shown, as one shared body is no test. Both parts count.",
)
def no_unified_model(study, threshold):
    """There is no unified management model; a lot depends on the region."""
    forms, bodies = forms_of(study), {}
    for cluster, detail in records(items(study, "management body"), "cluster", "detail"):
        bodies.setdefault(cluster, detail)
    counts = [f"{form} ({count})" for form, count in Counter(forms.values()).most_common()]
    regions, by_region = region_of_each(study), {}
    for cluster, form in forms.items():
        by_region.setdefault(regions[cluster], set()).add((form, bodies[cluster]))
    several = [{form for form, _ in found} for found in by_region.values() if len(found) > 1]
    alike = sum(len(found) == 1 for found in several)
    depends = "supported" if alike >= threshold and len(counts) > 1 else "not shown"
    depends = "contradicted" if len(several) - alike >= threshold else depends
    return Finding(
        worst("supported" if len(counts) >= threshold else "contradicted", depends),
        f"{counted(len(counts), 'form')} of management: {listed(counts)}. Regions with several "
        f"bodies: {len(several)}, of which {alike} have one form. Where the clusters of a region "
        "share a body, its form agrees with a dependence on the region and is no test of it.",
        statistic="forms of management",
        value=len(counts),
        needs="bodies of other clusters of the same regions, and why each form was chosen",
    )


@check(
    "F26",
    CELLS,
    uses=("clusters", "components"),
    threshold=1.0,
    share=True,
    rule="Supported if in at least {threshold} of the regions every cluster has a managing body, "
    "a coordinator not counted as one; partly if only with coordinators counted; contradicted if "
    "not even with what is not reported counted; else not shown.",
)
def managed_everywhere(study, threshold):
    """In all regions managing structures are defined."""
    strict, lenient = (_managed(study, column) for column in ("status", "alternative_status"))
    absent = with_status(statuses(study, "management body"), "absent")
    possible = _managed(study, "alternative_status", ("present", *MISSING_STATUSES))
    verdict = "contradicted" if possible < threshold else "not shown"
    verdict = "partly supported" if lenient >= threshold else verdict
    return Finding(
        "supported" if strict >= threshold else verdict,
        f"Of {counted(len(absent), 'cluster')} Table 1 says that there is no governing subject, "
        f"only a coordinator; regions: {listed(regions_of(study, absent))}. If a coordinator "
        f"counts, {number(100 * lenient)} % of the regions are managed throughout, and "
        f"{number(100 * strict)} % if it does not.",
        statistic="share of regions in which every cluster has a managing body",
        value=strict,
        low=strict,
        high=lenient,
    )


@check(
    "F27",
    CELLS,
    uses=("components",),
    hedge="can be",
    threshold=1,
    rule="Three parts: specialised bodies, broad bodies, and departments inside them are recorded "
    "for at least {threshold} cluster; what is not recorded is not shown. All parts count.",
)
def forms_of_management(study, threshold):
    """Structures are specialised or broad, with departments for clusters."""
    counts = Counter(forms_of(study).values())
    kinds = ["specialised organisation", "general development body", "department"]
    found = {kind: counts[kind] for kind in kinds}
    parts = [count >= threshold for count in found.values()]
    words = [f"{kind}: {count}" for kind, count in found.items()]
    return Finding(
        worst(*("supported" if part else "not shown" for part in parts)),
        f"Clusters by what Table 1 names: {listed(words)}; {COORDINATOR}: "
        f"{counts[COORDINATOR]}. It says nothing of departments inside a body.",
        statistic="kinds of structure recorded, of three",
        value=sum(parts),
        needs="organisation chart of each managing body, with its department for clusters",
    )


@check(
    "F87",
    COMMON,
    uses=("components",),
    hedge="in certain aspects",
    threshold=2,
    rule="An aspect is unified if more than half of the clusters are known to be alike in it: the "
    "list of services, the form of management, the forms of info-communication, the kinds of "
    "project. Supported if at least {threshold} aspects are, contradicted if fewer can be whatever "
    "is not reported; else not shown.",
)
def unified_aspects(study, threshold):
    """In certain aspects the approaches are unified."""
    found = {
        name: _alike(items(study, name), present)
        for name, present in (
            ("services", True), ("management body", False), ("info-communication", True),
            ("special projects", True),
        )
    }  # fmt: skip
    sure = [name for name, (low, _) in found.items() if low > 0.5]
    possible = [name for name, (_, high) in found.items() if high > 0.5]
    words = [f"{name} {number(100 * low)} %" for name, (low, _) in found.items()]
    return Finding(
        some(len(sure), len(possible), threshold),
        f"Clusters known to be alike: {listed(words)}. More than half in {listed(sure)}. That goes "
        "beside the claim that there is no unified model: both are true of different aspects.",
        statistic="aspects in which more than half of the clusters are alike",
        value=len(sure),
        low=len(sure),
        high=len(possible),
    )


def _alike(rows, present):
    """Return the least and the greatest share of clusters that have the very same items."""
    having, clusters, opened = {}, set(), set()
    for cluster, item, status in records(rows, "cluster", "item", "status"):
        clusters.add(cluster)
        opened.update([cluster] if status in MISSING_STATUSES else [])
        if status == "present" or not present:
            having.setdefault(cluster, set()).add(item)
    lists = Counter(frozenset(found) for cluster, found in having.items() if cluster not in opened)
    most = max(lists.values(), default=0)
    return most / len(clusters), (most + len(opened)) / len(clusters)


def _managed(study, column, counted_as=("present",)):
    """Return the share of regions in which every cluster has a managing body."""
    regions, managed = region_of_each(study), {}
    for cluster, status in statuses(study, "management body", column).items():
        managed.setdefault(regions[cluster], []).append(status in counted_as)
    return sum(map(all, managed.values())) / len(managed)

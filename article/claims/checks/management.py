"""Claims of the results on Table 1: who manages, projects, services, links."""

from collections import Counter

from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import CELLS, COMMON, COVERAGE
from article.claims.reading import (
    COORDINATOR,
    by_cluster,
    cluster_count,
    forms_of,
    items,
    linked_clusters,
    regions_of,
    share_range,
    statuses,
    with_status,
)
from article.claims.registry import Finding, NoData, check
from article.claims.yardsticks import at_least

# what a coded project is, in the words of the claim
PROJECT_KINDS = {
    "logistics": ("transport and logistics centre", "logistics and warehouse"),
    "technopark": ("technopark",),
    "business centre": ("business centre",),
}


@check(
    "F26",
    CELLS,
    uses=("clusters", "components"),
    threshold=1.0,
    share=True,
    rule="Supported if in at least {threshold} of the regions every cluster has a managing body, "
    "a coordinator not counted as one; partly if only with coordinators counted; else "
    "contradicted.",
)
def managed_everywhere(study, threshold):
    """In all regions managing structures are defined."""
    strict, lenient = (_managed(study, column) for column in ("status", "alternative_status"))
    absent = with_status(statuses(study, "management body"), "absent")
    verdict = "partly supported" if lenient >= threshold else "contradicted"
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
    threshold=1,
    rule="Supported if specialised bodies, broad bodies and departments inside them are each "
    "recorded for at least {threshold} cluster; partly if some are; else contradicted.",
)
def forms_of_management(study, threshold):
    """Structures are specialised or broad, with departments for clusters."""
    counts = Counter(forms_of(study).values())
    kinds = ["specialised organisation", "general development body", "department"]
    found = {kind: counts[kind] for kind in kinds}
    held = [count >= threshold for count in found.values()]
    words = [f"{kind}: {count}" for kind, count in found.items()]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Clusters by what Table 1 names: {listed(words)}; {COORDINATOR}: "
        f"{counts[COORDINATOR]}. It says nothing of departments inside a body.",
        statistic="kinds of structure recorded, of three",
        value=sum(held),
        needs="organisation chart of each managing body, with its department for clusters",
    )


@check(
    "F28",
    CELLS,
    uses=("components",),
    threshold=2,
    rule="Supported if logistics, technoparks and business centres are each found in at least "
    "{threshold} clusters, realised or planned, and in more than any other kind of project; "
    "partly if some are; else contradicted.",
)
def popular_projects(study, threshold):
    """The most popular joint projects: logistics, technoparks, business centres."""
    kinds = {item: kind for kind, coded in PROJECT_KINDS.items() for item in coded}
    having, realised = {kind: set() for kind in PROJECT_KINDS}, {}
    projects = items(study, "special projects")
    for cluster, item, status in records(projects, "cluster", "item", "status"):
        if status in ("present", "planned"):
            having.setdefault(kinds.get(item, item), set()).add(cluster)
        if status == "present":
            realised[cluster] = None
    found = {kind: len(having.pop(kind)) for kind in PROJECT_KINDS}
    others = max(map(len, having.values()), default=0)
    held = [count >= threshold and count > others for count in found.values()]
    words = [f"{kind} {count}" for kind, count in found.items()]
    return Finding(
        "supported" if all(held) else "partly supported" if any(held) else "contradicted",
        f"Clusters by kind of project: {listed(words)}; any other kind at most {others}. Only in "
        f"{counted(len(realised), 'cluster')} ({listed(realised)}) is any of them realised.",
        statistic="of the three kinds, those most often found",
        value=sum(held),
    )


@check(
    "F29",
    COMMON,
    uses=("clusters", "components"),
    threshold=0.5,
    share=True,
    rule="Supported if at least {threshold} of the clusters have one and the same list of "
    "services, silence read as none; contradicted if not even with silence read as that list; "
    "else not shown.",
)
def unified_services(study, threshold):
    """The set of services is often unified."""
    lists, details, clusters = {}, {}, cluster_count(study)
    services = items(study, "services")
    for cluster, item, status, detail in records(services, "cluster", "item", "status", "detail"):
        if status == "present":
            lists.setdefault(cluster, set()).add(item)
            details.setdefault(cluster, detail)
    if not lists:
        raise NoData("cluster with services")
    same = _most_alike(lists)
    silent = share_range(statuses(study, "services").values())[1] - len(lists) / clusters
    low = len(same) / clusters
    referred = sum(str(details[cluster]).startswith("by reference") for cluster in same)
    return Finding(
        at_least(low, low + silent, threshold),
        f"{len(same)} of {len(lists)} clusters with services have one list; for {referred} of them "
        "Table 1 does not print it but says that the services are the same. What is really "
        "offered, and used, is not recorded.",
        statistic="share of clusters with one and the same list",
        value=low,
        low=low,
        high=low + silent,
    )


@check(
    "F30",
    CELLS,
    uses=("components",),
    threshold=0.5,
    share=True,
    rule="Supported if at least {threshold} of the clusters are offered both the strengthening of "
    "cooperation and relations with the authorities, silence read as no; contradicted if not even "
    "with silence read as yes; else not shown.",
)
def bodies_promote_cooperation(study, threshold):
    """Development bodies promote cooperation, dialogue and communication."""
    wanted = ["cooperation ties", "relations with authorities"]
    asked = {item: {} for item in wanted}
    services = records(items(study, "services"), "cluster", "item", "status")
    for cluster, item, status in services:
        if item in wanted:
            asked[item][cluster] = status
    if not all(asked.values()):
        raise NoData(f"services {listed(wanted)}")
    clusters = set().union(*asked.values())
    ranges = [share_range(map(asked[item].get, clusters)) for item in wanted]
    low, high = min(low for low, _ in ranges), min(high for _, high in ranges)
    return Finding(
        at_least(low, high, threshold),
        f"Both are offered in {number(100 * low)} % of the clusters, up to {number(100 * high)} % "
        "where the table is silent. These are offers: what they brought about is not recorded.",
        statistic="share of clusters that are offered both",
        value=low,
        low=low,
        high=high,
    )


@check(
    "F31",
    COVERAGE,
    uses=("clusters", "components", "series"),
    threshold=0.9,
    share=True,
    rule="Supported if at least {threshold} of the clusters have any printed link to education or "
    "science; else not shown, as the tables say of no cluster that it has none.",
)
def declared_integration(study, threshold):
    """Practically every cluster declares integration with education and science."""
    linked = linked_clusters(study)
    share = len(linked) / cluster_count(study)
    return Finding(
        "supported" if share >= threshold else "not shown",
        f"A link is printed for {counted(len(linked), 'cluster')} ({listed(linked)}) of "
        f"{cluster_count(study)}; Table 1 has no column for it. Silence on the others is no "
        "denial, so the share may be anything from there to all.",
        statistic="share of clusters with a printed link",
        value=share,
        low=share,
        high=1.0,
        needs="for each cluster: member universities and institutes, agreements, joint projects",
    )


def _managed(study, column):
    """Return the share of regions in which every cluster has a managing body."""
    regions, managed = by_cluster(study, "region"), {}
    for cluster, status in statuses(study, "management body", column).items():
        managed.setdefault(regions[cluster], []).append(status == "present")
    return sum(map(all, managed.values())) / len(managed)


def _most_alike(lists):
    """Name the clusters that have the list which most have; of several such lists, the first."""
    groups = {}
    for cluster in sorted(lists):
        groups.setdefault(frozenset(lists[cluster]), []).append(cluster)
    return max(groups.values(), key=len)

"""Claims of the results on Table 1: projects, services, links to education and science."""

from analysis.comparative.evidence import MISSING_STATUSES
from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import CELLS, COMMON, COVERAGE
from article.claims.reading import (
    cluster_count,
    items,
    linked_clusters,
    share_range,
    statuses,
    unlinked_clusters,
)
from article.claims.registry import Finding, NoData, check
from article.claims.yardsticks import at_least, more_than, worst

ACTS = {  # what bodies are said to do, and the service that Table 1 names for it
    "cooperation": "cooperation ties",
    "a platform for dialogue": "platform for dialogue",
    "organising development": "organisational development",
    "communication": "relations with authorities",
}
UNNAMED = ("any project", "any other project")  # items that stand for projects without a name
PROJECT_KINDS = {  # what a coded project is, in the words of the claim
    "logistics": ("transport and logistics centre", "logistics and warehouse"),
    "technopark": ("technopark",),
    "business centre": ("business centre",),
}


@check(
    "F28",
    CELLS,
    uses=("components",),
    hedge="among the most popular",
    threshold=2,
    rule="Supported if logistics, technoparks and business centres are each found in at least "
    "{threshold} clusters, realised or planned, and in no fewer than any other kind of project; "
    "partly if some are; contradicted if none is and no project is unreported; else not shown. "
    "Among the most popular, a tie is enough.",
)
def popular_projects(study, threshold):
    """Among the most popular joint projects: logistics, technoparks, business centres."""
    kinds = {item: kind for kind, coded in PROJECT_KINDS.items() for item in coded}
    having, realised, unreported = {kind: set() for kind in PROJECT_KINDS}, {}, set()
    projects = items(study, "special projects")
    for cluster, item, status in records(projects, "cluster", "item", "status"):
        if status in MISSING_STATUSES:
            unreported.add(cluster)
        if status in ("present", "planned") and item not in UNNAMED:
            having.setdefault(kinds.get(item, item), set()).add(cluster)
        if status == "present":
            realised[cluster] = None
    found = {kind: len(having.pop(kind)) for kind in PROJECT_KINDS}
    others = max(map(len, having.values()), default=0)
    parts = [count >= threshold and count >= others for count in found.values()]
    words = [f"{kind} {count}" for kind, count in found.items()]
    verdict = "not shown" if unreported else "contradicted"
    verdict = "partly supported" if any(parts) else verdict
    return Finding(
        "supported" if all(parts) else verdict,
        f"Clusters by kind of project: {listed(words)}; any other kind at most {others}. Only in "
        f"{counted(len(realised), 'cluster')} ({listed(realised)}) is any of them realised.",
        statistic="of the three kinds, those most often found",
        value=sum(parts),
    )


@check(
    "F29",
    COMMON,
    uses=("clusters", "components"),
    hedge="often",
    rule="Supported if more than {threshold} of the clusters have one and the same list of "
    "services, counting what is not reported as none; contradicted if not even counting what "
    "is not reported as that list; "
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
        more_than(low, low + silent, threshold),
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
    hedge="can facilitate",
    threshold=0.5,
    share=True,
    rule="Four acts, each by a service or event that Table 1 names for it: cooperation, a platform "
    "for dialogue, organising development, communication with stakeholders. Each is supported if "
    "more than {threshold} of the clusters are offered it, counting what is not reported "
    "either way; an act that "
    "the table does not name is not shown. All parts count.",
)
def bodies_promote_cooperation(study, threshold):
    """Development bodies promote cooperation and dialogue, organise development, communicate."""
    asked = {item: {} for item in ACTS.values()}
    services = records(items(study, "services"), "cluster", "item", "status")
    for cluster, item, status in services:
        if item in asked:
            asked[item][cluster] = status
    if not any(asked.values()):
        raise NoData(f"services {listed(ACTS.values())}")
    clusters = sorted(set().union(*asked.values()))
    ranges = {
        act: share_range(map(asked[item].get, clusters)) if asked[item] else (0.0, 1.0)
        for act, item in ACTS.items()
    }
    verdicts = [more_than(*ends, threshold) for ends in ranges.values()]
    words = [f"{act} {number(100 * low)} %" for act, (low, _) in ranges.items() if low]
    return Finding(
        worst(*verdicts),
        f"Offered in this share of the clusters: {listed(words)}; without a service that names it: "
        f"{listed(act for act, item in ACTS.items() if not asked[item])}. These are offers: what "
        "they brought about is not recorded.",
        statistic="acts that more than that share of the clusters are offered, of four",
        value=verdicts.count("supported"),
        needs="per managing body: meetings held, partners brought together, by year",
    )


@check(
    "F31",
    COVERAGE,
    uses=("clusters", "series"),
    hedge="practically in each",
    rule="Supported if at least {threshold} of the clusters have a printed number above zero on "
    "education or science; contradicted if so many cannot, since those of the others are zero; "
    "else not shown, since what is not reported is not denied.",
)
def declared_integration(study, threshold):
    """Practically in each cluster integration with education and science is declared."""
    linked, none, clusters = linked_clusters(study), unlinked_clusters(study), cluster_count(study)
    share, most = len(linked) / clusters, 1 - len(none) / clusters
    return Finding(
        at_least(share, most, threshold),
        f"A link is printed for {counted(len(linked), 'cluster')} ({listed(linked)}) of "
        f"{clusters}; printed as zero for {len(none)}. Table 1 has no column for it, and its "
        "educational activities are the body's own. What is not reported of others is not denied.",
        statistic="share of clusters with a printed link",
        value=share,
        low=share,
        high=most,
        needs="for each cluster: member universities and institutes, agreements, joint projects",
    )


def _most_alike(lists):
    """Name the clusters that have the list which most have; of several such lists, the first."""
    groups = {}
    for cluster in sorted(lists):
        groups.setdefault(frozenset(lists[cluster]), []).append(cluster)
    return max(groups.values(), key=len)

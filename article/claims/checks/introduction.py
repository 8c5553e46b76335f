"""Claims of the introduction and of the theoretical basis: growth, results, other countries."""

from analysis.index import base_indices
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, number
from article.claims.notebooks import CELLS, PRINTED
from article.claims.reading import (
    JOBS,
    SIZE,
    cluster_count,
    firms,
    items,
    measured_change,
    printed,
    region_of_each,
    rows_on,
    signs_of_weight,
    statuses,
    values,
)
from article.claims.registry import Finding, check, not_empirical, not_testable
from article.claims.yardsticks import every, some, worst


def _growth_planned(study):
    firms = values(study, "value-chain-smes")
    measured = len(values(study, "value-chain-smes", measured=True))
    first, last = firms.index[0], firms.index[-1]
    index = base_indices(firms, base=first)["base_index"].iloc[-1]
    return (
        f"The only count of SMEs is that of one cluster: {number(firms[first])} in {first} and "
        f"{number(firms[last])} in {last} (index {number(index)}); values that were measured: "
        f"{measured}. Of SMEs outside clusters nothing is printed, so no growth can be compared."
    )


not_testable(
    "F1",
    "number, employees and turnover of SMEs, per cluster and year, 2013-2016",
    "the same of SMEs of the same industry and region outside clusters",
    why=_growth_planned,
    notebook=PRINTED,
    uses=("series",),
)


@check(
    "F68",
    PRINTED,
    threshold=0.5,
    share=True,
    rule="Supported if in more than {threshold} of the tables sales are printed first and in every "
    "year, and their measured values rise; partly if a table has measured sales and prints sales "
    "first or in every year; else not shown. A rise stands in for being competitive, place and "
    "completeness for being the main result.",
)
def competitive_products(study, threshold):
    """The main result of SME cluster development is finished competitive products."""
    rows = printed(study)
    cells = rows_on(study, "sales")
    cells = [cell for cell in cells if cell.table is not None]
    sales = [(cell.table, cell.standing) for cell in cells if cell.value == cell.value]
    measured = [cell.table for cell in cells if cell.standing in MEASURED and cell.value > 0]
    tables = sorted(set(rows["table"].tolist()))
    rising = {row[0] for row in measured_change(study, "sales") if row[2] > 0}
    signs = {table: signs_of_weight(study, table, "sales")[:2] for table in measured}
    main = [table for table in tables if table in rising and signs[table] == (1, 1.0)]
    leading = any(place == 1 or filled == 1 for place, filled in signs.values())
    share = len(main) / len(tables)
    return Finding(
        "supported" if share > threshold else "partly supported" if leading else "not shown",
        f"Sales of products stand in {len({table for table, _ in sales})} of {len(tables)} tables, "
        f"with {counted(len(sales), 'value')}, {len(measured)} of them measured. Whether the "
        "products are competitive, and whether they are the main result, no table measures.",
        statistic="share of tables in which measured sales lead and rise",
        value=share,
        needs="per cluster and year: sales, exports and market share of finished products, beside "
        "the other results",
    )


@check(
    "F69",
    CELLS,
    uses=("clusters", "series"),
    hedge="some",
    threshold=2,
    rule="Two parts. At least {threshold} clusters in as many regions are listed; and of as many, "
    "in as many regions, a number of member SMEs is measured. Both count; size that is not "
    "reported is no "
    "denial.",
)
def part_of_russian_clusters(study, threshold):
    """Some of the clusters of Russia's regions are SME clusters."""
    regions, sized = region_of_each(study), firms(study)
    known = {regions[cluster] for cluster in sized}
    every_region = len(set(regions.values()))
    on_regions = some(min(len(regions), every_region), min(len(regions), every_region), threshold)
    return Finding(
        worst(on_regions, some(len(known), every_region, threshold)),
        f"{counted(len(regions), 'cluster')} in {counted(every_region, 'region')} are listed as "
        f"such, after another study. A number of member SMEs is measured for {listed(sized)}; the "
        "sizes by which they were told from the rest are not printed, nor the total of the "
        "register.",
        statistic="clusters listed",
        value=len(regions),
        needs="number of clusters in the register at the date of the study; per cluster, number "
        "of member firms by size class",
    )


not_testable(
    "F77",
    "per firm, before and after it joined a cluster: employees, turnover, new products, by year",
    "the same of firms that joined none",
    why="No firm is followed into a cluster and none outside is counted, so no impact can be seen.",
)


@check(
    "F78",
    CELLS,
    uses=("clusters", "components", "series"),
    rule="Four advantages, each in every cluster. Institutions: there is a managing body. "
    "Interests: relations with the authorities are offered, which stands in for protection. Common "
    "use: a measured share of members above zero uses a common object. Costs: measured costs fall, "
    "contradicted if in one they only rise. All parts count; a body or an offer that is lacking, "
    "or not reported, denies no advantage and leaves it not shown.",
)
def advantages(study, _):
    """Advantages: common use, collective institutions, lower costs, protection of interests."""
    clusters = cluster_count(study)
    bodies = statuses(study, "management body")
    told = {(cluster, item): status for cluster, item, status
            in records(items(study, "services"), "cluster", "item", "status")}  # fmt: skip
    offers = [told.get((cluster, "relations with authorities")) for cluster in bodies]
    users = {cell.cluster for cell in rows_on(study, "shared infrastructure")
             if cell.standing in MEASURED and cell.value > 0}  # fmt: skip
    falling, rising = _moved(study, "costs")
    having = [sum(s == "present" for s in found) for found in (bodies.values(), offers)]
    verdicts = [every(0, count, clusters) for count in (*having, len(users))]
    verdicts.append(every(len(rising), len(falling), clusters))
    return Finding(
        worst(*verdicts),
        f"A managing body is there in {having[0]} of {clusters} clusters, relations with the "
        f"authorities are offered in {having[1]}. Measured common use: {listed(sorted(users))}; "
        f"measured fall of costs: {listed(sorted(falling))}. An offer is not yet an advantage to "
        "firms.",
        statistic="advantages that show, of four",
        value=verdicts.count("supported"),
        needs="per member firm: costs, use of common equipment, before and after it joined",
    )


def _moved(study, *concepts):
    """Name the clusters whose measured rows on these concepts all fall, and those that all rise."""
    changes = {}
    for _, cluster, change in measured_change(study, *concepts):
        changes.setdefault(cluster, []).append(change)
    return (
        {cluster for cluster, found in changes.items() if max(found) < 0},
        {cluster for cluster, found in changes.items() if min(found) > 0},
    )


not_testable(
    "F79",
    "cluster programmes in force, per region of the country and of other countries, by year",
    "a survey of what tools of development authorities and firms know and choose",
    why=lambda study: (
        f"{counted(cluster_count(study), 'cluster')} of one country are listed, and listed for "
        "being clusters; of policies, of other tools and of other countries nothing is printed."
    ),
    uses=("clusters",),
)
not_testable(
    "F80",
    "per cluster: each limitation that is named (finance, staff, demand, innovation), with its "
    "measure and what it costs the members",
    why="Which limitation is the main one takes a measure of the others, and none is named or "
    "printed.",
)


@check(
    "F81",
    PRINTED,
    uses=("clusters", "series"),
    rule="Supported if in every cluster firms, jobs or sales rise in measured values, contradicted "
    "if in one all of them fall; else not shown. A plan to grow is an intention, and no potential "
    "that was seen.",
)
def potential_for_growth(study, _):
    """SME clusters have the potential for economic growth."""
    changes = measured_change(study, SIZE, JOBS, "sales")
    rising = {cluster for _, cluster, change in changes if change > 0}
    falling = {cluster for _, cluster, change in changes if change < 0} - rising
    clusters = cluster_count(study)
    planned = {cell.cluster for cell in rows_on(study, SIZE, JOBS, "sales")
               if cell.value == cell.value and cell.standing == "target"}  # fmt: skip
    return Finding(
        every(len(falling), len(rising), clusters),
        f"Measured to rise in {len(rising)}, to fall in {len(falling)} of {clusters} clusters; "
        f"rows with two measured years: {len(changes)}. Targets for firms, jobs or sales: "
        f"{listed(sorted(planned))}.",
        statistic="clusters whose firms, jobs or sales were measured to rise",
        value=len(rising),
        low=len(rising),
        high=clusters - len(falling),
        needs="firms, jobs and sales of each cluster as achieved, for several years",
    )


not_empirical("F82", "A forecast of what the contradiction may lead to. The part of SMEs in output "
              "and new products of the following years would decide it.")  # fmt: skip
not_empirical("F70", "A report of literature on Africa; what that study measured is not printed, "
              "and has no common measure with these tables.")  # fmt: skip
not_empirical("F93", "A report of literature on Indonesia; what those studies measured is not "
              "printed, and has no common measure with these tables.")  # fmt: skip
not_empirical("F94", "A report of how innovation in clusters is thought to work; which firms do so "
              "is a question of its own.")  # fmt: skip
not_empirical("F95", "A report of literature on Nigeria; what that study measured is not printed, "
              "and has no common measure with these tables.")  # fmt: skip
not_testable(
    "F83",
    "efficiency of the African clusters and firms before and after policies began, by year",
    "the same where there was no policy",
    why="A cause is inferred by the author from a report of which no figure is printed.",
)
not_testable(
    "F84",
    "the result expected and the result reached of each cluster founded by a government",
    why="A judgement of the author on a report of which no figure is printed.",
)
not_testable(
    "F85",
    "new products and technologies of the clusters supported, before and after, by country",
    "the same of clusters that had no support",
    why="A judgement of the author on several reports; neither efforts nor technology are measured "
    "here.",
)
not_testable(
    "F86",
    "of a sample of clusters: firms that innovate together with science and partners, by year",
    why="How often a model is put in practice takes a count of clusters that follow it; no table "
    "has one.",
)

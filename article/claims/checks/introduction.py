"""Claims of the introduction: growth, results and place of clusters of SMEs."""

from analysis.index.base_and_chain import base_indices
from analysis.tidy.records import records
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, number
from article.claims.notebooks import PRINTED
from article.claims.reading import by_cluster, cluster_count, printed, rows_on, values
from article.claims.registry import Finding, check, not_testable


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
    rule="Partly supported if more than {threshold} of the tables print measured sales of "
    "products: competitiveness and the other results, by which it would be the main one, have no "
    "measure. Else not shown.",
)
def competitive_products(study, threshold):
    """The main result of SME cluster development is finished competitive products."""
    rows = printed(study)
    cells = records(rows_on(study, "sales"), "table", "standing", "value")
    sales = [(table, standing) for table, standing, value in cells if value == value]
    measured = [table for table, standing in sales if standing in MEASURED]
    tables = len(set(rows["table"].tolist()))
    share = len(set(measured)) / tables
    return Finding(
        "partly supported" if share > threshold else "not shown",
        f"Sales of products stand in {len({table for table, _ in sales})} of {tables} tables, with "
        f"{counted(len(sales), 'value')}, {len(measured)} of them measured. Whether the products "
        "are competitive, and whether they are the main result, no table measures.",
        statistic="share of tables with measured sales",
        value=share,
        needs="per cluster and year: sales, exports and market share of finished products, beside "
        "the other results",
    )


@check(
    "F69",
    "01-institutional-components#the-answer",
    uses=("clusters",),
    threshold=2,
    rule="Partly supported if at least {threshold} clusters are listed, since their share in the "
    "register and the size of their firms are not printed; else not shown.",
)
def part_of_russian_clusters(study, threshold):
    """Part of the Russian clusters are SME clusters."""
    listed_clusters = cluster_count(study)
    regions = len(set(by_cluster(study, "region").values()))
    return Finding(
        "partly supported" if listed_clusters >= threshold else "not shown",
        f"{counted(listed_clusters, 'cluster')} in {counted(regions, 'region')} are listed as "
        "such, after another study. The total of the register is not printed, so the part they are "
        "is unknown; nor are the sizes by which they were told from the rest.",
        statistic="clusters listed",
        value=listed_clusters,
        needs="number of clusters in the register at the date of the study; per cluster, number "
        "of member firms by size class",
    )

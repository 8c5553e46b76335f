"""What the article delivers as announced."""

from analysis.comparative.indicator_sets import jaccard
from analysis.comparative.monotone_rule import best_monotone_rule
from analysis.tidy.wording import counted, interval, listed, number
from article.audit.registry import item
from article.claims.checks.components import vologda_leads
from article.claims.reading import bounds, coverage, items, published_grades, scores
from article.claims.registry import NoData
from article.tables import DASH

TABLE_1 = ("clusters", "components")


@item(
    "A41",
    kind="delivered as announced",
    place_a="Method",
    says_a="It lists the clusters that are studied.",
    place_b="Table 1",
    says_b="Each of them has its row, with components and a grade.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=TABLE_1,
)
def every_cluster(study):
    """Clusters with components and a grade."""
    coded = study.clusters.index.isin(study.components["cluster"])
    graded = study.clusters["grade"].notna()
    known = study.components.loc[study.components["status"] != "not reported", "cluster"]
    return (
        f"{int((coded & graded).sum())} of {len(study.clusters)} clusters",
        f"Something is told of {known.nunique()} of them, in one form and from one register, so "
        "that they can be compared at all.",
    )


@item(
    "A42",
    kind="delivered as announced",
    place_a="Results, after Table 1",
    says_a="The level follows from which components are there.",
    place_b="Table 1, Note",
    says_b="With hardly an exception, more components go with a grade that is no lower.",
    notebook="01-institutional-components#do-the-grades-follow",
    uses=TABLE_1,
)
def grades_in_order(study):
    """Clusters that fit the best rule under which more evidence never means a lower grade."""
    graded = published_grades(study)
    low, high = (ends.loc[graded.index] for ends in bounds(study))
    rule = best_monotone_rule(low, high, graded)
    return (
        f"{len(graded) - rule.exception_count} of {len(graded)} clusters fit",
        f"The best such rule leaves {counted(rule.exception_count, 'exception')}, among "
        f"{listed(rule.exceptions.index)}. As the grades were set from the components this shows "
        "care in grading; it is no test.",
    )


@item(
    "A43",
    kind="delivered as announced",
    place_a="Results, after Table 1",
    says_a="The Vologda cluster has the most developed institutions.",
    place_b="Table 1",
    says_b="Every component is there, with details.",
    notebook="06-innovation-potential#ranks-that-follow",
    uses=("components",),
)
def leader(study):
    """How often, and how certainly, the cluster is first."""
    first = vologda_leads(study, 0.5).value
    rank = int(scores(study).loc["vologda-wood", "rank_worst"])
    return (
        f"rank {rank} at worst; first in {number(100 * first)} % of the choices of method",
        "The rank holds in the main coding of its items, however the unreported cells are counted, "
        "all components counted alike; the first place may be shared. With its projects read as "
        "plans others could be ahead.",
    )


@item(
    "A44",
    kind="delivered as announced",
    place_a="Method; Discussion",
    says_a="Clusters tell very unequal amounts about themselves, which limits comparison.",
    place_b="Tables 1-4",
    says_b="It says so twice, and prints numbers of three clusters.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def unequal_disclosure(study):
    """Criteria covered by what is printed of the clusters, most and least."""
    covered = coverage(study).sum(axis=1)
    none = int((covered == 0).sum())
    return (
        f"{interval(covered.min(), covered.max())} criteria covered per cluster",
        f"Of {none} of {len(covered)} clusters the article prints no number on any criterion, "
        "which does not say that they publish none. The limit is openly named; the "
        "conclusions could have kept it in view.",
    )


@item(
    "A45",
    kind="delivered as announced",
    place_a="Discussion",
    says_a="There is no common standard of disclosure.",
    place_b="Tables 2-4",
    says_b="Each cluster counts something else, under other names.",
    notebook="03-comparison#do-they-count-the-same-things",
    uses=("series",),
)
def no_standard(study):
    """The closest two sets of indicators, by label and by concept."""
    if study.series["cluster"].nunique() < 2:
        raise NoData("second cluster with an indicator table")
    rows = study.series.dropna(subset=["label", "concept"])
    if rows["cluster"].nunique() < 2:
        raise NoData("second cluster whose indicators have concepts")
    labels, concepts = (jaccard(rows, by)["jaccard"].max() for by in ("label", "concept"))
    return (
        f"at most {number(100 * concepts)} % of the concepts, {number(100 * labels)} % of the "
        "labels in common",
        "Shares are of all that either of two clusters counts (Jaccard), for the two that are "
        "most alike. Even where the same is meant, the label differs.",
    )


@item(
    "A46",
    kind="delivered as announced",
    place_a="Results, after Table 1",
    says_a="The services offered are largely the same.",
    place_b="Table 1",
    says_b="It says so row by row.",
    notebook="01-institutional-components#how-common-is-each-component",
    uses=TABLE_1,
)
def same_services(study):
    """Clusters whose list of services is the most frequent one."""
    services = items(study, "services")
    there = services[services["status"] == "present"]
    lists = there.groupby("cluster")["item"].agg(lambda names: ", ".join(sorted(names)))
    if not len(lists):
        raise NoData("cluster with services")
    return (
        f"{int(lists.value_counts().iloc[0])} of {len(lists)} clusters with services",
        f"The list: {lists.value_counts().index[0]}. The other "
        f"{len(study.clusters) - len(lists)} clusters have none, or the table says nothing on it.",
    )


@item(
    "A47",
    kind="delivered as announced",
    place_a="Tables 2-4",
    says_a="Their columns are five years.",
    place_b="Tables 2-4",
    says_b="Each row has a cell for each year, and what is not told has a dash.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("published",),
)
def whole_tables(study):
    """Printed cells of the indicator tables, dashes among them."""
    cells = study.published[study.published["column"] != "level"]
    rows = cells.groupby(["table", "row"])["column"].nunique()
    dashes = int((cells["published"] == DASH).sum())
    whole = int((rows == cells["column"].nunique()).sum())
    return (
        f"{whole} of {len(rows)} rows whole, {counted(dashes, 'dash', 'dashes')} among "
        f"{len(cells)} cells",
        "Nothing is left blank, so that a gap can be told from a slip. That our two transcriptions "
        "of these cells agree is a matter of this project, and stands under verification.",
    )


@item(
    "A48",
    kind="delivered as announced",
    place_a="Abstract; Method",
    says_a="The case method is applied.",
    place_b="Results, Tables 2-4",
    says_b="Clusters are taken one by one, each with its figures and a reading of them.",
    notebook="02-quantitative-indicators#the-table-as-printed",
)
def cases(study):
    """Clusters that are looked at by themselves, and how full their tables are."""
    cells = study.series["value"]
    return (
        f"{study.series['cluster'].nunique()} of {len(study.clusters)} clusters, "
        f"{int(cells.notna().sum())} of {len(cells)} cells filled",
        f"The cases: {listed(study.series['cluster'].unique())}. They are what the article adds to "
        "the register, and what the conclusions could have been kept to.",
    )

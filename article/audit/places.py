"""Two places of the article that do not say the same: text, tables, or one of each."""

from analysis.comparative.scale import regional_scale
from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, interval, listed, number
from article.audit.registry import item
from article.claims.reading import (
    INNOVATION,
    JOBS,
    component,
    items,
    linked_clusters,
    printed,
    serves,
    values,
)
from article.claims.registry import NoData

TABLE_1 = ("clusters", "components")
# projects that are objects for common use, in the words of the coding
INFRASTRUCTURE = (
    "transport and logistics centre", "logistics and warehouse", "technopark", "business centre",
    "exhibition platform", "industrial site",
)  # fmt: skip
MARK_PCT = 1.0  # of a region's employed: below it jobs are taken to be insignificant


@item(
    "A1",
    kind="text against table",
    place_a="Results, after Table 1",
    says_a="Every region has named a structure that manages its cluster.",
    place_b="Table 1",
    says_b="Of some clusters it says that nobody governs them; they have a coordinator.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=TABLE_1,
)
def governed_everywhere(study):
    """Regions in which a cluster has no governing subject."""
    statuses = component(study, "management body")
    without = statuses.index[statuses == "absent"]
    regions = study.clusters.loc[without, "region"].unique()
    return (
        f"{len(regions)} of {study.clusters['region'].nunique()} regions",
        f"Clusters without a governing subject: {listed(without)}; in {listed(regions)}. The two "
        "places agree if a coordinator counts as a managing structure, and not otherwise.",
    )


@item(
    "A2",
    kind="text against table",
    place_a="Abstract",
    says_a="Clusters of small and medium-sized firms usually bring about no innovations.",
    place_b="Table 2",
    says_b="It counts studies, certifications and software in its first year already.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("series",),
)
def innovations_counted(study):
    """Measured positive values on the criteria that are about innovation."""
    rows = study.series
    measured = rows["standing"].isin(MEASURED) & (rows["value"] > 0) & serves(rows, INNOVATION)
    found = rows[measured]
    texts = [f"{row.indicator} {number(row.value)} ({row.year})" for row in found.itertuples()]
    return (
        f"{found['indicator'].nunique()} of {len(printed(study))} rows with a measured value above "
        "zero",
        f"Measured: {listed(texts)}; clusters: {listed(found['cluster'].unique())}. One such value "
        "is enough against a denial for all clusters, and not against one for most. It does "
        "not show that there is much of it.",
    )


@item(
    "A3",
    kind="text against table",
    place_a="Results, after Table 2",
    says_a="Innovative development is seen above all as the creation of new, productive jobs.",
    place_b="Table 2",
    says_b="One row is on such jobs, and as a share; more rows are on training.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("series",),
)
def jobs_above_all(study):
    """Rows on high-performance jobs among those of Table 2."""
    rows = printed(study, 2)
    jobs = rows[rows["concept"] == JOBS]
    concepts = [f"{concept} ({count})" for concept, count in rows["concept"].value_counts().items()]
    counts = int((jobs["unit"] != "percent").sum())
    return (
        f"{len(jobs)} of {len(rows)} rows",
        f"What the rows are on: {listed(concepts)}. Rows with a number of jobs: "
        f"{counts}; from a share of workplaces new jobs do not follow, as the workplaces are not "
        "printed.",
    )


@item(
    "A4",
    kind="text against table",
    place_a="Results, after Table 1",
    says_a="Nearly every cluster declares ties with education and science.",
    place_b="Table 1",
    says_b="It has no column for such ties and names hardly any.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series"),
)
def declared_ties(study):
    """Clusters for which a tie to education or science is printed anywhere."""
    linked = linked_clusters(study)
    return (
        f"{len(linked)} of {len(study.clusters)} clusters",
        f"A tie is printed for {listed(linked)}, the indicator tables included. On the other "
        f"{len(study.clusters) - len(linked)} the article says nothing, which does not deny it: "
        "declarations may exist, they are not shown.",
    )


@item(
    "A5",
    kind="text against table",
    place_a="Discussion",
    says_a="The most common indicator is the number of high-performance jobs.",
    place_b="Tables 2-4",
    says_b="Two print such a number, one a share without the workplaces it is a share of.",
    notebook="03-comparison#do-they-count-the-same-things",
    uses=("series",),
)
def jobs_by_number(study):
    """Tables that give high-performance jobs as a number."""
    rows = printed(study)
    jobs = rows[rows["concept"] == JOBS]
    by_number = jobs.loc[jobs["unit"] != "percent", "table"].unique()
    return (
        f"a number in {len(by_number)} of {rows['table'].nunique()} tables",
        f"As a concept it is in {jobs['table'].nunique()} of {rows['table'].nunique()} tables, "
        f"under {counted(jobs['label'].nunique(), 'different label')}. It is the most common only "
        "if shares and numbers are taken for one indicator.",
    )


@item(
    "A6",
    kind="text against table",
    place_a="Results, after Table 4",
    says_a="Sales are the second key indicator and show how far the potential is realised.",
    place_b="Table 4",
    says_b="Sales stand in the last row, and most of its years are empty.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("series",),
)
def sales_filled(study):
    """Years of sales that have a value, and how many of them were measured."""
    sales = values(study, "sales")
    rows = study.series[study.series["indicator"] == "sales"]
    measured = int(rows["value"].notna()[rows["standing"].isin(MEASURED)].sum())
    return (
        f"{len(sales)} of {len(rows)} years, {measured} of them measured",
        f"Values are printed for {listed(sales.index)}. A plan cannot show what is realised, and "
        "sales are not split into innovative and other products.",
    )


@item(
    "A7",
    kind="text against table",
    place_a="Discussion",
    says_a="Planning documents practically leave out the development of innovative potential.",
    place_b="Tables 2 and 4",
    says_b="Both print rows on studies, software or sales that the text itself calls innovative.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("series",),
)
def documents_with_innovation(study):
    """Tables with a row on a criterion that is about innovation."""
    rows = printed(study)
    found = rows.loc[serves(rows, INNOVATION), "table"].unique()
    texts = [str(table) for table in sorted(found)]
    return (
        f"{len(found)} of {rows['table'].nunique()} tables",
        f"Tables with a row on products, technologies, research or intellectual property: "
        f"{listed(texts)}. Whether such rows amount to a task of development is a matter of "
        "judgement; that they are absent is not what is printed.",
    )


@item(
    "A8",
    kind="text against table",
    place_a="Abstract",
    says_a="Clusters are too small to form an infrastructure of innovation.",
    place_b="Table 1",
    says_b="One cluster has technopark and logistics centre; others plan such objects.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=TABLE_1,
)
def infrastructure_told(study):
    """Clusters with objects of infrastructure, realised and planned."""
    projects = items(study, "special projects")
    objects = projects[projects["item"].isin(INFRASTRUCTURE)]
    realised = objects.loc[objects["status"] == "present", "cluster"].unique()
    planned = objects.loc[objects["status"] == "planned", "cluster"]
    planned = planned[~planned.isin(realised)].unique()
    other = objects["alternative_status"].fillna(objects["status"])
    still = objects.loc[other == "present", "cluster"].unique()
    return (
        f"realised in {len(realised)}, planned in {len(planned)} of {len(study.clusters)} clusters",
        f"Realised: {listed(realised)}; planned: {listed(planned)}. Size and infrastructure "
        "cannot be compared, as size is hardly printed. Where the words can mean a plan as well, "
        f"infrastructure is certain in: {listed(still)}.",
    )


@item(
    "A9",
    kind="text against table",
    place_a="Discussion",
    says_a="In absolute magnitude the productive jobs are insignificant for their region.",
    place_b="Tables 3 and 4",
    says_b="They print the jobs of the clusters and no figure of a region.",
    notebook="03-comparison#against-the-region",
    uses=("clusters", "series", "indicators", "context"),
)
def regional_figures(study):
    """The largest share of the jobs in their region, by figures from outside."""
    scale = regional_scale(study.series, study.clusters, study.indicators, study.context)
    shares = scale.dropna(subset="share_high_pct")
    if not len(shares):
        raise NoData("regional figure to hold the jobs against")
    judged = "holds" if shares["share_high_pct"].max() < MARK_PCT else "does not hold throughout"
    certainty = listed(sorted(shares["certainty"].dropna().unique()), empty="not given")
    return (
        f"at most {number(shares['share_high_pct'].max(), 2)} % of the {shares['measure'].iloc[0]}",
        f"With regional figures from outside the article, certainty {certainty}, the shares of "
        f"{listed(shares['cluster'].unique())} are {interval(*_range(shares), digits=2)} %, "
        f"targets included; compared with a mark of {number(MARK_PCT)} % the judgement {judged}. "
        "From the article alone the reader cannot tell.",
    )


@item(
    "A10",
    kind="text against text",
    place_a="Method",
    says_a="Training of staff is among the quantitative indicators.",
    place_b="Results, opening",
    says_b="Training of staff is among the institutional components.",
    notebook="01-institutional-components#lists-of-components-in-the-source",
    uses=("criteria",),
)
def lists_of_components(study):
    """Criteria that the two lists of the article place differently."""
    criteria = study.criteria
    opened = criteria["results_opening"].notna()
    moved = criteria.loc[opened & (criteria["kind"] == "quantitative"), "criterion"]
    left = criteria.loc[~opened & (criteria["kind"] == "institutional"), "criterion"]
    return (
        f"{counted(len(moved), 'criterion', 'criteria')} placed differently",
        f"Quantitative in the method, institutional at the opening of the results: "
        f"{listed(moved)}. Institutional in the method, not named at the opening: {listed(left)}.",
    )


@item(
    "A11",
    kind="table against table",
    place_a="Table 1",
    says_a="The transport and logistics centre of the Vologda cluster is realised.",
    place_b="Table 2",
    says_b="No member uses a common logistics centre in the first two years.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("components", "series"),
)
def logistics_centre(study):
    """What Table 1 says of the centre, and the share of members that use it."""
    used = values(study, "logistics-share")
    projects = items(study, "special projects")
    centre = projects[projects["item"] == "transport and logistics centre"]
    texts = [f"{row.cluster}: {row.status}" for row in centre.itertuples()]
    idle = used.index[used == 0]
    return (
        f"0 % of the members in {listed(idle, empty='no year')}",
        f"The centre in Table 1: {listed(texts, empty='not recorded')}; share of members that use "
        f"one: {interval(used.iloc[0], used.iloc[-1])} % from {used.index[0]} to "
        f"{used.index[-1]}. Both hold if it was built and stood unused; "
        "or realised means decided.",
    )


@item(
    "A12",
    kind="table against table",
    place_a="Table 1",
    says_a="Of the information technology cluster of Novgorod no projects are known.",
    place_b="Table 4",
    says_b="It counts joint projects of the same cluster's members, from the first year on.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("components", "series"),
)
def joint_projects(study):
    """What the two tables say of the projects of one cluster."""
    counts = values(study, "joint-projects")
    cluster = study.series.loc[study.series["indicator"] == "joint-projects", "cluster"].iloc[0]
    projects = items(study, "special projects")
    texts = projects.loc[projects["cluster"] == cluster, "status"]
    return (
        f"{number(counts.iloc[0])} joint projects in {counts.index[0]}",
        f"Status of the projects of {cluster} in Table 1: {listed(texts, empty='not recorded')}. "
        "Both hold if Table 1 means projects for common use only, of the kind a managing body "
        "runs; it does not say so.",
    )


def _range(shares):
    return shares["share_low_pct"].min(), shares["share_high_pct"].max()

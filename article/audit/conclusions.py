"""Conclusions: causes without a measure, causes against each other, all clusters from three."""

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, interval, listed, number
from article.audit.registry import item
from article.claims.reading import (
    coverage,
    linked_clusters,
    printed,
    quantitative,
    serves,
    values,
)
from article.claims.registry import NoData

SIZE = "value-chain-smes"  # the one row that counts member firms


@item(
    "A32",
    kind="cause without a measure",
    place_a="Discussion",
    says_a="The main restraint is that clusters are small; even 50 to 100 firms may not suffice.",
    place_b="Table 3",
    says_b="The one size in print falls into that range, and nothing on research is beside it.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
)
def size_of_clusters(study):
    """Clusters whose number of firms is printed, and that number."""
    firms = values(study, SIZE)
    sized = study.series.loc[study.series["indicator"] == SIZE, "cluster"].unique()
    return (
        f"{len(sized)} of {len(study.clusters)} clusters: {interval(firms.min(), firms.max())} "
        "firms",
        f"Size is printed for {listed(sized)} only, most of it as a target. With so few sizes no "
        "effect of size can be seen; no row on research there means not reported, not proof "
        "of lack.",
    )


@item(
    "A33",
    kind="cause without a measure",
    place_a="Abstract",
    says_a="The main reason, for low activity or a small effect, is weak potential within.",
    place_b="Titles of Tables 1-4",
    says_b="They are the measure of innovative potential; no table measures activity apart.",
    notebook="02-quantitative-indicators#what-is-counted-and-in-what",
    uses=("series", "criteria"),
)
def potential_as_cause(study):
    """Rows that stand for the potential and for the result at once."""
    rows = printed(study)
    both = int(serves(rows, quantitative(study)).sum())
    realised = rows.loc[serves(rows, ["innovative-products"]), "indicator"]
    return (
        f"{both} of {len(rows)} rows serve a criterion of potential; no table is on activity alone",
        f"The article itself reads {listed(realised)} as potential realised, so that cause "
        "and effect stand in one list. To test the cause, potential would have to be "
        "measured before, and innovation after.",
    )


@item(
    "A34",
    kind="cause without a measure",
    place_a="Discussion",
    says_a="Series are short because most clusters were founded in 2014 to 2016.",
    place_b="Tables 1-4",
    says_b="No founding year is printed, and the series run to 2020.",
    notebook="04-trends#what-was-measured-and-what-was-planned",
    uses=("series",),
)
def founding_years(study):
    """Years of the series, and how many values of one were measured."""
    measured = study.series[study.series["standing"].isin(MEASURED)]
    counts = measured.groupby(["cluster", "indicator"])["value"].count()
    most = int(counts.max()) if len(counts) else 0
    firsts = study.series.groupby("cluster")["year"].min().unique().tolist()
    planned = study.series.loc[study.series["standing"] == "target", "year"].nunique()
    return (
        f"{counted(len(study.years), 'year')} per series, at most {most} of them measured",
        f"That data are few is so. First years of the clusters' series: {listed(firsts)}; years of "
        f"targets: {planned}. Their length is that of the plans they come from; founding years "
        "would be needed to tell more.",
    )


@item(
    "A35",
    kind="all from three",
    place_a="Abstract; Discussion",
    says_a="Conclusions are drawn on clusters of small and medium-sized firms at large.",
    place_b="Tables 2-4",
    says_b="Numbers are printed for three clusters.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
)
def clusters_without_numbers(study):
    """Clusters without any number."""
    numbered = study.series.dropna(subset="value")["cluster"].unique()
    silent = [cluster for cluster in study.clusters.index if cluster not in numbered]
    total, regions = len(study.clusters), study.clusters["region"].nunique()
    return (
        f"{len(silent)} of {total} clusters without any number",
        f"Numbers are printed of {listed(numbered)}: chosen, not sampled. Of the others the "
        "article prints no indicator, though it says of one that it plans in a like way. The "
        f"{counted(total, 'cluster')} are in {counted(regions, 'region')}; how many the "
        "register holds of the kind is not printed.",
    )


@item(
    "A36",
    kind="all from three",
    place_a="Results, after Table 3",
    says_a="Most traditional clusters plan in the same, simplified way.",
    place_b="Tables 2 and 3",
    says_b="Two traditional clusters have a table, and one of the two is not like that.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def traditional_documents(study):
    """Traditional clusters with a table, and those that cover few criteria."""
    traditional = study.clusters.index[study.clusters["activity_class"] == "traditional"]
    if not len(traditional):
        raise NoData("traditional cluster")
    covered = coverage(study).sum(axis=1)
    numbered = [name for name in study.series["cluster"].unique() if name in traditional]
    criteria = len(quantitative(study))
    few = [name for name in numbered if 2 * covered[name] < criteria]
    counts = [f"{name} {covered[name]}" for name in numbered]
    return (
        f"{len(numbered)} of {len(traditional)} traditional clusters have a table, {len(few)} with "
        "fewer than half of the criteria covered",
        f"Criteria covered, of {criteria}: {listed(counts)}. The documents of the other "
        f"{len(traditional) - len(numbered)} are not shown.",
    )


@item(
    "A37",
    kind="all from three",
    place_a="Results, after Table 4",
    says_a="The Penza information technology cluster plans by a similar approach.",
    place_b="Tables 2-4",
    says_b="None is on Penza.",
    notebook="03-comparison#do-they-count-the-same-things",
)
def penza(study):
    """Rows on the Penza cluster."""
    wanted = "penza-it"
    if wanted not in study.clusters.index:
        raise NoData(f"cluster {wanted!r}")
    rows = printed(study)
    found = int((rows["cluster"] == wanted).sum())
    return (
        f"{found} of {len(rows)} rows",
        f"The tables are on {listed(rows['cluster'].unique())}. The statement may be right; the "
        "indicators of that cluster's strategy would show it.",
    )


@item(
    "A38",
    kind="all from three",
    place_a="Abstract",
    says_a="Small and medium-sized firms grow fastest in clusters.",
    place_b="Table 3",
    says_b="The number of firms is printed for one cluster, and for firms outside not at all.",
    notebook="04-trends#how-fast",
)
def growth_of_firms(study):
    """Clusters with a number of firms, and its planned growth."""
    firms = values(study, SIZE)
    sized = study.series.loc[study.series["indicator"] == SIZE, "cluster"].nunique()
    first = firms.iloc[0]
    growth = f"{number(100 * (firms.iloc[-1] / first - 1))} %" if first > 0 else "undefined"
    return (
        f"{sized} of {len(study.clusters)} clusters, planned growth {growth} from "
        f"{firms.index[0]} to {firms.index[-1]}",
        "Faster than what, cannot be said: no firms outside clusters are counted, and most of the "
        "growth is a target. Firms that join a value chain are not firms that were founded.",
    )


@item(
    "A39",
    kind="cause against cause",
    place_a="Abstract",
    says_a="Main reason: weak potential within and no integration with sources of innovation.",
    place_b="Discussion",
    says_b="Main factor: small size; common to almost any cluster: no mechanism of transfer.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series"),
)
def main_reasons(study):
    """Clusters with data on size and on integration, and rows on transfer."""
    on_transfer = int(printed(study)["concept"].str.contains("transfer", na=False).sum())
    sized = study.series.loc[study.series["indicator"] == SIZE, "cluster"].nunique()
    linked = linked_clusters(study)
    return (
        f"of {len(study.clusters)} clusters, size is told for {sized}, a tie with education or "
        f"science for {len(linked)}; rows on transfer: {on_transfer}",
        f"Which reason is the main one cannot be weighed: none is measured across clusters. What "
        f"is printed on integration are ties ({listed(linked)}), not their lack; and a reason that "
        "almost all clusters share cannot say what sets the small ones apart.",
    )


@item(
    "A40",
    kind="cause against cause",
    place_a="Introduction",
    says_a="Low innovative activity makes clusters choose traditional industries.",
    place_b="Results, after Table 2",
    says_b="A traditional industry limits how innovative a cluster can be.",
    notebook="03-comparison#classes-of-activity",
    uses=("clusters", "series", "criteria"),
)
def activity_or_industry(study):
    """Criteria covered by the clusters with a table, by class of activity."""
    covered = coverage(study).sum(axis=1)
    numbered = study.series.dropna(subset="value")["cluster"].unique()
    classes = study.clusters["activity_class"]
    counts = [f"{name} ({classes[name]}) {covered[name]}" for name in numbered]
    return (
        f"class and numbers together for {len(numbered)} of {len(study.clusters)} clusters",
        f"Criteria covered, of {len(quantitative(study))}: {listed(counts)}. Neither direction can "
        "be told from one moment and so few clusters.",
    )

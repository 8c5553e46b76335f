"""What the article announces - methods, criteria, sources - against what it prints."""

from analysis.tidy.standing import MEASURED
from analysis.tidy.wording import counted, listed, number
from analysis.trend.growth import growth_table
from analysis.trend.mann_kendall_test import mann_kendall
from article.audit.registry import item
from article.claims.reading import coverage, items, printed, scores
from article.claims.registry import NoData

CHANCE = 0.05  # an exact two-sided p at or below it is commonly called significant


@item(
    "A13",
    kind="announced against delivered",
    place_a="Abstract; Method",
    says_a="Trend analysis and index analysis are among the methods.",
    place_b="Tables 1-4",
    says_b="They list grades and values as they stand; no rate, index or trend is printed.",
    notebook="05-indices#indicator-by-indicator",
    uses=("series",),
)
def trends_and_indices(study):
    """Rates of growth that the printed values allow, and what the rows hold."""
    rows = printed(study)
    kinds = [f"{kind} ({count})" for kind, count in rows["kind"].value_counts().items()]
    rates = int(growth_table(study.series)["chain_rate_pct"].notna().sum())
    return (
        f"{counted(rates, 'rate')} of growth could be computed, none is printed",
        f"What the {counted(len(rows), 'row')} hold: {listed(kinds)}; "
        f"{study.series['value'].notna().sum()} values in all. The announced methods need nothing "
        "more than these, and are applied to them in this project.",
    )


@item(
    "A14",
    kind="announced against delivered",
    place_a="Abstract; Method",
    says_a="Methods of statistical processing are applied.",
    place_b="Results",
    says_b="No mean, spread, interval or test is printed.",
    notebook="04-trends#what-was-measured-and-what-was-planned",
    uses=("series",),
)
def statistics(study):
    """Series with enough measured values for a test of trend."""
    measured = study.series[study.series["standing"].isin(MEASURED)].groupby(
        ["cluster", "indicator"]
    )
    counts = measured["value"].count()
    wanted = next(n for n in range(2, 20) if mann_kendall(range(n)).p_min <= CHANCE)
    total = len(printed(study))
    return (
        f"{int((counts >= wanted).sum())} of {total} series have the {wanted} measured values "
        "that a test of trend needs",
        f"With fewer, no order of the values can reach an exact two-sided p of "
        f"{number(100 * CHANCE)} %. No series has more than "
        f"{counted(int(counts.max()) if len(counts) else 0, 'measured value')}: there was little "
        "to process, which would have been worth a word.",
    )


@item(
    "A15",
    kind="announced against delivered",
    place_a="Theoretical basis",
    says_a="One school scores components one by one and joins them in an integral indicator.",
    place_b="Table 1, Note",
    says_b="A word for the institutional part is all; quantitative criteria do not enter it.",
    notebook="06-innovation-potential#scores-as-intervals",
    uses=("clusters", "components"),
)
def integral_indicator(study):
    """The grades in use, and the interval that an integral score would leave."""
    used = study.clusters["grade"].nunique()
    scored = scores(study)
    width = (scored["score_high"] - scored["score_low"]).max()
    exact = int((scored["score_high"] == scored["score_low"]).sum())
    return (
        f"{counted(used, 'grade')}, no score, for {counted(len(study.clusters), 'cluster')}",
        f"Scored by the evidence of the same components, the score of {exact} of "
        f"{len(scored)} clusters is settled; the others have an interval, up to {number(width)} "
        "wide on a scale from 0 to 1, since the table says nothing. The article names the score "
        "as one approach of several and does not promise it.",
    )


@item(
    "A16",
    kind="announced against delivered",
    place_a="Method",
    says_a="Institutions are examined for their presence and for their maturity.",
    place_b="Table 1",
    says_b="It names the managing body; the Note has a level for all components together.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=("clusters", "components"),
)
def maturity(study):
    """Managing bodies that are named, with the forms they have."""
    bodies = items(study, "management body")
    there = bodies[bodies["status"] == "present"]
    return (
        f"{counted(there['item'].nunique(), 'form')} of managing body, no degree of maturity",
        f"{there['cluster'].nunique()} of {len(study.clusters)} clusters have a body: "
        f"{listed(there['item'].unique())}. The level in the Note may stand for maturity, of "
        "the whole and without a rule; founding year, staff or budget of a body are not printed.",
    )


@item(
    "A17",
    kind="announced against delivered",
    place_a="Method",
    says_a="Institutional criteria: institutions, projects, communication, partnerships.",
    place_b="Results, after Table 1",
    says_b="Most common components: managing body, services, projects, communication.",
    notebook="01-institutional-components#lists-of-components-in-the-source",
    uses=("criteria", "components"),
)
def components_and_criteria(study):
    """Announced criteria without a column, and columns that were not announced."""
    institutional = study.criteria[study.criteria["kind"] == "institutional"]
    if not len(institutional):
        raise NoData("institutional criterion")
    without = institutional.loc[institutional["component"].isna(), "criterion"]
    coded = study.components["component"].unique()
    new = [name for name in coded if name not in set(institutional["component"])]
    return (
        f"{len(without)} of {len(institutional)} criteria without a column, {len(new)} of "
        f"{len(coded)} components not announced",
        f"Announced and not told: {listed(without)}. Told and not announced: {listed(new)}.",
    )


@item(
    "A18",
    kind="announced against delivered",
    place_a="Method",
    says_a="The number of new technologies introduced is one of the quantitative indicators.",
    place_b="Tables 2-4",
    says_b="No row counts technologies.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def new_technologies(study):
    """Clusters with a number on new technologies, in either coding of the rows."""
    wanted = "new-technologies"
    cells = coverage(study)
    if wanted not in cells:
        raise NoData(f"criterion {wanted!r}")
    main, other = int(cells[wanted].sum()), int(coverage(study, alternative=True)[wanted].sum())
    rows = printed(study)
    near = rows.loc[rows["criterion_alternative"] == wanted, "indicator"]
    return (
        f"{main} of {len(cells)} clusters",
        f"If rows that come near it count ({listed(near)}), it is {other} of {len(cells)}.",
    )


@item(
    "A19",
    kind="announced against delivered",
    place_a="Method",
    says_a="Six quantitative indicators evaluate the potential of the listed clusters.",
    place_b="Tables 2-4",
    says_b="They hold numbers of three clusters.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def cells_filled(study):
    """Cells of cluster and criterion with any number, and with a measured one."""
    cells, measured = coverage(study), coverage(study, measured=True)
    per_cluster = cells.sum(axis=1)
    full = cells.columns[cells.all(axis=0)]
    return (
        f"{int(cells.to_numpy().sum())} of {cells.size} cells, {int(measured.to_numpy().sum())} "
        "with a measured value",
        f"No cluster has more than {int(per_cluster.max())} of {cells.shape[1]} criteria; criteria "
        f"with a number for every cluster: {listed(full)}. The method section itself warns that "
        "some indicators cannot be computed.",
    )


@item(
    "A20",
    kind="announced against delivered",
    place_a="Method",
    says_a="Sources include reports on how the programmes performed.",
    place_b="Tables 1-4, footnotes",
    says_b="Named are the register, one programme and two strategies; no report.",
    notebook="04-trends#what-was-measured-and-what-was-planned",
    uses=("series",),
)
def reports(study):
    """Values that a report on performance would give: outcomes after the first year."""
    known = study.series.dropna(subset="value")
    if not len(known):
        raise NoData("value in an indicator table")
    later = known["standing"].isin(MEASURED) & (known["year"] > study.series["year"].min())
    return (
        f"{int(later.sum())} of {len(known)} values are outcomes after the first year",
        "Reports on performance would tell what became of the targets, so that at least some later "
        "values were outcomes. The standing of a year is our reading of source and date; the "
        "article prints none.",
    )

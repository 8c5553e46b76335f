"""What frames the article - introduction, theory, method, purpose - against its content."""

from analysis.tidy.records import records
from analysis.tidy.wording import counted, listed
from article.audit.registry import item
from article.claims.checks.bodies import unified_aspects
from article.claims.reading import (
    component,
    coverage,
    forms_of,
    known,
    measured_cells,
)

BODY = "management body"


@item(
    "A49",
    kind="text against text",
    place_a="Results, after Table 1",
    says_a="There is no unified model of managing the potential; much depends on the region.",
    place_b="Results, the next paragraph",
    says_b=(
        "Certain approaches are unified: structures are defined everywhere, services often alike."
    ),
    notebook="01-institutional-components#how-common-is-each-component",
    uses=("components",),
)
def unified_or_not(study):
    """Forms of management, and aspects in which most clusters are alike."""
    forms = sorted(set(forms_of(study).values()))
    found = unified_aspects(study, 2)
    return (
        f"{counted(len(forms), 'form')} of management, and {int(found.value)} of 4 aspects "
        "alike in most clusters",
        f"Forms: {listed(forms)}. {found.explanation} Both sentences can stand if model means the "
        "form of the body and approach its services; the article does not part the two.",
    )


@item(
    "A51",
    kind="text against table",
    place_a="Method",
    says_a="The clusters studied are officially recognised and institutional.",
    place_b="Table 1",
    says_b="Of several it says that they have no governing subject.",
    notebook="01-institutional-components#what-the-table-says-cell-by-cell",
    uses=("components",),
)
def institutional_without_a_body(study):
    """Clusters that are called institutional and have no body."""
    bodies = component(study, BODY)
    without = bodies.index[bodies == "absent"]
    return (
        f"{len(without)} of {len(bodies)} clusters",
        f"Without a governing subject: {listed(without)}. To be entered in a register is one "
        "thing, to have an institution of one's own another; the same word is used for both.",
    )


@item(
    "A52",
    kind="text against text",
    place_a="Theoretical basis, on Africa",
    says_a="Clusters there, those of Mauritania and Rwanda among them, beat their economies.",
    place_b="Theoretical basis, two paragraphs on",
    says_b="The innovative clusters of Mauritania and Rwanda did not develop as expected.",
    notebook="08-claims#introduction-and-theory",
    uses=("claims",),
)
def mauritania_twice(study):
    """Claims that report of Africa and claims that infer from it."""
    return _reported(study, "Africa")


@item(
    "A53",
    kind="text against text",
    place_a="Theoretical basis",
    says_a="African clusters are more productive, better equipped, and reach wider markets.",
    place_b="Discussion",
    says_b="Materials of other countries show a low innovative potential of such clusters.",
    notebook="08-claims#introduction-and-theory",
    uses=("claims",),
)
def africa_success_and_failure(study):
    """Claims on other countries, by what kind of statement they are."""
    return _reported(study, "Africa", "Indonesia", "Nigeria")


def _reported(study, *countries):
    rows = records(study.claims, "id", "kind", "claim")
    named = [(claim, kind) for claim, kind, text in rows if any(word in text for word in countries)]
    literature = [claim for claim, kind in named if kind == "literature"]
    return (
        f"{counted(len(named), 'claim')} on {listed(countries)}, {len(literature)} reported, none "
        "with a figure",
        f"Reported: {listed(literature)}; inferred by the author: "
        f"{listed(claim for claim, kind in named if kind != 'literature')}. Efficient and little "
        "innovative can both be true of a cluster; but without a figure the same sources stand for "
        "success in one place and for failure in another.",
    )


@item(
    "A58",
    kind="announced against delivered",
    place_a="Abstract; Method",
    says_a="Comparative analysis is the first of the methods.",
    place_b="Results, on Tables 2-4",
    says_b="One comparison is announced, of traditional and innovative clusters.",
    notebook="03-comparison#do-they-count-the-same-things",
    uses=("clusters", "series"),
)
def comparison(study):
    """Clusters of each class with numbers, and concepts that both classes count."""
    classes, having, concepts = study.clusters["activity_class"].to_dict(), {}, {}
    for cluster, concept in records(known(study), "cluster", "concept"):
        having.setdefault(classes.get(cluster), set()).add(cluster)
        concepts.setdefault(classes.get(cluster), set()).add(concept)
    shared = set.intersection(*concepts.values()) if len(concepts) > 1 else set()
    counts = [f"{len(found)} {kind}" for kind, found in having.items()]
    return (
        f"{listed(counts)} with numbers, {counted(len(shared), 'concept')} in common",
        f"Counted on both sides: {listed(sorted(map(str, shared)))}. What the clusters have is "
        "compared by a word per cluster in Table 1; of numbers, documents are compared, one "
        "innovative cluster standing for its class.",
    )


@item(
    "A59",
    kind="announced against delivered",
    place_a="Abstract, purpose",
    says_a="To identify and evaluate the innovative potential of the existing clusters.",
    place_b="Tables 1-4",
    says_b="Each has a word for its institutions; few have a number on anything else.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def purpose(study):
    """Clusters with a measured value on the criteria of potential."""
    cells = coverage(study, measured=True)
    filled, total = measured_cells(study)
    graded = int(study.clusters["grade"].notna().sum())
    return (
        f"{graded} of {len(cells)} clusters graded, {int(cells.any(axis=1).sum())} with a measured "
        "value",
        f"Of {total} cells of cluster and quantitative criterion {filled} hold a measured value. "
        "The institutional half is evaluated, in three words; of the quantitative half the "
        "purpose is not met, which the method section half admits.",
    )


@item(
    "A60",
    kind="cause without a measure",
    place_a="Introduction",
    says_a="Clusters of SMEs are not innovative; limited potential is their main problem.",
    place_b="Discussion",
    says_b="The study finds that the potential is severely limited.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series", "criteria"),
)
def presupposed(study):
    """Measured evidence that could have come out otherwise."""
    filled, total = measured_cells(study)
    return (
        f"{filled} of {total} cells of cluster and criterion could have shown otherwise",
        "What the introduction takes for granted the discussion returns as a result. Between the "
        "two stands no measure with a mark that the clusters could have met or missed.",
    )

"""What single rows and grades say, compared with each other and against what is read from them."""

from analysis.tidy.wording import counted, interval, listed, number
from article.audit.registry import item
from article.claims.reading import (
    INNOVATION,
    JOBS,
    component,
    innovation_measured,
    printed,
    published_grades,
    scores,
    serves,
    values,
)

BODY = "management body"
# how official statistics tell such a job: by the average monthly wage paid, against a mark set by
# industry and size of firm
DEFINITION = "Rosstat, order 449 of 14 November 2013; order 665 of 9 October 2017"


@item(
    "A50",
    kind="graded against evidence",
    place_a="Table 1, Note",
    says_a="Clusters with a managing body of their own are graded insufficient.",
    place_b="Table 1, Note",
    says_b="Clusters without one are graded average.",
    notebook="01-institutional-components#do-the-grades-follow",
    uses=("clusters", "components"),
)
def bodies_and_grades(study):
    """Clusters with a body and the lowest grade, and clusters without one and a higher grade."""
    graded = published_grades(study)
    bodies, lowest = component(study, BODY)[graded.index], graded == study.grades[0]
    with_body = [c for c in bodies.index if bodies[c] == "present" and lowest[c]]
    without = [c for c in bodies.index if bodies[c] == "absent" and not lowest[c]]
    scored = scores(study)
    texts = [f"{c} {interval(*scored.loc[c, ['score_low', 'score_high']])}"
            for c in (*with_body, *without)]  # fmt: skip
    return (
        f"{len(with_body)} with a body and the lowest grade, {len(without)} without and higher",
        f"With one: {listed(with_body)}; without: {listed(without)}. Evidence scores: "
        f"{listed(texts)}. The body is the first component named, and services that are "
        "offered seem to weigh more; no weight is printed.",
    )


@item(
    "A54",
    kind="units",
    place_a="Method; Results",
    says_a="High-performance jobs measure potential for innovation.",
    place_b="Outside the article",
    says_b="Official statistics count a job as high-performance by the wage that is paid for it.",
    notebook="02-quantitative-indicators#what-is-counted-and-in-what",
    uses=("series",),
)
def jobs_by_wage(study):
    """Rows on such jobs, and how many say what makes a job one."""
    rows = printed(study)
    jobs = rows[rows["concept"] == JOBS]
    defined = int(jobs["label"].str.contains("wage|productiv", case=False, regex=True).sum())
    return (
        f"{defined} of {counted(len(jobs), 'row')} on such jobs says what makes a job one",
        f"By {DEFINITION}: the average monthly wage against a mark for industry and size of "
        "firm. A well-paid job is no new product; whether the clusters count by that rule is "
        "not printed.",
    )


@item(
    "A55",
    kind="table against table",
    place_a="Table 2, training",
    says_a="The number of programmes of education stays the same.",
    place_b="Table 2, trainees",
    says_b="The number of people trained in programmes triples.",
    notebook="02-quantitative-indicators#the-table-as-printed",
    uses=("series",),
)
def trainees_per_programme(study):
    """Programmes and trainees in the first and the last year."""
    programmes, trainees = values(study, "education-programmes"), values(study, "trainees")
    first, last = trainees.index[0], trainees.index[-1]
    times = number(trainees[last] / trainees[first]) if trainees[first] > 0 else "undefined"
    return (
        f"programmes {interval(programmes.min(), programmes.max())}, trainees times {times}",
        f"From {first} to {last} trainees go from {number(trainees[first])} to "
        f"{number(trainees[last])}. Larger classes, or programmes of another kind: the table does "
        "not say, and as a plan it need not.",
    )


@item(
    "A56",
    kind="units",
    place_a="Table 4, graduates",
    says_a="It is an indicator of the cluster's potential.",
    place_b="Table 4, graduates",
    says_b="It counts those who leave one university, whoever employs them.",
    notebook="05-indices#a-ratio-taken-apart",
    uses=("series",),
)
def graduates_of_a_university(study):
    """Graduates beside the cluster's own jobs."""
    graduates, jobs = values(study, "graduates"), values(study, "hpj-total")
    more = [year for year in graduates.index if year in jobs.index and graduates[year] > jobs[year]]
    return (
        f"more graduates than such jobs in {counted(len(more), 'year')} of {len(graduates)}",
        f"Graduates {interval(graduates.iloc[0], graduates.iloc[-1])}, jobs of the cluster "
        f"{interval(jobs.iloc[0], jobs.iloc[-1])}. How many graduates work in the cluster is not "
        "printed: the figure would be the same without it.",
    )


@item(
    "A57",
    kind="text against text",
    place_a="Results, after Table 4",
    says_a="In the information technology cluster almost all products are innovative.",
    place_b="Abstract",
    says_b="Clusters of SMEs usually do not implement innovations; their potential is weak.",
    notebook="03-comparison#what-evidence-there-is-on-each-criterion",
    uses=("clusters", "series"),
)
def almost_all_products(study):
    """Clusters measured to do something new, and rows on innovation."""
    none, some = innovation_measured(study)
    rows = printed(study)
    found = rows.loc[serves(rows, INNOVATION), "indicator"]
    return (
        f"{len(some)} of {len(study.clusters)} clusters measured to do something new, {len(none)} "
        "to do nothing",
        f"Of two clusters of the innovative class one has a table, and of it the text says that "
        f"nearly all is new. Rows on innovation: {listed(found)}. The sharpest of the "
        "tensions: the one innovative cluster that is looked at does what the abstract "
        "denies of the rest.",
    )

"""Claims on Table 1 (F19-F32): verdicts, numbers counted from the raw tables, and turns."""

import csv
from collections import Counter
from dataclasses import replace
from math import factorial

import pandas as pd
import pytest

from article.claims.checks import services
from article.claims.registry import CHECKS
from tests.conftest import ROOT


def raw(table):
    with (ROOT / "data" / "raw" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CLUSTERS = {row["cluster"]: row for row in raw("clusters")}
ITEMS = raw("components")
N = len(CLUSTERS)
COMPONENTS = ["management body", "services", "special projects", "info-communication"]
THERE = {(r["cluster"], r["component"]) for r in ITEMS if r["status"] == "present"}
SHARES = [sum((c, name) in THERE for c in CLUSTERS) / N for name in COMPONENTS]
MAY_BE = THERE | {(r["cluster"], r["component"]) for r in ITEMS
                  if r["status"] in ("unknown", "not reported")}  # fmt: skip
LACKING = [c for c in CLUSTERS if sum((c, name) in MAY_BE for name in COMPONENTS) < 2]
BODIES = {r["cluster"]: r for r in ITEMS if r["component"] == "management body"}
REGIONS = {row["region"] for row in CLUSTERS.values()}
UNGOVERNED = {CLUSTERS[c]["region"] for c, r in BODIES.items() if r["status"] == "absent"}
FORMS = Counter(r["item"] for r in BODIES.values())
GRADES = {form: {CLUSTERS[c]["grade"] for c, r in BODIES.items() if r["item"] == form}
          for form in FORMS}  # fmt: skip
OFFERED = {}
for row in ITEMS:
    if row["component"] == "services" and row["status"] == "present":
        OFFERED.setdefault(row["cluster"], set()).add(row["item"])
LISTS = Counter(frozenset(offer) for offer in OFFERED.values())
SILENT = [c for c in CLUSTERS if (c, "services") in MAY_BE - THERE]
MEASURED = [r for r in raw("series") if r["standing"] == "base" and r["value"]]


# claim, verdict, value counted here from the raw tables
@pytest.mark.parametrize(
    ("claim", "verdict", "value"),
    [
        ("F19", "partly supported", sum(share >= 0.5 for share in SHARES)),
        ("F20", "partly supported", 1 / N),  # one of two clusters with equal evidence must be off
        ("F22", "partly supported", len(LACKING)),
        ("F23", "partly supported", 2),  # no body, and unknown projects; services in one region
        ("F24", "partly supported", len(FORMS)),
        ("F25", "not shown", sum(len(found) > 1 for found in GRADES.values())),
        ("F26", "partly supported", 1 - len(UNGOVERNED) / len(REGIONS)),
        ("F27", "partly supported", len(FORMS) - 1),  # the coordinator is none of the kinds
        ("F28", "partly supported", 2),  # logistics and technopark: two clusters each
        ("F29", "supported", max(LISTS.values()) / N),
        ("F30", "partly supported", 3),
        ("F31", "not shown", 2 / N),  # Tables 2 and 4 count training; Table 1 mentions one of them
        ("F32", "not shown", 2 / factorial(2)),  # two clusters count jobs in people
    ],
)
def test_verdict_and_value(study, claim, verdict, value):
    found = CHECKS[claim].on(study)
    assert found.verdict == verdict
    assert found.value == pytest.approx(value)


def test_the_leader(study):
    found = CHECKS["F21"].on(study)
    assert found.verdict == "partly supported"  # five clusters could draw level
    assert 0.7 < found.value < 0.9  # with its projects planned it is first less often
    assert "no clusters could have more and 5 could draw level" in found.explanation


def test_ranges_over_what_silence_leaves_open(study):
    open_share = (len(OFFERED) + len(SILENT)) / N
    ends = {claim: (found.low, found.high) for claim in ("F19", "F22", "F26", "F29", "F31")
            for found in [CHECKS[claim].on(study)]}  # fmt: skip
    most = [sum((c, name) in MAY_BE for c in CLUSTERS) / N for name in COMPONENTS]
    assert ends["F19"] == (2, sum(share >= 0.5 for share in most))
    assert ends["F22"] == (
        len(LACKING),
        sum(row["grade"] == "insufficient" for row in CLUSTERS.values()),
    )
    assert ends["F26"] == (0.75, 1.0)
    assert ends["F29"] == pytest.approx((len(OFFERED) / N, open_share))
    assert ends["F31"] == pytest.approx((2 / N, 1.0))


def test_a_region_is_managed_only_with_all_its_clusters(study):
    one = said("present", "management body", clusters=["novgorod-it"])(study)
    assert CHECKS["F26"].on(one).value == CHECKS["F26"].on(study).value
    rostov = said("present", "management body", clusters=["don-valley-wine"])(study)
    assert CHECKS["F26"].on(rostov).value == 7 / 8


def test_the_outcome_of_most_clusters_is_taken(study):
    many = measured_in(*AGAINST)(study).series
    series = pd.concat([many, many.iloc[:2].assign(concept="another")], ignore_index=True)
    assert CHECKS["F32"].on(replace(study, series=series)).verdict == "supported"


def test_a_coordinator_counts_in_the_other_reading_only(study):
    components = study.components.assign(alternative_status=None)
    strict = CHECKS["F26"].on(replace(study, components=components))
    assert (strict.verdict, strict.low) == ("contradicted", strict.high)


# what turns a verdict ----------------------------------------------------------------------------


def said(status, component=None, item=None, clusters=None):
    """Put one status on the items of a component, an item or some clusters."""

    def change(study):
        frame = study.components.copy()
        rows = pd.Series(True, index=frame.index)
        for column, value in (("component", component), ("item", item)):
            rows &= True if value is None else frame[column] == value
        if clusters:
            rows &= frame["cluster"].isin(clusters)
        frame.loc[rows, "status"] = status
        return replace(study, components=frame)

    return change


def bodies(form):
    """Give every managing body one form."""

    def change(study):
        frame = study.components.copy()
        frame.loc[frame["component"] == "management body", "item"] = form
        return replace(study, components=frame)

    return change


def graded(**grades):
    """Change grades; `all` is for every cluster."""

    def change(study):
        given = {
            cluster: grades.get("all", grade) for cluster, grade in study.clusters["grade"].items()
        }
        given |= {name.replace("_", "-"): grade for name, grade in grades.items() if name != "all"}
        column = pd.Series(given).astype(study.clusters["grade"].dtype)
        return replace(study, clusters=study.clusters.assign(grade=column))

    return change


def reversed_grades(study):
    turned = study.clusters["grade"].astype(str).map(
        {"highest": "insufficient", "average": "insufficient", "insufficient": "highest"}
    )  # fmt: skip
    column = turned.astype(study.clusters["grade"].dtype)
    return replace(study, clusters=study.clusters.assign(grade=column))


def both(*changes):
    def change(study):
        for one in changes:
            study = one(study)
        return study

    return change


def renamed(old, new, cluster):
    def change(study):
        frame = study.components.copy()
        frame.loc[(frame["item"] == old) & (frame["cluster"] == cluster), "item"] = new
        return replace(study, components=frame)

    return change


def measured_in(*numbers):
    """Give the first clusters of Table 1 one measured outcome in one unit, in this order."""

    def change(study):
        row = study.series.iloc[:1]
        rows = [row.assign(cluster=cluster, value=float(value))
                for cluster, value in zip(study.clusters.index, numbers, strict=False)]  # fmt: skip
        return replace(study, series=pd.concat(rows, ignore_index=True))

    return change


OTHERS = [cluster for cluster in CLUSTERS if cluster != "vologda-wood"]
# the grades of the first seven: highest, average, average, and four of the lower ones
IN_ORDER, AGAINST = (9, 5, 5, 1, 1, 1, 5), (1, 5, 5, 1, 1, 1, 5)
TURNS = [
    ("F19", "partly supported", said("present")),
    ("F19", "contradicted", said("absent")),
    ("F19", "not shown", said("not reported")),
    ("F20", "supported", graded(pestovo_industrial="average")),
    ("F20", "contradicted", reversed_grades),
    ("F20", "contradicted", said("present")),  # equal evidence, and nothing open that could differ
    ("F21", "not shown", said("not reported", "info-communication")),  # a shared place is not it
    ("F21", "contradicted", said("absent", clusters=["vologda-wood"])),
    ("F22", "supported", said("absent", clusters=["novgorod-agro"])),
    ("F22", "contradicted", both(said("present"), graded(all="average"))),
    ("F23", "supported", said("absent", "services", clusters=["penza-it"])),
    ("F23", "contradicted", said("present")),
    ("F24", "contradicted", bodies("specialised organisation")),
    ("F25", "not shown", graded(all="average")),
    ("F26", "supported", said("present", "management body")),
    ("F27", "supported", renamed("coordinator only", "department", "novgorod-it")),
    ("F27", "not shown", bodies("coordinator only")),
    (
        "F28",
        "supported",
        both(
            renamed("any other project", "business centre", "ryazan-textile"),
            said("planned", item="business centre"),
        ),
    ),
    ("F28", "contradicted", said("absent", "special projects")),
    ("F28", "partly supported", said("present", "special projects")),  # no name, no kind
    ("F29", "contradicted", said("absent", "services", clusters=OTHERS)),
    ("F29", "not shown", said("not reported", "services", clusters=OTHERS)),
    ("F29", "not testable", said("absent", "services")),
    ("F30", "contradicted", said("absent", "services")),
    ("F30", "not shown", said("unknown", "services")),
    ("F32", "contradicted", measured_in(*IN_ORDER)),
    ("F32", "supported", measured_in(*AGAINST)),
    ("F32", "not shown", measured_in(*AGAINST[:4])),  # too few for any order to count
]


@pytest.mark.parametrize(("claim", "verdict", "change"), TURNS)
def test_changed_data_turn_the_verdict(study, claim, verdict, change):
    assert CHECKS[claim].on(change(study)).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "times", "verdict"),
    [("F19", 2, "not shown"), ("F21", 1.5, "partly supported"), ("F22", 0.5, "supported"),
     ("F23", 0.5, "supported"), ("F26", 0.5, "supported"), ("F29", 2, "contradicted")],
)  # fmt: skip
def test_half_and_double_the_threshold(study, claim, times, verdict):
    assert CHECKS[claim].on(study, times * CHECKS[claim].threshold).verdict == verdict


# what a study may lack ---------------------------------------------------------------------------


@pytest.mark.parametrize("claim", [f"F{number}" for number in range(19, 33)])
@pytest.mark.parametrize("table", ["clusters", "components", "series"])
def test_a_missing_table_is_named(study, claim, table):
    found = CHECKS[claim].on(replace(study, **{table: getattr(study, table).iloc[:0]}))
    if table in CHECKS[claim].uses:
        assert (found.verdict, found.needs) == ("not testable", f"rows in the table {table}")
    else:
        assert found.verdict == CHECKS[claim].on(study).verdict


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_that_is_not_recorded(study, name):
    less = replace(study, components=study.components[study.components["component"] != name])
    found = {claim: CHECKS[claim].on(less) for claim in CHECKS if claim in OWN}
    lost = {claim for claim, result in found.items() if result.verdict == "not testable"}
    assert lost == LOST.get(name, set())
    assert all(repr(name) in found[claim].needs for claim in lost)


OWN = {f"F{number}" for number in range(19, 33)}
LOST = {
    "management body": {"F23", "F24", "F25", "F26", "F27"},
    "services": {"F23", "F29", "F30"},
    "special projects": {"F23", "F28"},
}


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_one_cluster_alone_is_examined(study, cluster):
    others = [name for name in CLUSTERS if name != cluster]
    alone = replace(
        study,
        clusters=study.clusters.drop(others),
        components=study.components[study.components["cluster"] == cluster],
        series=study.series[study.series["cluster"] == cluster],
    )
    for claim in OWN:
        assert "nan" not in CHECKS[claim].on(alone).explanation, claim


def test_projects_of_no_other_kind(study):
    """With only the kinds that are named there is no other to be less common than."""
    kinds = [item for coded in services.PROJECT_KINDS.values() for item in coded]
    frame = study.components
    keep = (frame["component"] != "special projects") | frame["item"].isin(kinds)
    found = CHECKS["F28"].on(replace(study, components=frame[keep]))
    assert "any other kind at most 0" in found.explanation


@pytest.mark.parametrize("claim", sorted(found.claim for found in CHECKS.values()
                                         if found.checked and "components" in found.uses))  # fmt: skip
def test_where_table_1_says_nothing_it_contradicts_nothing(study, claim):
    assert CHECKS[claim].on(said("unknown")(study)).verdict != "contradicted"


def test_where_table_1_says_nothing_nobody_leads(study):
    assert CHECKS["F21"].on(said("not reported")(study)).verdict == "not shown"

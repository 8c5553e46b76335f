"""Claims of introduction, theory and method: verdicts, numbers from the raw tables, and turns."""

import csv
from dataclasses import replace
from itertools import combinations
from math import isnan

import pandas as pd
import pytest

from article.claims.checks import method
from article.claims.registry import CHECKS
from tests.conftest import ROOT


def raw(table):
    with (ROOT / "data" / "raw" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = {row["indicator"]: row for row in raw("indicators")}
SERIES = raw("series")
VALUES = [row for row in SERIES if row["value"]]
SETS = {}
for row in SERIES:
    SETS.setdefault(row["cluster"], set()).add(INDICATORS[row["indicator"]]["concept"])
CLOSEST = max(len(a & b) / len(a | b) for a, b in combinations(SETS.values(), 2))
TOUCHED = {(r["cluster"], INDICATORS[r["indicator"]]["criterion"]) for r in VALUES}
NUMBERS = {criterion for _, criterion in TOUCHED if criterion}
DELIVERED = [r["criterion"] in NUMBERS or bool(r["component"]) for r in raw("criteria")]
MOST = max(sum(1 for c, k in TOUCHED if c == name and k) for name in SETS)
STANDING = [row["standing"] for row in VALUES]


# claim, verdict, value counted here from the raw tables
@pytest.mark.parametrize(
    ("claim", "verdict", "value"),
    [
        ("F15", "partly supported", sum(DELIVERED) / len(DELIVERED)),
        ("F16", "partly supported", 4),  # four clusters of which projects are said to be unknown
        ("F18", "supported", CLOSEST),
        ("F68", "not shown", 0.0),  # the only year of sales that was measured is a dash
        ("F69", "partly supported", len(raw("clusters"))),
        ("F73", "partly supported", ("target" in STANDING) + ("outcome" in STANDING)),
        ("F74", "supported", len({row["cluster"] for row in VALUES})),
    ],
)
def test_verdict_and_value(study, claim, verdict, value):
    found = CHECKS[claim].on(study)
    assert found.verdict == verdict
    assert found.value == pytest.approx(value)


def test_ranges_over_the_readings(study):
    # new technologies count in the other reading only, intellectual property in the first only
    found = CHECKS["F15"].on(study)
    assert (found.low, found.high) == pytest.approx((0.7, 0.9))
    assert (CHECKS["F18"].on(study).low, CHECKS["F73"].on(study).high) == (0, 2)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(claim, "not testable") for claim in ("F17", "F71", "F72")] + [("F70", "not empirical")],
)
def test_claims_without_a_check_say_what_is_needed(study, claim, verdict):
    found = CHECKS[claim].on(study)
    assert found.verdict == verdict
    assert bool(found.needs) == (verdict == "not testable")
    assert isnan(found.value)


def test_composed_words_follow_the_data(study):
    short = replace(study, clusters=study.clusters.iloc[:4],
                    series=study.series[study.series["year"] < 2018])  # fmt: skip
    assert "11 rows" in CHECKS["F14"].on(study).explanation
    assert "4 rows" in CHECKS["F14"].on(short).explanation
    assert "5 years, with at most 1 measured value" in CHECKS["F17"].on(study).explanation
    assert "2 years" in CHECKS["F17"].on(short).explanation


# what turns a verdict ----------------------------------------------------------------------------


def rows(study, **columns):
    """Change whole columns of the series; a function is given the rows."""
    frame = study.series.copy()
    for name, value in columns.items():
        frame[name] = value(frame) if callable(value) else value
    return replace(study, series=frame)


def everywhere(study, *criteria):
    """Give every cluster a value on each of these criteria, in place of all series."""
    row = study.series.iloc[:1].assign(criterion_alternative=None)
    found = [
        row.assign(cluster=cluster, criterion=criterion, indicator=criterion, value=1.0)
        for cluster in study.clusters.index
        for criterion in criteria
    ]
    return replace(study, series=pd.concat(found, ignore_index=True))


ALL = [row["criterion"] for row in raw("criteria") if row["kind"] == "quantitative"]
TURNS = [
    ("F15", "supported", lambda s: replace(
        everywhere(s, *ALL), criteria=s.criteria[s.criteria["criterion"] != "partnerships"])),
    ("F15", "contradicted", lambda s: rows(s, value=float("nan"))),
    ("F16", "not shown", lambda s: replace(s, components=s.components.assign(
        status=s.components["status"].replace("unknown", "not reported")))),
    ("F16", "supported", lambda s: rows(s, value=lambda r: r["value"].mask(r["indicator"] == "sales"))),
    ("F18", "partly supported", lambda s: rows(s, concept="jobs")),
    ("F18", "contradicted", lambda s: rows(s, concept="jobs", label="Jobs")),
    ("F18", "not testable", lambda s: rows(s, cluster="vologda-wood")),
    ("F68", "partly supported", lambda s: rows(s, concept="sales")),
    ("F68", "not shown", lambda s: rows(s, concept="sales", standing="target")),
    ("F69", "contradicted", lambda s: replace(s, clusters=s.clusters.iloc[:1], series=s.series[s.series["cluster"] == "vologda-wood"])),
    ("F73", "not shown", lambda s: rows(s, standing="unfinished")),
    ("F74", "partly supported", lambda s: rows(s, cluster="vologda-wood")),
    ("F74", "not shown", lambda s: rows(s, value=float("nan"))),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "verdict", "change"), TURNS)
def test_changed_data_turn_the_verdict(study, claim, verdict, change):
    assert CHECKS[claim].on(change(study)).verdict == verdict


def test_kinds_of_document_are_counted_apart(study):
    assert CHECKS["F73"].on(rows(study, standing="outcome")).value == 1
    mixed = rows(study, standing=lambda r: r["standing"].replace("unfinished", "outcome"))
    assert CHECKS["F73"].on(mixed).value == 2


def test_half_and_double_the_threshold(study):
    assert CHECKS["F15"].on(study, 1.0).verdict == "contradicted"  # not all are delivered
    assert CHECKS["F74"].on(study, 4).verdict == "partly supported"  # three clusters of four
    assert CHECKS["F18"].on(study, 0.2).verdict == "partly supported"


@pytest.mark.parametrize("table", ["clusters", "components", "series", "criteria"])
def test_a_study_without_a_table_is_no_crash(study, table):
    lacking = replace(study, **{table: getattr(study, table).iloc[:0]})
    for claim, check in CHECKS.items():
        if check.find.__module__ == method.__name__ and table in check.uses:
            found = check.on(lacking)
            assert (claim, found.verdict) == (claim, "not testable")
            assert table in found.needs

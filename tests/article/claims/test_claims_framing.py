"""Claims of the abstract: their verdicts, numbers counted again from the raw tables, and turns."""

import csv
from dataclasses import replace
from math import isnan

import pandas as pd
import pytest

from article.claims.checks import abstract
from article.claims.reading import measured_cells
from article.claims.registry import CHECKS
from tests.conftest import ROOT


def raw(table):
    with (ROOT / "data" / "raw" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SERVES = {row["indicator"]: row["criterion"] for row in raw("indicators")}
FIRST_YEAR = [row for row in raw("series") if row["year"] == "2016" and row["value"]]
CLASSES = [(r["activity_class"], r["activity_class_alternative"]) for r in raw("clusters")]
CELLS = {(r["cluster"], SERVES[r["indicator"]]) for r in FIRST_YEAR if SERVES[r["indicator"]]}
NEW = {"innovative-products", "new-technologies", "research-development", "intellectual-property"}
INNOVATING = {r["cluster"] for r in FIRST_YEAR
              if SERVES[r["indicator"]] in NEW and float(r["value"]) > 0}  # fmt: skip
JOBS = {row["cluster"]: float(row["value"]) for row in FIRST_YEAR
        if row["indicator"] in ("hpj-number", "hpj-total")}  # fmt: skip
EMPLOYED = {row["region"]: float(row["low"] or row["value"]) * 1000
            for row in raw("regional_context") if row["measure"] == "employed"}  # fmt: skip
SHARE = max(100 * JOBS["sakha-furniture"] / EMPLOYED["Sakha (Yakutia)"],
            100 * JOBS["novgorod-it"] / EMPLOYED["Novgorod"])  # fmt: skip
TOUCHED = {c: {SERVES[r["indicator"]] for r in raw("series") if r["cluster"] == c and r["value"]}
           - {""} for c in ("vologda-wood", "sakha-furniture", "novgorod-it")}  # fmt: skip


# claim, verdict, value counted here from the raw tables
@pytest.mark.parametrize(
    ("claim", "verdict", "value"),
    [
        (
            "F2",
            "partly supported",
            sum(main == "traditional" for main, _ in CLASSES) / len(CLASSES),
        ),
        ("F3", "not shown", len(INNOVATING)),
        ("F4", "not shown", len(CELLS) / (11 * 6)),
        ("F5", "not shown", SHARE),  # two clusters of eleven, and the jobs alone
        ("F7", "not shown", 2 / 11),  # vologda-wood (training), novgorod-it (graduates)
        ("F9", "not shown", 0),  # in the other reading the one cluster only plans
        ("F11", "not shown", sum(len(found) < 6 for found in TOUCHED.values())),
    ],
)
def test_verdict_and_value(study, claim, verdict, value):
    found = CHECKS[claim].on(study)
    assert found.verdict == verdict
    assert found.value == pytest.approx(value)


def test_ranges(study):
    assert measured_cells(study) == (len(CELLS), 66)
    low = sum(main == "traditional" and not other for main, other in CLASSES) / len(CLASSES)
    assert CHECKS["F2"].on(study).low == pytest.approx(low)


def test_break_even_is_that_of_the_greatest_share(study):
    # the part on jobs turns once the greatest share reaches 1 %, at the low end of its figure
    assert CHECKS["F5"].on(study).break_even == pytest.approx(1 / SHARE)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(claim, "not testable") for claim in ("F1", "F6", "F8", "F10")]
    + [(claim, "not empirical") for claim in ("F12", "F13")],
)
def test_claims_without_a_check_say_what_is_needed(study, claim, verdict):
    found = CHECKS[claim].on(study)
    assert found.verdict == verdict
    assert bool(found.needs) == (verdict == "not testable")
    assert isnan(found.value)


# what turns a verdict ----------------------------------------------------------------------------


def coded(study, *traditional, alternative=()):
    """Only these clusters are traditional, and these perhaps."""
    frame = study.clusters.assign(activity_class="innovative", activity_class_alternative=None)
    frame.loc[list(traditional), "activity_class"] = "traditional"
    frame.loc[list(alternative), "activity_class_alternative"] = "traditional"
    return replace(study, clusters=frame)


def valued(study, value, *, only=None, standing=None):
    """Put a value in all rows, or in those of some indicators; or count them as measured."""
    frame = study.series.copy()
    rows = frame["indicator"].isin(only) if only else frame["year"] > 0
    frame.loc[rows, "value"] = frame.loc[rows, "value"] if value is None else value
    frame.loc[rows, "standing"] = standing or frame.loc[rows, "standing"]
    return replace(study, series=frame)


def everywhere(study, indicator, value, clusters=None):
    """Give every cluster a measured value of one indicator, in place of all series."""
    row = study.series[study.series["indicator"] == indicator].iloc[:1]
    clusters = study.clusters.index if clusters is None else clusters
    values = value if isinstance(value, list) else [value] * len(clusters)
    rows = [row.assign(cluster=c, value=v) for c, v in zip(clusters, values, strict=True)]
    return replace(study, series=pd.concat(rows, ignore_index=True))


def few_jobs_everywhere(study):
    """Nine measured jobs in every cluster, and a figure of the employed of every region."""
    row = study.context[study.context["measure"] == "employed"].iloc[:1]
    regions = study.clusters["region"].unique()
    figures = [row.assign(region=name, value=100.0, low=100.0, high=100.0) for name in regions]
    return replace(everywhere(study, "hpj-number", 9.0), context=pd.concat(figures))


def sized(study, order, state="planned"):
    """Two clusters with projects in some state and three without, of growing or falling size."""
    names = study.clusters.index[:5].tolist()
    frame = study.components[study.components["component"] == "special projects"]
    frame = frame.iloc[:5].assign(cluster=names, status=["absent"] * 3 + [state] * 2)
    larger = everywhere(study, "value-chain-smes", order, names)
    return replace(larger, components=frame.assign(alternative_status=None))


TURNS = [
    ("F2", "not shown", lambda s: coded(s, *s.clusters.index[:5],
                                        alternative=s.clusters.index[5:])),
    ("F2", "contradicted", lambda s: coded(s, *s.clusters.index[:5])),
    ("F3", "not shown", lambda s: valued(s, None, standing="target")),
    ("F3", "supported", lambda s: everywhere(s, "studies-certifications", 0.0)),
    ("F3", "contradicted", lambda s: everywhere(s, "studies-certifications", 1.0)),
    ("F5", "contradicted", lambda s: valued(s, 1e5, only=["hpj-number", "hpj-total"])),
    ("F5", "contradicted", lambda s: valued(s, 1e5, only=["hpj-total"])),  # one is enough
    ("F5", "partly supported", few_jobs_everywhere),  # of the quality nothing is known
    ("F5", "not testable", lambda s: valued(s, None, standing="target")),
    ("F7", "contradicted", lambda s: everywhere(s, "trainees", 5.0)),
    ("F7", "partly supported", lambda s: everywhere(s, "trainees", 0.0)),
    ("F9", "supported", lambda s: sized(s, [10.0, 20.0, 30.0, 40.0, 50.0])),
    ("F9", "contradicted", lambda s: sized(s, [10.0, 20.0, 30.0, 40.0, 50.0], "present")),
    ("F9", "not shown", lambda s: sized(s, [10.0, 20.0, 50.0, 40.0, 30.0])),
    ("F11", "supported", lambda s: everywhere(s, "hpj-number", 5.0)),
    ("F11", "not shown",
     lambda s: replace(s, series=s.series[s.series["cluster"] == "vologda-wood"])),
    ("F11", "not testable", lambda s: valued(s, float("nan"))),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "verdict", "change"), TURNS)
def test_changed_data_turn_the_verdict(study, claim, verdict, change):
    assert CHECKS[claim].on(change(study)).verdict == verdict


def test_a_level_needs_more_than_cells(study):
    # a number in every cell still leaves nothing to hold it against
    full = CHECKS["F4"].on(everywhere(study, "studies-certifications", 1.0), 0.1)
    assert full.verdict == "not shown"
    assert "Enough for a level" in full.explanation
    assert "Too few" in CHECKS["F4"].on(study).explanation


def test_half_and_double_the_threshold(study):
    assert CHECKS["F3"].on(study, 0.95).verdict == "contradicted"  # one cluster of eleven does
    assert CHECKS["F11"].on(study, 0.5).verdict == "contradicted"  # Table 2 touches four of six
    assert CHECKS["F5"].on(study, 0.09).verdict == "contradicted"  # 0.0965 % in Yakutia


@pytest.mark.parametrize("table", ["clusters", "components", "indicators", "series", "criteria",
                                   "context"])  # fmt: skip
def test_a_study_without_a_table_is_no_crash(study, table):
    lacking = replace(study, **{table: getattr(study, table).iloc[:0]})
    for claim, check in CHECKS.items():
        if check.find.__module__ == abstract.__name__ and table in check.uses:
            found = check.on(lacking)
            assert (claim, found.verdict) == (claim, "not testable")
            assert table in found.needs

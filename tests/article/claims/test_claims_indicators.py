"""Claims F33-F50: the verdict on the article's data, counted apart, and a change that turns it."""

import csv
from dataclasses import replace

import pandas as pd
import pytest
from conftest import ROOT

import article.claims.checks  # noqa: F401 -- registers them
from article.claims.reading import new_jobs_per_graduate
from article.claims.registry import CHECKS, NoData


def raw_table(name):
    with (ROOT / "data" / "raw" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


META = {row["indicator"]: row for row in raw_table("indicators")}
SERIES = raw_table("series")
QUANTITATIVE = {r["criterion"] for r in raw_table("criteria") if r["kind"] == "quantitative"}
ANNOUNCED = {r["criterion"] for r in raw_table("criteria")}  # institutional ones as well
ABOUT_INNOVATION = QUANTITATIVE - {"high-performance-jobs", "professional-training"}


def rows_of(table):
    return list(dict.fromkeys(r["indicator"] for r in SERIES if r["table"] == str(table)))


def serving(table, criteria, other=False):
    def criterion(name):
        return (other and META[name]["criterion_alternative"]) or META[name]["criterion"]

    return [name for name in rows_of(table) if criterion(name) in criteria]


def covered(table, other=False):
    return len({(other and META[i]["criterion_alternative"]) or META[i]["criterion"]
                for i in rows_of(table)} & QUANTITATIVE)  # fmt: skip


CONCEPTS = {t: [META[i]["concept"] for i in rows_of(t)] for t in (2, 3, 4)}
TRADITIONAL = [r["cluster"] for r in raw_table("clusters") if r["activity_class"] == "traditional"]
# claim: verdict, value, low, high; None where there is no range
REAL = {
    "F33": ("partly supported", 2, None, None),
    "F34": ("partly supported", 0, 0, len(serving(2, {"innovative-products"}, True))),
    "F35": ("supported", len(serving(2, ABOUT_INNOVATION)) / 2, 1, 1),
    "F36": ("partly supported", 1.0, None, None),
    "F37": ("partly supported", covered(2) / 6, covered(2) / 6, covered(2, True) / 6),
    "F39": ("not shown", sum(covered(t) < covered(4) for t in (2, 3)) / 2, None, None),
    "F41": ("supported", covered(3) / 6, None, None),
    "F42": ("supported", len(serving(3, ABOUT_INNOVATION)), 0, 0),
    "F43": ("not shown", 1 / len(TRADITIONAL), 1 / 9, 8 / 9),
    "F44": ("partly supported", sum(not serving(t, ABOUT_INNOVATION) for t in (2, 3, 4)) / 3, None, None),
    "F45": ("partly supported", sum(c in CONCEPTS[2] + CONCEPTS[3] for c in CONCEPTS[4]) / 4, 0.0, 0.5),
    "F46": ("supported", 3, None, None),
    "F47": ("not shown", len([r for r in SERIES if r["indicator"] == "sales" and r["value"]]) / 5, None, None),
    "F48": ("supported", len({"graduates", "joint-projects"} & {*serving(4, QUANTITATIVE), *ANNOUNCED}) / 2, None, None),
    "F49": ("supported", covered(4) / 6, covered(4) / 6, covered(4, True) / 6),
}  # fmt: skip


@pytest.mark.parametrize("claim", REAL)
def test_the_articles_own_data(study, claim):
    found = CHECKS[claim].on(study)
    verdict, *wanted = REAL[claim]
    assert found.verdict == verdict
    for got, number in zip((found.value, found.low, found.high), wanted, strict=True):
        assert (got != got) if number is None else got == pytest.approx(number)


def put(series, name, **cells):
    """Change cells of one indicator, of all of them for an empty name."""
    chosen = series["indicator"] == name if name else series["indicator"] != name
    return series.assign(**{c: series[c].mask(chosen, new) for c, new in cells.items()})


def drop(series, *names):
    return series[~series["indicator"].isin(names)]


def among(series, number, *names):
    """Leave only these rows in one table."""
    return series[(series["table"] != number) | series["indicator"].isin(names)]


JOBS, NEW = {"concept": "high-performance jobs"}, {"criterion": "innovative-products"}
BOTH = NEW | {"criterion_alternative": "innovative-products"}
TURNED = [
    ("F33", lambda s: among(s, 2, "hpj-share", "events"), "partly supported"),
    ("F33", lambda s: put(put(s, "events", **JOBS), "mobile-plants", **JOBS), "supported"),
    ("F33", lambda s: put(s, "hpj-share", concept="jobs"), "contradicted"),
    ("F33", lambda s: s.assign(value=s["value"].mask(s["year"] == 2020, 0.0)), "contradicted"),
    ("F34", lambda s: put(s, "events", **BOTH), "partly supported"),
    ("F34", lambda s: drop(s, "software-products"), "supported"),
    ("F35", lambda s: put(s, "software-products", criterion=None, criterion_alternative=None), "partly supported"),
    ("F35", lambda s: put(s, "software-products", criterion_alternative="professional-training"), "partly supported"),
    ("F35", lambda s: drop(s, "software-products", "studies-certifications"), "contradicted"),
    ("F36", lambda s: drop(s, "software-products"), "supported"),
    ("F36", lambda s: put(s, "mobile-plants", value=3.0), "partly supported"),
    ("F36", lambda s: s.assign(standing="outcome", value=1.0), "contradicted"),
    ("F37", lambda s: put(put(s, "events", **BOTH), "logistics-share", criterion="new-technologies"), "partly supported"),
    ("F39", lambda s: among(s, 2, "hpj-share"), "supported"),
    ("F39", lambda s: among(s, 4, "hpj-total"), "contradicted"),
    ("F41", lambda s: among(s, 4, "hpj-total"), "partly supported"),
    ("F42", lambda s: put(s, "hpj-number", **BOTH), "contradicted"),
    ("F42", lambda s: put(s, "hpj-number", criterion_alternative="new-technologies"), "partly supported"),
    ("F44", lambda s: drop(s, "sales"), "partly supported"),
    ("F44", lambda s: s.assign(value=s["value"].mask(s["year"] == 2020, 0.0)), "supported"),
    ("F44", lambda s: put(s, "hpj-number", **BOTH), "contradicted"),
    ("F45", lambda s: drop(s, "sales"), "partly supported"),
    ("F45", lambda s: among(s, 4, "sales"), "contradicted"),
    ("F46", lambda s: put(s, "joint-projects", row=0), "partly supported"),
    ("F46", lambda s: s.assign(value=s["value"].mask((s["indicator"] == "hpj-total") & (s["year"] == 2016))), "partly supported"),
    ("F46", lambda s: put(put(s, "joint-projects", row=0), "hpj-total", value=float("nan")), "not shown"),
    ("F46", lambda s: drop(s, "hpj-total"), "contradicted"),
    ("F47", lambda s: s.assign(standing="outcome"), "partly supported"),
    ("F47", lambda s: put(s.assign(standing="outcome"), "graduates", kind="share", value=95.0, **NEW), "partly supported"),
    ("F48", lambda s: put(s, "joint-projects", indicator="joint-plans"), "partly supported"),
    ("F48", lambda s: put(s, "graduates", criterion=None), "partly supported"),
    ("F48", lambda s: put(put(s, "graduates", criterion=None), "joint-projects", indicator="joint-plans"), "contradicted"),
    ("F49", lambda s: put(s, "joint-projects", criterion_alternative="intellectual-property"), "supported"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "change", "verdict"), TURNED)
def test_a_change_that_turns_the_verdict(study, claim, change, verdict):
    assert CHECKS[claim].on(replace(study, series=change(study.series))).verdict == verdict


def six_criteria(series, name, alternative=True):
    """Add to the table of an indicator one row for each of the six criteria."""
    first = series[series["indicator"] == name]
    added = [
        first.assign(indicator=c, row=20 + i, criterion=c, criterion_alternative=c if alternative else "none")
        for i, c in enumerate(sorted(QUANTITATIVE))
    ]  # fmt: skip
    return pd.concat([series, *added], ignore_index=True)


@pytest.mark.parametrize(("claim", "name"), [("F37", "hpj-share"), ("F49", "hpj-total")])
def test_full_coverage_contradicts_a_lack_of_balance(study, claim, name):
    full = replace(study, series=six_criteria(study.series, name))
    assert CHECKS[claim].on(full).verdict == "contradicted"
    one_reading = replace(study, series=six_criteria(study.series, name, alternative=False))
    assert CHECKS[claim].on(one_reading).verdict == "partly supported"


def test_a_long_and_wide_table_3_contradicts_simplicity(study):
    assert CHECKS["F41"].on(
        replace(study, series=six_criteria(among(study.series, 4, "hpj-total"), "hpj-number"))
    ).verdict == "contradicted"  # fmt: skip


@pytest.mark.parametrize(
    ("keep", "verdict"),
    [(["sakha-furniture"], "supported"), (["vologda-wood"], "contradicted"), (["sakha-furniture", "pestovo-industrial", "novgorod-agro"], "not shown")],
    ids=["known alike", "known unlike", "mostly unknown"],
)  # fmt: skip
def test_most_traditional_clusters_read_from_those_known(study, keep, verdict):
    clusters = study.clusters.loc[[*keep, "novgorod-it"]]
    series = study.series[study.series["cluster"].isin(clusters.index)]
    assert CHECKS["F43"].on(replace(study, clusters=clusters, series=series)).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "at_half", "at_double"),
    [("F37", "contradicted", "partly supported"), ("F44", "partly supported", "partly supported"),
     ("F45", "partly supported", "contradicted"), ("F48", "supported", "supported"),
     ("F49", "contradicted", "supported"), ("F33", "partly supported", "partly supported")],
)  # fmt: skip
def test_half_and_double_the_threshold(study, claim, at_half, at_double):
    check = CHECKS[claim]
    assert (
        check.on(study, check.threshold / 2).verdict,
        check.on(study, min(1, 2 * check.threshold)).verdict,
    ) == (at_half, at_double)


@pytest.mark.parametrize(
    ("claim", "lost", "needs"),
    [("F33", 2, "table 2"), ("F41", 3, "table 3"), ("F45", 4, "table 4"), ("F47", 4, "table 4")],
)
def test_a_study_without_the_table_says_what_it_lacks(study, claim, lost, needs):
    found = CHECKS[claim].on(replace(study, series=study.series[study.series["table"] != lost]))
    assert (found.verdict, found.needs) == ("not testable", needs)


@pytest.mark.parametrize("claim", ["F38", "F40", "F50"])
def test_what_no_data_decide(study, claim):
    found = CHECKS[claim].on(study)
    assert found.verdict == ("not testable" if claim == "F50" else "not empirical")
    assert bool(found.needs) == (claim == "F50")


def test_new_jobs_per_graduate_leaves_out_years_without_graduates_or_jobs_before(study):
    series = study.series
    no_graduates = (series["indicator"] == "graduates") & (series["year"] == 2018)
    changed = series.assign(value=series["value"].mask(no_graduates, 0.0))
    found = new_jobs_per_graduate(replace(study, series=changed))
    assert found.to_dict() == pytest.approx({2017: 38 / 120, 2019: 70 / 150, 2020: 50 / 200})
    with pytest.raises(NoData, match="hpj-total"):
        new_jobs_per_graduate(replace(study, series=drop(series, "hpj-total")))

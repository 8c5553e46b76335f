"""Claims F51-F67, F75: the verdict on the article's data, counted apart, and what turns it."""

import csv
import warnings
from dataclasses import replace

import numpy as np
import pytest
from conftest import ROOT

from article.claims.checks import causes, discussion, table2, table3, table4
from article.claims.reading import growth
from article.claims.registry import CHECKS, NoData


def raw_table(name):
    with (ROOT / "data" / "raw" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


META = {row["indicator"]: row for row in raw_table("indicators")}
KNOWN = [row for row in raw_table("series") if row["value"]]
INNOVATION = {
    "innovative-products", "new-technologies", "research-development", "intellectual-property",
}  # fmt: skip
QUANTITATIVE = {r["criterion"] for r in raw_table("criteria") if r["kind"] == "quantitative"}
MEASURED_CELLS = {
    (r["cluster"], META[r["indicator"]]["criterion"]) for r in KNOWN
    if r["standing"] == "base" and META[r["indicator"]]["criterion"] in QUANTITATIVE
}  # fmt: skip
ON_INNOVATION = {r["table"] for r in KNOWN if META[r["indicator"]]["criterion"] in INNOVATION}


def value(name, year):
    return next(
        float(r["value"]) for r in KNOWN if r["indicator"] == name and r["year"] == str(year)
    )


def employed(region):
    rows = [
        r
        for r in raw_table("regional_context")
        if (r["region"], r["measure"]) == (region, "employed")
    ]
    return [1000 * float(rows[0][end] or rows[0]["value"]) for end in ("low", "high")]


GREATEST = 100 * value("hpj-number", 2020) / employed("Sakha (Yakutia)")[0]
LEAST = 100 * value("hpj-total", 2016) / employed("Novgorod")[1]
RISES = [(value("hpj-total", y) - value("hpj-total", y - 1)) / value("graduates", y) for y in range(2017, 2021)]  # fmt: skip
GROWN = {
    "studies": value("studies-certifications", 2020) / value("studies-certifications", 2016) / (60 / 55),
    "software": value("software-products", 2020) / value("software-products", 2016) / (60 / 55),
    "sales": (value("sales", 2020) / value("sales", 2017)) / (value("hpj-total", 2020) / value("hpj-total", 2017)),
}  # fmt: skip
# claim: verdict, value, low, high; None where there is no range
REAL = {
    "F51": ("not shown", len(MEASURED_CELLS) / (11 * 6), None, None),
    "F52": ("contradicted", 1 / 11, 1 / 11, 1 - len(ON_INNOVATION) / 11),
    "F53": ("partly supported", 1.0, 2 / 3, 1.0),
    "F54": ("supported", GREATEST, LEAST, GREATEST),
    "F55": ("not shown", sum(ratio < 1 for ratio in GROWN.values()) / 3, None, None),
    "F60": ("not shown", 0, None, None),
    "F61": ("not shown", sum(RISES) / 4, min(RISES), max(RISES)),
}


@pytest.mark.parametrize("claim", REAL)
def test_the_articles_own_data(study, claim):
    found = CHECKS[claim].on(study)
    verdict, *wanted = REAL[claim]
    assert found.verdict == verdict
    for got, number in zip((found.value, found.low, found.high), wanted, strict=True):
        assert (got != got) if number is None else got == pytest.approx(number)


def test_how_wrong_the_regional_figure_would_have_to_be(study):
    check = CHECKS["F54"]
    assert check.on(study).break_even == pytest.approx(1 / GREATEST)
    smaller = study.context.assign(low=study.context["low"] / 9, high=study.context["high"] / 9)
    assert check.on(replace(study, context=smaller)).verdict == "partly supported"


def put(series, name, **cells):
    """Change cells of one indicator, of all of them for an empty name."""
    chosen = series["indicator"] == name if name else series["indicator"] != name
    return series.assign(**{c: series[c].mask(chosen, new) for c, new in cells.items()})


def drop(series, *names):
    return series[~series["indicator"].isin(names)]


def times(series, name, factor):
    return put(series, name, value=series["value"] * factor)


OUTCOME = {"standing": "outcome"}
ON_SALES = {"criterion": "innovative-products", "criterion_alternative": None}
RESEARCH = {"criterion": "research-development"}
TURNED = [
    ("F52", lambda s: put(s, "", criterion=None, criterion_alternative=None), "not shown"),
    ("F52", lambda s: put(s, "hpj-number", **ON_SALES), "contradicted"),
    ("F53", lambda s: put(s, "hpj-total", kind="share"), "partly supported"),
    ("F53", lambda s: put(s, "value-chain-smes", concept="training"), "contradicted"),
    ("F53", lambda s: drop(s, "trainees"), "supported"),
    ("F53", lambda s: drop(s, "hpj-total", "hpj-number"), "contradicted"),
    ("F54", lambda s: times(s, "hpj-number", 10), "partly supported"),
    ("F54", lambda s: put(times(s, "hpj-number", 100), "hpj-total", value=1e5), "contradicted"),
    ("F55", lambda s: drop(s, "studies-certifications", "software-products"), "supported"),
    ("F55", lambda s: drop(s, "sales"), "contradicted"),
    ("F60", lambda s: put(put(s, "hpj-number", **RESEARCH), "hpj-number", value=0.0), "supported"),
    ("F60", lambda s: put(s, "hpj-number", **RESEARCH), "contradicted"),
    ("F60", lambda s: put(put(s, "studies-certifications", value=0.0), "events", concept="membership", value=60.0).pipe(put, "hpj-number", **RESEARCH), "supported"),
    ("F60", lambda s: put(times(s, "value-chain-smes", 0.5), "hpj-number", **RESEARCH), "not shown"),
    ("F61", lambda s: s.assign(**OUTCOME), "partly supported"),
    ("F61", lambda s: times(s.assign(**OUTCOME), "hpj-total", 10), "contradicted"),
    ("F61", lambda s: times(s.assign(**OUTCOME), "hpj-total", 2.5), "not shown"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "change", "verdict"), TURNED)
def test_a_change_that_turns_the_verdict(study, claim, change, verdict):
    assert CHECKS[claim].on(replace(study, series=change(study.series))).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "at_half", "at_double"),
    [("F53", "partly supported", "contradicted"), ("F54", "supported", "supported"),
     ("F55", "contradicted", "not shown"), ("F61", "not shown", "not shown")],
)  # fmt: skip
def test_half_and_double_the_threshold(study, claim, at_half, at_double):
    check = CHECKS[claim]
    assert (
        check.on(study, check.threshold / 2).verdict,
        check.on(study, 2 * check.threshold).verdict,
    ) == (at_half, at_double)


@pytest.mark.parametrize(
    ("claim", "lost", "needs"),
    [("F54", "context", "rows in the table context"), ("F53", "series", "rows in the table series")],
)  # fmt: skip
def test_a_study_without_the_table_says_what_it_lacks(study, claim, lost, needs):
    found = CHECKS[claim].on(replace(study, **{lost: getattr(study, lost).iloc[:0]}))
    assert (found.verdict, found.needs) == ("not testable", needs)


UNDECIDED = {
    "not empirical": ["F56", "F57", "F58", "F66", "F67"],
    "not testable": ["F59", "F62", "F63", "F64", "F65", "F75"],
}


@pytest.mark.parametrize(("verdict", "claims"), UNDECIDED.items())
def test_what_no_data_of_the_study_decide(study, verdict, claims):
    found = [CHECKS[claim].on(study) for claim in claims]
    assert {finding.verdict for finding in found} == {verdict}
    assert all(bool(finding.needs) == (verdict == "not testable") for finding in found)


def mutilated(study):
    """Yield studies that lack a table or all but one, or hold nothing but zeros or gaps."""
    series = study.series
    for name in ("series", "components", "criteria", "context"):
        yield name, replace(study, **{name: getattr(study, name).iloc[:0]})
    for number in series["table"].unique():
        chosen = series["table"] == number
        yield f"without table {number}", replace(study, series=series[~chosen])
        yield f"only table {number}", replace(study, series=series[chosen])
    for blank in (0.0, np.nan):
        yield f"all {blank}", replace(study, series=series.assign(value=blank))
    for kind in ("traditional", "innovative"):
        yield kind, replace(study, clusters=study.clusters.assign(activity_class=kind))


def test_a_mutilated_study_ends_in_a_finding(study):
    own = [c for c in CHECKS.values() if c.find.__module__ in [part.__name__ for part in (causes, discussion, table2, table3, table4)]]  # fmt: skip
    assert len(own) > 20
    for name, damaged in mutilated(study):
        for check in own:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found = check.on(damaged)
            assert found.explanation and "nan" not in found.explanation, (name, check.claim)


def test_growth_is_compared_over_the_years_that_both_have(study):
    assert growth(study, "sales", "hpj-total") == pytest.approx(GROWN["sales"])
    assert growth(study, "hpj-total", "sales") == pytest.approx(1 / GROWN["sales"])
    assert growth(study, "mobile-plants", "hpj-share") is None
    with pytest.raises(NoData, match="same years"):
        discussion.less_impressive(replace(study, series=drop(study.series, "hpj-share", "hpj-total")), 1.0)  # fmt: skip

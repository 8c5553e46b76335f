"""Sentences that hold for any data: none is false, or odd, where there is one of something or none."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import charts, findings, portrait
from analysis.growth import growth_summary
from analysis.trend import trend_table
from pipeline.graph import study_steps
from pipeline.places import Places


def cells(standings, cluster="a"):
    return pd.DataFrame(
        {"cluster": cluster, "indicator": "jobs", "year": range(2020, 2020 + len(standings)),
         "value": 5.0, "standing": standings}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("standings", "said"),
    [
        (["outcome"] * 3, "**3 values**, no gaps. At most **3** of them were measured, **0** are targets. "),
        (["outcome", "target"], "At most **1** of them was measured, **1** is a target. "),
        (["base", "unfinished"], "**0** are targets, 1 belongs to a year under way. "),
        (["base", "unfinished", "unfinished"], "**0** are targets, 2 belong to a year under way. "),
    ],
)  # fmt: skip
def test_a_table_is_told_by_what_it_holds(standings, said):
    table = cells(standings)
    assert said in findings.of_table(table, growth_summary(table))


def prevalence(counts):
    readings = ("not reported = absent", "not reported = present")
    return pd.DataFrame(
        [
            {"component": component, "reading": reading, "k": k, "n": 4, "share": k / 4}
            for component, ends in counts.items()
            for reading, k in zip(readings, ends, strict=True)
        ]
    )


def test_what_is_equally_common_is_not_called_the_rarest():
    words = findings.of_prevalence(prevalence({"body": (2, 2), "services": (2, 2)}))
    assert "every component is as common (2 of 4). How silence is read moves none." in words
    words = findings.of_prevalence(prevalence({"body": (3, 3), "services": (1, 2)}))
    assert "**body** (3 of 4), the rarest **services** (1 of 4)" in words
    assert words.endswith("moves **services** most.")


def scores(ranks):
    ends = ["rank_best", "rank_worst"]
    table = pd.DataFrame(ranks, index=["a", "b"][: len(ranks)], columns=ends)
    return table.assign(score_low=0.0, score_high=1.0)


def test_no_range_is_the_widest_where_every_rank_is_fixed():
    words = findings.of_scores(scores([(1, 1), (2, 2)]), None)
    assert "The rank of **2 of 2 clusters** is fixed.\n" in words
    assert "The widest range is that of b" in findings.of_scores(scores([(1, 1), (1, 2)]), None)


def test_titles_count_one_as_one():
    assert (
        findings.scores_title(scores([(1, 1), (2, 2)])) == "1 cluster may be first, 1 certainly is"
    )
    assert (
        findings.scores_title(scores([(1, 1), (1, 1)]))
        == "2 clusters may be first, 2 certainly are"
    )
    shares = [(2020, 0.4), (2021, 0.5), (2021, 2.0)]  # the last against another period's figure
    scale = pd.DataFrame(shares, columns=["year", "share_high_pct"])
    scale = scale.assign(cluster="a", indicator="jobs", share_low_pct=0.1)
    assert findings.scale_title(scale, 1) == "1 of 2 values stay below 1 % of the region's figure"
    assert findings.scale_title(scale[:0], 1).startswith("No value can be held against a figure")


@pytest.mark.parametrize("column", ["indicator", "period"])
def test_two_shares_of_one_cluster_and_year_are_two_rows(column):
    rows = [("jobs", "2020"), ("jobs", "2019") if column == "period" else ("sales", "2020")]
    scale = pd.DataFrame(rows, columns=["indicator", "period"]).assign(
        cluster="a",
        year=2020,
        standing="base",
        certainty="weak",
        share_low_pct=1.0,
        share_high_pct=2.0,
    )
    names = [text.get_text() for text in charts.regional_scale(scale).get_yticklabels()]
    plt.close("all")
    assert len(set(names)) == 2
    assert all(name.startswith("a, ") for name in names)


def test_what_no_criterion_can_be_counted_for_is_left_out(tmp_path):
    tables = {
        "clusters": "cluster\na\n", "components": "cluster\na\n", "indicators": "indicator\ni\n",
        "series": "table,cluster\n2,a\n", "criteria": "criterion,kind\nbody,institutional\n",
    }  # fmt: skip
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    _, left_out = study_steps(Places(tmp_path, tmp_path, tmp_path / "results", tmp_path / ".build"))
    assert "criteria-coverage: the study has no quantitative criteria" in left_out
    assert "03-comparison: the study has no quantitative criteria" in left_out


def test_all_that_tie_are_named():
    words = findings.of_prevalence(prevalence({"a": (3, 4), "b": (3, 4), "c": (1, 1), "d": (1, 1)}))
    assert "the most common components are **a** and **b** (3 of 4)" in words
    assert "the rarest **c** and **d** (1 of 4)" in words
    assert words.endswith("moves **a** and **b** most.")
    thirds = pd.DataFrame({"component": ["a", "a", "b", "b"], "k": [0, 1, 2, 3], "n": 11})
    readings = ["not reported = absent", "not reported = present"] * 2
    thirds = thirds.assign(reading=readings, share=thirds["k"] / 11)
    assert findings.of_prevalence(thirds).endswith("moves **a** and **b** most.")
    words = findings.of_scores(scores([(1, 2), (1, 2)]), None)
    assert "The widest ranges of ranks, 2 each, are those of a and b." in words


def test_ranges_that_may_be_out_of_reach_are_called_so():
    table = scores([(1, 1), (1, 2)])
    assert "outer bounds" in findings.of_scores(table, None, outer=True)
    assert "outer bounds" not in findings.of_scores(scores([(1, 1), (2, 2)]), None, outer=True)
    assert "outer bounds" not in findings.of_scores(table, None)


def test_a_trend_is_of_all_values_and_what_falls_is_told():
    years = range(2010, 2020)
    series = pd.DataFrame(
        [
            {"cluster": "a", "indicator": name, "year": year, "value": value, "standing": standing}
            for name, sign, standing in (("up", 1, "outcome"), ("down", -1, "target"))
            for year, value in zip(
                years, range(10, 20 * sign + 10 * (sign < 0), sign), strict=False
            )
        ]
    )
    words = findings.of_trends(trend_table(series), series, 0.05)
    assert words.startswith("Of 2 series **1 rises** and **1 falls**")
    assert "But **of 20 values 10 were measured**, at most 10 in one series: the rest are" in words
    plans = series.assign(standing="target")
    words = findings.of_trends(trend_table(plans), plans, 0.05)
    assert "But **no value was measured**: all are plans" in words


def lifts(*rows):
    columns = ["certainty", "size", "components", "next_grade", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"size": "Int64"})


@pytest.mark.parametrize(("rows", "said"), [
    ([("surely", 0, (), "high", "")], "By the rule it has enough for *high* already."),
    ([("surely", None, (), "high", "no set of components lifts it surely"),
      ("possibly", 1, ("x",), "high", "")], "No set of components lifts it surely."),
    ([("", None, (), "", "already at the highest grade")], "Already at the highest grade."),
    ([("surely", 1, ("x",), "high", ""), ("surely", 1, ("y",), "high", "")],
     "Surely enough for *high*: x or y."),
])  # fmt: skip
def test_enough_already_and_never_enough_are_told_apart(rows, said):
    rule = SimpleNamespace(
        clusters=pd.DataFrame(
            {"grade": "low", "rule_low": "low", "rule_high": "low", "exception": "never"}, ["a"]
        )
    )
    twins = pd.DataFrame({"clusters": []})
    assert portrait.of_grade("a", twins, rule, lifts(*rows)).endswith(said)


@pytest.mark.parametrize(("high", "said"), [(0.5, "counts what is said"), (1.0, "leaves open")])
def test_nothing_is_called_open_that_is_not(high, said):
    summed = pd.DataFrame({"cluster": ["a"], "component": ["x"], "status": ["present"]})
    table = scores([(1, 1)]).assign(score_low=0.5, score_high=high)
    series = pd.DataFrame({"cluster": [], "value": [], "standing": []})
    assert said in portrait.of_cluster("a", summed, table, series)


def test_the_rows_of_a_picture_say_year_and_standing_however_long_their_names():
    long = "a-very-long-cluster-identifier-of-the-region-number"
    scale = pd.DataFrame(
        {"cluster": [f"{long}-{n}" for n in (1, 1, 2, 2)], "year": [2020, 2025] * 2}
    )
    scale = scale.assign(
        indicator="high-performance-jobs-of-all-members", period="2019", certainty="good",
        standing=["outcome", "target"] * 2, share_low_pct=[-1.0, 2e9, 3.0, 4.0], share_high_pct=5e9,
    )  # fmt: skip
    ax = charts.regional_scale(scale)
    names = [text.get_text() for text in ax.get_yticklabels()]
    shown = ax.xaxis.get_major_formatter()(2e9, 0)
    plt.close("all")
    assert len(set(names)) == 4
    assert all(name.endswith((", 2020 (outcome)", ", 2025 (target)")) for name in names)
    assert shown == "2 bn"

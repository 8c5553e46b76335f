"""Sentences that hold for any data: none is false, or odd, where there is one of something or none."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.charts import intervals, matrices
from analysis.comparative.grading import agreement
from analysis.comparative.monotone_rule import best_monotone_rule
from analysis.index.aggregates import aggregate_dynamics
from analysis.text import conclusions, findings, portrait
from analysis.tidy.wording import number
from analysis.trend.mann_kendall_test import trend_table
from analysis.trend.mean_growth import growth_summary
from pipeline.build.graph import study_steps
from pipeline.places import Places
from tests.drawn import words_along


def cells(standings, cluster="a"):
    return pd.DataFrame(
        {"cluster": cluster, "indicator": "jobs", "year": range(2020, 2020 + len(standings)),
         "value": 5.0, "standing": standings}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("standings", "said"),
    [
        (["outcome"] * 3, "**3 values**, no gaps. No value is a target. "),
        (["outcome", "target"], "At most **1** of the values was measured, **1** is a target. "),
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
    assert "all components are equally common (2 of 4). No count depends on that choice." in words
    words = findings.of_prevalence(prevalence({"body": (3, 3), "services": (1, 2)}))
    assert "**body** (3 of 4), the rarest **services** (1 of 4)" in words
    assert words.endswith("The count of **services** depends most on that choice.")


def scores(ranks):
    ends = ["rank_best", "rank_worst"]
    table = pd.DataFrame(ranks, index=["a", "b"][: len(ranks)], columns=ends)
    return table.assign(score_low=0.0, score_high=1.0)


def test_no_range_is_the_widest_where_every_rank_is_fixed():
    words = findings.of_scores(scores([(1, 1), (2, 2)]), None)
    assert "The rank of **2 of 2 clusters** is certain.\n" in words
    assert "The least certain is b" in findings.of_scores(scores([(1, 1), (1, 2)]), None)


def test_titles_count_one_as_one():
    assert findings.scores_title(scores([(1, 1), (2, 2)])) == "a is first whatever is unknown"
    assert (
        findings.scores_title(scores([(1, 1), (1, 1)])) == "a and b are first whatever is unknown"
    )
    one_more = scores([(1, 1), (1, 2)])
    assert (
        findings.scores_title(one_more)
        == "a is first whatever is unknown; 1 other could draw level"
    )
    open_order = scores([(1, 2), (1, 2)])
    assert findings.scores_title(open_order) == "No cluster is certainly first: 2 of 2 could be"
    shares = [(2020, 0.4), (2021, 0.5), (2021, 2.0)]  # the last against another period's figure
    scale = pd.DataFrame(shares, columns=["year", "share_high_pct"])
    scale = scale.assign(cluster="a", indicator="jobs", share_low_pct=0.1)
    assert findings.scale_title(scale, 1) == "1 of 2 values stays below 1 % of the region's figure"
    assert findings.scale_title(scale[:0], 1).startswith("No value can be compared with a figure")


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
    names = words_along(intervals.regional_scale(scale), "left")
    plt.close("all")
    assert len(set(names)) == 2
    assert all(name.startswith("a, ") for name in names)


def test_what_no_criterion_can_be_counted_for_is_left_out(tmp_path):
    tables = {
        "clusters": "cluster\na\n", "components": "cluster\na\n", "indicators": "indicator\ni\n",
        "series": "table,cluster,indicator,year,value,kind\n2,a,i,2020,1,count\n", "criteria": "criterion,kind\nbody,institutional\n",
    }  # fmt: skip
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    _, left_out = study_steps(Places(tmp_path, tmp_path, tmp_path / "results", tmp_path / ".build"))
    assert "criteria-coverage: the study has no quantitative criteria" in left_out
    assert "03-comparison: the study has no shared indicator or quantitative criteria" in left_out
    assert "base-index: the study has no index numbers" in left_out  # one year


def test_all_that_tie_are_named():
    words = findings.of_prevalence(prevalence({"a": (3, 4), "b": (3, 4), "c": (1, 1), "d": (1, 1)}))
    assert "the most common components are **a** and **b** (3 of 4)" in words
    assert "the rarest **c** and **d** (1 of 4)" in words
    assert words.endswith("The count of **a** and **b** depends most on that choice.")
    thirds = pd.DataFrame({"component": ["a", "a", "b", "b"], "k": [0, 1, 2, 3], "n": 11})
    readings = ["not reported = absent", "not reported = present"] * 2
    thirds = thirds.assign(reading=readings, share=thirds["k"] / 11)
    assert findings.of_prevalence(thirds).endswith(
        "The count of **a** and **b** depends most on that choice."
    )
    words = findings.of_scores(scores([(1, 2), (1, 2)]), None)
    assert "The least certain, each with 2 possible ranks: a and b." in words


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
    assert words.startswith("**At most 10 of 20 values are outcomes**")
    assert "never more than 10 in one series; the others are targets or belong" in words
    assert "**1 of 2 series rises** and **1 falls** significantly" in words
    plans = series.assign(standing="target")
    words = findings.of_trends(trend_table(plans), plans, 0.05)
    assert "**No value is an outcome**: all are targets" in words


def lifts(*rows):
    columns = ["certainty", "size", "components", "next_grade", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"size": "Int64"})


@pytest.mark.parametrize(("rows", "said"), [
    ([("certain", 0, (), "high", "")], "By that rule its evidence is enough for *high*."),
    ([("certain", None, (), "high", "no set of components is certain to be enough"),
      ("possible", 1, ("x",), "high", "")], "No set of components is certain to be enough."),
    ([("", None, (), "", "already at the highest grade")], "Already at the highest grade."),
    ([("certain", 1, ("x",), "high", ""), ("certain", 1, ("y",), "high", "")],
     "By that rule x or y would be enough for *high*."),
])  # fmt: skip
def test_enough_already_and_never_enough_are_told_apart(rows, said):
    rule = SimpleNamespace(
        clusters=pd.DataFrame(
            {"grade": "low", "rule_low": "low", "rule_high": "low", "exception": "never"}, ["a"]
        )
    )
    twins = pd.DataFrame({"clusters": []})
    assert portrait.of_grade("a", twins, rule, lifts(*rows)).endswith(said)


@pytest.mark.parametrize(
    ("high", "said"),
    [(0.5, "counts components that the source names"), (1.0, "unknown or not reported")],
)
def test_nothing_is_called_open_that_is_not(high, said):
    summed = pd.DataFrame({"cluster": ["a"], "component": ["x"], "status": ["present"]})
    table = scores([(1, 1)]).assign(score_low=0.5, score_high=high)
    series = pd.DataFrame({"cluster": [], "value": [], "standing": []})
    told = portrait.of_cluster("a", summed.assign(arguable=False), table, series)
    assert said in told and "otherwise" not in told
    told = portrait.of_cluster("a", summed.assign(arguable=True), table, series)
    assert told.endswith(" By another reading x could be coded otherwise.")


@pytest.mark.parametrize(("standings", "said"), [
    (["outcome", "target"], "The source prints 2 values of its indicators, at most 1 of them measured."),
    ([], "No indicator of it is reported."),
])  # fmt: skip
def test_a_cluster_without_coded_components_has_no_score_and_is_not_called_idle(standings, said):
    summed = pd.DataFrame({"cluster": [], "component": [], "status": []})
    words = portrait.of_cluster("a", summed, None, cells(standings))
    assert words == said


def test_a_grade_without_evidence_is_only_named():
    words = portrait.of_grade_alone("so-so")
    assert words.startswith("Published grade: **so-so**. No component is coded")


ALIKE = "Most similar, by shared indicators of all that either has"


@pytest.mark.parametrize(("found", "said"), [
    ([], "No other cluster has an indicator in common with a."),
    ([("b", 1, 2)], f"1 other cluster has an indicator in common with a. {ALIKE}: **b** (1 of 2)."),
    ([("b", 2, 4), ("c", 1, 2), ("d", 1, 3)],
     f"3 other clusters have an indicator in common with a. {ALIKE}: **b** (2 of 4) and **c** (1 of 2)."),
])  # fmt: skip
def test_peers_by_indicators_are_told_with_all_that_are_as_near(found, said):
    table = pd.DataFrame(found, columns=["peer", "intersection", "union"])
    table["jaccard"] = table["intersection"] / table["union"]
    assert portrait.of_indicator_peers("a", table) == said


def test_the_rows_of_a_picture_say_year_and_standing_however_long_their_names():
    long = "a-very-long-cluster-identifier-of-the-region-number"
    scale = pd.DataFrame(
        {"cluster": [f"{long}-{n}" for n in (1, 1, 2, 2)], "year": [2020, 2025] * 2}
    )
    scale = scale.assign(
        indicator="high-performance-jobs-of-all-members", period="2019", certainty="good",
        standing=["outcome", "target"] * 2, share_low_pct=[-1.0, 2e9, 3.0, 4.0], share_high_pct=5e9,
    )  # fmt: skip
    ax = intervals.regional_scale(scale)
    names = words_along(ax, "left")
    shown = ax.xaxis.get_major_formatter()(2e9, 0)
    plt.close("all")
    assert len(set(names)) == 4
    assert all(name.endswith((", 2020 (outcome)", ", 2025 (target)")) for name in names)
    assert shown == "2 bn"


def said_of(*firsts, ahead=()):
    rows = [("first", name, "all others", holds, "under some") for name, holds in firsts]
    rows += [("ahead", *row) for row in ahead]
    return pd.DataFrame(rows, columns=["kind", "subject", "other", "holds", "standing"])


def test_all_that_are_first_as_often_are_named():
    order = ("b", "a", 9, "under every choice")
    words = conclusions.of_robustness(said_of(("a", 4), ("b", 9), ("c", 9), ahead=[order]), 1, 10)
    assert (
        "**b** and **c** are each first, alone or with others, in **9 of 9 combinations**" in words
    )
    words = conclusions.of_robustness(said_of(("a", 1)), 0, 1)
    assert words.startswith(
        "**a** is first, alone or with others, in **1 of 1 combination** of choices."
    )
    assert "order between" not in words


def test_orders_that_none_hold_are_told_without_a_list():
    order, one = ("b", "a", 3, "under some"), ("b", "a", 9, "under every choice")
    words = conclusions.of_robustness(said_of(("a", 4), ("b", 9), ahead=[order, order]), 1, 10)
    assert " Of 2 pairs of clusters, **0** are always ordered the same way.\n" in words
    words = conclusions.of_robustness(
        said_of(("b", 9), ahead=[one, ("a", "b", 0, "under none")]), 1, 10
    )
    said = (
        "**1** is always ordered the same way: b ahead of a. 1 statement holds under no choice.\n"
    )
    assert said in words


def test_grades_that_are_all_one_follow_nothing():
    low = pd.DataFrame({"x": [1.0, 1.0]}, index=["a", "b"])
    grades = pd.Series(["only"] * 2, index=low.index).astype(
        pd.CategoricalDtype(["only"], ordered=True)
    )
    rule = best_monotone_rule(low, low, grades)
    matrix = low.astype(object).mask(low == 1, "present")
    words = findings.of_components(low, low, matrix, grades, rule)
    assert words.startswith("**2 of 2 clusters** (a and b) show every component. All clusters have")
    assert words.endswith("*Caveat.* A component that is named need not be working.")
    match = agreement(low["x"], grades.cat.codes)
    assert findings.of_agreement(match).startswith("Evidence and grade cannot be compared")
    assert findings.components_title(low) == "2 of 2 clusters show the one component"
    assert findings.components_title(low[:1] * 0) == "0 of 1 cluster shows the one component"


def test_what_is_not_announced_is_told_only_beside_a_list():
    lists = pd.DataFrame({"component": ["x", None]})
    words = findings.of_lists(lists, pd.Series(["x", "y", "y"]))
    assert words.endswith("does not announce: **y**.")
    assert "nothing was announced" in findings.of_lists(lists[:0], pd.Series(["x"]))


def test_years_that_lie_apart_are_told():
    apart = cells(["outcome"] * 3).assign(year=[2020, 2022, 2024])
    said = "Some years between the first and the last are missing"
    assert said in findings.of_table(apart, growth_summary(apart))
    together = cells(["outcome"] * 3)
    assert said not in findings.of_table(together, growth_summary(together))


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("name", ["a", "a-very-long-name-of-a-cluster-in-the-far-north"])
def test_titles_and_keys_stay_within_the_picture(count, name):
    names = [f"{name}-{place}" for place in range(count)]
    shares = pd.DataFrame({"cluster": names, "rank": 1, "share": 1.0})
    items = pd.DataFrame({"cluster": names, "component": "office", "status": "present"})
    items = items.assign(arguable=True, partly_open=False)
    title = "304 of 432 combinations of choices make sense for so few"
    for ax in (
        matrices.rank_matrix(shares, title=title),
        matrices.component_matrix(items, title=title),
    ):
        ax.figure.canvas.draw()
        inside = ax.figure.bbox
        shown = [text for text in ax.findobj(Text) if text.get_text() and text.get_visible()]
        assert title in [text.get_text().replace("\n", " ") for text in shown]
        for text in shown:
            box = text.get_window_extent()
            assert box.x0 >= inside.x0 - 1 and box.x1 <= inside.x1 + 1, text.get_text()
        plt.close(ax.figure)


def basket_frame(**cells):
    rows = [
        (cluster, indicator, year, value)
        for name, values in cells.items()
        for cluster, indicator in [name.split("_")]
        for year, value in zip(range(2020, 2023), values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["cluster", "indicator", "year", "value"])


def told(frame, series=None):
    aggregate, left_out = aggregate_dynamics(frame)
    common, _ = aggregate_dynamics(frame, basket="common")
    return findings.of_indices(aggregate, left_out, 2020, common, series)


def test_means_over_one_basket_stand_side_by_side():
    words = told(basket_frame(a_gdp=[10, 11, 12], b_gdp=[20, 20, 25]))
    assert "over 1 indicator (gdp): **a** 120 in 2022 (2020 = 100) and **b** 125 in 2022" in words


def test_a_mean_of_targets_is_called_one():
    frame = basket_frame(a_gdp=[10, 11, 12], b_gdp=[20, 20, 25])
    planned = frame["year"].eq(2022) & frame["cluster"].eq("a")
    words = told(frame, frame.assign(standing=planned.map({True: "target", False: "outcome"})))
    assert "**a** 120 in 2022 (target; 2020 = 100) and **b** 125 in 2022 (2020 = 100)" in words
    assert "how steep the plan is" in words
    words = told(frame, frame.assign(standing=planned.map({True: "unfinished", False: "base"})))
    assert "**a** 120 in 2022 (not measured; 2020 = 100) and" in words
    assert "plan" not in told(frame, frame.assign(standing="outcome"))


def test_a_chained_index_that_ends_in_a_target_is_called_one():
    frame = basket_frame(a_gdp=[10, 12, None], a_x=[None, 5, 10])
    words = told(frame, frame.assign(standing="target"))
    assert "**a** (target; 240 in 2022, over 1 series at the end)" in words


@pytest.mark.parametrize(("standings", "words"), [
    (("base", "target"), "the largest is 2 %, a target; at most 1 % was measured."),
    (("unfinished", "unfinished"), "the largest is 2 %, of a year under way; none was measured."),
    (("base", "outcome"), "the largest is 2 %."),
])  # fmt: skip
def test_a_share_of_the_region_that_was_planned_is_called_a_target(standings, words):
    coverage = pd.DataFrame({"cluster": ["a"], "criterion": ["jobs"], "evidence": [True]})
    shares = {"share_low_pct": [1.0, 2.0], "share_high_pct": [1.0, 2.0]}
    scale = pd.DataFrame(
        {
            "cluster": "a",
            "indicator": "jobs",
            "year": [2020, 2021],
            "standing": standings,
            "reason": "",
            **shares,
        }
    )
    assert words in findings.of_comparison(coverage, scale, 5.0)


def test_means_over_unequal_baskets_are_told_over_the_common_one_and_each_with_its_own():
    words = told(basket_frame(a_gdp=[10, 11, 11], a_patents=[10, 8, 5], b_gdp=[20, 22, 22]))
    common, apart = words.split("With all indicators of each: ")
    assert "that all clusters have, over 1 indicator (gdp): **a** 110 in 2022" in common
    assert "**b** 110 in 2022" in common
    assert "**a** 74.2 in 2022 (2020 = 100), over 2 indicators (gdp and patents)" in apart
    assert "These means are over different indicators and cannot be compared." in apart


def test_means_without_a_common_indicator_are_told_each_with_its_own():
    words = told(basket_frame(a_gdp=[10, 11, 11], b_patents=[20, 22, 22]))
    assert words.startswith("As geometric means of base indices: **a** 110")
    assert "No indicator is there for every cluster." in words


def test_one_year_alone_has_neither_index_nor_trend():
    frame = basket_frame(a_gdp=[10, 11, 12], b_gdp=[20, 20, 25]).query("year == 2021")
    assert told(frame) == (
        "All values are of one year, 2021: an index number compares years, so there is none."
    )
    words = findings.of_trends(trend_table(frame), frame.assign(standing="outcome"), 0.05)
    assert words == "All values are of one year, 2021: one year has no trend."


def test_where_nothing_can_enter_no_mean_is_told():
    assert told(basket_frame(a_gdp=[0, 1, 2])).startswith("No series can enter a mean")


def test_a_certain_first_place_tells_on_which_reading_it_rests():
    one = pd.DataFrame(
        {
            "score_low": [1.0, 0.5],
            "score_high": [1.0, 1.0],
            "rank_best": [1, 1],
            "rank_worst": [1, 2],
        },
        ["a", "b"],
    )
    other = one.assign(score_low=[0.75, 0.5], rank_worst=[2, 2])
    assert findings.of_other_reading(one, one) == "No item has another reading."
    words = findings.of_other_reading(one, other)
    assert (
        words
        == "That rests on the first reading of the source: in the other one a has 0.75 to 1 and rank 1 to 2."
    )
    assert (
        findings.of_other_reading(one, one.assign(score_low=[0.9, 0.5]))
        == "In the other reading of the source as well."
    )
    assert findings.of_other_reading(other, one) == ""


def test_two_values_are_not_told_to_be_irregular():
    table = cells(["outcome", "outcome"])
    table["value"] = [5.0, 6.0]
    assert "regular" not in findings.of_table(table, growth_summary(table))
    third = pd.concat([table, cells(["outcome"] * 3, "b").assign(value=[10.0, 50.0, 20.0])])
    said = findings.of_table(third, growth_summary(third))
    assert "None of 1 series with three values or more is exactly regular." in said


def test_regular_series_are_counted_of_those_that_can_be_regular():
    short = cells(["outcome", "outcome"]).assign(value=[5.0, 6.0])
    steady = cells(["outcome"] * 3, "b").assign(value=[10.0, 20.0, 30.0])
    table = pd.concat([short, steady])
    said = findings.of_table(table, growth_summary(table))
    assert "1 of 1 series with three values or more moves with exact regularity: b, jobs" in said


def test_a_half_is_rounded_up_whatever_its_last_bit():
    assert [number(v) for v in (112.5, 112.49999999999999, -112.5, 0.12345)] == [
        "113", "113", "-113", "0.123",
    ]  # fmt: skip

"""Sentences that hold for any data: none is false, or odd, where there is one of something or none."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import charts, findings
from analysis.growth import growth_summary
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

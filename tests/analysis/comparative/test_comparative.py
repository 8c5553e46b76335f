"""Prevalence, dominance, peers, exact association; sets of indicators and what they cover."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparative.evidence import (
    STATUSES,
    component_matrix,
    component_status,
    evidence_bounds,
)
from analysis.comparative.indicator_sets import criteria_coverage, indicator_peers, jaccard
from analysis.comparative.proportions import (
    READINGS,
    check_bounds,
    dominance,
    fisher_exact,
    nearest_peers,
    prevalence,
)

LEAVES = {"present": (1, 1), "absent": (0, 0), "open": (0, 1), "half": (0.5, 0.5)}


def bounds(**columns):
    """Build (low, high) from words, one list per component."""
    index = [f"c{number}" for number in range(len(next(iter(columns.values()))))]
    return tuple(
        pd.DataFrame({k: [float(LEAVES[w][end]) for w in v] for k, v in columns.items()}, index)
        for end in (0, 1)
    )


words = st.lists(st.sampled_from(sorted(LEAVES)), min_size=1, max_size=9)
tables = st.integers(1, 6).flatmap(
    lambda n: st.dictionaries(
        st.sampled_from("xyz"),
        st.lists(st.sampled_from(sorted(LEAVES)), min_size=n, max_size=n),
        min_size=1,
    )
)


# prevalence ------------------------------------------------------------------------------------


def test_prevalence_by_hand():
    # present, absent and two open: 1 of 4 if silence is absence, 1 of 2 without it, 3 of 4 at most
    low, high = bounds(x=["present", "absent", "open", "open"])
    table = prevalence(low, high)
    assert table["reading"].tolist() == list(READINGS)
    assert table[["k", "n"]].to_numpy().tolist() == [[1, 4], [1, 2], [3, 4]]
    assert table["share"].tolist() == [0.25, 0.5, 0.75]


# k of n at 95 %: at the ends the closed form, since P(none of n) = (1 - p) ** n; between them R's
# binom.test(4, 200)$conf.int
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 11, 0.0, 1 - 0.025 ** (1 / 11)),
        (11, 11, 0.025 ** (1 / 11), 1.0),
        (4, 200, 0.0055, 0.0504),
    ],
    ids=["none", "all", "4 of 200"],
)
def test_exact_interval_against_closed_forms_and_r(k, n, low, high):
    table = prevalence(*bounds(x=["present"] * k + ["absent"] * (n - k)))
    row = table.iloc[0]
    assert [row["low_as_if_random"], row["high_as_if_random"]] == pytest.approx(
        [low, high], abs=5e-5
    )


@given(words, st.sampled_from([0.8, 0.95, 0.99]))
def test_exact_interval_agrees_with_scipy(column, level):
    for _, row in prevalence(*bounds(x=column), confidence_level=level).iterrows():
        if row["n"] == 0:
            assert row[["share", "low_as_if_random", "high_as_if_random"]].isna().all()
            assert row["reason"] == "no cluster left to count"
            continue
        wanted = stats.binomtest(row["k"], row["n"]).proportion_ci(level, method="exact")
        got = (row["low_as_if_random"], row["high_as_if_random"])
        assert got == pytest.approx((wanted.low, wanted.high))
        assert row["reason"] == ""


@given(words)
def test_reading_silence_as_absence_is_least_and_as_presence_most(column):
    table = prevalence(*bounds(x=column)).set_index("reading")
    assert table["k"].iloc[0] == table["k"].iloc[1] <= table["k"].iloc[2]


def test_prevalence_of_the_study(study):
    table = prevalence(*evidence_bounds(study.components)).set_index(["component", "reading"])
    counts = table[["k", "n"]].apply(tuple, axis=1).unstack()[list(READINGS)]
    assert counts.loc["services"].tolist() == [(7, 11), (7, 8), (10, 11)]
    assert counts.loc["info-communication"].tolist() == [(2, 11), (2, 2), (11, 11)]


# dominance -------------------------------------------------------------------------------------


def test_dominance_by_hand():
    # a has both; b has x and is silent on y; c has x and no y; d is like c
    low, high = bounds(x=["present"] * 4, y=["present", "open", "absent", "absent"])
    table = dominance(low, high).set_index(["cluster", "other"])
    kinds = ["certainly", "as_evidenced", "possibly"]
    assert table.loc[("c0", "c2"), kinds].tolist() == [True, True, True]
    assert table.loc[("c0", "c1"), kinds].tolist() == [False, True, True]  # b may have y
    assert table.loc[("c1", "c2"), kinds].tolist() == [False, False, True]
    assert table.loc[("c2", "c3"), kinds].tolist() == [False, False, False]  # equal


@given(tables)
def test_dominance_is_what_all_outcomes_of_the_open_components_say(columns):
    low, high = bounds(**columns)
    table = dominance(low, high).set_index(["cluster", "other"])
    for (one, two), row in table.iterrows():
        least, most = low.loc[one].to_numpy(), high.loc[one].to_numpy()
        other_least, other_most = low.loc[two].to_numpy(), high.loc[two].to_numpy()
        outcomes = [
            (mine >= theirs).all() and (mine > theirs).any()
            for mine in np.array(np.meshgrid(*zip(least, most, strict=True)))
            .reshape(len(least), -1)
            .T
            for theirs in np.array(np.meshgrid(*zip(other_least, other_most, strict=True)))
            .reshape(len(least), -1)
            .T
        ]
        assert (row["certainly"], row["possibly"]) == (all(outcomes), any(outcomes))
        assert row["certainly"] <= row["as_evidenced"] <= row["possibly"]


@given(tables)
def test_sure_dominance_is_a_strict_partial_order(columns):
    table = dominance(*bounds(**columns))
    pairs = set(zip(*table.loc[table["certainly"], ["cluster", "other"]].T.to_numpy(), strict=True))
    assert not any((two, one) in pairs for one, two in pairs)
    assert all((a, d) in pairs for a, b in pairs for c, d in pairs if b == c)


# bounds that do not fit ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        ({"x": [0.5]}, {"x": [0.25]}, "low exceeds high for 0, x: 0.5 > 0.25"),
        ({"x": [np.nan]}, {"x": [1.0]}, "low is nan for 0, x; wanted 0 to 1"),
        ({"x": [0.0]}, {"x": [np.inf]}, "high is inf for 0, x; wanted 0 to 1"),
        ({"x": ["0"]}, {"x": [1.0]}, "low is not numeric"),
        ({"x": [0.0]}, {"y": [1.0]}, "differ in their clusters or components"),
        ({"x": []}, {"x": []}, "low is empty"),
    ],
    ids=["crossed", "missing", "infinite", "text", "labels", "empty"],
)
def test_bounds_that_do_not_fit_are_refused(low, high, message):
    for method in (check_bounds, prevalence, dominance):
        with pytest.raises(ValueError, match=message):
            method(pd.DataFrame(low), pd.DataFrame(high))


def test_a_level_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match="confidence_level is 95; wanted a number between 0 and 1"):
        prevalence(*bounds(x=["present"]), confidence_level=95)


# peers -----------------------------------------------------------------------------------------


def test_peers_by_hand():
    matrix = pd.DataFrame(
        {
            "x": ["present", "present", "absent"],
            "y": ["unknown", "not reported", "not reported"],
            "z": ["planned", "planned", "planned"],
        },
        index=["a", "b", "c"],
    )
    table = nearest_peers(matrix)
    # a and b share x, z (unknown is not "not reported"); b and c share y, z; a and c only z
    assert table[["cluster", "peer", "matching", "matching_open"]].to_numpy().tolist() == [
        ["a", "b", 2, 0],
        ["b", "a", 2, 0],
        ["b", "c", 2, 1],
        ["c", "b", 2, 1],
    ]
    assert table["similarity"].tolist() == pytest.approx([2 / 3] * 4)


@given(st.integers(2, 6), st.integers(1, 4), st.data())
def test_every_cluster_has_its_nearest_peers(clusters, components, data):
    column = st.lists(st.sampled_from(STATUSES), min_size=clusters, max_size=clusters)
    matrix = pd.DataFrame({f"k{i}": data.draw(column) for i in range(components)})
    table = nearest_peers(matrix)
    for cluster, found in table.groupby("cluster"):
        same = (matrix == matrix.loc[cluster]).sum(axis=1).drop(cluster)
        assert set(found["peer"]) == set(same.index[same == same.max()])
        assert (found["matching"] == same.max()).all()
        assert found["matching_open"].le(found["matching"]).all()
    assert set(table["cluster"]) == set(matrix.index)


def test_peers_of_the_study(study):
    table = nearest_peers(component_matrix(study.components)).set_index("cluster")
    assert table.loc["pestovo-industrial", ["peer", "similarity"]].tolist() == ["novgorod-it", 1.0]
    assert len(table.loc[["don-valley-wine"]]) == 5  # ties are all listed


def test_peers_of_some_clusters_are_those_that_they_have_among_all(study):
    matrix = component_matrix(study.components)
    some = ["novgorod-it", "don-valley-wine"]
    found = nearest_peers(matrix, clusters=some)
    every = nearest_peers(matrix)
    wanted = pd.concat([every[every["cluster"] == cluster] for cluster in some], ignore_index=True)
    pd.testing.assert_frame_equal(found, wanted)
    assert nearest_peers(matrix, clusters=[]).empty
    with pytest.raises(KeyError, match="nowhere"):
        nearest_peers(matrix, clusters=["nowhere"])


def test_a_cluster_alone_has_no_peers():
    assert nearest_peers(pd.DataFrame({"x": ["present"]}, index=["a"])).empty


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ({"x": ["present", "maybe"]}, "status is 'maybe' for 1, x; allowed: present"),
        ({"x": ["present", None]}, "for 1, x; allowed"),
        ({"x": []}, "matrix is empty"),
    ],
    ids=["no status", "missing", "empty"],
)
def test_peers_refuse_what_is_no_matrix_of_statuses(matrix, message):
    with pytest.raises(ValueError, match=message):
        nearest_peers(pd.DataFrame(matrix))


def test_a_component_that_a_cluster_is_not_asked_for_is_empty():
    rows = [("b", "y", "planned"), ("a", "x", "present"), ("b", "x", "unknown"), ("b", "y", "?")]
    items = pd.DataFrame(rows, columns=["cluster", "component", "status"], dtype="str")
    items = items.assign(item="i", alternative_status=None)
    matrix, (low, high) = component_matrix(items), evidence_bounds(items, planned_credit=0.5)
    assert matrix.index.tolist() == ["b", "a"]
    assert matrix.fillna("").to_dict("list") == {"y": ["planned", ""], "x": ["unknown", "present"]}
    assert low.fillna(-1).to_dict("list") == {"y": [0.5, -1], "x": [0, 1]}
    assert high.fillna(-1).to_dict("list") == {"y": [0.5, -1], "x": [1, 1]}
    assert component_status(items)["partly_open"].tolist() == [False, False, False]


# association -----------------------------------------------------------------------------------


# two-sided p: Agresti, Categorical Data Analysis, 2nd ed., p. 92 (tea: 0.486);
# Fisher (1935), convicted twins, as in R's fisher.test(matrix(c(2, 10, 15, 3), 2)): 0.0005367
@pytest.mark.parametrize(
    ("table", "p_value", "odds_ratio"),
    [([[3, 1], [1, 3]], 34 / 70, 9.0), ([[2, 15], [10, 3]], 0.0005367, 6 / 150)],
    ids=["tea", "twins"],
)
def test_exact_test_against_textbooks(table, p_value, odds_ratio):
    result = fisher_exact(table, circular=False)
    assert result.p_value == pytest.approx(p_value, rel=1e-4)
    assert result.odds_ratio == pytest.approx(odds_ratio)
    assert result.reason == ""
    assert result.note == "p holds as if the units had been drawn at random"


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_exact_test_agrees_with_scipy(counts):
    table = [counts[:2], counts[2:]]
    wanted = stats.fisher_exact(table)[1]
    assert fisher_exact(table, circular=False).p_value == pytest.approx(wanted, rel=1e-10)


def test_a_circular_test_withholds_its_p():
    result = fisher_exact(pd.crosstab(["a", "a", "b"], [True, True, False]))
    assert result.circular
    assert np.isnan(result.p_value)
    assert "circular: the grade was set from the evidence" in result.reason
    assert result.note == ""


@given(st.lists(st.integers(0, 8), min_size=4, max_size=4), st.booleans())
def test_what_is_undefined_has_its_reason(counts, circular):
    result = fisher_exact([counts[:2], counts[2:]], circular=circular)
    assert np.isnan(result.odds_ratio) == ("odds ratio" in result.reason)
    assert np.isnan(result.p_value) == circular == ("circular" in result.reason)


@pytest.mark.parametrize(
    "table",
    [[[1, 2]], [[1, -1], [0, 1]], [[1, 0.5], [1, 1]], [["a", 1], [1, 1]], [[1, np.nan], [1, 1]]],
    ids=["shape", "negative", "not whole", "text", "missing"],
)
def test_a_table_that_is_not_two_by_two_counts_is_refused(table):
    with pytest.raises(ValueError, match="wanted two rows of two whole counts"):
        fisher_exact(table)


# sets of indicators ----------------------------------------------------------------------------


def test_jaccard_by_hand():
    series = pd.DataFrame(
        {"cluster": list("aaabbc"), "indicator": ["i", "j", "i", "j", "k", "m"]},  # a row per year
    )
    table = jaccard(series)
    assert table.drop(columns="jaccard").to_numpy().tolist() == [
        ["a", "b", 1, 3, "j"],
        ["a", "c", 0, 3, ""],
        ["b", "c", 0, 3, ""],
    ]
    assert table["jaccard"].tolist() == pytest.approx([1 / 3, 0, 0])


names = st.sets(st.sampled_from("ijkl"), min_size=1)


@given(names, names)
def test_jaccard_is_symmetric_and_one_for_equal_sets(one, two):
    rows = [("a", x) for x in sorted(one)] + [("b", x) for x in sorted(two)]
    series = pd.DataFrame(rows, columns=["cluster", "concept"])
    forward = jaccard(series, by="concept")["jaccard"].item()
    assert forward == jaccard(series[::-1], by="concept")["jaccard"].item()
    assert (forward == 1) == (one == two)
    assert forward == len(one & two) / len(one | two)


def test_the_study_shares_concepts_and_no_name(study):
    by_name, by_concept = (jaccard(study.series, by=column) for column in ("label", "concept"))
    assert by_name["intersection"].tolist() == [0, 0, 0]
    assert by_concept["intersection"].tolist() == [1, 2, 1]


def test_peers_by_indicators_come_nearest_first_and_share_at_least_one():
    series = pd.DataFrame(
        {"cluster": list("aabbbccd"), "indicator": ["i", "j", "i", "j", "k", "j", "j", "m"]}
    )
    peers = indicator_peers(series, "a")
    assert peers.drop(columns="jaccard").to_numpy().tolist() == [
        ["a", "b", 2, 3, "i; j"],
        ["a", "c", 1, 2, "j"],
    ]
    assert peers["jaccard"].tolist() == pytest.approx([2 / 3, 1 / 2])
    for alone in ("d", "without any series"):
        assert indicator_peers(series, alone).empty
    assert indicator_peers(series[:0], "a").columns.tolist() == peers.columns.tolist()


@given(st.lists(names, min_size=1, max_size=5))
def test_peers_by_indicators_are_the_pairs_of_jaccard(sets):
    rows = [(f"c{at}", x) for at, own in enumerate(sets) for x in sorted(own)]
    series = pd.DataFrame(rows, columns=["cluster", "indicator"])
    pairs = jaccard(series).query("intersection > 0")
    found = {(r.cluster, r.peer): r.jaccard for c in series["cluster"].unique()
             for r in indicator_peers(series, c).itertuples()}  # fmt: skip
    assert found == {
        pair: row.jaccard
        for row in pairs.itertuples()
        for pair in ((row.cluster, row.other), (row.other, row.cluster))
    }


def test_jaccard_refuses_what_has_no_set():
    series = pd.DataFrame({"cluster": ["a", "b"], "concept": ["jobs", None]})
    with pytest.raises(ValueError, match="series row 1 has no cluster or no concept"):
        jaccard(series, by="concept")
    with pytest.raises(KeyError, match="series has no column 'label'"):
        jaccard(series, by="label")
    with pytest.raises(ValueError, match="series has no rows"):
        jaccard(series[:0], by="concept")


def evidence():
    return pd.DataFrame(
        {
            "cluster": ["a", "a", "a", "b", "b"],
            "indicator": ["i", "i", "j", "k", "m"],
            "value": [1.0, None, 3.0, None, 5.0],
            "criterion": ["jobs", "jobs", "jobs", "training", None],
            "criterion_alternative": [None, None, "training", None, "jobs"],
        }
    )


def test_coverage_by_hand():
    table = criteria_coverage(evidence(), ["jobs", "training"], clusters=["a", "b", "c"])
    # b's only value serves no criterion, its series on training is empty, c has none at all
    assert table.loc[table["evidence"]].to_numpy().tolist() == [["a", "jobs", 2, 2, True]]
    assert table["evidence"].mean() == pytest.approx(1 / 6)
    other = criteria_coverage(
        evidence(), ["jobs", "training"], clusters=["a", "b", "c"], alternative=True
    )
    assert other["values"].tolist() == [1, 1, 1, 0, 0, 0]


def test_coverage_of_the_study(study):
    criteria = study.criteria.query("kind == 'quantitative'")["criterion"]
    table = criteria_coverage(study.series, criteria, clusters=study.clusters.index)
    assert (len(table), table["evidence"].sum()) == (66, 8)
    outcomes = study.series.query("standing == 'base'")
    table = criteria_coverage(outcomes, criteria, clusters=study.clusters.index)
    assert table["evidence"].sum() == 7


@pytest.mark.parametrize(
    ("change", "arguments", "error", "message"),
    [
        ({}, {"clusters": ["a"]}, KeyError, "cluster 'b', which is not in clusters"),
        ({"value": np.inf}, {}, ValueError, "series row 0 has an infinite value"),
        ({}, {"criteria": []}, ValueError, "at least one cluster and one criterion"),
        ({"criterion_alternative": None}, {"alternative": True}, KeyError, "no column"),
    ],
    ids=["stray cluster", "infinite", "no criterion", "no alternative"],
)
def test_coverage_refuses_what_does_not_fit(change, arguments, error, message):
    series = evidence().assign(**change)
    if change == {"criterion_alternative": None}:
        series = series.drop(columns="criterion_alternative")
    with pytest.raises(error, match=message):
        criteria_coverage(**{"series": series, "criteria": ["jobs"]} | arguments)


@given(tables)
def test_inputs_are_left_as_they_were(columns):
    low, high = bounds(**columns)
    before = low.copy(), high.copy()
    prevalence(low, high)
    dominance(low, high)
    pd.testing.assert_frame_equal(low, before[0])
    pd.testing.assert_frame_equal(high, before[1])

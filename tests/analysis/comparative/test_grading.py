"""Grades against evidence: equal evidence, agreement, the best monotone rule, lifts."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.comparative.evidence import component_matrix, evidence_bounds
from analysis.comparative.grading import (
    agreement,
    check_grades,
    equal_evidence,
    equal_evidence_pairs,
)
from analysis.comparative.monotone_rule import (
    READINGS,
    best_monotone_rule,
    fewest_exceptions,
)
from analysis.comparative.next_grade import lifts_to_next_grade
from analysis.composite import first_under_any_weights

WORDS = ("low", "middle", "high")


def graded(words, order=WORDS):
    """Build grades for clusters c0, c1, ..."""
    index = [f"c{number}" for number in range(len(words))]
    return pd.Series(words, index).astype(pd.CategoricalDtype(list(order), ordered=True))


def cells(rows, components="xyz"):
    """Build a table of components, one row per cluster c0, c1, ..."""
    index = [f"c{number}" for number in range(len(rows))]
    return pd.DataFrame(rows, index, list(components[: len(rows[0])]), dtype=float)


@st.composite
def problems(draw, most=6):
    """Draw bounds of up to six clusters on two components, and their grades."""
    n = draw(st.integers(1, most))
    ends = st.sampled_from([(0, 0), (0.5, 0.5), (1, 1), (0, 1)])
    drawn = [draw(st.tuples(ends, ends)) for _ in range(n)]
    low, high = (cells([[cell[end] for cell in row] for row in drawn]) for end in (0, 1))
    return low, high, graded([draw(st.sampled_from(WORDS)) for _ in range(n)])


# equal evidence --------------------------------------------------------------------------------


def test_equal_evidence_by_hand():
    matrix = pd.DataFrame(
        {"x": ["present"] * 3 + ["absent"] * 2, "y": ["unknown"] * 3 + ["planned", "absent"]},
        index=["c0", "c1", "c2", "c3", "c4"],
    )
    grades = graded(["low", "high", "low", "low", "low"])
    groups = equal_evidence(matrix, grades)
    assert groups.to_numpy().tolist() == [
        ["present", "unknown", ("c0", "c1", "c2"), ("low", "high"), False]
    ]
    pairs = equal_evidence_pairs(matrix, grades)
    assert pairs[["cluster", "other"]].to_numpy().tolist() == [["c0", "c1"], ["c2", "c1"]]
    assert pairs[["grade", "other_grade"]].to_numpy().tolist() == [["low", "high"]] * 2


def test_two_silences_are_not_one_unknown():
    matrix = pd.DataFrame({"x": ["unknown", "not reported"]}, index=["c0", "c1"])
    assert equal_evidence(matrix, graded(["low", "high"])).empty
    assert equal_evidence_pairs(matrix, graded(["low", "high"])).empty


def test_the_study_has_one_pair_with_equal_evidence_and_unequal_grade(study):
    pairs = equal_evidence_pairs(component_matrix(study.components), study.clusters["grade"])
    assert pairs[["cluster", "other", "grade", "other_grade"]].to_numpy().tolist() == [
        ["pestovo-industrial", "novgorod-it", "insufficient", "average"]
    ]


def test_grades_are_ordered_and_complete():
    matrix = pd.DataFrame({"x": ["present"] * 2}, index=["c0", "c9"])
    with pytest.raises(KeyError, match="grades have none for 'c9'"):
        equal_evidence(matrix, graded(["low", "high"]))
    with pytest.raises(ValueError, match="grades are str; wanted an ordered categorical"):
        check_grades(pd.Series(["low"], index=["c0"]), ["c0"])
    with pytest.raises(KeyError, match="none for 'c0'"):
        check_grades(graded([None, "low"]), ["c0", "c1"])
    with pytest.raises(ValueError, match="name a cluster twice"):
        check_grades(pd.concat([graded(["low"])] * 2), ["c0"])


# agreement -------------------------------------------------------------------------------------


# Cohen's weighted kappa by hand from the cross table; tau-b from concordant less discordant pairs
@pytest.mark.parametrize(
    ("first", "second", "tau_b", "linear", "quadratic"),
    [
        (["low", "middle", "high"], ["low", "middle", "high"], 1, 1, 1),
        # 3 pairs all discordant; disagreement 2 + 0 + 2 of 8 / 3 expected, 8 of 4 if squared
        (["low", "middle", "high"], ["high", "middle", "low"], -1, -0.5, -1),
        # observed 1/2; expected 1 (linear) and 13/8 (squared); 4 pairs agree, 5 x 5 untied
        (["low", "middle", "high", "high"], ["low", "low", "middle", "high"], 0.8, 0.5, 9 / 13),
    ],
    ids=["same", "reversed", "shifted"],
)
def test_agreement_by_hand(first, second, tau_b, linear, quadratic):
    result = agreement(graded(first), graded(second))
    assert result.tau_b == pytest.approx(tau_b)
    assert (result.kappa_linear, result.kappa_quadratic) == pytest.approx((linear, quadratic))
    assert result.reason == ""


codings = st.integers(2, 8).flatmap(
    lambda n: st.tuples(*[st.lists(st.sampled_from(WORDS), min_size=n, max_size=n)] * 2)
)


@given(codings)
def test_agreement_is_symmetric_and_what_is_undefined_has_its_reason(pair):
    first, second = map(graded, pair)
    one, two = agreement(first, second), agreement(second[::-1], first)
    for name in ("tau_b", "kappa_linear", "kappa_quadratic"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), nan_ok=True)
    assert np.isnan(one.tau_b) == ("tau-b" in one.reason)
    assert np.isnan(one.kappa_linear) == np.isnan(one.kappa_quadratic) == ("kappa" in one.reason)


def test_scores_have_no_kappa():
    scores = pd.Series([0.9, 0.1, 0.4], index=["c2", "c0", "c1"])  # in another order
    result = agreement(scores, graded(["low", "middle", "high"]))
    assert result.tau_b == 1
    assert np.isnan(result.kappa_linear)
    assert result.reason == "kappa: the two codings do not share their categories"


@pytest.mark.parametrize(
    ("first", "message"),
    [
        (pd.Series([1.0], index=["c0"]), "do not name the same units"),
        (pd.Series([1.0, np.inf], index=["c0", "c1"]), "first is missing or infinite for 'c1'"),
        (graded(["low", None]), "first is missing or infinite for 'c1'"),
        (pd.Series(["a", "b"], index=["c0", "c1"]), "first is str; wanted numbers"),
    ],
    ids=["units", "infinite", "missing", "text"],
)
def test_agreement_refuses_what_is_no_ordinal_coding(first, message):
    with pytest.raises(ValueError, match=message):
        agreement(first, graded(["low", "high"]))


# the best monotone rule ------------------------------------------------------------------------


def brute_force(low, high, grades, reading):
    """Try every assignment of grades; return the best monotone ones, as codes."""
    least = (high if reading == "at most" else low).to_numpy()
    most = (low if reading == "as evidenced" else high).to_numpy()
    n, codes = len(low), grades.cat.codes.to_numpy()
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j and (most[i] <= least[j]).all()]
    rules = [f for f in product(range(3), repeat=n) if all(f[i] <= f[j] for i, j in pairs)]
    counts = [(np.array(rule) != codes).sum() for rule in rules]
    return np.array([r for r, count in zip(rules, counts, strict=True) if count == min(counts)])


@given(problems(), st.sampled_from(READINGS))
def test_the_best_rule_is_what_brute_force_finds(problem, reading):
    low, high, grades = problem
    best, codes = brute_force(low, high, grades, reading), grades.cat.codes.to_numpy()
    rule = best_monotone_rule(low, high, grades, reading=reading)
    assert rule.exception_count == (best[0] != codes).sum()
    assert fewest_exceptions(low, high, grades, reading=reading) == rule.exception_count
    assert rule.unique == (len(best) == 1)
    assert rule.clusters["rule_low"].cat.codes.tolist() == best.min(axis=0).tolist()
    assert rule.clusters["rule_high"].cat.codes.tolist() == best.max(axis=0).tolist()
    differs = best != codes
    wanted = np.select(
        [~differs.any(axis=0), differs.all(axis=0)], ["never", "always"], "under some best rules"
    )
    assert rule.clusters["exception"].tolist() == wanted.tolist()


@given(problems(most=5), st.tuples(*[st.sampled_from([0.0, 0.5, 1.0])] * 2))
def test_a_profile_has_the_range_that_all_monotone_continuations_leave(problem, profile):
    low, _, grades = problem
    rule = best_monotone_rule(low, low, grades)
    best = brute_force(low, low, grades, "as evidenced")
    below = (low.to_numpy() <= profile).all(axis=1)
    above = (low.to_numpy() >= profile).all(axis=1)
    # a grade can be given to the profile if it lies between its neighbours under some best rule
    possible = {
        grade
        for given_ in best
        for grade in range(given_[below].max(initial=0), given_[above].min(initial=2) + 1)
    }
    assert rule.grade_range(profile) == (WORDS[min(possible)], WORDS[max(possible)])


def test_a_grade_between_the_ends_need_not_be_reached():
    # three clusters with one profile, graded low, high, high: the middle is never best
    rule = best_monotone_rule(
        *[cells([[1], [1], [1], [1]])] * 2, graded(["low", "low", "high", "high"])
    )
    assert (rule.exception_count, rule.grade_range([1])) == (2, ("low", "high"))
    rule = best_monotone_rule(
        *[cells([[1]] * 5)] * 2, graded(["low", "low", "middle", "high", "high"])
    )
    assert (
        rule.clusters["exception"].tolist()
        == ["under some best rules"] * 2 + ["always"] + ["under some best rules"] * 2
    )


def test_profiles_group_what_is_read_alike():
    low, high = cells([[1, 0], [1, 0], [0, 0]]), cells([[1, 1], [1, 1], [0, 0]])
    grades = graded(["middle", "high", "low"])
    table = best_monotone_rule(low, high, grades).profiles()
    assert table["clusters"].tolist() == [("c0", "c1"), ("c2",)]
    assert table["grades"].tolist() == [("middle", "high"), ("low",)]
    table = best_monotone_rule(low, high, grades, reading="certainly").profiles()
    assert table["clusters"].tolist() == [("c0",), ("c1",), ("c2",)]
    assert table["open"].tolist() == ["y", "y", ""]


def test_a_large_problem_is_solved_exactly():
    # one component, n levels in order: an exception is a cluster out of the longest ordered run
    rng = np.random.default_rng(3)
    codes = rng.integers(0, 5, size=60)
    order = [f"g{code}" for code in range(5)]
    rule = best_monotone_rule(
        *[cells([[level / 60] for level in range(60)])] * 2,
        graded([f"g{code}" for code in codes], order),
    )
    longest = np.ones(60, dtype=int)
    for i in range(60):
        longest[i] += max((longest[j] for j in range(i) if codes[j] <= codes[i]), default=0)
    assert rule.exception_count == 60 - longest.max()


def test_the_rule_of_the_study(study):
    low, high = evidence_bounds(study.components)
    rule = best_monotone_rule(low, high, study.clusters["grade"])
    assert (rule.exception_count, rule.unique) == (1, False)
    assert rule.exceptions.index.tolist() == ["novgorod-it", "pestovo-industrial"]
    assert rule.exceptions["exception"].unique().tolist() == ["under some best rules"]
    assert rule.grade_range([1, 1, 1, 0]) == ("average", "highest")
    sure = best_monotone_rule(low, high, study.clusters["grade"], reading="certainly")
    assert sure.exception_count == 0  # silence may hide the difference of the two


def test_one_grade_only_leaves_no_exception():
    rule = best_monotone_rule(*[cells([[0], [1]])] * 2, graded(["low", "low"], ["low"]))
    assert (rule.exception_count, rule.unique, rule.grade_range([0.5])) == (0, True, ("low",) * 2)


def test_a_rule_refuses_what_does_not_fit():
    low, grades = cells([[0, 0], [1, 1]]), graded(["low", "high"])
    with pytest.raises(ValueError, match="reading is 'best'; allowed: as evidenced, at most"):
        best_monotone_rule(low, low, grades, reading="best")
    with pytest.raises(KeyError, match="grades have none for 'c1'"):
        best_monotone_rule(low, low, grades[:1])
    with pytest.raises(ValueError, match="low exceeds high for c1, x"):
        best_monotone_rule(low, cells([[0, 0], [0, 1]]), grades)
    with pytest.raises(ValueError, match=r"profile is \[1.0\]; wanted one number for each of x, y"):
        best_monotone_rule(low, low, grades).grade_range([1])


# lifts -----------------------------------------------------------------------------------------


def test_lifts_by_hand():
    # (0,0,0) is low, (1,1,0) middle, (1,1,1) high. From the first: x and y certainly; any one of the
    # three possibly, since between the profiles the rule is free
    low = cells([[0, 0, 0], [1, 1, 0], [1, 1, 1]])
    high = cells([[0, 1, 0], [1, 1, 0], [1, 1, 1]])
    table = lifts_to_next_grade(low, high, best_monotone_rule(low, high, graded(WORDS)))
    found = table.drop(columns="size").to_numpy().tolist()
    assert found == [
        ["c0", "low", "middle", "certain", ("x", "y"), ("y",), ""],
        ["c0", "low", "middle", "possible", ("x",), (), ""],
        ["c0", "low", "middle", "possible", ("y",), ("y",), ""],
        ["c0", "low", "middle", "possible", ("z",), (), ""],
        ["c1", "middle", "high", "certain", ("z",), (), ""],
        ["c2", "high", "", "", (), (), "already at the highest grade"],
    ]
    assert table["size"].tolist()[:5] == [2, 1, 1, 1, 1]
    assert table["size"].isna().tolist() == [False] * 5 + [True]


def test_where_nobody_has_the_next_grade_no_set_lifts_certainly():
    low = cells([[0], [1]])
    table = lifts_to_next_grade(low, low, best_monotone_rule(low, low, graded(["low", "middle"])))
    row = table.query("cluster == 'c1' and certainty == 'certain'").iloc[0]
    assert row["reason"] == "no set of components is certain to be enough"
    # full evidence could be graded higher: the rule is silent above its best profile only
    assert table.query("cluster == 'c1' and certainty == 'possible'").empty


def test_equal_evidence_may_have_the_next_grade_already():
    low = cells([[1], [1]])
    table = lifts_to_next_grade(low, low, best_monotone_rule(low, low, graded(["low", "middle"])))
    row = table.query("cluster == 'c0' and certainty == 'possible'").iloc[0]
    assert (row["size"], row["components"]) == (0, ())


@given(problems(most=5), st.sampled_from(READINGS))
def test_lifts_are_the_smallest_sets_that_do(problem, reading):
    low, high, grades = problem
    rule = best_monotone_rule(low, high, grades, reading=reading)
    table = lifts_to_next_grade(low, high, rule)
    assert set(table["cluster"]) == set(low.index)
    best = brute_force(low, high, grades, reading)
    for number, cluster in enumerate(low.index):
        wanted = WORDS.index(grades[cluster]) + 1
        if wanted == len(WORDS):
            continue
        lifted = {}
        for size in range(3):
            for taken in combinations(low.columns, size):
                least = rule.low.loc[cluster].where(~low.columns.isin(taken), 1.0)
                most = rule.high.loc[cluster].where(~low.columns.isin(taken), 1.0)
                below = (rule.high <= least).all(axis=1).to_numpy(copy=True)
                below[number] = True  # its own evidence only grew
                above = (rule.low >= most).all(axis=1).to_numpy()
                if (least == rule.low.loc[cluster]).to_numpy()[low.columns.isin(taken)].any():
                    continue  # it has that already
                ends = [(f[below].max(initial=0), f[above].min(initial=2)) for f in best]
                lifted[taken] = (
                    min(a for a, _ in ends) >= wanted,
                    max(b for _, b in ends) >= wanted,
                )
        sure = [taken for taken, (certainly, _) in lifted.items() if certainly]
        smallest = [taken for taken in sure if len(taken) == min(map(len, sure))]
        found = table[table["cluster"] == cluster]
        assert (
            found.query("certainty == 'certain' and reason == ''")["components"].tolist()
            == smallest
        )
        rest = [
            taken for taken, (certainly, perhaps) in lifted.items() if perhaps and not certainly
        ]
        limit = min([len(taken) for taken in sure], default=9)
        rest = [taken for taken in rest if len(taken) == min(map(len, rest)) <= limit]
        assert found.query("certainty == 'possible'")["components"].tolist() == rest


def test_lifts_of_the_study(study):
    low, high = evidence_bounds(study.components)
    rule = best_monotone_rule(low, high, study.clusters["grade"])
    table = lifts_to_next_grade(low, high, rule).set_index(["cluster", "certainty"])
    sets = table["components"]
    assert sets.loc[[("penza-it", "certain")]].tolist() == [("special projects",)]
    assert sets.loc[[("ryazan-textile", "certain")]].tolist() == [("services",)]
    assert sets.loc[[("pestovo-industrial", "possible")]].tolist() == [()]


def test_lifts_of_some_clusters_are_those_of_all():
    low = cells([[0, 0], [0, 1], [1, 1]], "xy")
    rule = best_monotone_rule(low, low, graded(["low", "middle", "high"]))
    whole = lifts_to_next_grade(low, low, rule)
    one = lifts_to_next_grade(low, low, rule, clusters=["c1"])
    assert one.values.tolist() == whole[whole["cluster"] == "c1"].values.tolist()
    with pytest.raises(KeyError, match="c9"):
        lifts_to_next_grade(low, low, rule, clusters=["c9"])


def test_lifts_refuse_the_rule_of_another_table():
    low = cells([[0], [1]])
    rule = best_monotone_rule(low, low, graded(["low", "high"]))
    with pytest.raises(ValueError, match="other clusters or components than the rule"):
        lifts_to_next_grade(low[:1], low[:1], rule)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e300, 1e300)), min_size=2, max_size=12))
def test_tau_b_is_scipys_with_and_without_ties(pairs):
    one, two = (pd.Series(values, dtype=float) for values in zip(*pairs, strict=True))
    assume(one.nunique() > 1 and two.nunique() > 1)
    wanted = stats.kendalltau(one, two, variant="b").statistic
    assert agreement(one, two).tau_b == pytest.approx(wanted)


@pytest.mark.parametrize("word", [
    "cluster", "clusters", "other", "grade", "grades", "consistent", "open", "part", "rule_low",
    "exception", "index", "first", "lead", "end", "shared",
])  # fmt: skip
@pytest.mark.parametrize("words", [["low", "high", "low"], ["high", "high", "low"]])
def test_a_component_may_have_any_name(word, words):
    names = list("abc")
    matrix = pd.DataFrame({word: ["present", "present", "absent"], "y": "absent"}, index=names)
    low, grades = (matrix == "present").astype(float), graded(words)
    grades = grades.set_axis(names)
    rule = best_monotone_rule(low, low, grades)
    tables = [equal_evidence(matrix, grades), equal_evidence_pairs(matrix, grades)]
    tables += [rule.profiles(), first_under_any_weights(low, low)]
    for table in tables:
        assert table.columns.is_unique
        assert {word, f"{word} (component)"} & set(table.columns)
    assert tables[0]["clusters"].tolist() == [("a", "b")]
    assert len(tables[1]) == (words[0] != words[1])
    assert lifts_to_next_grade(low, low, rule)["cluster"].nunique() == 3

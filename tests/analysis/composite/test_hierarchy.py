"""Hierarchies of any depth, also uneven ones, against a mean that calls itself."""

import numpy as np
import pandas as pd
import pytest

from analysis.composite import indicator_matrix, integral_indicator
from analysis.composite.chain.batch import batch_totals


def grown(seed):
    """Grow a tree at random: pillars in pillars, indicators anywhere; each pillar holds something."""
    chance = np.random.default_rng(seed)
    pillars = [f"P{at}" for at in range(chance.integers(1, 7))]
    parents = [""] + [chance.choice(["", *pillars[:at]]) for at in range(1, len(pillars))]
    homes = pillars + [str(each) for each in chance.choice(pillars, size=chance.integers(2, 6))]
    names = [f"i{at}" for at in range(len(homes))]
    about = pd.DataFrame(
        {"direction": "up", "pillar": homes, "weight": chance.integers(1, 5, len(homes))},
        index=names,
    )
    above = pd.DataFrame(
        {"parent": parents, "weight": chance.integers(1, 5, len(pillars))}, index=pillars
    )
    data = pd.DataFrame(chance.normal(size=(7, len(names))), columns=names)
    return data, about, above


def mean_of(node, scores, about, above, exponent):
    """Average what belongs to a node, each part by itself first."""
    parts = [(scores[name], row.weight) for name, row in about.iterrows() if row.pillar == node]
    parts += [
        (mean_of(name, scores, about, above, exponent), row.weight)
        for name, row in above.iterrows()
        if row.parent == node
    ]
    values, weights = np.array([value for value, _ in parts]), np.array([w for _, w in parts])
    weights = weights / weights.sum()
    if exponent == 0:
        return np.exp(weights @ np.log(values))
    return (weights @ values**exponent) ** (1 / exponent)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("exponent", [1.0, 0.0, -1.0])
def test_a_tree_of_any_shape_is_averaged_as_it_is_nested(seed, exponent):
    data, about, above = grown(seed)
    matrix = indicator_matrix(data, indicators=about, pillars=above)
    result = integral_indicator(matrix, scale=(1, 100), aggregation=exponent)
    wanted = mean_of("", result.normalised, about, above, exponent)
    np.testing.assert_allclose(result.nodes.low[:, -1], wanted, rtol=1e-12)
    tree = result.hierarchy
    for name in tree.pillars:
        at = tree.nodes.index(name)
        wanted = mean_of(name, result.normalised, about, above, exponent)
        np.testing.assert_allclose(result.nodes.low[:, at], wanted, rtol=1e-12)
    flat = batch_totals(
        result.scaled.values, tree, tree.shares(), np.full(len(tree.nodes), exponent)
    )
    np.testing.assert_allclose(flat[0], result.nodes.low[:, -1], rtol=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_weights_in_the_total_sum_to_one_and_levels_rise(seed):
    data, about, above = grown(seed)
    tree = indicator_matrix(data, indicators=about, pillars=above).framework.hierarchy
    total = tree.to_total(tree.shares())
    assert total[: len(tree.indicators)].sum() == pytest.approx(1)
    np.testing.assert_allclose(tree.to_nodes(tree.shares())[:, -1], total[: len(tree.indicators)])
    for pillar, name in enumerate(tree.pillars):
        assert tree.level[pillar] < tree.level[tree.parent[tree.elements.index(name)]]


def test_a_single_top_pillar_of_pillars_is_the_total_itself():
    data = pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]})
    about = pd.DataFrame({"direction": "up", "pillar": ["P", "Q"]}, index=["a", "b"])
    above = pd.DataFrame({"parent": ["Index", "Index", ""]}, index=["P", "Q", "Index"])
    tree = indicator_matrix(data, indicators=about, pillars=above).framework.hierarchy
    assert tree.nodes == ("P", "Q", "total")

"""Composite indicators: normalise, weigh, aggregate, and say what the gaps leave open."""

from analysis.composite.aggregate import contributions, levels, power_mean
from analysis.composite.benefit import BenefitOfTheDoubt, benefit_of_the_doubt
from analysis.composite.copeland import copeland, outranking
from analysis.composite.diagnostics import correlations, cronbach_alpha, eigenvalues, loadings
from analysis.composite.favourable import first_under_any_weights
from analysis.composite.kemeny import KemenyRanking, kemeny, kemeny_score
from analysis.composite.missing import missing_bounds, renormalise
from analysis.composite.normalise import (
    NORMALISATIONS,
    distance_to_best,
    distance_to_reference,
    distance_to_target,
    minmax,
    percentile_rank,
    rank,
    ratio_to_mean,
    zscore,
)
from analysis.composite.ranks import rank_interval
from analysis.composite.score import evidence_score
from analysis.composite.weights import WEIGHTS, critic, entropy, equal, first_component, given

__all__ = [
    "NORMALISATIONS",
    "WEIGHTS",
    "BenefitOfTheDoubt",
    "KemenyRanking",
    "benefit_of_the_doubt",
    "contributions",
    "copeland",
    "correlations",
    "critic",
    "cronbach_alpha",
    "distance_to_best",
    "distance_to_reference",
    "distance_to_target",
    "eigenvalues",
    "entropy",
    "equal",
    "evidence_score",
    "first_component",
    "first_under_any_weights",
    "given",
    "kemeny",
    "kemeny_score",
    "levels",
    "loadings",
    "minmax",
    "missing_bounds",
    "outranking",
    "percentile_rank",
    "power_mean",
    "rank",
    "rank_interval",
    "ratio_to_mean",
    "renormalise",
    "zscore",
]

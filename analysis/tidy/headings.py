"""What columns are called above a table that a person reads, with their units.

Files and code keep the names of the columns; a column that has no words here is shown by its name,
underscores as spaces.
"""

from __future__ import annotations

HEADINGS = {
    # who and what
    "activity_class": "class of activity",
    "other": "other cluster",
    "peer": "other cluster",
    "subject": "statement about",
    "about": "kind of question",
    "stock_or_flow": "stock or flow",
    "unit_is_ours": "unit is ours",
    "label": "label as printed",
    "label_reading": "how it is read",
    "base_reason": "why there is no index",
    "reason": "why empty",
    # counts and shares
    "n": "n",
    "k": "clusters that have it",
    "n_entering": "indicators",
    "share": "share",
    "low_as_if_random": "share, low (as if drawn at random)",
    "high_as_if_random": "share, high (as if drawn at random)",
    "matching": "same status",
    "matching_open": "of these unknown or not reported",
    "intersection_by_name": "shared, by name",
    "union_by_name": "of all, by name",
    "jaccard_by_name": "Jaccard, by name",
    "shared_by_name": "which, by name",
    "intersection_by_concept": "shared, by concept",
    "union_by_concept": "of all, by concept",
    "jaccard_by_concept": "Jaccard, by concept",
    "shared_by_concept": "which, by concept",
    "share_low_pct": "% of the region, low",
    "share_high_pct": "% of the region, high",
    "times_wrong_to_turn": "how many times too large the regional figure would have to be",
    # growth, trend, indices
    "mean_level": "mean level",
    "mean_abs_growth": "mean change a year, in units",
    "cagr_pct": "mean growth a year, %",
    "loglin_b": "log-linear slope",
    "loglin_growth_pct": "log-linear growth a year, %",
    "chain_abs": "change on the year before, in units",
    "chain_increment_pct": "change on the year before, %",
    "pp_change": "change, percentage points",
    "base_index": "base index (base year = 100)",
    "chain_index": "chain index (year before = 100)",
    "n_matched": "indicators",
    "matched": "which",
    "matched_index": "chained index, matched pairs (base year = 100)",
    "s": "S",
    "tau_b": "tau-b",
    "p_two_sided": "p, two-sided",
    "q_two_sided": "q (false discovery rate)",
    "p_min": "smallest p possible",
    "sen_slope": "Sen's slope, units a year",
    "sen_low": "slope, low",
    "sen_high": "slope, high",
    "a0": "level in the origin year",
    "a1": "slope, units a year",
    "log_change": "change in logarithms",
    "share_pct": "share of the growth, %",
    # scores, ranks, grades
    "score_low": "score, low",
    "score_high": "score, high",
    "rank_best": "best rank",
    "rank_worst": "worst rank",
    "coverage": "coverage",
    "other_grade": "grade of the other",
    "rule_low": "grade by the rule, lowest",
    "rule_high": "grade by the rule, highest",
    "copeland": "Copeland (wins less losses)",
    "p_first": "share in first place",
    "p_first_alone": "share first alone",
    "mean_rank_se": "standard error of the mean rank",
    "first_order": "share of variance, alone",
    "total": "share of variance, with the others",
    "fails_with": "fails only with",
    "surely": "whatever is unknown",
    "standing": "kind of value",
    "base": "base year",
    "unfinished": "year under way",
    "variance_pct": "variance, %",
    "cumulative_pct": "variance together, %",
    "correlation_with_total": "correlation with the rest",
    "refused_share": "share refused",
    # claims and questions
    "at_half_threshold": "verdict at half the threshold",
    "at_double_threshold": "verdict at twice the threshold",
    "without_it": "verdict without it",
    "value_without": "value without it",
    "says_a": "one place says",
    "says_b": "another says",
    "written": "the source says",
    "closes": "narrows the score by",
    "alternative_status": "could also be",
    "holds": "holds in",
    "tied": "tied in",
}


def heading(column: int | str) -> str:
    """Write what a column is called above a table.

    >>> heading("cagr_pct"), heading("first_year"), heading(2016)
    ('mean growth a year, %', 'first year', '2016')
    """
    name = str(column)
    return HEADINGS.get(name, name.replace("_", " "))

"""Run every check and lay the findings out as one table: `results/claims.csv`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

import article.claims.checks  # noqa: F401 -- imported, its modules fill CHECKS
from article.claims.registry import CHECKS, VERDICTS

if TYPE_CHECKING:
    from typing import Any

    from analysis.study.loading import Study

GIVEN = ("id", "section", "kind", "claim", "place", "hedge", "evidence")  # by claims.csv
COLUMNS = [
    "id", "section", "kind", "claim", "verdict", "rule", "statistic", "value", "low", "high",
    "p_value", "at_half_threshold", "at_double_threshold", "break_even", "needs", "explanation",
    "notebook", "threshold", "lower_threshold", "at_lower_threshold", "higher_threshold",
    "at_higher_threshold", "checked", "place", "hedge", "evidence",
]  # fmt: skip


class ClaimsError(ValueError):
    """Claims and checks do not match; `problems` has one sentence for each."""

    def __init__(self, problems):
        """Keep the problems; the message lists them all."""
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def checks() -> dict:
    """Return all checks by claim id.

    >>> "F54" in checks()
    True
    """
    return CHECKS


def ledger(study: Study, registered: Any = None) -> pd.DataFrame:
    """Examine every claim of a study.

    Returns one row per claim, in the study's order, with the columns of `COLUMNS`; what is
    undefined is empty. Raises ClaimsError where claims and checks do not match.

    >>> from analysis.study.loading import load_study
    >>> table = ledger(load_study())
    >>> table.loc[table["id"] == "F54", ["verdict", "at_half_threshold"]].values.tolist()
    [['supported', 'supported']]
    """
    registered = checks() if registered is None else registered
    if problems := mismatches(study.claims, registered):
        raise ClaimsError(problems)
    rows = [_row(study, claim, registered[claim.id]) for claim in study.claims.itertuples()]
    return pd.DataFrame(rows, columns=COLUMNS)


def mismatches(claims: pd.DataFrame, registered: dict) -> list:
    """List claims without a check, checks without a claim, and hedges that differ.

    >>> mismatches(pd.DataFrame({"id": ["F1"]}), {})
    ['claims.csv: F1 has no check in article/claims/checks/, nor a word that it can have none']
    """
    listed, hedges = set(claims["id"]), _hedges(claims)
    lacking = [
        f"claims.csv: {claim} has no check in article/claims/checks/, nor a word that it can have "
        "none"
        for claim in claims["id"]
        if claim not in registered
    ]
    left = [
        f"{check.find.__module__}: the check of {claim} has no claim in claims.csv"
        for claim, check in registered.items()
        if claim not in listed
    ]
    return [*lacking, *left] + [
        f"claims.csv: the hedge of {claim} is {hedges[claim]!r}; its check has {check.hedge!r}"
        for claim, check in registered.items()
        if check.checked and hedges.get(claim, check.hedge) != check.hedge
    ]


def _hedges(claims):
    """Return the words that limit each claim, {} for a study that does not tell them."""
    if "hedge" not in claims or claims["hedge"].isna().all():
        return {}
    return dict(zip(claims["id"], claims["hedge"].fillna("").tolist(), strict=True))


def tally(table: pd.DataFrame) -> dict:
    """Count the claims by verdict, all six in their order.

    >>> tally(pd.DataFrame({"verdict": ["not shown", "supported", "not shown"]}))["not shown"]
    2
    """
    counts = table["verdict"].value_counts()
    return {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}


def _row(study, claim, check):
    found = check.on(study)
    given = {name: getattr(claim, name, None) for name in GIVEN}
    about = {name: getattr(check, name) for name in ("rule", "notebook", "threshold", "checked")}
    return given | about | _tried(study, check) | vars(found)


def _tried(study, check):
    """Run a check at its neighbouring thresholds; report half and double if they are among them."""
    tried = {}
    for side, threshold in zip(("lower", "higher"), check.neighbours, strict=False):
        if threshold is not None:
            tried[f"{side}_threshold"] = threshold
            tried[f"at_{side}_threshold"] = check.on(study, threshold).verdict
    for name, side, times in (("half", "lower", 0.5), ("double", "higher", 2)):
        if tried.get(f"{side}_threshold") == times * (check.threshold or math.nan):
            tried[f"at_{name}_threshold"] = tried[f"at_{side}_threshold"]
    return tried

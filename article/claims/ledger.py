"""Run every check and lay the findings out as one table: `results/claims.csv`."""

import pandas as pd

from analysis.tidy.wording import counted
from article.claims import (
    discussion,
    framing,
    indicators,
    institutions,
    management,
    method,
    strategies,
)
from article.claims.registry import CHECKS, VERDICTS

# imported, they fill CHECKS
SECTIONS = (framing, method, institutions, management, indicators, strategies, discussion)
COLUMNS = [
    "id", "section", "kind", "claim", "verdict", "rule", "statistic", "value", "low", "high",
    "p_value", "at_half_threshold", "at_double_threshold", "break_even", "needs", "explanation",
    "notebook", "threshold", "evidence",
]  # fmt: skip


class ClaimsError(ValueError):
    """Claims and checks do not match; `problems` has one sentence for each."""

    def __init__(self, problems):
        """Keep the problems; the message lists them all."""
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def checks():
    """Return all checks by claim id.

    >>> "F54" in checks()
    True
    """
    return CHECKS


def ledger(study, registered=None):
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


def mismatches(claims, registered):
    """List claims without a check and checks without a claim, one sentence each.

    >>> mismatches(pd.DataFrame({"id": ["F1"]}), {})
    ['claims.csv: F1 has no check in article/claims/, nor a word that it can have none']
    """
    listed = set(claims["id"])
    return [
        f"claims.csv: {claim} has no check in article/claims/, nor a word that it can have none"
        for claim in claims["id"]
        if claim not in registered
    ] + [
        f"{registered[claim].find.__module__}: the check of {claim} has no claim in claims.csv"
        for claim in registered
        if claim not in listed
    ]


def tally(table):
    """Count the claims by verdict, all six in their order.

    >>> tally(pd.DataFrame({"verdict": ["not shown", "supported", "not shown"]}))["not shown"]
    2
    """
    counts = table["verdict"].value_counts()
    return {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}


def tally_words(table):
    """Say the tally in one line.

    >>> tally_words(pd.DataFrame({"verdict": ["not shown", "supported", "not shown"]}))
    '3 claims: 1 supported, 2 not shown'
    """
    counts = [f"{count} {verdict}" for verdict, count in tally(table).items() if count]
    return f"{counted(len(table), 'claim')}: {', '.join(counts)}"


def _row(study, claim, check):
    found = check.on(study)
    turned = {}
    if check.threshold is not None:
        turned = {
            "at_half_threshold": check.on(study, 0.5).verdict,
            "at_double_threshold": check.on(study, 2.0).verdict,
        }
    given = {name: getattr(claim, name) for name in ("id", "section", "kind", "claim", "evidence")}
    about = {"rule": check.rule, "notebook": check.notebook, "threshold": check.threshold}
    return given | about | turned | vars(found)

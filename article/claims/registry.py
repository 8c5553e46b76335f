"""What a check of a claim is, and the register of all checks, by the claim's id.

A rule stands beside its check, with its threshold; the ledger also tries the thresholds next to
it. A claim without a check says why it has none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from article.claims.yardsticks import neighbours_of, share_meant, written
from article.tables_named import opened

if TYPE_CHECKING:
    from analysis.study.loading import Study
    from article.tables_named import TablesNamed

VERDICTS = (
    "supported", "partly supported", "contradicted", "not shown", "not testable", "not empirical",
)  # fmt: skip
CHECKS = {}  # claim id: Check, filled as the sections' modules are imported


class NoData(Exception):  # noqa: N818 -- no error: an answer, which becomes a verdict
    """A study lacks what a check rests on; the message names what would be needed."""


@dataclass(frozen=True)
class Finding:
    """What a check found. Numbers that make no sense for it are NaN."""

    verdict: str
    explanation: str  # one sentence or two, composed from the numbers
    statistic: str = ""  # what `value` is, with its unit
    value: float = math.nan
    low: float = math.nan  # range over the readings, or over missing statuses
    high: float = math.nan
    p_value: float = math.nan  # exact; left out where a test would be circular
    break_even: float = math.nan  # how many times wrong an outside figure must be to turn it
    needs: str = ""  # data that would be needed, field by field

    def __post_init__(self):
        """Refuse an unknown verdict."""
        if self.verdict not in VERDICTS:
            raise ValueError(f"verdict {self.verdict!r}; allowed: {', '.join(VERDICTS)}")


@dataclass(frozen=True)
class Check:
    """How one claim is examined."""

    claim: str  # id in claims.csv
    rule: str  # what makes it supported, partly supported, contradicted
    find: Callable  # (study, threshold) -> Finding
    uses: tuple = ()  # tables of the study that it reads, and it can read no other
    threshold: float | None = None
    neighbours: tuple = ()  # the thresholds to try beside it: (lower, higher), None where none
    hedge: str = ""  # the words that limit the claim, as in claims.csv
    notebook: str = ""  # where the number is derived: "name#section"
    checked: bool = True  # data can turn its verdict

    def on(self, study: Study, threshold: float | None = None) -> Finding:
        """Examine a study, with another threshold if one is given."""
        return self.noted(study, threshold)[0]

    def noted(
        self, study: Study, threshold: float | None = None, ask: Callable | None = None
    ) -> tuple[Finding, TablesNamed]:
        """Examine a study; return the finding, and the study with what was read of it.

        `ask` answers what readers are asked, as in `TablesNamed`.
        """
        named, empty = opened(study, self.uses, self.claim, ask)
        try:
            if empty:
                raise NoData(f"rows in the table {' and '.join(empty)}")
            found = self.find(named, self.threshold if threshold is None else threshold)
        except NoData as lack:
            found = Finding("not testable", f"This study has no {lack}.", needs=str(lack))
            named.whole.update(self.uses)  # what is lacking may come with any change
        return found, named


def check(
    claim: str,
    notebook: str,
    *,
    rule: str,
    uses: tuple[str, ...] = ("series",),
    threshold: float | None = None,
    share: bool = False,
    hedge: str = "",
    neighbours: tuple | None = None,
) -> Callable:
    """Register the function below as the check of a claim.

    The function takes (study, threshold) and returns a Finding; it raises NoData for what the
    study lacks.

    Parameters
    ----------
    claim : id in claims.csv
    notebook : where the number is derived, "name#section"
    rule : what makes it supported, partly supported, contradicted; `{threshold}` stands for the
        threshold
    uses : the tables that the function reads; reading another one is an error
    threshold : a whole number for a count, any other number for a figure such as a percentage; for
        a share from 0 to 1 set `share`. Left out, it is the share that the hedge asks for, see
        `yardsticks.SHARES`; where it asks for none, the rule may not name one
    hedge : the words that limit the claim, as claims.csv has them
    neighbours : (lower, higher) thresholds to try; left out, those that its kind has

    >>> check.__name__
    'check'
    """
    if threshold is None and hedge:
        threshold = share_meant(hedge)
        share = share or threshold is not None
    if threshold is None and "{threshold}" in rule:
        raise ValueError(
            f"{claim}: the rule names a threshold, and the hedge {hedge!r} brings none"
        )
    beside = neighbours_of(threshold, share) if neighbours is None else tuple(neighbours)

    def register(find):
        text = rule.format(threshold=written(threshold, share))
        return _add(Check(claim, text, find, tuple(uses), threshold, beside, hedge, notebook)).find

    return register


def not_testable(
    claim: str,
    *needs: str,
    why: str | Callable,
    notebook: str = "",
    uses: tuple[str, ...] = (),
) -> None:
    """Register a claim on which the study's data do not bear, with the data it would take.

    `why` is a sentence, or a function of the study that composes one from the tables in `uses`.
    """

    def find(study, _):
        words = why(study) if callable(why) else why
        return Finding("not testable", words, needs="; ".join(needs))

    if not needs:
        raise ValueError(f"{claim}: name the data that would be needed")
    rule = "Testable once the data named under needs exist."
    _add(Check(claim, rule, find, tuple(uses), notebook=notebook, checked=False))


def not_empirical(claim: str, why: str) -> None:
    """Register a norm, forecast, theory or report of literature, with the reason."""
    finding = Finding("not empirical", why)
    rule = "No data of this study could decide it."
    _add(Check(claim, rule, lambda study, _: finding, checked=False))


def _add(new):
    if new.claim in CHECKS:
        raise ValueError(f"{new.claim} has two checks: {CHECKS[new.claim].find}, {new.find}")
    CHECKS[new.claim] = new
    return new

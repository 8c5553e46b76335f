"""What a check of a claim is, and the register of all checks, by the claim's id.

A rule is fixed beside its check, with its threshold, before anything is computed; the ledger then
tries it with half and with double the threshold. A claim without a check says why it has none.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

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
    low: float = math.nan  # range over readings, or over what silence leaves open
    high: float = math.nan
    p_value: float = math.nan  # exact; left out where a test would be circular
    break_even: float = math.nan  # how many times wrong an outside figure must be to turn it
    needs: str = ""  # data that would be needed, field by field

    def __post_init__(self):
        """Refuse a verdict that is none."""
        if self.verdict not in VERDICTS:
            raise ValueError(f"verdict {self.verdict!r}; allowed: {', '.join(VERDICTS)}")


@dataclass(frozen=True)
class Check:
    """How one claim is examined."""

    claim: str  # id in claims.csv
    rule: str  # what makes it supported, partly supported, contradicted
    find: Callable  # (study, threshold) -> Finding
    uses: tuple = ()  # tables of the study that it reads
    threshold: float | None = None
    most: float = math.inf  # the threshold can be no higher: 1 for a share
    notebook: str = ""  # where the number is derived: "name#section"

    def on(self, study, times=1.0):
        """Examine a study, with `times` the threshold."""
        threshold = None if self.threshold is None else min(times * self.threshold, self.most)
        try:
            if missing := [table for table in self.uses if not study.has(table)]:
                raise NoData(f"rows in the table {' and '.join(missing)}")
            return self.find(study, threshold)
        except NoData as lack:
            return Finding("not testable", f"This study has no {lack}.", needs=str(lack))


def check(claim, notebook, *, rule, uses=("series",), threshold=None, most=math.inf):
    """Register the function below as the check of a claim.

    The function takes (study, threshold) and returns a Finding; it raises NoData for what the
    study lacks. `{threshold}` in the rule stands for the threshold.

    >>> check.__name__
    'check'
    """

    def register(find):
        shown = "" if threshold is None else f"{threshold:.0%}" if most == 1 else f"{threshold:g}"
        text = rule.format(threshold=shown.replace("%", " %"))
        return _add(Check(claim, text, find, tuple(uses), threshold, most, notebook)).find

    return register


def not_testable(claim, *needs, why, notebook=""):
    """Register a claim on which the study's data do not bear, with the data it would take.

    `why` is a sentence, or a function of the study that composes one.
    """

    def find(study, _):
        words = why(study) if callable(why) else why
        return Finding("not testable", words, needs="; ".join(needs))

    if not needs:
        raise ValueError(f"{claim}: name the data that would be needed")
    _add(Check(claim, "Testable once the data named under needs exist.", find, notebook=notebook))


def not_empirical(claim, why):
    """Register a norm, forecast, theory or report of literature, with the reason."""
    finding = Finding("not empirical", why)
    _add(Check(claim, "No data of this study could decide it.", lambda study, _: finding))


def _add(new):
    if new.claim in CHECKS:
        raise ValueError(f"{new.claim} has two checks: {CHECKS[new.claim].find}, {new.find}")
    CHECKS[new.claim] = new
    return new

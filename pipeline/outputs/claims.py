"""The claims of a study with their verdicts, for the steps that write or show them."""

from functools import lru_cache

from article.claims.ledger import ledger


@lru_cache(maxsize=1)
def claims_of(study):
    """Examine the claims once for all steps that one process takes; the table is not changed."""
    return ledger(study)

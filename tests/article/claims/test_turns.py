"""Every check can come out supported and otherwise: no verdict is fixed before the data."""

import pytest
from turns import TURNS

from article.claims.ledger import checks


def checked():
    return {claim: check for claim, check in checks().items() if check.checked}


def test_every_check_has_data_that_support_it_and_data_that_do_not():
    lacking = sorted(set(checked()) ^ set(TURNS))
    assert lacking == [], f"see tests/article/claims/turns.py and the guide on claims: {lacking}"


@pytest.mark.parametrize("claim", sorted(TURNS, key=lambda claim: int(claim[1:])))
def test_data_make_it_supported_and_other_data_do_not(study, claim):
    supporting, other = TURNS[claim]
    found = checked()[claim].on(supporting(study))
    assert found.verdict == "supported", found.explanation
    found = checked()[claim].on(other(study))
    assert found.verdict not in ("supported", "not testable"), found.explanation

"""What each kind of indicator admits, and that values and units outside it are refused."""

import numpy as np
import pandas as pd
import pytest

from analysis.tidy.kinds import KINDS, OPERATIONS, admits, why_not
from analysis.tidy.series import REASONS, arrange_series, barred_by_kind, series_kinds


@pytest.mark.parametrize(
    ("kind", "admitted"),
    [
        ("count", {"order", "difference", "ratio", "sum"}),
        ("amount", {"order", "difference", "ratio", "sum"}),
        ("share", {"order", "difference", "ratio"}),
        ("rate", {"order", "difference"}),
        ("balance", {"order", "difference", "sum"}),
        ("score", {"order"}),
        ("rank", {"order"}),
        (None, {"order", "difference", "ratio", "sum"}),
    ],
)
def test_what_each_kind_admits(kind, admitted):
    assert {word for word in OPERATIONS if admits(kind, word)} == admitted
    assert {word for word in OPERATIONS if not why_not(kind, word)} == admitted


def test_every_reason_a_method_can_give_is_a_known_reason():
    given = {why_not(kind, word) for kind in KINDS for word in ("difference", "ratio")} - {""}
    assert given <= set(REASONS)
    assert why_not("rate", "sum") == "rates do not add up"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: admits("ratio", "order"), "kind is 'ratio'; wanted one of count, amount, share"),
        (lambda: admits("count", "mean"), "operation is 'mean'; wanted one of order, difference"),
    ],
)
def test_unknown_words_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def frame(kinds):
    names = [f"x{place}" for place in range(len(kinds))]
    return pd.DataFrame({"cluster": "a", "indicator": names, "year": 2016, "value": 1.0}).assign(
        kind=kinds
    )


def test_series_are_flagged_by_their_kind():
    series = frame(["balance", "count", "rank"])
    kinds = series_kinds(series, arrange_series(series))
    flags = {word: rows.tolist() for word, rows in barred_by_kind(kinds, "ratio").items()}
    assert flags == {
        "a balance has no ratios": [True, False, False],
        "of a rank only the order counts": [False, False, True],
    }
    bare = series.drop(columns="kind")
    nothing = series_kinds(bare, arrange_series(bare))
    assert nothing.tolist() == [None] * 3
    assert barred_by_kind(nothing, "ratio") == {}
    assert barred_by_kind(np.array(["count"], dtype=object), "ratio") == {}


def test_a_word_that_is_no_kind_is_refused_with_its_row():
    series = frame(["count", "level"])
    with pytest.raises(ValueError, match="series, row 1, kind is 'level'; wanted one of count"):
        series_kinds(series, arrange_series(series))

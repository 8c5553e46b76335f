"""What an analyst gets wrong in a first session is answered with what is wanted."""

import pytest

from analysis import evidence_bounds, evidence_score, interval_dots, load_study
from tests.drawn import words_along


@pytest.fixture(scope="module")
def scores(study):
    return evidence_score(*evidence_bounds(study.components))


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda study: load_study(3), TypeError, "folder is of type int; wanted the path"),
        (lambda study: evidence_bounds(study), TypeError, "components is of type Study; wanted a"),
        (
            lambda study: evidence_bounds(study.series),
            KeyError,
            "components has no column 'component'; wanted once each: cluster, component, status",
        ),
        (
            lambda study: evidence_score(study.components),
            TypeError,
            r"high is missing; wanted low and high, as evidence_bounds\(study.components\)",
        ),
    ],
    ids=["no path", "a study", "another table", "no bounds"],
)
def test_what_is_wanted_is_named(study, call, kind, said):
    with pytest.raises(kind, match=said):
        call(study)


def test_scores_are_drawn_without_a_word_on_their_ends(scores):
    rows = words_along(interval_dots(scores), "left")
    assert sorted(rows) == sorted(scores.index)


@pytest.mark.parametrize(
    ("ends", "kind", "said"),
    [
        ("score_low", TypeError, "ends is 'score_low'; wanted two columns"),
        (("low", "high"), KeyError, "intervals has no column 'low'; wanted once each: low, high"),
        (("reason", "score_high"), TypeError, "column 'reason' holds no numbers"),
    ],
    ids=["one", "not there", "words"],
)
def test_ends_that_are_none_are_named(scores, ends, kind, said):
    with pytest.raises(kind, match=said):
        interval_dots(scores, ends=ends)

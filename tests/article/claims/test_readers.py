"""What readers answer, and when the answer for a changed study may be that of the unchanged one."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparative.evidence import STATUSES, evidence_bounds
from article.changes import changes
from article.claims.ledger import checks
from article.claims.reading import bounds
from article.claims.reading.caching import cached, is_same
from article.claims.reading.parts import Part
from article.claims.registry import NoData
from article.sensitivity import _State

TABLES = ("series", "components", "clusters", "context", "criteria")


@pytest.fixture(scope="module")
def as_is(study):
    return _State(study, checks())


def read(study, reader, arguments, options):
    try:
        return reader(study, *arguments, **dict(options))
    except NoData as lack:
        return lack


def one_cell_of_another_row(study, rng):
    """Change one cell of a table to what stands in another row; return name, rows and study."""
    name = rng.choice(TABLES)
    table = getattr(study, name)
    column, place, other = (
        rng.choice(list(table)),
        rng.integers(len(table)),
        rng.integers(len(table)),
    )
    cells = table[column].array.copy()
    cells[place] = cells[other]
    changed = table.assign(**{column: cells})
    rows = (frame.iloc[place].to_dict() for frame in (table, changed))
    return name, *rows, replace(study, **{name: changed})


@pytest.mark.parametrize("seed", range(60))
def test_a_row_outside_of_its_part_leaves_the_answer_of_a_reader_as_it_is(study, as_is, seed):
    name, was, now, changed = one_cell_of_another_row(study, np.random.default_rng(seed))
    for key, (parts, answer) in as_is.answers.items():
        if name not in parts or not parts[name].shows(was, now):
            assert is_same(read(changed, *key), answer), f"{key} sees {name} {was} -> {now}"


def test_readers_are_spared_most_changes_and_see_some(study, as_is):
    seen = [
        change.table in parts and parts[change.table].shows(change.row, change.row | change.cells)
        for change in changes(study) for parts, _ in as_is.answers.values()
    ]  # fmt: skip
    assert 0.02 < np.mean(seen) < 0.15


@pytest.mark.parametrize("table", ["series", "components", "clusters", "context"])
def test_a_change_is_found_as_if_all_claims_were_examined_anew(study, as_is, table):
    found = {claim: check.on(study) for claim, check in checks().items()}
    for change in [one for one in changes(study) if one.table == table][::40]:
        verdicts, statistics = as_is.moved_claims(change)
        anew = {claim: check.on(change.study) for claim, check in checks().items()}
        turned = [f"{c} {found[c].verdict} -> {then.verdict}" for c, then in anew.items()
                  if then.verdict != found[c].verdict]  # fmt: skip
        assert verdicts == turned
        figures = ("value", "low", "high", "p_value", "break_even")
        moved = [f"{c} value" for c, then in anew.items() if then.verdict == found[c].verdict
                 and str([getattr(then, f) for f in figures])
                 != str([getattr(found[c], f) for f in figures])]  # fmt: skip
        assert statistics == moved


def test_a_reader_is_handed_no_more_than_its_part(study):
    @cached("series", parts=lambda: {"series": Part((("table", (3,)),), without=("value",))})
    def third(study):
        with pytest.raises(KeyError, match="'value'"):
            study.series.records("value")
        return study.series.frame

    assert set(third(study)["table"]) == {3}
    assert "value" not in third(study)


CELLS = st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.sampled_from(STATUSES),
                  st.sampled_from([*STATUSES, None, float("nan")]))  # fmt: skip


@settings(max_examples=60)
@given(rows=st.lists(CELLS, min_size=1, max_size=12))
def test_the_deciding_statuses_leave_the_bounds_that_all_items_do(study, rows):
    columns = ["cluster", "component", "status", "alternative_status"]
    items = pd.DataFrame(rows, columns=columns).assign(item="i")
    other = replace(study, components=items)
    for column in ("status", "alternative_status"):
        assert is_same(bounds(other, column), evidence_bounds(items, column=column))

"""Examine every item of the audit and lay the findings out as one table: `results/audit.csv`."""

from importlib import import_module

import pandas as pd

from article.audit.registry import ITEMS, KINDS

MODULES = ("places", "announced", "codings", "conclusions", "delivered")
COLUMNS = [
    "id", "kind", "place_a", "says_a", "place_b", "says_b", "computed", "explanation", "notebook",
]  # fmt: skip


def items():
    """Return all items by id: importing a module registers its items.

    >>> items()["A1"].kind
    'text against table'
    """
    for module in MODULES:
        import_module(f"article.audit.{module}")
    return ITEMS


def audit(study):
    """Hold the places of the article against each other, on a study's data.

    Returns one row per item, the kinds in their order, with the columns of `COLUMNS`; `computed`
    is empty where the study lacks what is needed, and `explanation` then says what.

    >>> from analysis.study.loading import load_study
    >>> audit(load_study()).loc[0, ["id", "computed"]].tolist()
    ['A1', '2 of 8 regions']
    """
    found = sorted(items().values(), key=lambda entry: KINDS.index(entry.kind))
    return pd.DataFrame([_row(study, entry) for entry in found], columns=COLUMNS)


def _row(study, entry):
    computed, explanation = entry.on(study)
    return vars(entry) | {"computed": computed, "explanation": explanation}

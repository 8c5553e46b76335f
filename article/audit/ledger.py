"""Examine every item of the audit and lay the findings out as one table: `results/audit.csv`."""

from importlib import import_module

import pandas as pd

from article.audit.registry import ITEMS, KINDS

MODULES = (
    "places", "framing", "announced", "indicators", "codings", "conclusions", "delivered",
)  # fmt: skip
# the ten that matter most, in that order, and those that matter little
MATTERS = ("A57", "A29", "A35", "A30", "A60", "A33", "A39", "A7", "A50", "A13")
TRIFLES = ("A9", "A10", "A24", "A25", "A27")
WEIGHTS = ("matters most", "matters", "minor", "delivered")
COLUMNS = [
    "id", "kind", "place_a", "says_a", "place_b", "says_b", "computed", "explanation", "notebook",
    "weight", "rank",
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
    """Compare the places of the article with each other, on a study's data.

    Returns one row per item, what matters most first, minor points last but for what is delivered,
    within a weight the kinds in their order, within a kind by the id's number; columns of
    `COLUMNS`. `computed` is empty where the
    study lacks what is needed, and `explanation` then says what.

    >>> from analysis.study.loading import load_study
    >>> audit(load_study()).loc[0, ["id", "computed"]].tolist()
    ['A57', '1 of 11 clusters measured to do something new, 0 to do nothing']
    """
    found = sorted(items().values(), key=_place)
    return pd.DataFrame(
        [_row(study, entry, rank) for rank, entry in enumerate(found, 1)], columns=COLUMNS
    )


def weight_of(entry):
    """Say how much an item matters, in a word of `WEIGHTS`."""
    if entry.kind.startswith("delivered"):
        return "delivered"
    return "matters most" if entry.id in MATTERS else "minor" if entry.id in TRIFLES else "matters"


def _place(entry):
    first = MATTERS.index(entry.id) if entry.id in MATTERS else 0
    number = int(entry.id[1:])  # not the order of imports, which is another in a fork server
    return WEIGHTS.index(weight_of(entry)), first, KINDS.index(entry.kind), number


def _row(study, entry, rank):
    computed, explanation = entry.on(study)
    results = {"computed": computed, "explanation": explanation}
    return vars(entry) | results | {"weight": weight_of(entry), "rank": rank}

"""What an item of the audit is, and the register of all items, by id.

An item holds two places of the article against each other: what each says, in our words, and the
fact that decides between them or sharpens the difference, computed from the study.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from article.claims.registry import NoData
from article.tables_named import opened

if TYPE_CHECKING:
    from analysis.study.loading import Study

KINDS = (
    "text against table", "text against text", "table against table", "announced against delivered",
    "graded against evidence", "units", "missing values", "targets as dynamics",
    "cause without a measure", "all from three", "cause against cause", "delivered as announced",
)  # fmt: skip
ITEMS = {}  # item id: Item, filled as the modules of the kinds are imported


@dataclass(frozen=True)
class Item:
    """Two places of the article, what they say, and how the deciding fact is computed."""

    id: str
    kind: str  # one of KINDS
    place_a: str
    says_a: str
    place_b: str
    says_b: str
    find: Callable  # study -> (computed, explanation), both text
    notebook: str  # where the fact is derived: "name#section"
    uses: tuple = ()  # tables of the study that it reads, and it can read no other

    def on(self, study: Study) -> tuple:
        """Return (computed, explanation) for a study; computed is empty where it lacks data."""
        named, empty = opened(study, self.uses, self.id)
        try:
            if empty:
                raise NoData(f"rows in the table {' and '.join(empty)}")
            return self.find(named)
        except NoData as lack:
            return "", f"This study has no {lack}."


def item(
    identifier: str,
    *,
    kind: str,
    place_a: str,
    says_a: str,
    place_b: str,
    says_b: str,
    notebook: str,
    uses: tuple = ("clusters", "series"),
) -> Callable:
    """Register the function below as an item of the audit.

    The function takes the study and returns (computed, explanation): the deciding fact with its
    unit, and a sentence or two; it raises NoData for what the study lacks.

    Raises ValueError for a kind outside KINDS and for an id that is taken.

    >>> item("A0", kind="rumour", place_a="", says_a="", place_b="", says_b="", notebook="")
    ... # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: A0 has the kind 'rumour'; allowed: text against table, ...
    """
    if kind not in KINDS:
        raise ValueError(f"{identifier} has the kind {kind!r}; allowed: {', '.join(KINDS)}")

    def register(find):
        if identifier in ITEMS:
            raise ValueError(f"{identifier} has two items: {ITEMS[identifier].find}, {find}")
        ITEMS[identifier] = Item(
            identifier, kind, place_a, says_a, place_b, says_b, find, notebook, tuple(uses)
        )
        return find

    return register

"""Where the article contradicts itself, and where it delivers what it says.

`registry` says what an item is, `ledger` lays them all out; the items stand in one module per
kind of finding. To add one: a function with the decorator `item` in the module of its kind.
"""

from article.audit.ledger import audit

__all__ = ["audit"]

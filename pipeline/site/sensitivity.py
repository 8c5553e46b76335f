"""What depends on a cell: every cell of the data changed once, and the claims that would move."""

import re
from functools import cached_property

from pipeline.site.links import CASE
from pipeline.site.text import short

PRINTED = re.compile(r"table (\d+), row (\d+), \w+")
MOVE = re.compile(r"(?P<claim>\w+) (?P<how>value|.+ -> .+)", re.DOTALL)


class Sensitivity:
    """The rows of `sensitivity.csv`; none for a study without claims."""

    def __init__(self, material):
        """Keep the study's material."""
        self.material = material

    @cached_property
    def cells(self):
        """Every cell that was changed, what moves most first: words, address, claims that move."""
        cells = [_cell(row, self.material) for row in self.material.result("sensitivity.csv")]
        return sorted(cells, key=lambda cell: (-len(cell["turned"]), -len(cell["shifted"])))

    def turning(self, claim):
        """Give the cells that would turn the verdict on a claim: [(cell, verdict)]."""
        return [
            (cell, verdict)
            for cell in self.cells
            for turned, verdict in cell["turned"]
            if turned == claim
        ]

    def effects(self, key):
        """Say which claims depend on one cell; nothing where none does."""
        cell = self._by_key.get(key)
        if cell is None or not (cell["turned"] or cell["shifted"]):
            return ""
        parts = [f"{claim} would be {verdict}" for claim, verdict in cell["turned"]]
        parts += [f"the figure of {claim} would move" for claim in cell["shifted"]]
        return f"If it were {cell['to'] or 'empty'}: {', '.join(parts)}"

    @cached_property
    def _by_key(self):
        return {cell["key"]: cell for cell in self.cells}


def _cell(row, material):
    """Name the cell, say where it is on the pages, and sort what it moves."""
    moves = [MOVE.fullmatch(part) for part in row["moves"].split("; ")]
    moves = [move for move in moves if move and move["claim"] != "published"]
    return {
        "key": row["key"],
        "words": material.named(row["key"][:1].upper() + row["key"][1:]),
        "url": _address(row["key"], material),
        "from": short(row["from"]),
        "to": short(row["to"]),
        "turned": [
            (move["claim"], move["how"].partition(" -> ")[2])
            for move in moves
            if move["how"] != "value"
        ],
        "shifted": [move["claim"] for move in moves if move["how"] == "value"],
    }


def _address(key, material):
    """Address a printed value on the page of tables, and what is said of a cluster on its own."""
    if place := PRINTED.fullmatch(key):
        return f"tables.html#table-{place[1]}-row-{place[2]}"
    cluster = key.partition(", ")[0]
    return f"cases/{cluster}.html" if material.sections.has(f"{CASE}{cluster}") else ""

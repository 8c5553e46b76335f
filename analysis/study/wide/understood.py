"""What the reader understood, what it left out, and what only a person can know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


BODY = re.compile(r"data in rows \d+ to \d+, ")  # differs between tables that are alike


@dataclass(frozen=True)
class Question:
    """One thing that only a person can know, and the setting that answers it."""

    setting: str
    text: str  # what is asked, with the places it is about
    allowed: str  # how to write the answer

    def __str__(self):
        """Say it in two lines."""
        return f"{self.text}\n    answer with  {self.setting} = {self.allowed}"


@dataclass
class Understood:
    """What was understood of a source: shown before anything is written."""

    source: str
    read: list = field(default_factory=list)  # files and sheets, encoding
    tables: list = field(default_factory=list)  # rows and columns: which are what
    values: list = field(default_factory=list)  # marks, numbers that needed a reading
    first: list = field(default_factory=list)  # the first values as read
    dropped: list = field(default_factory=list)  # what was left out and why
    notes: list = field(default_factory=list)  # footnotes, and what they touch
    unknown: list = field(default_factory=list)  # what the source does not say
    questions: list = field(default_factory=list)
    refusals: list = field(default_factory=list)  # what no answer mends
    framework: dict = field(default_factory=dict)  # {"pillar", "direction", "weight": {name: text}}

    @property
    def outcome(self) -> str:
        """Return import, ask or refuse."""
        return "refuse" if self.refusals else "ask" if self.questions else "import"

    def ask(self, setting: Any, text: Any, allowed: Any) -> None:
        """Add a question, once per setting and text."""
        question = Question(setting, text, allowed)
        if question not in self.questions:
            self.questions.append(question)

    def parts(self) -> Any:
        """Give the headings with their lines, without those that are empty."""
        head = {
            "Refused: the table has to be put right first": self.refusals,
            "To be answered first": [str(question) for question in self.questions],
            "Read": self.read,
            "Rows and columns": self.tables,
            "Values": self.values,
            "The first values as read": self.first,
            "Left out": self.dropped,
            "Notes of the source": self.notes,
            "What the source does not say": self.unknown,
        }
        return {name: _short(_alike(lines)) for name, lines in head.items() if lines}

    def __str__(self):
        """Show it all on one screen."""
        found = [self.source]
        for name, lines in self.parts().items():
            found += ["", name, *(f"  - {line}" for line in lines)]
        return "\n".join(found)

    def _repr_markdown_(self):
        """Show it in a notebook."""
        return self.markdown()

    def markdown(self) -> Any:
        """Write it as a Markdown text."""
        found = []
        for name, lines in self.parts().items():
            # what a source holds is text here, never a heading, link or tag
            texts = [line.replace("\n", "  \n  ").replace("<", "&lt;") for line in lines]
            found += [f"## {name}", "", *(f"- {text}" for text in texts), ""]
        return "\n".join(found)


def _alike(lines):
    """Join lines that say the same of several files or sheets.

    >>> _alike(["a.csv: no unit", "b.csv: no unit", "c.csv: no unit", "d.csv: empty"])
    ['3 alike (a.csv, b.csv, c.csv): no unit', 'd.csv: empty']
    """
    groups = {}
    for line in dict.fromkeys(lines):
        place, _, rest = line.partition(": ")
        groups.setdefault(BODY.sub("", rest), []).append((place, line))
    found = []
    for rest, own in groups.items():
        if len(own) < 3 or not rest or any("\n" in line for _, line in own):
            found += [line for _, line in own]
        else:
            found.append(f"{len(own)} alike ({listed([place for place, _ in own], 4)}): {rest}")
    return found


def _short(lines, most=25):
    """Keep a list to one screen: the first lines, and how many more there are."""
    lines = list(dict.fromkeys(lines))
    return lines if len(lines) <= most else [*lines[:most], f"... and {len(lines) - most} more"]


def listed(words: Iterable[object], most: int = 8) -> str:
    """Name some words in a line, and how many more there are.

    >>> listed(["a", "b"]), listed(list("abcd"), most=2)
    ('a, b', 'a, b and 2 more')
    """
    texts = [str(word) for word in words]
    rest = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + rest


class WideTableError(ValueError):
    """A source that is not read yet, with what was understood of it in `.understood`."""

    def __init__(self, message, understood):
        """Hold what was understood beside the message."""
        super().__init__(message)
        self.understood = understood

    @property
    def outcome(self) -> Any:
        """Return ask or refuse."""
        return self.understood.outcome

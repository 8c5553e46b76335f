"""What other pages say of an executed notebook: its question, its answer, its sections."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

LONGEST = 155  # characters of an answer where it describes a page


@dataclass(frozen=True)
class Outline:
    """What is kept of a notebook, which with its pictures is large."""

    question: str
    answer: str  # the first sentences, as plain text; empty where it computes none
    headings: list[str]  # of its sections, in order


def outline(path):
    """Read an executed notebook, a path, and keep its outline."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    lines = [line for text in prose for line in text.splitlines()]
    return Outline(
        question=question_of(cells),
        answer=_answer(cells),
        headings=[line.lstrip("#").strip() for line in lines if re.match(r"#{2,} ", line)],
    )


def question_of(cells):
    """Return the question that heads a notebook."""
    first = "".join(cells[0]["source"]).partition("\n")[0]
    return first.removeprefix("# ").strip()


def _answer(cells):
    for cell in cells:
        for output in cell.get("outputs", []):
            words = "".join(output.get("data", {}).get("text/markdown", ""))
            if words and not words.startswith("#"):
                plain = re.sub(r"[*`\\]|&\w+;", "", " ".join(words.split()))
                short = plain if len(plain) <= LONGEST else plain[:LONGEST].rpartition(" ")[0]
                return short if short == plain else f"{short} ..."
    return ""

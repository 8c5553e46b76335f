"""Cells of a notebook that a study has no use for: left out where it lacks what they tell of.

A cell's tag `needs-grades` names one of the words of `pipeline.build.holdings`, blanks and
underscores written as hyphens. In the notebook itself, opened in JupyterLab, every cell stays.
"""

import re

NEEDS = "needs-"
CODE = re.compile(r"(`[^`\n]*`)")
NOUN = re.compile(r"\b(?:([Aa])n? )?([Cc])luster(s?)\b")
VOWELS = tuple("aeiouAEIOU")


def lacking_cells(notebook, have):
    """Give the positions of the cells that a study with these holdings has no use for.

    A cell with several tags of the kind needs all of them.
    """
    have = {word.replace(" ", "-").replace("_", "-") for word in have}
    return [
        at
        for at, cell in enumerate(notebook.cells)
        if any(
            tag.startswith(NEEDS) and tag.removeprefix(NEEDS) not in have
            for tag in cell.metadata.get("tags", [])
        )
    ]


def in_words_of(text, nouns):
    """Write Markdown of the notebooks, which speaks of clusters, with a study's own noun.

    What stands in backticks is code, and stays.

    >>> in_words_of("A cluster of `clusters.csv`; the clusters", ("area", "areas"))
    'An area of `clusters.csv`; the areas'
    """
    parts = CODE.split(text)
    parts[::2] = [NOUN.sub(lambda found: _noun(found, nouns), part) for part in parts[::2]]
    return "".join(parts)


def _noun(found, nouns):
    article, initial, many = found.groups()
    noun = nouns[1] if many else nouns[0]
    noun = noun[:1].upper() + noun[1:] if initial == "C" else noun
    if not article:
        return noun
    return f"{article}{'n' if noun.startswith(VOWELS) else ''} {noun}"

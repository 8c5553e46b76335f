"""Notebooks adapted to a study: cells on what it lacks are left out, its units have their noun.

A cell's tag `needs-grades` names one of the words of `pipeline.build.study_features`, blanks and
underscores written as hyphens. In the notebook itself, opened in JupyterLab, every cell stays.
"""

import re

NEEDS = "needs-"
CODE = re.compile(r"(`[^`\n]*`)")
NOUN = re.compile(r"\b(?:([Aa])n? )?([Cc])luster(s?)\b")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
HEADER = re.compile(r">(other )?cluster(s?)</th>")
NOTE = re.compile(r"<p>.*?</p>", re.DOTALL)
# what a sentence of a notebook speaks of that a study may not have
SPOKEN = {
    "targets": re.compile(r"\b(targets?|plans?|planned|hollow|under way|unfinished)\b", re.I),
    "printed tables": re.compile(r"\b(printed|prints|Tables? \d)", re.I),
    "grades": re.compile(r"\bgrades?\b", re.I),
    "components": re.compile(r"\bcomponents?\b|evidence score", re.I),
    "claims": re.compile(r"\barticle|\bclaims?\b|\binnovative potential", re.I),
    "regional_context": re.compile(r"\bregional figures?\b", re.I),
}
# words of headings, and what stands instead where a study does not have it
HEADINGS = (
    ("grades", ", and do its grades follow from its evidence?", "?"),
    ("published tables", "What does Table 1 say", "What is said of each component"),
    ("claims", " of innovative potential", ""),
    ("printed tables", " as printed", ""),
    ("targets", ", what is planned", ""),
)
VOWELS = tuple("aeiouAEIOU")


def lacking_cells(notebook, have):
    """Return the positions of cells that need other features than these.

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


def without_sentences(text, have):
    r"""Remove from Markdown the sentences on features that a study lacks.

    Headings and tables stay, but for the words "as printed" of a study without printed tables.

    >>> without_sentences("## The table as printed\n\nA dash is printed. Empty is missing.", set())
    '## The table\n\nEmpty is missing.'
    """
    spoken = [words for need, words in SPOKEN.items() if need not in have]
    blocks = []
    for block in text.split("\n\n"):
        for need, words, instead in HEADINGS if block.startswith("#") else ():
            block = block if need in have else block.replace(words, instead)
        if not block.startswith(("#", "|", "- ", "```")):
            sentences = [s for s in SENTENCE.split(block) if not any(w.search(s) for w in spoken)]
            block = " ".join(sentences)
        blocks.append(block)
    return "\n\n".join(filter(None, blocks))


def worded_outputs(notebook, nouns, kept):
    """Use the study's noun in computed outputs: sentences, table headings, figures.

    Parameters
    ----------
    notebook : executed
    nouns : what the study compares, in the singular and the plural
    kept : texts of its data that speak of clusters themselves, and stay as they are
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for kind in data.keys() & {"text/markdown", "text/plain"}:
                data[kind] = _kept(data[kind], nouns, kept)
            if "text/html" in data:
                html = HEADER.sub(
                    lambda found: f">{found[1] or ''}{nouns[bool(found[2])]}</th>",
                    data["text/html"],
                )
                data["text/html"] = NOTE.sub(lambda note: _kept(note[0], nouns, kept), html)


def _kept(text, nouns, kept):
    """Replace the noun except in protected texts."""
    placeholders = {f"\ue000{at}\ue001": one for at, one in enumerate(kept)}
    for placeholder, one in placeholders.items():
        text = text.replace(one, placeholder)
    text = in_words_of(text, nouns)
    for placeholder, one in placeholders.items():
        text = text.replace(placeholder, one)
    return text


def in_words_of(text, nouns):
    """Replace the word cluster in Markdown by a study's own noun.

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

"""How choices of method and their alternatives are called where a person reads them.

Parameters, files and code keep the names; a name without words here is shown with its underscores
as spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.tidy.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

CHOICES = {
    "coding": "how the table is coded",
    "planned_credit": "what a planned component counts",
    "missing": "how gaps are treated",
    "gaps": "the treatment of gaps",
    "treatment": "the treatment of outliers",
    "weights": "the weights",
    "normalisation": "the normalisation",
    "aggregation": "the kind of mean",
    # the sets of choices that ranks are told for
    "all": "all of them",
    "reference": "no choice varied",
}
ALTERNATIVES = {
    "status": "as coded",
    "alternative_status": "the other reading",
    "minmax": "min-max",
    "zscore": "z-scores",
    "copeland": "Copeland's pairs",
    "kemeny": "Kemeny's order",
    "critic": "CRITIC",
    "renormalise": "left out, other weights scaled up",
    "interval": "from lowest to highest possible",
    "winsorise": "winsorised",
    "winsorise else log": "winsorised, else logarithm",
    "winsorise else box-cox": "winsorised, else Box-Cox",
    "log": "logarithm",
    "box-cox": "Box-Cox",
}


def choice_word(name: Any) -> str:
    """Say how a choice is called.

    >>> choice_word("missing"), choice_word("normalisation")
    ('how gaps are treated', 'the normalisation')
    """
    return CHOICES.get(name, str(name).replace("_", " "))


def alternative_word(name: Any) -> str:
    """Say how an alternative is called; a number stays a number.

    >>> alternative_word("minmax"), alternative_word("percentile_rank"), alternative_word(0.5)
    ('min-max', 'percentile rank', '0.5')
    """
    if isinstance(name, float):
        return f"{name:g}"
    return ALTERNATIVES.get(name, str(name).replace("_", " "))


def alternatives_table(choices: dict[str, Iterable]) -> pd.DataFrame:
    """List what is varied: a row per choice, with its alternatives in words.

    >>> alternatives_table({"gaps": ["median", "low end"]}).loc["the treatment of gaps"].tolist()
    ['median and low end']
    """
    said = {choice_word(name): listed(map(alternative_word, of)) for name, of in choices.items()}
    index = pd.Index(said, name="choice")
    return pd.DataFrame({"alternatives": list(said.values())}, index=index)


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Write the words for choices and alternatives in a table's columns and index levels.

    Read are the columns and levels called choice or alternative, and those named after a choice.

    >>> table = pd.DataFrame({"share": [1.0]}, index=pd.Index(["missing"], name="choice"))
    >>> in_words(table).index.tolist()
    ['how gaps are treated']
    """
    changed = {name: _words(name, table[name]) for name in table if _is_read(name)}
    levels = [table.index.get_level_values(at) for at in range(table.index.nlevels)]
    words = [_words(of.name, of) if _is_read(of.name) else list(of) for of in levels]
    names = [choice_word(of.name) if of.name in CHOICES else of.name for of in levels]
    table = table.assign(**changed).rename(columns=lambda name: CHOICES.get(name, name))
    index = pd.MultiIndex.from_arrays(words) if len(words) > 1 else pd.Index(words[0])
    return table.set_axis(index.set_names(names), axis=0)


def _is_read(name):
    return name in ("choice", "alternative") or name in CHOICES


def _words(name, cells):
    say = choice_word if name == "choice" else alternative_word
    return [say(cell) for cell in cells]

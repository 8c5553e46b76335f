"""The parameters of a notebook, and the rule of each: a value that it breaks is refused.

The rules stand beside the parameters, in the comment of each line of the notebook's parameters
cell:

    planned_credit: float = 0.0  # from 0 to 1: what a planned component counts
    weights: str = "equal"  # one of equal, entropy, critic
    choices: str = "coding weights"  # some of coding, missing, weights: what to vary
    cluster: str = ""  # a cluster of clusters.csv; empty is the first
    shares: list = []  # a number for each component, from 0 to 1; empty is equal

The annotation says the type; papermill shows it in `papermill --help-notebook`. A list of the last
kind has as many numbers as the study has components, none negative, not all zero: they are weights.
"; 0 is ..." and "; empty is ..." say what such a value stands for, and so that it is allowed.

What the study has to say is read from the folder that the parameter `data_folder` names.
"""

from __future__ import annotations

import ast
import csv
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.study.located import located

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CHOICES = re.compile(r"(one|some) of ([\w\- ,]+)")  # how the comment begins
COLUMN = re.compile(r"an? (\w+) of (\w+\.csv)")
RANGE = re.compile(r"from (-?[\d.]+) to (-?[\d.]+)")
NUMBERS = re.compile(r"a number for each (\w+)")  # what an empty list may be filled with
FOLDER = "data_folder"
MAX_TEXT = 1000
LARGEST = 1e300  # far above any number that means something, below what a float can hold
LISTED = 50
STANDS_FOR = re.compile(r"; (0|empty) is ")
TYPES = {"int": int, "float": float, "str": str, "bool": bool, "list": list}


NO_DEFAULT = None  # equal to no value of a parameter


class ParameterError(ValueError):
    """Parameters that a notebook does not take, one sentence for each problem."""

    def _render_traceback_(self):
        """Say it without a traceback where IPython shows it."""
        return str(self).splitlines()


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: a name, its default and the comment behind it."""

    name: str
    default: Any
    help: str = ""
    kind: type | None = None  # where the default does not tell it

    def problem(self, value: Any, folder: str | Path) -> str:
        """Return what is wrong with a value, given the study in a folder; empty if nothing."""
        wanted: Any = self.kind or type(self.default)
        if wanted is float and type(value) is int and abs(value) < LARGEST:
            value = float(value)
        if type(value) is not wanted:
            is_code = wanted is str and type(value) in (int, float) and self.name.isidentifier()
            cure = f" (in quotation marks; of papermill: -r {self.name})" if is_code else ""
            words = f"{self.name} = {_shown(value)} is {_kind(type(value))}"
            return f"{words}; wanted {_kind(wanted)}{cure}"
        if wanted is float and not math.isfinite(value):
            return f"{self.name} = {value!r} is not a finite number"
        if wanted is str and len(value) > MAX_TEXT:
            return f"{self.name} is longer than {MAX_TEXT} characters"
        if value == self.default:
            return ""
        if wanted is list:
            return self._problem_inside(value, folder)
        if self.name == FOLDER and not has_file(value, "", "study.json", "datapackage.json"):
            return f"{self.name} = {value!r} holds no study; make data writes one"
        return self._not_in_range(value) or self._not_among(value, folder)

    def _problem_inside(self, values, folder):
        """Say what is wrong with the first bad item of a list: each is of the default's kind."""
        each = NUMBERS.match(self.help)
        # no number equals nan, so that of an empty list every item is looked at
        given = self.default or (None if each else values)
        kind = given[0] if given else math.nan if each else None
        if kind is None:
            return ""
        items = (
            Parameter(f"{self.name}, item {place},", kind, self.help).problem(value, folder)
            for place, value in enumerate(values, 1)
        )
        return next(filter(None, items), "") or (
            self._no_weights(values, each, folder) if each else ""
        )

    def _no_weights(self, values, each, folder):
        """Return why numbers are no weights: wrong length, a negative one, or all zero."""
        known = _column(Path(folder) / f"{each[1]}s.csv", each[1])
        wanted = f"wanted a number for each {each[1]}"
        if known and len(values) != len(known):
            have = f"{len(values)} number{'s' if len(values) != 1 else ''}"
            return f"{self.name} has {have}; {wanted}, {len(known)}: {_listed(known)}"
        if min(values, default=0) < 0:
            return f"{self.name} = {_shown(values)} has a negative number; {wanted}, 0 or more"
        if not any(values):
            return f"{self.name} = {_shown(values)} is all zeros; {wanted}, one of them above 0"
        return ""

    def _not_in_range(self, value):
        limits = RANGE.search(self.help)
        if limits and isinstance(value, str):
            return f"{self.name} = {_shown(value)} is text; wanted a number"
        if not limits or float(limits[1]) <= value <= float(limits[2]):
            return ""
        allowed = f"{limits[1]} to {limits[2]}"
        return f"{self.name} = {_shown(value)} is out of range; allowed: {allowed}"

    def _not_among(self, value, folder):
        known, given = self._known(folder), [value]
        if (choices := CHOICES.match(self.help)) and choices[1] == "some":
            given = value.split() or [value]
        strange = [word for word in given if known is not None and str(word) not in known]
        if strange:
            return f"{self.name} = {_shown(strange[0])} is unknown; allowed: {_listed(known)}"
        return ""

    def _known(self, folder):
        """List the words that are allowed; None where any is."""
        if choices := CHOICES.match(self.help):
            return [choice.strip() for choice in choices[2].split(",")]
        if column := COLUMN.search(self.help):
            return _column(Path(folder) / column[2], column[1])
        return None


def parameters_in(source: str) -> Iterator:
    """Give the parameters that a cell of plain assignments sets, with their comments.

    >>> [(p.name, p.default, p.help) for p in parameters_in("credit: float = 0.0  # from 0 to 1")]
    [('credit', 0.0, 'from 0 to 1')]
    """
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target: Any = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            last, after = node.end_lineno or 0, node.end_col_offset or 0
            end = lines[last - 1].encode()[after:].decode()
            comment = end.partition("#")[2].strip()
            yield Parameter(target.id, ast.literal_eval(node.value), comment)


def check_parameters(namespace: Mapping) -> None:
    """Refuse what a notebook's parameters were set to, in a cell after them: by hand or by a tool.

    Parameters
    ----------
    namespace : the notebook's `globals()`. Its `In`, IPython's record of the cells that ran, holds
        the rules: the comments of the parameters cell.

    Nothing is checked where no cell was recorded, as in a plain script. Raises ParameterError,
    which IPython shows without a traceback.

    >>> cell = "data_folder: str = ''\\ncredit: float = 5  # from 0 to 1: what a plan counts"
    >>> check_parameters({"In": ["", cell], "data_folder": "", "credit": 5})
    Traceback (most recent call last):
    analysis.study.parameters.ParameterError: credit = 5.0 is out of range; allowed: 0 to 1
    """
    rules = {}
    for source in namespace.get("In", []):
        rules |= {rule.name: rule for rule in _rules_in(source) if rule.name in namespace}
    folder = located(str(namespace.get(FOLDER, "")))
    problems = [
        rule.problem(namespace[name], folder) for name, rule in rules.items() if name != FOLDER
    ]
    if any(problems):
        raise ParameterError("\n".join(filter(None, problems)))


def _rules_in(source):
    """Return the rules of a parameters cell that sets the data folder; none for any other cell.

    The values in it may be what is to be refused, so that none of them is a default.
    """
    try:
        body = ast.parse(source).body
        parameters = {parameter.name: parameter for parameter in parameters_in(source)}
    except (SyntaxError, ValueError, AttributeError):  # no cell of plain assignments
        return
    if FOLDER in parameters:
        annotated = {n.target.id: n.annotation for n in body if isinstance(n, ast.AnnAssign)}
        for name, parameter in parameters.items():
            kind = TYPES.get(getattr(annotated.get(name), "id", ""), type(parameter.default))
            empty = kind() if STANDS_FOR.search(parameter.help) else NO_DEFAULT
            if parameter.help:
                yield Parameter(name, empty, parameter.help, kind)


def _listed(words):
    return ", ".join(words[:LISTED]) + (", ..." if len(words) > LISTED else "")


def _kind(kind):
    kinds = {int: "a whole number", float: "a number", str: "text", bool: "True or False"}
    return kinds.get(kind, kind.__name__)


def _shown(value):
    """Format a value for a message, abbreviated in the middle; for a huge number, say so."""
    try:
        text = repr(value)
    except ValueError:
        return "a number of thousands of digits"
    return text if len(text) <= 80 else f"{text[:40]} ... {text[-20:]}"


def has_file(folder: str | Path, *names: str) -> bool:
    """Tell whether one of these files is in a folder; "" is the path itself, a file.

    What can be the name of no folder holds nothing.
    """
    with suppress(OSError, ValueError):
        return any(Path(folder, name).is_file() for name in names)
    return False


def _column(path, name):
    """List the distinct values of a column of a table; None where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            words = dict.fromkeys(row[name] for row in csv.DictReader(file))
    except (OSError, ValueError, KeyError, csv.Error):
        return None  # the notebook will say what is wrong with the folder
    return [word for word in words if word is not None]  # None where a row is too short

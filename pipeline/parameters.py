"""Refuse a notebook parameter that is misspelt, of the wrong type or out of range, by name.

papermill itself only logs a warning for an unknown name and accepts any value. The rules stand
beside the parameters, in the comment of each line of the notebook's parameters cell:

    planned_credit = 0.0  # from 0 to 1: what a planned component counts
    weights = "equal"  # one of equal, entropy, critic
"""

import ast
import math
import re
from dataclasses import dataclass

from pipeline.errors import ParameterError

CHOICES = re.compile(r"one of ([\w\- ,]+)")
RANGE = re.compile(r"from (-?[\d.]+) to (-?[\d.]+)")
MAX_TEXT = 1000


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: a name, its default and the comment behind it."""

    name: str
    default: object
    help: str = ""

    def problem(self, value):
        """Say what is wrong with a value for this parameter; empty when nothing is."""
        wanted = type(self.default)
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            return f"{self.name} = {value!r} is {_kind(value)}; wanted {_kind(self.default)}"
        if wanted is float and not math.isfinite(value):
            return f"{self.name} = {value!r} is not a finite number"
        if wanted is str and len(value) > MAX_TEXT:
            return f"{self.name} is longer than {MAX_TEXT} characters"
        return self._out_of_range(value)

    def _out_of_range(self, value):
        choices, limits = CHOICES.search(self.help), RANGE.search(self.help)
        if choices and value not in (allowed := [c.strip() for c in choices[1].split(",")]):
            return f"{self.name} = {value!r} is unknown; allowed: {', '.join(allowed)}"
        if limits and not float(limits[1]) <= value <= float(limits[2]):
            return f"{self.name} = {value!r} is out of range; allowed: {limits[1]} to {limits[2]}"
        return ""


def parameters_of(notebook):
    """Read the parameters cell of a notebook: {name: Parameter}; empty where there is none."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            return {p.name: p for p in _parameters_in(cell.source)}
    return {}


def _parameters_in(source):
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            comment = lines[node.end_lineno - 1][node.end_col_offset :].partition("#")[2].strip()
            yield Parameter(node.targets[0].id, ast.literal_eval(node.value), comment)


def check_parameters(name, notebook, values):
    """Refuse values a notebook does not take, all at once, before a kernel starts.

    Raises ParameterError, which names each parameter, its value and what is allowed.
    """
    known = parameters_of(notebook)
    problems = [
        known[key].problem(value)
        if key in known
        else f"{key} is no parameter of this notebook; it has: {', '.join(known)}"
        for key, value in values.items()
    ]
    problems = [problem for problem in problems if problem]
    if problems:
        raise ParameterError("\n  ".join([f"{name}: parameters refused:", *problems]))


def parse_assignments(text):
    """Read `name=value name=value` as typed on a command line: literals, or plain words.

    >>> parse_assignments("base_year=2017 weights=equal planned_credit=0.5")
    {'base_year': 2017, 'weights': 'equal', 'planned_credit': 0.5}
    """
    values = {}
    for part in text.split():
        name, equals, value = part.partition("=")
        if not equals or not name.isidentifier():
            raise ParameterError(f"{part!r} is no assignment; wanted name=value")
        values[name] = _literal(value)
    return values


def _literal(text):
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def _kind(value):
    kinds = {int: "a whole number", float: "a number", str: "text", bool: "True or False"}
    return kinds.get(type(value), type(value).__name__)

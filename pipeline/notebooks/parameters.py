"""Validation of notebook parameters before a kernel starts: name, type, range.

papermill itself only logs a warning for an unknown name and accepts any value. The rules stand
beside the parameters, see `analysis.study.parameters`; the notebook asks them again as it runs.
"""

import ast
import shlex

from analysis.study.parameters import FOLDER, parameters_in
from pipeline.errors import ParameterError


def parameters_of(notebook):
    """Read the parameters cell of a notebook: {name: Parameter}; empty where there is none."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            return {p.name: p for p in parameters_in(cell.source)}
    return {}


def check_parameters(name, notebook, values):
    """Refuse values a notebook does not take, all at once, before a kernel starts.

    Returns the folder of the study that it reads. Raises ParameterError, which names each
    parameter, its value and what is allowed.
    """
    known = parameters_of(notebook)
    folder = str(values.get(FOLDER) or (known[FOLDER].default if FOLDER in known else ""))
    problems = [
        known[key].problem(value, folder)
        if key in known
        else f"{key} is no parameter of this notebook; it has: {', '.join(known)}"
        for key, value in values.items()
    ]
    problems = [problem for problem in problems if problem]
    if problems:
        raise ParameterError("\n  ".join([f"{name}: parameters refused:", *problems]))
    return folder


def parse_assignments(text, texts=()):
    """Read `name=value name=value` as typed on a command line: literals, or plain words.

    texts : names whose value is text, whatever it looks like

    >>> parse_assignments("base_year=2017 weights=equal planned_credit=0.5")
    {'base_year': 2017, 'weights': 'equal', 'planned_credit': 0.5}
    >>> parse_assignments("choices='coding weights'")
    {'choices': 'coding weights'}
    >>> parse_assignments("cluster=123", texts=["cluster"])
    {'cluster': '123'}
    >>> parse_assignments("weights=5,5")
    {'weights': [5, 5]}
    """
    values = {}
    for part in _parts(text):
        name, equals, value = part.partition("=")
        if not equals or not name.isidentifier():
            raise ParameterError(f"{part!r} is no assignment; wanted name=value")
        if name in values:
            raise ParameterError(f"{name} is given twice: {text}")
        values[name] = value if name in texts and value[:1] not in ("'", '"') else _literal(value)
    return values


def numbers_to_own(values, known):
    """Give numbers told for a choice of words to the list beside it: weights=5,5 is own_weights.

    `known` are the notebook's parameters, {name: Parameter}.
    """
    found = {}
    for name, value in values.items():
        own = f"own_{name}"
        is_choice = name in known and isinstance(known[name].default, str) and own in known
        numbers = _literal(f"[{value}]") if is_choice and isinstance(value, str) else value
        is_list = isinstance(numbers, list) and len(numbers) > 1
        found[own if is_choice and is_list else name] = numbers if is_choice and is_list else value
    return found


def _parts(text):
    try:
        return shlex.split(text)
    except ValueError as error:
        raise ParameterError(f"{text!r} is no list of assignments: {error}") from error


def _literal(text):
    try:
        value = ast.literal_eval(text)
        return list(value) if isinstance(value, tuple) else value  # 5,5 is a list of numbers
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text

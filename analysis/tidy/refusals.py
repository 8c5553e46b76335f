"""Refusals of methods in plain sentences: for who moves a slider, and for one line of a summary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.tidy.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

MEANS = {0.0: "a geometric mean", -1.0: "a harmonic mean"}
CELL = r"row '(?P<row>[^']*)', column '(?P<column>[^']*)' (?:is|has) (?P<value>[^:;,]+)"
ALIKE = "{column} is {value} wherever it is known: on this scale it tells nothing apart"
# how a method refuses, and the same in plain words
SENTENCES = tuple(
    (re.compile(shape), said)
    for shape, said in (
        (
            CELL + r": the power mean with exponent (?P<power>[-\d.]+) wants (?P<wanted>\w+).*",
            "{row} has {value} in {column}, and {mean} needs {wanted}: choose another mean",
        ),
        (
            CELL + r"; a ratio wants (?P<wanted>\w+).*",
            "{row} has {value} in {column}, and a ratio needs {wanted}: choose another scale",
        ),
        (r"column '(?P<column>[^']*)' has no range: .* (?P<value>\S+)", ALIKE),
        (r"column '(?P<column>[^']*)' is constant(?: at (?P<value>[^:]+))?: .*", ALIKE),
        (r"column '(?P<column>[^']*)' has no value.*", "{column} has no value at all"),
        (r"all weights are zero: .*", "every weight is zero: raise at least one"),
        (
            r"weight of '(?P<column>[^']*)' is (?P<value>\S+); wanted .*",
            "the weight of {column} is {value}: a weight is zero or more",
        ),
    )
)
WANTED = {"positive": "values above zero", "no": "values that are not below zero"}


def plain_reason(text: str, names: Mapping[str, str] | None = None) -> str:
    """Say in plain words why a method refused; a reason that is not known stays as it is.

    `names` are what units and indicators are called: {identifier: name}.

    >>> names = {"jobs": "Jobs"}
    >>> plain_reason("column 'jobs' has no range: it or its goalposts are all 1.0", names)
    'Jobs is 1 wherever it is known: on this scale it tells nothing apart'
    >>> plain_reason(
    ...     "row 'a', column 'jobs' is 0.0: the power mean with exponent 0.0 wants positive values"
    ... )
    'a has 0 in jobs, and a geometric mean needs values above zero: choose another mean'
    """
    for shape, said in SENTENCES:
        if found := shape.fullmatch(text):
            return said.format(**_words(found.groupdict(), names or {}))
    return text


def _words(found, names):
    """Write what a refusal names as a person calls it: units, numbers, means."""
    words = {key: names.get(value, value) for key, value in found.items() if value is not None}
    words["value"] = _number(found.get("value") or "the same")
    if power := found.get("power"):
        words["mean"] = MEANS.get(float(power), f"a power mean with exponent {float(power):g}")
    if wanted := found.get("wanted"):
        words["wanted"] = WANTED.get(wanted, wanted)
    return words


def _number(text):
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")  # a name, as repr writes it


def in_one_line(reason: str, most: int = 4) -> str:
    """Write a refusal of several lines in one: a head, "- " before each problem, a cure.

    Problems that differ only in the first name they cite are told as one, with the first `most`
    names and how many more there are; of problems that differ otherwise the first `most`.

    >>> print(in_one_line("2 problems:\\n- sign of 'a' is ?\\n- sign of 'b' is ?\\nup would do"))
    2 problems: sign of 'a' and 'b' is ?; up would do
    >>> nine = [f"- sign of {name!r} is ?" for name in "abcdefghi"]
    >>> print(in_one_line("\\n".join(["9 problems:", *nine])))
    9 problems: sign of 'a', 'b', 'c' and 6 more is ?
    """
    lines = [line.strip() for line in reason.splitlines() if line.strip()]
    head = f"{lines.pop(0)} " if lines and lines[0].endswith(":") else ""
    groups: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.startswith("- "):
            begin, name, rest = _around_name(line.removeprefix("- "))
            groups.setdefault((begin, rest), []).append(name)
    said = [begin + listed(names, most=most) + rest for (begin, rest), names in groups.items()]
    if len(said) > most:
        rest = sum(map(len, list(groups.values())[most - 1 :]))
        said = [*said[: most - 1], f"and {rest:,} more"]
    return head + "; ".join([*said, *(line for line in lines if not line.startswith("- "))])


def _around_name(problem):
    """Part a problem at the first name that it cites."""
    found = QUOTED.search(problem)
    if found is None:
        return problem, "", ""
    return problem[: found.start()], found[0], problem[found.end() :]

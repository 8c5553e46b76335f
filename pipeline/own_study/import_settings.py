"""`import.toml`: the settings of an import, written with its questions and read again."""

import re
import tomllib
from dataclasses import dataclass, field
from math import isfinite

from analysis.study.wide.doubts import toml
from analysis.study.wide.read import SETTINGS
from analysis.tidy.kinds import KINDS
from analysis.tidy.units import UNIT_UNKNOWN
from pipeline.errors import UsageError

# settings of the study that is written, beside those of reading
STUDY = {
    "title": 'the title of the study: "Innovation in the regions"',
    "unit_noun": 'what the study compares, in one word: "county"',
    "unit_noun_plural": 'and many of them: "counties"',
    "kinds": f"the kind of an indicator, by its name: {', '.join(KINDS)}",
    "units": "the unit of an indicator, by its name",
    "labels": "another label for an indicator, by its name",
    "directions": 'whether more of an indicator is better, by its name: "up" or "down"',
    "weights": "what an indicator counts in the integral indicator, by its name: 2",
    "pillars": "the pillar of an indicator in the integral indicator, by its name; where one has "
    "a pillar, those without are left out of it",
    "denominators": 'what an indicator is divided by there, by its name: "Population"',
    "goalposts": "the least and the largest value of its scale there, by its name: [0, 100]",
    "names": "the name of a region, by its code or name in the source",
}
TABLES = ("kinds", "units", "labels", "directions", "weights", "pillars", "denominators",
          "goalposts", "names")  # fmt: skip
FEW = ("denominators", "goalposts")  # tables that few indicators need, so that none is listed
MOST = 1e6  # the largest weight that a study takes
LONGEST_PILLAR = 100  # characters
ANSWER = "?"  # stands where there is no answer yet


@dataclass
class Given:
    """What stands in `import.toml`: settings of reading, of the study, and the text itself."""

    reading: dict = field(default_factory=dict)
    study: dict = field(default_factory=dict)
    text: str = ""


def read_settings(path):
    """Read `import.toml`; empty where there is none. An answer that is still `?` is none."""
    if not path.is_file():
        return Given()
    try:
        text = path.read_text(encoding="utf-8-sig")
        values = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f'{path}: is not TOML ({error}); a setting is written name = "text", name = 2018 or '
            'name = ["one", "two"]'
        ) from error
    wrong = [name for name in values if name not in SETTINGS and name not in STUDY]
    if wrong:
        raise UsageError(
            f"{path}: unknown setting {wrong[0]!r}; there are {', '.join((*SETTINGS, *STUDY))}"
        )
    for name in TABLES:
        if not isinstance(values.get(name, {}), dict):
            raise UsageError(f"{path}: {name} is a table: [{name}], then a line per indicator")
    for name, kind in values.get("kinds", {}).items():
        if kind not in KINDS:
            raise UsageError(
                f"{path}: the kind of {name!r} is {kind!r}; there are {', '.join(KINDS)}"
            )
    _check_framework(path, values)
    for table in TABLES:
        if misplaced := [name for name in values.get(table, {}) if name in (*SETTINGS, *STUDY)]:
            raise UsageError(
                f"{path}: {misplaced[0]} stands below [{table}] and would be a name there; "
                "settings stand above the first [table]"
            )
    told = {name: value for name, value in values.items() if value != ANSWER}
    reading = {name: value for name, value in told.items() if name in SETTINGS}
    study = {name: value for name, value in told.items() if name in STUDY}
    return Given(reading, study, text)


def _check_framework(path, values):
    """Refuse what is told of indicators in the integral indicator, where it is of no such form."""
    for name, direction in values.get("directions", {}).items():
        if direction not in ("up", "down"):
            raise UsageError(f"{path}: the direction of {name!r} is {direction!r}; up or down")
    for name, weight in values.get("weights", {}).items():
        if not _is_number(weight) or not 0 <= weight <= MOST:
            raise UsageError(
                f"{path}: the weight of {name!r} is {weight!r}; a number from 0 to {MOST:.0f}, "
                "without quotation marks"
            )
    for table in ("pillars", "denominators"):
        for name, text in values.get(table, {}).items():
            if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_PILLAR:
                raise UsageError(
                    f"{path}: the {table[:-1]} of {name!r} is {text!r}; a text in quotation marks, "
                    f"of {LONGEST_PILLAR} characters at most"
                )
    for name, ends in values.get("goalposts", {}).items():
        pair = ends if isinstance(ends, list) and len(ends) == 2 else [None, None]
        if not all(map(_is_number, pair)) or not pair[0] < pair[1]:
            raise UsageError(
                f"{path}: the goalposts of {name!r} are {ends!r}; two numbers, the smaller first: "
                "[0, 100]"
            )


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def settings_text(understood, indicators=()):
    """Write the settings for the first time: questions open, everything else as comments."""
    lines = [
        "# Settings of make import, read again at every import. A line that begins with # does "
        "nothing.",
        "",
        *_questions(understood),
        "# Other settings, should something have been understood wrongly:",
        *(
            f"# {name} = {_example(words)}  # {words}"
            for name, words in {**STUDY, **SETTINGS}.items()
            if name not in TABLES
        ),
        "",
    ]
    for table in TABLES[:-1]:
        lines += [f"# {STUDY[table]}", f"[{table}]"]
        name = table.removesuffix("s")
        for one in indicators if table not in FEW else ():
            lines.append(f"# {toml(one['name'])} = {toml(_shown(one[name], name))}")
        lines.append("")
    lines += [f"# {STUDY['names']}", "[names]", ""]
    return "\n".join(lines)


def _example(words):
    """Take the first value that the words on a setting name, as TOML."""
    return re.search(r'\[.*?\]|".*?"|\b\d+\b', words)[0]


def _shown(value, name):
    """Give what stands for an indicator where nothing was told."""
    usual = {"direction": "up", "weight": 1}
    return "" if value == UNIT_UNKNOWN else value or usual.get(name, "")


def with_questions(text, understood):
    """Add questions that the settings do not hold yet, before everything else."""
    missing = [
        question
        for question in understood.questions
        if not re.search(rf"^{question.setting}\s*=", text, re.MULTILINE)
    ]
    if not missing:
        return text
    head, _, rest = text.partition("\n")
    if head.startswith("#"):
        return "\n".join([head, "", *_lines(missing)]) + rest.removeprefix("\n")
    return "\n".join(_lines(missing)) + text


def _questions(understood):
    return _lines(understood.questions)


def _lines(questions):
    """Write questions as comments, each with its setting still open."""
    lines, done = [], set()
    for question in questions:
        lines += [f"# {part}" for part in question.text.split("\n")]
        lines.append(f"# answer: {question.allowed}")
        if question.setting not in done:
            lines += [f"{question.setting} = {toml(ANSWER)}", ""]
            done.add(question.setting)
    return lines

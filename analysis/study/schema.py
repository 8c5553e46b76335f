"""What a data package may say of its tables: the schema that all studies share, and their words.

A descriptor that differs from the schema is refused by name; only titles, descriptions and the
words of open vocabularies are a study's own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAME = "datapackage.json"
LONGEST_WORD, LONGEST_TITLE = 100, 300  # characters
ANY_TITLE = f"at most {LONGEST_TITLE} printable characters"
ANY_VOCABULARY = "the study's own words, each once, short and printable"
LOOKED_AT = 20  # rows below the first among which a header is looked for
LONGEST_SHOWN = 80  # characters of a cell that a message shows
KEYS = ("primaryKey", "alternativeKey")  # the second of a table that may be of two forms
NOUNS = ("unit_noun", "unit_noun_plural")  # what the study calls what it compares
EARLIER_ID = "[a-z0-9]+(-[a-z0-9]+)*"  # what identifiers had to look like once
DEEPEST = 20  # levels of a descriptor, of which the schema has seven
# what a resource or a field may say of its file without changing what stands in it
DIALECT = {
    "delimiter": [","],
    "quoteChar": ['"'],
    "doubleQuote": [True],
    "header": [True],
    "skipInitialSpace": [False],
    "lineTerminator": ["\n", "\r\n"],
    "csvddfVersion": [1, 1.0, 1.2, "1.2"],
    "caseSensitiveHeader": [True, False],
}
PLAIN = {
    "decimalChar": ["."],
    "groupChar": [""],
    "bareNumber": [True],
    "trueValues": [["true", "True", "TRUE", "1"], ["true"], ["true", "1"]],
    "falseValues": [["false", "False", "FALSE", "0"], ["false"], ["false", "0"]],
}
# all of C0 but tab and line ends, and what XML cannot hold: no output could show it
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with a data package: where, what, and what is allowed."""

    file: str
    row: int  # 1 is the header, as in a spreadsheet; 0 is the file as a whole
    column: str
    value: str
    rule: str
    allowed: str
    cell: str = ""  # address in a workbook, such as C5

    def __str__(self):
        """Say it in one line."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        place = self.cell or ", ".join(filter(None, [row, column]))
        where = f"{self.file}, {place}" if place else self.file
        value = f" {shorten(self.value)}" if self.value != "" else ""
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        line = f"{where}:{value} {self.rule}{allowed}".replace(":  ", ": ")
        # whatever a cell or a header that is cited holds
        return CONTROL.sub(lambda found: ascii(found[0])[1:-1], " ".join(line.splitlines()))


@cache
def table_schemas() -> dict:
    """Return the schema every study shares: table name -> title, description and Table Schema.

    >>> list(table_schemas())[:3]
    ['clusters', 'components', 'indicators']
    """
    return json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))


def needed_columns(table: str) -> list:
    """Name the columns that a table of any study has; it may have others of the schema.

    >>> needed_columns("series")
    ['cluster', 'indicator', 'year', 'value']
    """
    return [
        spec["name"]
        for spec in table_schemas()[table]["schema"]["fields"]
        if spec.get("columnRequired") or spec.get("constraints", {}).get("required")
    ]


def header_below(table: str, header: list, rows: list) -> int:
    """Find the row that looks like the header if the first one does not; 0 if there is none.

    Parameters
    ----------
    table : name of the table
    header : texts of its first row
    rows : (number, texts) of those below it

    >>> header_below("series", ["A title"], [(2, []), (3, ["cluster", "year", "value"])])
    3
    """
    known = {spec["name"] for spec in table_schemas()[table]["schema"]["fields"]}
    if known & set(header):
        return 0
    like = (number for number, texts in rows if len(known & {*map(str.strip, texts)}) > 1)
    return next(like, 0)


def descriptor_problems(descriptor: dict) -> list:
    """Compare the descriptor with the schema that every study shares."""
    strange = []
    for place, value, depth in _parts(descriptor):
        if depth > DEEPEST:
            allowed = f"at most {DEEPEST} levels"
            return [Problem(NAME, 0, place[:60], "", "is nested too deep", allowed)]
        if isinstance(value, str) and CONTROL.search(value):
            rule = "holds a control character or half of a surrogate pair"
            strange.append(Problem(NAME, 0, place, value, rule, "printable text"))
    # what is looked at by name is named by that
    return _problems_by_name(descriptor) or strange


def _parts(value):
    """Give every part of a descriptor, names among them, as (place, part, how deep it lies)."""
    left = [("", value, 0)]
    while left:
        place, value, depth = left.pop()
        yield place, value, depth
        if isinstance(value, dict) and depth <= DEEPEST:
            left += [(f"{place}.{key[:60]}".lstrip("."), key, depth) for key in value]
            left += [(f"{place}.{k[:60]}".lstrip("."), v, depth + 1) for k, v in value.items()]
        elif isinstance(value, list) and depth <= DEEPEST:
            left += [(f"{place}[{at}]", part, depth + 1) for at, part in enumerate(value)]


def _problems_by_name(descriptor):
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return [Problem(NAME, 0, "resources", "", "is missing", "a list of resources")]
    problems, seen = [], set()
    if not is_title(descriptor.get("title", "")):
        value = str(descriptor["title"])
        problems.append(Problem(NAME, 0, "title", value, "is no title", ANY_TITLE))
    for name in NOUNS:
        if not is_word(descriptor.get(name, name)):
            value = str(descriptor[name])
            problems.append(Problem(NAME, 0, name, value, "is no word", ANY_VOCABULARY))
    for resource in descriptor["resources"]:
        label = resource.get("name") if isinstance(resource, dict) else None
        if not isinstance(label, str) or label not in table_schemas() or label in seen:
            allowed = "each once: " + ", ".join(table_schemas())
            problems.append(Problem(NAME, 0, "resources", str(label), "unknown table", allowed))
            continue
        seen.add(label)
        problems += _resource_problems(label, resource)
    for label, table in table_schemas().items():
        if table.get("required") and label not in seen:
            problems.append(Problem(NAME, 0, "resources", label, "the table is missing", "listed"))
    return problems


def is_title(title: int | str) -> bool:
    """Tell whether a text can be a title: short and printable.

    >>> is_title("Small clusters"), is_title("x" * 301), is_title(5)
    (True, False, False)
    """
    return isinstance(title, str) and len(title) <= LONGEST_TITLE and not CONTROL.search(title)


def _resource_problems(label, resource):
    problems = []
    if resource.get("path") != f"{label}.csv":
        value = str(resource.get("path"))
        problems.append(Problem(NAME, 0, f"{label}.path", value, "wrong path", f"{label}.csv"))
    if not isinstance(resource.get("hash", ""), str):
        problems.append(Problem(NAME, 0, f"{label}.hash", "", "is no text", "sha256:..."))
    problems += _meaning_problems(label, resource)
    return problems + _schema_problems(label, resource.get("schema", {}))


def _schema_problems(label, given):
    """What a descriptor says of a table may be less than the schema says, and nothing else."""
    wanted = table_schemas()[label]["schema"]
    given, problems = given if isinstance(given, dict) else {"fields": given}, []
    keys = {
        "primaryKey": [wanted[name] for name in KEYS if name in wanted],
        "missingValues": [wanted["missingValues"]],
    }
    for key, allowed in keys.items():
        if key in given and not any(_is_same(given[key], one) for one in allowed):
            problems.append(_differs(f"{label}.{key}", given[key], allowed[0]))
    references = wanted.get("foreignKeys", [])
    own = given.get("foreignKeys", [])
    if not isinstance(own, list) or not all(
        any(_is_same(one, other) for other in references) for one in own
    ):
        problems.append(_differs(f"{label}.foreignKeys", own, references))
    return problems + _field_problems(label, wanted["fields"], given.get("fields", []))


def _differs(place, value, allowed):
    return Problem(
        NAME, 0, place, json.dumps(value), "differs from the schema", json.dumps(allowed)
    )


def _meaning_problems(label, resource):
    """Refuse dialect options other than those with which files are read."""
    encoding, problems = resource.get("encoding", "utf-8"), []
    if str(encoding).lower() not in ("utf-8", "utf8", "utf-8-sig"):
        problems.append(_otherwise(f"{label}.encoding", encoding, "utf-8"))
    if resource.get("compression") not in (None, "", "no"):
        problems.append(_otherwise(f"{label}.compression", resource["compression"], "none"))
    if "data" in resource:
        rule, allowed = "holds the data themselves", f"the file {label}.csv"
        problems.append(Problem(NAME, 0, f"{label}.data", "", rule, allowed))
    dialect = resource.get("dialect") or {}
    dialect = dialect if isinstance(dialect, dict) else {"": dialect}
    return problems + _unlike(f"{label}.dialect", dialect, DIALECT, dialect)


def _unlike(place, given, defaults, names):
    """List the entries that differ from the default; in a dialect, also unknown ones."""
    return [
        _otherwise(f"{place}.{key}".rstrip("."), given[key], allowed[0] if allowed else "none")
        for key in names
        for allowed in [defaults.get(key, [])]
        if given.get(key) is not None and not any(_is_same(given[key], one) for one in allowed)
    ]


def _otherwise(place, value, allowed):
    rule = "would have the file read otherwise"
    return Problem(NAME, 0, place, json.dumps(value), rule, json.dumps(allowed))


def _is_same(one, other):
    """Compare as JSON does, for which true is not 1; 1 and 1.0 are the same number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _field_problems(label, wanted, given):
    """Compare the fields that a descriptor names with the schema's; it may name fewer, or others.

    A column that the schema does not know is not read, and named where the table is.
    """
    if not isinstance(given, list) or not all(isinstance(field, dict) for field in given):
        rule, allowed = "the fields differ from the schema", ", ".join(f["name"] for f in wanted)
        return [Problem(NAME, 0, f"{label}.fields", "", rule, allowed)]
    by_name, problems = {str(field.get("name")): field for field in given}, []
    for field_wanted in wanted:
        place, own = f"{label}.{field_wanted['name']}", by_name.get(field_wanted["name"])
        if own is None:
            continue
        if own.get("type", field_wanted["type"]) != field_wanted["type"]:
            value, allowed = str(own.get("type")), field_wanted["type"]
            problems.append(Problem(NAME, 0, place, value, "wrong type", allowed))
        problems += _unlike(place, own, PLAIN, PLAIN)
        problems += _constraint_problems(place, field_wanted, own)
    return problems


def _constraint_problems(place, wanted, own):
    """Constraints are the schema's; an open vocabulary is the study's own.

    What studies of an earlier schema say is no contradiction: that a column is required which may
    be absent now, fewer words than there are now, a narrower form of identifiers.
    """
    wanted, given = dict(wanted.get("constraints", {})), own.get("constraints", {})
    given = dict(given) if isinstance(given, dict) else {"": given}
    if wanted.get("enum") == []:
        words = given.pop("enum", None)
        del wanted["enum"]
        if words is not None and not is_vocabulary(words):
            value, rule = json.dumps(words), "is no vocabulary"
            return [Problem(NAME, 0, f"{place}.enum", value, rule, ANY_VOCABULARY)]
    elif isinstance(words := given.get("enum"), list) and "enum" in wanted:
        given["enum"] = wanted["enum"] if all(w in wanted["enum"] for w in words) else words
    if given.get("required") is True:
        wanted.setdefault("required", True)
    if given.get("pattern") == EARLIER_ID:
        wanted.setdefault("pattern", EARLIER_ID)
    if given and not _is_same(given, wanted):
        value, rule = json.dumps(given), "the constraints differ from the schema"
        return [Problem(NAME, 0, place, value, rule, json.dumps(wanted))]
    return []


def effective_schema(descriptor: dict, table: str, header: list) -> dict:
    """Return the schema of one table of a study: the columns it has, with the study's own words.

    Parameters
    ----------
    descriptor : the study's own, whose vocabularies count
    table : name of the table
    header : the columns of its file; those that the schema does not know are left out

    >>> schema = effective_schema({"resources": []}, "clusters", ["cluster", "name", "colour"])
    >>> [field["name"] for field in schema["fields"]]
    ['cluster', 'name']
    """
    known = table_schemas()[table]["schema"]
    specs = {spec["name"]: spec for spec in known["fields"]}
    fields = [_with_words(descriptor, table, specs[name]) for name in header if name in specs]
    key = next((known[k] for k in KEYS if k in known and {*known[k]} <= {*header}), [])
    references = [
        key for key in known.get("foreignKeys", []) if key["fields"][0] in {*specs} & {*header}
    ]
    return {
        "fields": fields,
        "primaryKey": [*key] or [name for name in known["primaryKey"] if name in header],
        "foreignKeys": references,
        "missingValues": known["missingValues"],
    }


def _with_words(descriptor, table, spec):
    limits = spec.get("constraints", {})
    if limits.get("enum") != []:
        return spec
    rest = {key: limit for key, limit in limits.items() if key != "enum"}
    words = vocabulary(descriptor, table, spec["name"])
    return spec | {"constraints": rest | ({"enum": words} if words else {})}


def vocabulary(descriptor: dict, table: str, column: str) -> list:
    """Return the study's own words for a column, in the order the descriptor lists them.

    >>> vocabulary({"resources": [{"name": "clusters"}]}, "clusters", "grade")
    []
    """
    for resource in descriptor["resources"]:
        if resource["name"] == table:
            schema = resource.get("schema")
            fields = schema.get("fields") if isinstance(schema, dict) else None
            for spec in fields if isinstance(fields, list) else []:
                if isinstance(spec, dict) and spec.get("name") == column:
                    limits = spec.get("constraints")
                    return limits.get("enum", []) if isinstance(limits, dict) else []
    return []


def is_vocabulary(words: list) -> bool:
    """Tell whether words can be a vocabulary: some, each once, each a short printable text.

    >>> is_vocabulary(["low", "high"]), is_vocabulary(["low", "low"]), is_vocabulary([])
    (True, False, False)
    """
    if not isinstance(words, list) or not words:
        return False
    return all(map(is_word, words)) and len(set(words)) == len(words)


def is_word(word: int | str) -> bool:
    """Tell a short printable text.

    >>> is_word("region"), is_word(" "), is_word(3)
    (True, False, False)
    """
    if not isinstance(word, str) or not word.strip() or len(word) > LONGEST_WORD:
        return False
    return not CONTROL.search(word)


def shorten(value: str) -> str:
    """Format a value for a message: invisible characters escaped, long texts truncated.

    >>> shorten("a b"), len(shorten("x" * 500))
    ("'a b'", 82)
    """
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
    return repr(text)

"""What a data package may say of its tables: the schema that all studies share, and their words.

A descriptor that differs from the schema is refused by name; only titles, descriptions and the
words of open vocabularies are a study's own.
"""

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
        return CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], " ".join(line.splitlines()))


@cache
def table_schemas():
    """Return the schema every study shares: table name -> title, description and Table Schema.

    >>> list(table_schemas())[:3]
    ['clusters', 'components', 'indicators']
    """
    return json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))


def optional_columns(table):
    """Name the columns that a table may leave out.

    >>> sorted(optional_columns("clusters"))
    ['short']
    """
    fields = table_schemas()[table]["schema"]["fields"]
    return {field["name"] for field in fields if field.get("optional")}


def header_below(table, header, rows):
    """Find the row that looks like a table's header where the first row does not; 0 where none.

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


def descriptor_problems(descriptor):
    """Compare the descriptor with the schema that every study shares."""
    strange = []
    for place, value, depth in _parts(descriptor):
        if depth > DEEPEST:
            allowed = f"at most {DEEPEST} levels"
            return [Problem(NAME, 0, place[:60], "", "is nested too deep", allowed)]
        if isinstance(value, str) and CONTROL.search(value):
            rule = "holds a control character or half of a sign"
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


def is_title(title):
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
    wanted = table_schemas()[label]["schema"]
    given = resource.get("schema")
    given = given if isinstance(given, dict) else {}
    problems += _field_problems(label, wanted["fields"], given.get("fields"))
    for key in ("primaryKey", "foreignKeys", "missingValues"):
        if (key in given) != (key in wanted) or not _is_same(given.get(key), wanted.get(key)):
            place, value = f"{label}.{key}", json.dumps(given.get(key))
            allowed = json.dumps(wanted.get(key))
            problems.append(Problem(NAME, 0, place, value, "differs from the schema", allowed))
    return problems


def _meaning_problems(label, resource):
    """Refuse what would have the file read otherwise than every file is read here."""
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
    """Name the entries that are another value than the usual one; of a dialect, unknown ones."""
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
    problems = []
    fields = given if isinstance(given, list) else []
    by_name = {str(f.get("name")): f for f in fields if isinstance(f, dict)}
    names = [field["name"] for field in wanted]
    needed = {field["name"] for field in wanted if not field.get("optional")}
    if not needed <= set(by_name) <= set(names) or len(fields) != len(by_name):
        value = ", ".join(by_name)
        rule = "the fields differ from the schema"
        return [Problem(NAME, 0, f"{label}.fields", value, rule, ", ".join(names))]
    for field_wanted in filter(lambda field: field["name"] in by_name, wanted):
        place = f"{label}.{field_wanted['name']}"
        own = by_name[field_wanted["name"]]
        if own.get("type") != field_wanted["type"]:
            value, allowed = str(own.get("type")), field_wanted["type"]
            problems.append(Problem(NAME, 0, place, value, "wrong type", allowed))
        problems += _unlike(place, own, PLAIN, PLAIN)
        problems += _constraint_problems(place, field_wanted, own)
    return problems


def _constraint_problems(place, wanted, own):
    """Constraints are the schema's; only an open vocabulary is the study's own."""
    wanted, given = dict(wanted.get("constraints", {})), own.get("constraints", {})
    given = dict(given) if isinstance(given, dict) else {"": given}
    if wanted.get("enum") == []:
        words = given.pop("enum", None)
        del wanted["enum"]
        if not is_vocabulary(words):
            value, rule = json.dumps(words), "is no vocabulary"
            return [Problem(NAME, 0, f"{place}.enum", value, rule, ANY_VOCABULARY)]
    if not _is_same(given, wanted):
        value, rule = json.dumps(given), "the constraints differ from the schema"
        return [Problem(NAME, 0, place, value, rule, json.dumps(wanted))]
    return []


def is_vocabulary(words):
    """Tell whether words can be a vocabulary: some, each once, each a short printable text.

    >>> is_vocabulary(["low", "high"]), is_vocabulary(["low", "low"]), is_vocabulary([])
    (True, False, False)
    """
    if not isinstance(words, list) or not words:
        return False
    return all(map(_is_word, words)) and len(set(words)) == len(words)


def _is_word(word):
    if not isinstance(word, str) or not word.strip() or len(word) > LONGEST_WORD:
        return False
    return not CONTROL.search(word)


def shorten(value):
    """Show a value in a message: what cannot be seen can be told apart, a long text is cut.

    >>> shorten("a b"), len(shorten("x" * 500))
    ("'a b'", 82)
    """
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
    return repr(text)

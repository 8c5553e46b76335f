"""List what a replication has to reach: every published value and claim, for programs to check.

`targets.json` names the place, what was published, what came out, how far the two may differ, and
the verdict; `targets.schema.json` beside it says what each entry means.
"""

import json
import math

from article.claims.registry import VERDICTS
from article.tables import verify
from pipeline.outputs.canonical import write_text
from pipeline.outputs.claims import claims_of
from pipeline.outputs.verification import tolerance

SCHEMA = "targets.schema.json"
NUMBERS = ("value", "low", "high", "p_value", "threshold")
WORDS = ("rule", "statistic", "explanation", "needs", "notebook", "hedge")
TEXT = {"type": "string"}
MAYBE_NUMBER = {"type": ["number", "null"]}
MAYBE_TEXT = {"type": ["string", "null"]}


def targets(study, folder):
    """Write the targets of a study and their schema."""
    found = [*_values(study), *_claims(study)]
    content = {"$schema": SCHEMA, "study": study.title, "targets": found}
    for name, data in (("targets.json", content), (SCHEMA, schema())):
        text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)
        write_text(folder / name, text + "\n")


def _values(study):
    if not study.has("published"):
        return
    for table, row, column, published, regenerated, status in verify(study).itertuples(index=False):
        yield {
            "id": f"table-{table}-row-{row}-{column}",
            "kind": "value",
            "place": f"Table {table}, row {row}, {column}",
            "published": _plain(published),
            "regenerated": _plain(regenerated),
            "tolerance": tolerance(_plain(published) or ""),
            "verdict": status,
            "file": f"tables/table{table}.csv",
        }


def _claims(study):
    if not study.has("claims"):
        return
    for claim in claims_of(study).to_dict("records"):
        yield {
            "id": claim["id"],
            "kind": "claim",
            "place": _plain(claim.get("place")) or claim["section"],
            "claim": claim["claim"],
            "verdict": claim["verdict"],
            "tolerance": None,  # the rule says how far the statistic may be off
            **{name: _plain(claim[name]) for name in WORDS if name in claim},
            **{name: _plain(claim[name]) for name in NUMBERS},
            "file": "claims.csv",
        }


def _plain(value):
    """Write a cell as JSON has it: nothing where it is undefined."""
    if value is None or value != value or value == "":
        return None
    return value if isinstance(value, str) else None if math.isinf(value) else float(value)


def schema():
    """Return the JSON Schema of `targets.json`."""
    numbers = dict.fromkeys(NUMBERS, MAYBE_NUMBER)
    words = dict.fromkeys(WORDS, MAYBE_TEXT)
    shared = {
        "id": TEXT | {"description": "Unique; a claim's is that of claims.csv."},
        "place": TEXT | {"description": "Where it is published."},
        "file": TEXT | {"description": "The result that holds it, from the folder of the results."},
    }
    value = {
        "kind": {"const": "value"},
        "published": MAYBE_TEXT | {"description": "As printed; null is a cell not printed."},
        "regenerated": MAYBE_TEXT,
        "tolerance": MAYBE_NUMBER
        | {"description": "Half a unit of the last digit printed; null: the text itself."},
        "verdict": {"enum": ["equal", "differs", "missing"]},
    }
    claim = {
        "kind": {"const": "claim"},
        "claim": TEXT | {"description": "In the words of this study."},
        "verdict": {"enum": list(VERDICTS)},
        "tolerance": {"type": "null", "description": "The rule says what would turn the verdict."},
        **words,
        **numbers,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Targets of a replication",
        "type": "object",
        "required": ["study", "targets"],
        "properties": {
            "$schema": TEXT,
            "study": TEXT,
            "targets": {
                "type": "array",
                "items": {"oneOf": [_entry(shared | value), _entry(shared | claim)]},
            },
        },
        "additionalProperties": False,
    }


def _entry(properties):
    return {
        "type": "object",
        "required": ["id", "kind", "place", "verdict", "tolerance", "file"],
        "properties": properties,
        "additionalProperties": False,
    }

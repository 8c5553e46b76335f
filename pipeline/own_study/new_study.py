"""Begin a study: empty tables, their schema, help, and a workbook; keep its checksums true."""

import json
import os
from pathlib import Path
from shlex import quote

from analysis.study.descriptor import new_descriptor, with_checksums
from analysis.study.package import BadDataError, read_package
from analysis.study.schema import effective_schema, needed_columns, table_schemas
from analysis.study.validation import validate
from pipeline.errors import UsageError
from pipeline.outputs.canonical import write_text
from pipeline.own_study.workbook import help_on, references, write_study_workbook
from pipeline.places import expanded, places

# what a study of one's own begins with; published tables and claims belong to an article
TABLES = (
    "clusters", "components", "indicators", "pillars", "series", "criteria", "regional_context",
)  # fmt: skip
EXISTS = "it exists already, and nothing is written over; name another"
NOUN = {"unit_noun": "region", "unit_noun_plural": "regions"}


def new_study(environment=os.environ):
    """Write the folder NAME: empty tables, datapackage.json, README.md, study.xlsx.

    Raises UsageError where NAME is missing or something stands there already.
    """
    name = environment.get("NAME", "")
    if not name.strip():
        raise UsageError("NAME is missing: make new-study NAME=folder/to/write")
    folder = expanded("NAME", name)
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"NAME={name}: {EXISTS}")
    # refuses what make would refuse later
    places({"DATA": str(folder), "OUT": f"{folder}-results"})
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"NAME={name}: the folder cannot be made ({error.strerror})") from error
    _write(folder)
    print(f"{folder} is ready. {folder / 'README.md'} says how to fill it; then:")
    print(f"  make DATA={quote(str(folder / 'study.xlsx'))} OUT={quote(f'{folder}-results')}")
    return 0


def write_workbook_of(environment=os.environ):
    """Write the study in the folder DATA as one workbook OUT.

    Raises UsageError where OUT stands already, BadDataError where the folder holds no sound study.
    """
    data, out = environment.get("DATA", ""), environment.get("OUT", "")
    if not data or not out.lower().endswith(".xlsx"):
        raise UsageError("wanted: make workbook DATA=folder/of/a/study OUT=study.xlsx")
    if Path(out).exists() or Path(out).is_symlink():
        raise UsageError(f"OUT={out}: {EXISTS}")
    descriptor, tables, problems = validate(Path(data))
    if problems:
        raise UsageError(str(BadDataError(problems)))
    cells = {name: (t.header, [row for _, row in t.rows]) for name, t in tables.items()}
    whole = [
        {**resource, "schema": effective_schema(descriptor, resource["name"], t.header)}
        for resource in descriptor["resources"]
        for t in [tables[resource["name"]]]
    ]
    write_study_workbook(out, descriptor | {"resources": whole}, cells)
    print(out)
    return 0


def renew_checksums(environment=os.environ):
    """Write the checksums of the tables in the folder DATA as they are now, and nothing else."""
    folder = Path(environment.get("DATA", "") or "data/raw")
    descriptor, tables, problems = read_package(folder)
    if problems:
        raise UsageError(str(BadDataError(problems)))
    renewed = with_checksums(descriptor, folder)
    changed = [
        new["path"]
        for old, new in zip(descriptor["resources"], renewed["resources"], strict=True)
        if old.get("hash") != new["hash"]
    ]
    if changed:
        _write_descriptor(folder, renewed)
    print(f"{len(changed)} of {len(tables)} checksums renewed: {', '.join(changed) or 'none'}")
    return 0


def _write(folder):
    for name in TABLES:
        header = ",".join(needed_columns(name))
        (folder / f"{name}.csv").write_text(header + "\n", encoding="utf-8")
    descriptor = new_descriptor("Untitled study", {}, TABLES, **NOUN)
    _write_descriptor(folder, with_checksums(descriptor, folder))
    empty = {name: (_columns(name), []) for name in TABLES}
    write_study_workbook(folder / "study.xlsx", descriptor, empty)
    write_text(folder / "README.md", _readme(folder))


def _write_descriptor(folder, descriptor):
    text = json.dumps(descriptor, indent=2, ensure_ascii=False)
    write_text(folder / "datapackage.json", text + "\n")


def _columns(table):
    """The columns of a table, those that every study has first."""
    names = [spec["name"] for spec in table_schemas()[table]["schema"]["fields"]]
    return sorted(names, key=lambda name: name not in needed_columns(table))


def _readme(folder):
    name = folder.as_posix()
    words = {"workbook": f"{name}/study.xlsx", "folder": name, "out": f"{name}-results"}
    parts = [README.format(**{word: quote(path) for word, path in words.items()})]
    for name in TABLES:
        table = table_schemas()[name]
        schema = table["schema"]
        keys = {column: t or name for column, t in references(schema).items()}
        needed = needed_columns(name)
        rows = [
            f"| `{spec['name']}` | {' '.join(help_on(spec, keys, needed).splitlines())} |"
            for spec in schema["fields"]
        ]
        need = "" if table.get("required") else " (may stay empty)"
        head = f"## {name}{need}\n\n{table['description']} Key: {' + '.join(schema['primaryKey'])}."
        parts.append("\n".join([head, "", "| column | what it wants |", "| --- | --- |", *rows]))
    return "\n\n".join(parts) + "\n"


README = """# A new study

Fill in **either** `study.xlsx` **or** the csv files with `datapackage.json`, then run one of

```
make DATA={workbook} OUT={out}
make DATA={folder} OUT={out}
```

Everything wrong is said at once, with sheet and cell, or file, row and column; nothing is written
until all is right. What your tables do not hold is left out of the results.

1. `clusters` lists what you compare, by `cluster` (an identifier as you like it: UKC1, Алтай) and
   `name`. Then fill in `indicators` with `series`, or `components`, or both. Columns in bold in the
   workbook are needed, and they are all that the csv files begin with; any other column of the
   lists below may be added.
2. A row that is missing, and an empty cell, is a missing value, which is never zero; a component
   without a row is not reported.
3. Say what you compare, in the singular and the plural, and the title: sheet `study`, or
   `unit_noun`, `unit_noun_plural` and `title` in `datapackage.json`. Words of your own (grades from
   the lowest, components, classes of activity) stand there too, or as `enum` of their column; only
   grades have to be listed, since they have an order.
4. Without `standing` every value is an outcome. Outcomes and targets stay apart by it.
5. After editing csv files: `make checksums DATA={folder}`."""

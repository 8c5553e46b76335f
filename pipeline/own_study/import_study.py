"""`make import FROM=file-or-folder NAME=my-study`: a study from a wide table, nothing guessed.

What was understood is shown first. Where only a person can know, `import.toml` is written with the
questions and nothing else; edited and read again, it makes next year's file one command.
"""

import hashlib
import json
import os
import re
from shlex import quote

from analysis.study.descriptor import with_checksums
from analysis.study.wide.read import read_source, told_settings
from pipeline.errors import StudyError, UsageError
from pipeline.outputs.canonical import write_text
from pipeline.own_study.import_settings import read_settings, settings_text, with_questions
from pipeline.own_study.import_tables import misfits, study_tables, table_texts
from pipeline.places import expanded, places

SETTINGS_FILE, REPORT = "import.toml", "import.md"
USAGE = "wanted: make import FROM=file-or-folder NAME=folder/to/write"


class ImportStopsError(StudyError):
    """A source that cannot be imported yet; what is wrong was shown."""


def import_study(environment=os.environ):
    """Read FROM and write the study NAME, or its questions; return the exit status."""
    source, folder = _places(environment)
    given = read_settings(folder / SETTINGS_FILE)
    try:
        told = told_settings(given.reading, {})
    except ValueError as error:
        raise UsageError(f"{folder / SETTINGS_FILE}: {error}") from error
    tidy, understood = read_source(source, told)
    tables = study_tables(tidy, given.study, understood) if understood.outcome == "import" else None
    if tables and (wrong := misfits(tables.indicators)):
        raise UsageError("\n".join(f"{folder / SETTINGS_FILE}: {one}" for one in wrong))
    print(understood)
    print()
    if understood.outcome == "refuse":
        raise ImportStopsError(f"Nothing was written: {source} has to be put right first (above).")
    if understood.outcome == "ask":
        _write_questions(folder, given, understood)
        raise ImportStopsError(
            f'Nothing was written but {folder / SETTINGS_FILE}: replace each "?" in it '
            f"({_asked(understood)}), then\n  make import FROM={quote(str(source))} "
            f"NAME={quote(str(folder))}"
        )
    _refuse_overwriting(folder)
    _write(folder, source, given, tables, understood)
    out = f"{folder}-results"
    print(f"{folder} is written: {tables.summary}. {folder / REPORT} says how it was read; then:")
    print(f"  make DATA={quote(str(folder))} OUT={quote(out)}")
    return 0


def _places(environment):
    """Give the source and the folder to write, both checked."""
    source, name = environment.get("FROM", ""), environment.get("NAME", "")
    if not source.strip() or not name.strip():
        raise UsageError(USAGE)
    source, folder = expanded("FROM", source), expanded("NAME", name)
    if not source.exists():
        raise UsageError(f"FROM={source}: there is no such file or folder")
    if source.is_dir() and folder.resolve() == source.resolve():
        raise UsageError(f"NAME={folder}: the study cannot be written into its source")
    # refuses what make would refuse later
    places({"DATA": str(folder), "OUT": f"{folder}-results"})
    if (
        folder.exists()
        and not (folder / SETTINGS_FILE).is_file()
        and (not folder.is_dir() or any(folder.iterdir()))
    ):
        raise UsageError(
            f"NAME={folder}: it exists already and make import did not write it, so nothing is "
            f"written "
            "over; name another"
        )
    return source, folder


def _write_questions(folder, given, understood):
    text = with_questions(given.text, understood) if given.text else settings_text(understood)
    _made(folder)
    if text != given.text:
        write_text(folder / SETTINGS_FILE, text)


def _asked(understood):
    """Name the settings that are asked."""
    return ", ".join(dict.fromkeys(question.setting for question in understood.questions))


def _made(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"NAME={folder}: the folder cannot be made ({error.strerror})") from error


def _refuse_overwriting(folder):
    """Refuse to write over tables that were edited since the import that wrote them."""
    report = folder / REPORT
    written = re.findall(r"^\| `([\w.]+)` \| `([0-9a-f]{64})` \|$", _text_of(report), re.MULTILINE)
    edited = [
        name
        for name, digest in written
        if (folder / name).is_file()
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]
    strange = (
        []
        if written
        else [name for name in ("series.csv", "clusters.csv") if (folder / name).exists()]
    )
    if edited or strange:
        names = ", ".join(edited or strange)
        raise UsageError(
            f"NAME={folder}: {names} was edited since it was imported, and nothing is written "
            f"over; import "
            f"under another NAME (with a copy of {SETTINGS_FILE}), or move it away"
        )


def _text_of(path):
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _write(folder, source, given, tables, understood):
    """Write the tables, their description, the settings and the report."""
    _made(folder)
    if not given.text:
        write_text(folder / SETTINGS_FILE, settings_text(understood, tables.indicators))
    for name, text in table_texts(tables).items():
        write_text(folder / name, text)
    descriptor = with_checksums(tables.descriptor(source.name), folder)
    text = json.dumps(descriptor, indent=2, ensure_ascii=False)
    write_text(folder / "datapackage.json", text + "\n")
    write_text(folder / REPORT, _report(folder, source, tables, understood))


def _report(folder, source, tables, understood):
    """Say in Markdown how the source was read, and which files were written."""
    names = [*table_texts(tables, names_only=True), "datapackage.json"]
    rows = [
        f"| `{name}` | `{hashlib.sha256((folder / name).read_bytes()).hexdigest()}` |"
        for name in names
    ]
    lines = [
        f"# How {source.name} was read",
        "",
        f"Sources: {_digests(source)}. Settings: `{SETTINGS_FILE}`; edit it and import again.",
        "",
        understood.markdown(),
        "## Files written",
        "",
        "| file | sha256 |",
        "| --- | --- |",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _digests(source):
    files = sorted(p for p in source.iterdir() if p.is_file()) if source.is_dir() else [source]
    shown = [f"{p.name} ({hashlib.sha256(p.read_bytes()).hexdigest()[:16]})" for p in files[:20]]
    return ", ".join(shown) + (f" and {len(files) - 20} more" if len(files) > 20 else "")

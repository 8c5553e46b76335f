"""Call pandoc, which the package pypandoc-binary brings: it reads a report's HTML."""

import json
import os
import subprocess
from pathlib import Path

from pipeline.errors import StudyError, UsageError
from pipeline.reports.document import LANGUAGE, notes_of

READER = "html"  # a dollar is a dollar: notebooks have no formulas, and data may have dollars
EPOCH = 315532800  # 1980, the first day that a zip can hold: a report is as old as what it says


class ReportError(StudyError):
    """A report that pandoc or typst did not write."""


def refuse_without_tools():
    """Raise UsageError where the packages that write Word and PDF are not installed."""
    try:
        import pypandoc  # noqa: F401
        import typst  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"{error.name} is not installed: `make report` does it, or "
            "`pip install --require-hashes -r requirements-report.lock`"
        ) from error


def converted(document, folder, form, *options):
    """Convert a document in an empty folder, where its pictures will lie; return what pandoc says.

    Headings begin at the first level, below the title.
    """
    notes = notes_of(document, back=False)
    end = f'\n<section role="doc-endnotes"><ol>{notes}</ol></section>' if document.notes else ""
    Path(folder, "report.html").write_text(f"{document.body}{end}", encoding="utf-8")
    for name, (data, _) in document.images.items():
        Path(folder, name).write_bytes(data)
    tree = json.loads(run([f"--from={READER}", "--to=json", "report.html"], folder))
    tree["blocks"] = [block for block in tree["blocks"] if not _is_empty_endnotes(block)]
    Path(folder, "report.json").write_text(json.dumps(tree), encoding="utf-8")
    about = {"title": document.title, "lang": LANGUAGE, "description": document.description}
    given = [f"--metadata={name}={value}" for name, value in about.items() if value]
    called = ["--from=json", f"--to={form}", "--shift-heading-level-by=-1", *given]
    return run([*called, "report.json", *options], folder)


def run(arguments, folder="."):
    """Run pandoc in a folder and return what it writes; raise ReportError where it fails."""
    import pypandoc

    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH)},
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise ReportError(f"pandoc did not write the report: {said}")
    return done.stdout


def _is_empty_endnotes(block):
    """Tell whether a block is where the notes stood before pandoc put them in their places."""
    return block["t"] == "Div" and ["role", "doc-endnotes"] in block["c"][0][2]

"""Transcribe the printed values of Tables 1-4 from the article's text, for comparison only.

`python -m article.transcribe ARTICLE.txt data/raw/published.csv`

The text is not part of this project. The values found here are never used to make the other
tables of the data package, nor are those used here.
"""

import csv
import re
import sys
from pathlib import Path

LAST_ROW = {2: 8, 3: 2, 4: 4}  # rows printed in each table of indicators
CLUSTERS = 11
YEARS = ["2016", "2017", "2018", "2019", "2020"]
GRADE = re.compile(r"\b(highest|average|insufficient)\s+level\b", re.IGNORECASE)
CELLS = re.compile(r"(?:\s+(?:-|\d+)){5}$")


def transcribe(text):
    """Return rows (table, row, column, published) of every printed cell and grade.

    Raises ValueError where a table does not have the rows the article prints.
    """
    rows = [(1, number, "level", grade) for number, grade in enumerate(_grades(text), 1)]
    for table, last in LAST_ROW.items():
        found = _indicator_rows(_after_heading(text, f"Table {table}."))[:last]
        _expect(len(found), last, f"rows in Table {table}")
        for number, cells in enumerate(found, 1):
            rows += [(table, number, year, cell) for year, cell in zip(YEARS, cells, strict=True)]
    return rows


def _after_heading(text, heading):
    """Cut the text at a table's heading: the last line that holds nothing else."""
    parts = re.split(rf"^[ \t]*{re.escape(heading)}[ \t]*$", text, flags=re.MULTILINE)
    if len(parts) < 2:
        raise ValueError(f"no line with only {heading!r} in the text")
    return parts[-1]


def _grades(text):
    """Grades stand in the notes of Table 1, one after the start of each numbered entry."""
    body = re.split(r"^The data in Table 1 ", _after_heading(text, "Table 1."), flags=re.M)[0]
    entries = re.split(r"^\d{1,2}\. (?=[A-Z]|IT )", body, flags=re.MULTILINE)[1:]
    _expect(len(entries), CLUSTERS, "numbered entries in Table 1")
    grades = [match.lower() for entry in entries for match in GRADE.findall(entry)]
    _expect(len(grades), CLUSTERS, "grades in Table 1")
    return grades


def _indicator_rows(text):
    """Paragraphs that end in five cells, after the line with the years."""
    body = text.split("Indicator name " + " ".join(YEARS), 1)[-1]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", body)]
    return [match[0].split() for match in map(CELLS.search, paragraphs) if match]


def _expect(found, wanted, what):
    if found != wanted:
        raise ValueError(f"found {found} {what}, expected {wanted}")


def main(arguments):
    """Read the article's text and write the transcription; return an exit status."""
    if len(arguments) != 2 or not arguments[0]:
        print("say where the article's text is: make published ARTICLE=path/to/article.txt")
        return 2
    try:
        rows = transcribe(Path(arguments[0]).read_text(encoding="utf-8-sig"))
        _write(Path(arguments[1]), rows)
    except OSError as error:
        print(f"{error.strerror}: {error.filename}", file=sys.stderr)
        return 1
    except ValueError as error:  # among them bytes that are no UTF-8
        print(f"{arguments[0]} is not the text of the article: {error}", file=sys.stderr)
        return 1
    print(f"{len(rows)} published values written to {arguments[1]}")
    return 0


def _write(path, rows):
    """Write the table atomically."""
    part = path.with_name(f".part-{path.name}")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["table", "row", "column", "published"])
            writer.writerows(rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

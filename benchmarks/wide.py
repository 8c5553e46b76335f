"""Importing wide tables beside bare readers of the same file, and checking a large study.

    python -m benchmarks.wide

A csv of 1,000,000 cells beside pandas' reading as text and melting; a workbook of 200,000 cells
beside one bare read-through by openpyxl; 1,000 units x 50 indicators x 20 years checked and made
tidy. Processor time of one process, the sides in turn; memory is the most that was in use.
"""

import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

UNITS, INDICATORS, YEARS = 1_000, 50, 20


def main():
    """Print the three ratios."""
    with TemporaryDirectory() as folder:
        folder = Path(folder)
        _csv(folder / "wide.csv")
        _xlsx(folder / "wide.xlsx")
        texts(folder / "wide.csv")
        workbook(folder / "wide.xlsx")
        _study(folder / "wide.csv", folder / "study")
        command = [sys.executable, "-m", "benchmarks.wide", str(folder / "study")]
        subprocess.run(command, check=True)


def _values():
    rng = random.Random(1)
    return [f"{rng.random() * 1000:.2f}" for _ in range(UNITS * INDICATORS * YEARS)]


def _csv(path):
    years = range(2001, 2001 + YEARS)
    header = ",".join(f"Indicator {i} (mln) {year}" for i in range(INDICATORS) for year in years)
    width, values = INDICATORS * YEARS, _values()
    lines = [
        f"Region {unit},{','.join(values[unit * width : (unit + 1) * width])}"
        for unit in range(UNITS)
    ]
    path.write_text("\n".join([f"Region,{header}", *lines]) + "\n", encoding="utf-8")


def _xlsx(path):
    from openpyxl import Workbook

    book = Workbook()  # with its dimensions, as a spreadsheet saves it: write_only has none
    sheet, values = book.active, iter(_values())
    sheet.append(["Region", *range(2001, 2001 + YEARS)])
    for unit in range(10 * UNITS):
        sheet.append([f"Region {unit}", *(float(next(values)) for _ in range(YEARS))])
    book.save(path)


def _timed(call, times=2):
    """Give the least processor time of some calls, in seconds."""
    found = []
    for _ in range(times):
        begin = time.process_time()
        call()
        found.append(time.process_time() - begin)
    return min(found)


def texts(path):
    """A csv: what make import does up to the texts that it writes, and what read_wide does."""
    import pandas as pd

    from analysis import read_wide

    def bare():
        pd.read_csv(path, dtype=str, keep_default_na=False).melt(id_vars="Region")

    base = _timed(bare)
    _say("csv, 1,000,000 cells: pandas, text and melt", base, base)
    _say("  make import", _timed(lambda: _imported(path)), base, "at most 3")
    _say("  read_wide", _timed(lambda: read_wide(path)), base, "at most 3")


def _imported(path):
    from analysis.study.wide.read import read_source
    from pipeline.own_study.import_tables import study_tables, table_texts

    tidy, understood = read_source(path, {})
    tables = study_tables(tidy, {}, understood)
    return tables, table_texts(tables)


def workbook(path):
    """A workbook without formulas: one view is needed."""
    from openpyxl import load_workbook

    def bare():
        book = load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    _ = cell.value

    base = _timed(bare)
    _say("xlsx, 200,000 cells: one bare read-through by openpyxl", base, base)
    _say("  make import", _timed(lambda: _imported(path)), base, "at most 1.5")


def _study(path, folder):
    """Write a study of a million values."""
    import json

    from analysis.study.descriptor import with_checksums

    tables, written = _imported(path)
    folder.mkdir()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    descriptor = with_checksums(tables.descriptor("wide.csv"), folder)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def checked(folder):
    """Validate and load a study of a million values; say time and memory."""
    from analysis import load_study
    from analysis.study.validation import validate

    begin = time.process_time()
    problems = validate(Path(folder))[2]
    middle = time.process_time()
    study = load_study(folder)
    end = time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"study of {len(study.series):,} values, {len(problems)} problems:")
    print(f"  validated in {middle - begin:.1f} s, loaded in {end - middle:.1f} s, {most:.2f} GB")


def _say(what, seconds, base, wanted=""):
    print(f"{what:60} {seconds:6.2f} s  {seconds / base:5.2f} x  {wanted}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        checked(sys.argv[1])
    else:
        main()

"""Build a study: its data first, then all stale steps, then a summary."""

import sys

from analysis.study.checks.columns import unread_columns
from analysis.study.data_warnings import data_warnings
from analysis.study.package import checksum_warnings, headers, is_workbook, unlisted_warnings
from pipeline.build.graph import data_step, manifest_step, site_step, study_steps
from pipeline.build.progress import Progress
from pipeline.build.steps import Build, alone
from pipeline.build.summary import summarise
from pipeline.build.up_to_date import look, remember
from pipeline.outputs.canonical import remove_parts

DATA_WRONG = 2
SOON = 100  # steps after which pages are not made soon: to import ahead would only take memory


def make(places, wanted=None):
    """Make all steps of a study, or the entries named in `wanted`; return the exit status.

    2: the data are wrong, nothing was touched. 1: a step failed, or a published value was not
    reproduced. 0: all is well.
    """
    with alone(places.state_folder, print), Build(places.state_folder) as build:
        remove_parts(places.processed, places.results)
        first = data_step(places)
        stale = build.stale([first])
        if stale and not wanted:
            _prepare_notebooks()
            _prepare_pages()
        if stale and build.run([first], Progress(1)):
            return DATA_WRONG
        warnings = [f"Warning: {warning}" for warning in _warnings(places.raw)]
        print("".join(f"{line}\n" for line in warnings), end="")
        return 0 if wanted == ["data"] else _make_rest(build, places, wanted, first, warnings)


def _warnings(raw):
    if not is_workbook(raw):
        unread = [line for table in headers(raw) for line in unread_columns(table)]
        found = [*checksum_warnings(raw), *unlisted_warnings(raw), *unread]
        return found + data_warnings(raw)
    from analysis.study.workbook import (  # slow to import: only where needed
        read_workbook,
        workbook_warnings,
    )

    return workbook_warnings(raw) + data_warnings(raw, read_workbook)


def _make_rest(build, places, wanted, first, warnings):
    steps, left_out = study_steps(places, wanted)
    if not wanted:
        steps.append(site_step(places, steps))
        steps.append(manifest_step(places, steps))
        build.forget_others([first, *steps])
    failed = _make_stale(build, places, steps)
    done = [step for step in steps if step.name not in failed]
    lines, reproduced = summarise(places, done, left_out)
    print("\n".join(lines))
    if failed:
        count = f"{len(failed)} step{'s' if len(failed) > 1 else ''}"
        print(f"{count} failed: {', '.join(failed)}. What is finished stands.", file=sys.stderr)
    if failed or not reproduced:
        return 1
    if not wanted:
        _remember(build, places, [first, *steps], warnings + lines)
    return 0


def _remember(build, places, steps, lines):
    """Save the states of all files for the next run, unless something became stale meanwhile."""
    seen = look(steps)
    if not build.stale(steps):
        remember(places, seen, lines)


def _make_stale(build, places, steps):
    """Run the stale steps; return those that failed."""
    stale = build.stale(steps)
    if not stale:
        return {}
    # the manifest stands only beside results that are whole
    (places.results / "manifest.json").unlink(missing_ok=True)
    if any(path.suffix == ".ipynb" for s in steps if s.name in stale for path in s.outputs):
        _prepare_notebooks()
    if "site" in stale:
        (_prepare_pages if len(stale) <= SOON else _leave_pages)()
    return build.run(steps, Progress(len(stale)))


def _prepare_notebooks():
    from pipeline.kernels.preparing import prepare_kernels

    prepare_kernels()  # first: the server imports while this process does
    from pipeline.notebooks.runner import prepare  # slow to import, and only notebooks need it

    prepare()


def _prepare_pages():
    from pipeline.site.write import prepare

    prepare()


def _leave_pages():
    from pipeline.site.sphinx_build.process import dismiss

    dismiss()


def why(places):
    """Print which steps are stale, and why."""
    with alone(places.state_folder, print), Build(places.state_folder) as build:
        stale = build.stale([data_step(places)])
        if not stale:
            steps, _ = study_steps(places)
            steps.append(site_step(places, steps))
            stale = build.stale([*steps, manifest_step(places, steps)])
    for name, reasons in stale.items():
        print(f"{name}\n  " + "\n  ".join(reasons))
    print(f"{len(stale)} steps are stale." if stale else "Nothing is stale.")
    return 0

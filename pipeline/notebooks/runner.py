"""Run one notebook: check its parameters, execute it with papermill, keep canonical bytes."""

import ast
import contextlib
import re
from importlib import import_module
from pathlib import Path

from pipeline.build.graph import NOTEBOOKS
from pipeline.errors import NotebookError
from pipeline.kernels.options import as_arguments
from pipeline.kernels.preparing import cell_seconds, kernel_name, prepare_kernels
from pipeline.notebooks.edited import marked, move_edited_aside
from pipeline.notebooks.fit_to_study import fit_to_study, portable, word_as_study
from pipeline.notebooks.parameters import FOLDER, check_parameters
from pipeline.outputs.canonical import NOTEBOOK_METADATA, canonical_notebook, write_text

FAILED_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")  # in IPython's tracebacks
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def run_notebook(name, output, parameters=None, *, kernel=None, seconds=None):
    """Execute `notebooks/NAME.ipynb` with parameters and write the result to `output`.

    Cells on what the study does not have are left out, but for those of the committed notebook.
    What a user wrote into an earlier result is moved aside, but for the committed notebook itself,
    which is what runs.

    Raises ParameterError before a kernel starts, NotebookError when a cell fails. Nothing is
    written to `output` unless every cell ran.
    """
    import nbformat

    path, parameters = NOTEBOOKS / f"{name}.ipynb", parameters or {}
    source = nbformat.read(path, as_version=4)
    source.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    folder = Path(check_parameters(name, source, parameters))
    if Path(output) != path:  # what is committed has every cell
        fit_to_study(source, folder)
    executed = _execute(
        name, source, parameters, kernel or kernel_name(), seconds or cell_seconds()
    )
    word_as_study(executed, folder)
    kept = canonical_notebook(executed, of_another_study=FOLDER in parameters)
    if Path(output) != path:
        kept = marked(portable(kept, Path(output), parameters.get(FOLDER, "")))
        move_edited_aside(output)
    write_text(output, nbformat.writes(kept) + "\n")


def prepare():
    """Prepare to run notebooks: start the kernels' server, and import papermill meanwhile.

    Raises UsageError for a CELL_SECONDS that is no number of seconds.
    """
    prepare_kernels()
    import_module("pipeline.notebooks.engine")


def _execute(name, source, parameters, kernel, seconds):
    """Do what papermill's execute_notebook does, but for writing and reading the notebook as text.

    It does so before and after each run even where it has no file: a third of what a run asks here.
    """
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors

    from pipeline.notebooks.engine import CONFIG, KernelEndedError, prepared

    try:
        executed = papermill_engines.execute_notebook_with_engine(
            kernel,  # each kind of kernel has its engine
            prepared(source, parameters, kernel),
            kernel_name=kernel,
            progress_bar=False,
            execution_timeout=seconds,
            shutdown_kernel="immediate",
            extra_arguments=as_arguments(),
            config=CONFIG,
        )
        raise_for_execution_errors(executed, None)
        return executed
    except (PapermillExecutionError, KernelEndedError) as error:
        message = _failure(name, source, parameters, *_place_and_cause(error))
        raise NotebookError(message) from None


def _place_and_cause(error):
    """Return the place, (number of the cell, its source), and the cause of a failure."""
    if hasattr(error, "reason"):  # the kernel ended
        return (error.cell, error.source), error.reason
    place = error.cell_index, _from_failure(error.source, error.traceback)
    return place, f"{error.ename}: {error.evalue}"


def _from_failure(source, trace):
    """Return a cell's code from the statement that failed, by the line in the traceback."""
    found = FAILED_LINE.search(COLOUR.sub("", "\n".join(trace)))
    with contextlib.suppress(SyntaxError):
        for statement in ast.parse(source).body if found else ():
            if statement.lineno <= int(found[1]) <= statement.end_lineno:
                return "\n".join(source.splitlines()[statement.lineno - 1 :])
    return source


def _failure(name, source, parameters, place, cause):
    position, code = place
    # papermill puts a cell of its own behind the parameters: count as in the notebook itself
    shift = 1 if parameters and position > _position_of_parameters(source) else 0
    places = [cell.metadata.get("position", at) for at, cell in enumerate(source.cells)]
    position = (*places, position)[min(position - shift, len(places))]
    line = next((line for line in code.splitlines() if line.strip()), "")
    given = " with " + ", ".join(f"{k}={v!r}" for k, v in parameters.items()) if parameters else ""
    return (
        f"notebooks/{name}.ipynb{given} stopped in cell {position + 1}\n"
        f"    {line.strip()}\n"
        f"  {cause}\n"
        f"  To see it: make lab, open notebooks/{name}.ipynb, set the parameters, run to that cell."
    )


def _position_of_parameters(source):
    tags = [cell.metadata.get("tags", []) for cell in source.cells]
    return next((i for i, tag in enumerate(tags) if "parameters" in tag), len(tags))
